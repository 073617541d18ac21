"""Links in rich text: marks while a page is rendered for the public, Wagtail's own addresses everywhere else."""

from __future__ import annotations

from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from .links import current


def _number(attrs: dict) -> int | None:
    value = attrs.get("id", "")
    return int(value) if str(value).isdigit() else None


class EditionPageLinkHandler(PageLinkHandler):
    """Links to pages."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        links = current()
        if links is None:
            return super().expand_db_attributes_many(attrs_list)
        numbers = [_number(attrs) for attrs in attrs_list]
        return ["<a>" if number is None else f'<a href="{links.page(number)}">' for number in numbers]


class EditionDocumentLinkHandler(DocumentLinkHandler):
    """Links to documents."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        links = current()
        if links is None:
            return super().expand_db_attributes_many(attrs_list)
        numbers = [_number(attrs) for attrs in attrs_list]
        return ["<a>" if number is None else f'<a href="{links.document(number)}">' for number in numbers]
