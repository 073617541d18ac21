"""What of a page goes into the search index."""

from __future__ import annotations

from typing import Any

from wagtail.search import index

from .footnotes import without_marks


class BodySearchField(index.SearchField):
    """A stream of blocks without its marks of footnotes: readers neither ask for them nor want them in an excerpt."""

    def get_value(self, obj: Any) -> Any:
        found = super().get_value(obj)
        return [without_marks(each) if isinstance(each, str) else each for each in found]
