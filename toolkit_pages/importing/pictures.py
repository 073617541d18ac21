"""The pictures in a file: judged before they are kept, and put as figures where they stood in the text.

What a file calls a picture is none before it has been opened; what is none, or too much, is a doubt. Nothing is ever fetched.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

from PIL import Image

from toolkit_pages.importing.blocks import Ids
from toolkit_pages.importing.results import Blocks, Chapter, Doubt, Ledger, Picture

MAX_PICTURES = 80
MAX_BYTES = 6 * 1024 * 1024
MAX_TOGETHER = 24 * 1024 * 1024
MAX_PIXELS = 40_000_000
KINDS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
#: Stands in the text for a picture that did not come along; the doubt about it is there already.
UNREAD = "picture-left-out"


@dataclass(frozen=True)
class Refused(Exception):
    """`kind` is that of the doubt."""

    kind: str


class Pictures:
    """Those of one file, by the name that stands for them in the text. The same picture twice is one."""

    def __init__(self) -> None:
        self.found: dict[str, Picture] = {}
        self.opened = 0
        self.together = 0

    def name(self, data: bytes) -> str:
        """Keeps a picture; gives its name. Raises Refused."""
        name = f"picture-{hashlib.sha256(data).hexdigest()[:12]}"
        if name in self.found:
            return name
        self.opened += 1
        self.together += len(data)
        if self.opened > MAX_PICTURES or len(data) > MAX_BYTES or self.together > MAX_TOGETHER:
            raise Refused("picture-too-large")
        kind, width, height = opened(data)
        self.found[name] = Picture(name, f"{name}.{KINDS[kind]}", f"{kind}, {width} × {height}", data)
        return name

    def name_or_doubt(self, data: bytes | None, shown: str, line: int, doubts: list[Doubt]) -> str:
        """The name for the text; with None for the data, or where it is no picture, a doubt comes with it."""
        try:
            if data is None:
                raise Refused("picture-unread")
            return self.name(data)
        except Refused as refused:
            doubts.append(Doubt(refused.kind, shown, line))
            return UNREAD


def opened(data: bytes) -> tuple[str, int, int]:
    """Format, width and height of what can be shown whole. Raises Refused."""
    try:
        with Image.open(io.BytesIO(data), formats=list(KINDS)) as image:
            width, height, kind = image.width, image.height, image.format or ""
            if width * height > MAX_PIXELS:
                raise Refused("picture-too-large")
            # Only what can be read to its end is one: a torn file would fail when it is stored.
            image.load()
    except Image.DecompressionBombError as error:
        raise Refused("picture-too-large") from error
    except Refused:
        raise
    except Exception as error:
        # Pillow's readers raise whatever a damaged file makes of them.
        raise Refused("picture-unread") from error
    return kind, width, height


def data_of(address: str) -> bytes | None:
    """The bytes that a `data:` address holds; None where it holds none."""
    head, comma, body = address.partition(",")
    if not comma or not head.lower().startswith("data:"):
        return None
    try:
        raw = unquote_to_bytes(body)
        return base64.b64decode(raw, validate=False) if head.lower().endswith(";base64") else raw
    except (binascii.Error, ValueError):
        return None


def place_pictures(
    front: Blocks, chapters: Sequence[Chapter], ledger: Ledger
) -> tuple[Blocks, tuple[Chapter, ...]]:
    """The bodies of the cover and the chapters, with a figure after the block in which each picture stood."""
    ids = Ids("figures")
    places = sorted(ledger.places, key=lambda place: place[0])
    lines = [line for line, _chapter, _block in places]
    after: dict[tuple[str, str], Blocks] = {}
    cover: Blocks = []
    titles = {part.title for chapter in chapters for part in chapter.walk()}
    for line, picture, alt in ledger.pictures:
        figure = {
            "type": "figure",
            "value": _figure(picture.name, alt),
            "id": ids.make("figure", picture.name),
        }
        at = bisect_right(lines, line) - 1
        _line, chapter, block = places[at] if at >= 0 else (0, "", "")
        (after.setdefault((chapter, block), []) if chapter in titles else cover).append(figure)
        if not alt:
            ledger.doubt("picture-without-text", picture.label, line)
    return [*front, *cover], tuple(_with_figures(chapter, after) for chapter in chapters)


def _figure(name: str, alt: str) -> dict[str, object]:
    image = {"image": name, "alt_text": alt, "decorative": False}
    return {"image": image, "caption": "", "long_description": "", "source": ""}


def _with_figures(chapter: Chapter, after: dict[tuple[str, str], Blocks]) -> Chapter:
    body = after.pop((chapter.title, ""), [])
    for block in chapter.body:
        body = [*body, block, *after.pop((chapter.title, block["id"]), [])]
    return replace(
        chapter, body=body, chapters=tuple(_with_figures(part, after) for part in chapter.chapters)
    )


def names_in(bodies: Sequence[Blocks]) -> list[str]:
    """The names of the pictures that some bodies show, each once."""
    figures = (
        block["value"]["image"]["image"] for body in bodies for block in body if block["type"] == "figure"
    )
    return list(dict.fromkeys(figures))
