"""An affiliate as a bundle: a ZIP with JSON and files, written while it is sent, so that its size needs no memory.

``affiliate.json`` (what it says of itself), ``pages/<path>.json``, ``snippets/<kind>/<pk>.json``, ``files/…`` and at
the end ``manifest.json``, with the number of everything. Fields of pages and snippets are Wagtail's and Django's own
serialisation, StreamFields as raw blocks. No person is in it.
"""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict
from django.utils import timezone
from modelcluster.models import ClusterableModel
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from editions.models import Adoption

from .models import Affiliate
from .roles import owned_models

FORMAT = 1
CHUNK = 256 * 1024


class Sink:
    """What `zipfile` writes into; `take` hands out what has gathered."""

    def __init__(self):
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, data) -> int:
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        """There is nothing behind it."""

    def take(self) -> bytes:
        parts, self.parts = b"".join(self.parts), []
        return parts


def stream(affiliate: Affiliate) -> Iterator[bytes]:
    """The bundle, in pieces. Pages and files are read one by one."""
    sink, counts, missing = Sink(), Counter(), []
    # Neither seeks nor reads back: it can be sent as it is made.
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive, "affiliate.json", about(affiliate))
        for page in affiliate.pages().specific().iterator(chunk_size=50):
            path = page.url_path.strip("/") or "root"
            write(archive, f"pages/{path}.json", {"type": page._meta.label, **fields_of(page)})
            counts["pages"] += 1
            yield sink.take()
        for model in owned_models():
            for thing in model._base_manager.filter(owner=affiliate).iterator(chunk_size=100):
                name = f"snippets/{model._meta.label_lower}/{thing.pk}.json"
                write(archive, name, {"type": model._meta.label, **fields_of(thing)})
                counts["snippets"] += 1
            yield sink.take()
        for model in (get_image_model(), get_document_model()):
            for item in model.objects.filter(
                collection__path__startswith=affiliate.collection.path
            ).iterator():
                kind = model._meta.model_name
                write(archive, f"files/{kind}/{item.pk}.json", {"type": model._meta.label, **fields_of(item)})
                try:
                    with (
                        item.file.open("rb") as source,
                        archive.open(f"files/{kind}/{item.pk}/{item.filename}", "w") as target,
                    ):
                        for chunk in source.chunks(CHUNK):
                            target.write(chunk)
                            yield sink.take()
                    counts["files"] += 1
                except (FileNotFoundError, ValueError):
                    missing.append({"type": model._meta.label, "pk": item.pk, "title": item.title})
        write(
            archive, "manifest.json", {"format": FORMAT, "made": timezone.now(), **counts, "missing": missing}
        )
    yield sink.take()


def write(archive: zipfile.ZipFile, name: str, data: Any) -> None:
    archive.writestr(name, json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))


def fields_of(thing) -> dict[str, Any]:
    if isinstance(thing, ClusterableModel):
        return thing.serializable_data()
    return {
        "pk": thing.pk,
        **{
            name: value if isinstance(value, str | int | float | bool | None | list | dict) else str(value)
            for name, value in model_to_dict(thing).items()
        },
    }


def about(affiliate: Affiliate) -> dict[str, Any]:
    return {
        **{
            name: getattr(affiliate, name)
            for name in (
                "name", "slug", "place", "languages", "colour_1", "colour_2", "time_zone",
                "shows_first_language", "moderated", "created_at", "archived_at", "archived_note",
            )
        },
        "address": affiliate.site.root_url,
        "former_addresses": list(affiliate.former_addresses.values_list("hostname", flat=True)),
        "values": [
            {"name": row.name, "language": row.locale.language_code if row.locale else None, "value": row.value}
            for row in affiliate.values.select_related("locale")
        ],
        "adopted": [str(row.source_key) for row in Adoption.objects.filter(site=affiliate.site)],
    }  # fmt: skip
