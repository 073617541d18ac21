"""The terms of a toolkit in the library's glossary: reused, merged or made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wagtail.models import Locale

from campaign_library.actions.send import check_may_send
from campaign_library.models import GlossaryTerm
from editions.actions.errors import EditionError, NotAllowed
from editions.canonical import canonical_content
from editions.merge import merge_page
from toolkit_pages.importing.cleaning import norm
from toolkit_pages.importing.models import ToolkitImport
from toolkit_pages.importing.results import LeftOut, Term

FIELDS = ("term", "plain", "long")


class Terms:
    """Writes the terms. `keys` maps their names to primary keys, `contents` what the file says of each.

    A term that the library had before is shared as it is; the file's text about it is then left out, and said
    so. `refuse` is given where terms are to be published too: it raises for those that cannot be.
    """

    def __init__(
        self,
        terms: Sequence[Term],
        locale: Locale,
        last: ToolkitImport | None,
        refuse: Callable[[str, Mapping[str, Any]], None] | None,
        user: Any,
    ) -> None:
        self.refuse = refuse
        self.user = user
        self.keys: dict[str, int] = {}
        self.contents: dict[int, dict[str, str]] = {}
        self.added: list[str] = []
        self.changed: list[str] = []
        self.left_out: list[LeftOut] = []
        self.conflicts: list[dict[str, Any]] = []
        imported = {row.term_id: row.content for row in last.terms.all()} if last else {}
        known = {norm(each.term): each for each in GlossaryTerm.objects.filter(locale=locale).order_by("-pk")}
        by_old_name = {norm(content["term"]): key for key, content in imported.items() if key}
        for term in terms:
            content = canonical_content(
                GlossaryTerm, {"term": term.term, "plain": term.plain, "long": term.long}
            )
            key = by_old_name.get(norm(term.term))
            found = GlossaryTerm.objects.filter(pk=key).first() if key else known.get(norm(term.term))
            if found is None:
                found = self.add(locale, content)
            elif key:
                self.merge(found, imported[key], content)
            else:
                self.share(found, term, content)
                self.keys[term.term] = found.pk
                continue
            self.keys[term.term] = found.pk
            self.contents[found.pk] = content

    def add(self, locale: Locale, content: dict[str, str]) -> GlossaryTerm:
        term = GlossaryTerm(locale=locale, live=False, has_unpublished_changes=True, **content)
        term.save()
        self.save(term)
        self.added.append(term.term)
        return term

    def save(self, term: GlossaryTerm) -> None:
        if self.refuse is not None:
            self.refuse(term.term, {name: getattr(term, name) for name in FIELDS})
        revision = term.save_revision(user=self.user, log_action=True)
        if self.refuse is not None and self.may_publish(term):
            revision.publish(user=self.user)

    def may_publish(self, term: GlossaryTerm) -> bool:
        """All sites share it: who may publish pages may not always send it. Then it is a draft, and so is what is withdrawn."""
        try:
            check_may_send(term, self.user)
        except (NotAllowed, EditionError):
            return False
        return True

    def merge(self, term: GlossaryTerm, base: dict[str, str], content: dict[str, str]) -> None:
        latest = term.get_latest_revision_as_object()
        current = {name: getattr(latest, name) for name in FIELDS}
        merged = merge_page(base, content, current, streams=frozenset())
        for conflict in merged.conflicts:
            self.conflicts.append({"page": term.term, "page_id": None, **conflict.as_json()})
        if merged.fields != current:
            for name, value in merged.fields.items():
                setattr(latest, name, value)
            self.save(latest)
            self.changed.append(latest.term)

    def share(self, found: GlossaryTerm, term: Term, content: dict[str, str]) -> None:
        said = {name: getattr(found, name) for name in FIELDS}
        if said != content:
            text = " ".join(part for part in (term.term, term.plain, term.long) if part)
            self.left_out.append(LeftOut(text, "term-in-library", term.line))
