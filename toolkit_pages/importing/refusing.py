"""What keeps an import from being written, or from being published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from editions.variables import problems_in
from toolkit_pages.importing.proposals import known_names
from toolkit_pages.importing.results import Doubt


class ImportRefused(Exception):
    """The toolkit cannot be imported. The message says what to do; nothing was written."""


class Standing:
    """Refuses to publish what the editor would not save. What counts is what a page says once the file is merged into it: what
    was mended there since the last import is mended. ``doubts`` are the file's, which know the lines.
    """

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        self.doubts = doubts
        self.known = known_names()

    def refuse(self, title: str, content: Mapping[str, Any]) -> None:
        """Raises ImportRefused for the first thing that stands in the way."""
        wrong = problems_in(list(content.values()), self.known)
        if wrong:
            named = self.doubt("unknown-variable", wrong[0].name)
            words = named.text if named else f"{{{{ {wrong[0].name} }}}}"
            why = _("a variable that nobody knows (%(words)s)") % {"words": words}
        elif any(is_without_text(block) for block in content.get("body") or []):
            named = self.doubt("picture-without-text")
            why = _("a picture without a text for those who do not see it")
        else:
            return
        values = {"page": title, "why": why, "line": named.line if named else 0}
        if named is None:
            says = _("Not published: “%(page)s” has %(why)s. Mend it there, or import as drafts.")
        else:
            says = _(
                "Not published: “%(page)s” has %(why)s, from line %(line)d of the file. "
                "Correct it in the file, or import as drafts and mend it there."
            )
        raise ImportRefused(says % values)

    def doubt(self, kind: str, words: str = "") -> Doubt | None:
        return next((each for each in self.doubts if each.kind == kind and words in each.text), None)


def is_without_text(block: Any) -> bool:
    """Whether a raw block is a figure that its editor would refuse."""
    image = block["value"].get("image") if block.get("type") == "figure" else None
    return bool(image and image.get("image") and not image.get("decorative") and not image.get("alt_text"))
