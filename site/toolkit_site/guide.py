"""The documentation in the admin, so that its help asks nobody else: the guides in the reader's language, and what they lead to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.admin.menu import DismissibleMenuItem, MenuItem

from editions.network import guards
from editions.network.doors import Door
from editions.network.scoping import is_national
from editions.views.base import AdminView

EDITOR, STAFF = "guide/editor", "guide/staff"
PICTURES = (".png", ".svg")


def docs() -> Path:
    return (settings.BASE_DIR / "docs").resolve()


def file_of(name: str) -> Path:
    """The file beneath docs/ of that name. Raises Http404 for anything else."""
    found = (docs() / name).resolve()
    if not found.is_relative_to(docs()) or not found.is_file():
        raise Http404("There is no such page.")
    return found


def in_language(name: str) -> str:
    """The page in the reader's language where it is written in it, else in English."""
    translated = f"{name}.{(get_language() or 'en').split('-')[0]}"
    return translated if (docs() / f"{translated}.md").is_file() else name


class GuideIndexView(View):
    """Leads to the guide for the user."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return redirect("toolkit_guide", in_language(STAFF if is_national(request.user) else EDITOR))


class GuideView(AdminView):
    """One page, or one picture, of docs/."""

    template_name = "toolkit_site/guide.html"
    header_icon = "help"
    page_title = _("Guide")

    def get(self, request: HttpRequest, name: str, *args: Any, **kwargs: Any) -> Any:
        if name.endswith(PICTURES):
            return FileResponse(file_of(name).open("rb"))
        text = file_of(f"{name}.md").read_text("utf-8")
        language = name.rpartition(".")[2] if "." in name else "en"
        return self.render_to_response(self.get_context_data(html=as_html(text, name), language=language))


def as_html(text: str, name: str) -> str:
    """The page `name` as HTML: its links lead to this view, headings have the anchors that they have in the files."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    folder = posixpath.dirname(name)
    for token, following in pairwise([*tokens, None]):
        if token.type == "heading_open" and following is not None:
            token.attrSet("id", slugify(following.content, allow_unicode=True))
        mend_links(token.children or (), folder)
    return mark_safe(
        reader.renderer.render(tokens, reader.options, {})
    )  # of our own files, HTML in them escaped


def mend_links(tokens: Iterable[Token], folder: str) -> None:
    for token in tokens:
        attribute = {"link_open": "href", "image": "src"}.get(token.type)
        if attribute is None:
            continue
        parts = urlsplit(str(token.attrs[attribute]))
        if parts.scheme or not parts.path:
            continue
        target = posixpath.normpath(posixpath.join(folder, parts.path)).removesuffix(".md")
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        outside = target.startswith("../") or not target
        token.attrSet(attribute, "#" if outside else reverse("toolkit_guide", args=[target]) + fragment)


urlpatterns = [
    path("guide/", GuideIndexView.as_view(), name="toolkit_guide_index"),
    path("guide/<path:name>", GuideView.as_view(), name="toolkit_guide"),
]


def admin_urls() -> list[Any]:
    return urlpatterns


def doors() -> list[Door]:
    # It is the same for everybody, and nothing of anybody's.
    return [Door("toolkit_guide*", guards.checks_itself)]


class GuideMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Guide"), reverse_lazy("toolkit_guide_index"), name="guide", icon_name="help", order=5
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return docs().is_dir()


def own_help(request: HttpRequest, items: list[Any]) -> None:
    """For the hook ``construct_help_menu``: without what leads to guides elsewhere."""
    items[:] = [item for item in items if not isinstance(item, DismissibleMenuItem)]
