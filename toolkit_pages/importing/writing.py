"""Imports a toolkit into the page tree: new pages the first time, a three-way merge from then on.

The last import is the base, the new file one side, the page as it stands in Wagtail the other. What changed
on one side only is taken; where both changed the page's text stays and the result says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Site

from editions.canonical import canonical_content
from editions.content import merge_options
from editions.merge import merge_page
from editions.national import homes, national_site
from toolkit_pages.importing.aligning import Leaf, align
from toolkit_pages.importing.drafts import Draft, drafts
from toolkit_pages.importing.images import Images, UnusableImage
from toolkit_pages.importing.library import Terms
from toolkit_pages.importing.mends import Mend
from toolkit_pages.importing.models import ImportedPage, ImportedTerm, ToolkitImport
from toolkit_pages.importing.pictures import names_in
from toolkit_pages.importing.receipt import ImportResult
from toolkit_pages.importing.refusing import ImportRefused, Standing
from toolkit_pages.importing.reporting import as_data
from toolkit_pages.importing.results import Picture, Toolkit
from toolkit_pages.models import ChapterPage, ToolkitPage


class ImportToolkit:
    """Writes a parsed toolkit beneath the national home of a language. One transaction.

    `user` is None for the command line. `publish` publishes what the import adds or changes, except pages on
    which somebody has unpublished changes.
    """

    def __init__(
        self,
        toolkit: Toolkit,
        *,
        title: str,
        publisher: str,
        language: str,
        user: Any = None,
        publish: bool = False,
        file_name: str = "",
        digest: str = "",
        mends: Sequence[Mend] = (),
        pictures: Mapping[str, Picture] | None = None,
    ) -> None:
        self.toolkit = toolkit
        self.title = title.strip()
        self.publisher = publisher.strip()
        self.language = language
        self.user = user
        self.publish = publish
        self.file_name = file_name
        self.digest = digest
        self.mends = mends
        self.pictures = pictures or {}
        self.home: Page | None = None
        self.images: Images | None = None
        self.is_written = False

    def check(self) -> None:
        """Raises ImportRefused for what cannot be imported, or not by this user."""
        self.home = self.national_home()
        if not self.title:
            raise ImportRefused(_("The toolkit needs a title."))
        for value, longest, name in ((self.title, 255, _("title")), (self.publisher, 160, _("publisher"))):
            if len(value) > longest:
                raise ImportRefused(
                    _("The %(name)s is longer than %(longest)d characters. Shorten it.")
                    % {"name": name, "longest": longest}
                )
        if not self.toolkit.chapters and not self.toolkit.body and not self.toolkit.terms:
            raise ImportRefused(_("No text was found in the file, so there is nothing to import."))
        if self.user is not None:
            permissions = self.home.permissions_for_user(self.user)
            if not permissions.can_add_subpage() or (self.publish and not permissions.can_publish_subpage()):
                raise ImportRefused(_("You may not add toolkits to “%(home)s”.") % {"home": self.home.title})
        known = ToolkitPage.objects.child_of(self.home).filter(title__iexact=self.title)
        if known.exists() and self.last() is None:
            raise ImportRefused(
                _("“%(title)s” exists already and was not made by an import. Choose another title.")
                % {"title": self.title}
            )

    def national_home(self) -> Page:
        try:
            site = national_site()
        except Site.DoesNotExist as error:
            raise ImportRefused(
                _("There is no default site. Make one first: it is the national site.")
            ) from error
        locale = Locale.objects.filter(language_code=self.language).first()
        home = homes(site).get(locale.pk) if locale else None
        if home is None:
            raise ImportRefused(
                _("The national site has no home page in the language “%(language)s”. Add it first.")
                % {"language": self.language}
            )
        return home

    def last(self) -> ToolkitImport | None:
        assert self.home is not None
        return (
            ToolkitImport.objects.select_for_update()
            .filter(title__iexact=self.title, toolkit__path__startswith=self.home.path)
            .first()
        )

    def execute(self, dry_run: bool = False) -> ImportResult:
        try:
            return self.written(dry_run)
        except UnusableImage as error:
            raise ImportRefused(str(error)) from error
        finally:
            if not self.is_written and self.images is not None:
                self.images.take_back()

    def written(self, dry_run: bool) -> ImportResult:
        with transaction.atomic():
            # Two imports at once: the second waits for the first, and merges with what it made.
            Site.objects.select_for_update().filter(is_default_site=True).first()
            self.check()
            assert self.home is not None
            last = self.last()
            self.standing = Standing(self.toolkit.standing())
            refuse = self.standing.refuse if self.publish else None
            terms = Terms(self.toolkit.terms, self.home.locale, last, refuse, self.user)
            self.images = images = Images(last, self.title, self.user)
            images.make(names_in(self.toolkit.bodies()), self.pictures, dry_run=dry_run)
            wanted = self.canonical(drafts(self.toolkit, self.title, self.publisher, terms.keys, images.keys))
            result = self.first_time(wanted) if last is None else self.again(last, wanted)
            result.terms_added, result.terms_changed = terms.added, terms.changed
            result.left_out = terms.left_out
            result.conflicts += terms.conflicts
            run = result.page.last_import
            run.terms.all().delete()
            ImportedTerm.objects.bulk_create(
                ImportedTerm(run=run, term_id=key, content=content) for key, content in terms.contents.items()
            )
            run.report = {**as_data(self.toolkit, result), "pictures": images.keys}
            run.save(update_fields=["report"])
            log(
                instance=result.page,
                action="toolkit_pages.import",
                user=self.user,
                data={
                    "file": self.file_name,
                    "added": len(result.added),
                    "changed": len(result.changed),
                    "conflicts": len(result.conflicts),
                },
            )
            if dry_run:
                transaction.set_rollback(True)
        self.is_written = True
        return result

    @staticmethod
    def canonical(wanted: Sequence[Draft]) -> list[Draft]:
        """The contents as the page editor would save them: opening and saving a page changes nothing."""
        return [
            Draft(canonical_content(model_of(draft), draft.content), draft.parent, draft.line)
            for draft in wanted
        ]

    # The first time ------------------------------------------------------------------------------

    def first_time(self, wanted: Sequence[Draft]) -> ImportResult:
        assert self.home is not None
        pages: list[Page] = []
        for draft in wanted:
            parent = self.home if draft.parent is None else pages[draft.parent]
            pages.append(self.add(parent, draft))
        toolkit = pages[0]
        assert isinstance(toolkit, ToolkitPage)
        result = ImportResult(toolkit, first=True, added=[page.title for page in pages])
        rows: list[ImportedPage] = []
        run = ToolkitImport.objects.create(toolkit=toolkit, **self.facts())
        for position, (draft, page) in enumerate(zip(wanted, pages, strict=True)):
            parent = None if draft.parent is None else rows[draft.parent]
            rows.append(
                ImportedPage.objects.create(
                    run=run, page=page, parent=parent, position=position, content=draft.content
                )
            )
        toolkit.last_import = run
        return result

    def add(self, parent: Page, draft: Draft, after: Page | None = None) -> Page:
        """A new page beneath `parent`: the last one, or right after a sibling."""
        model = model_of(draft)
        parent = Page.objects.get(pk=parent.pk).specific
        page = model(locale=parent.locale, live=False, has_unpublished_changes=True, owner=self.user)
        page.set_content(draft.content)
        page.title = draft.content["title"]
        parent.add_child(instance=page)
        if after is not None:
            page.move(Page.objects.get(pk=after.pk), pos="right", user=self.user)
            page = model.objects.get(pk=page.pk)
        self.save(page, publish=self.publish)
        return model.objects.get(pk=page.pk)

    def save(self, page: Page, publish: bool) -> None:
        if publish:
            self.standing.refuse(page.title, page.get_content())
        revision = page.save_revision(user=self.user, log_action=True)
        if publish:
            revision.publish(user=self.user)

    def facts(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "file_name": self.file_name[:255],
            "digest": self.digest,
            "imported_at": timezone.now(),
            "imported_by": self.user,
            "mends": [mend.as_json() for mend in self.mends],
        }

    # Again ---------------------------------------------------------------------------------------

    def again(self, last: ToolkitImport, wanted: Sequence[Draft]) -> ImportResult:
        old = list(last.pages.select_related("page"))
        places = {row.pk: at for at, row in enumerate(old)}
        before = [
            Leaf(row.content["title"], row.content["body"], places[row.parent_id] if row.parent_id else None)
            for row in old
        ]
        now = [Leaf(draft.content["title"], draft.content["body"], draft.parent) for draft in wanted]
        aligned, matched = align(before, now)
        result = ImportResult(last.toolkit, first=False)
        pages: list[Page | None] = []
        for at, (draft, leaf) in enumerate(zip(wanted, aligned, strict=True)):
            content = {**draft.content, "body": leaf.body}
            if at not in matched:
                parent = pages[draft.parent] if draft.parent is not None else None
                pages.append(
                    self.add_between(parent, Draft(content, draft.parent, draft.line), pages, wanted, result)
                )
            elif (row := old[matched[at]]).page is None:
                result.deleted.append(content["title"])
                pages.append(None)
            else:
                pages.append(self.merge(row, content, result))
        self.remember(last, old, matched, aligned, wanted, pages, result)
        return result

    def add_between(
        self,
        parent: Page | None,
        draft: Draft,
        pages: Sequence[Page | None],
        wanted: Sequence[Draft],
        result: ImportResult,
    ) -> Page | None:
        """A chapter that the last file did not have, after the one it follows in the new file."""
        if parent is None:
            result.deleted.append(draft.content["title"])
            return None
        siblings = [
            page for page, other in zip(pages, wanted, strict=False) if page and other.parent == draft.parent
        ]
        siblings = [
            page
            for page in siblings
            if Page.objects.get(pk=page.pk).is_child_of(Page.objects.get(pk=parent.pk))
        ]
        result.added.append(draft.content["title"])
        if siblings:
            return self.add(parent, draft, after=siblings[-1])
        first = parent.get_children().first()
        page = self.add(parent, draft)
        if first is not None:
            page.move(Page.objects.get(pk=first.pk), pos="left", user=self.user)
        return type(page).objects.get(pk=page.pk)

    def merge(self, row: ImportedPage, content: dict[str, Any], result: ImportResult) -> Page:
        """Merges the file's changes since the last import into a page as it stands, unpublished changes
        included.
        """
        live = Page.objects.get(pk=row.page_id).specific
        pending = live.has_unpublished_changes
        page = live.get_latest_revision_as_object()
        current = {name: value for name, value in page.get_content().items() if name in content}
        merged = merge_page(row.content, content, current, **merge_options(type(page)))
        for conflict in merged.conflicts:
            result.conflicts.append({"page": page.title, "page_id": page.pk, **conflict.as_json()})
        if merged.fields == current:
            result.unchanged.append(page.title)
            return live
        page.set_content(merged.fields)
        publish = self.publish and (not pending or not live.live)
        self.save(page, publish=publish)
        result.changed.append(page.title)
        if self.publish and not publish:
            result.not_published.append(page.title)
        return type(live).objects.get(pk=live.pk)

    def remember(
        self,
        last: ToolkitImport,
        old: Sequence[ImportedPage],
        matched: dict[int, int],
        aligned: Sequence[Leaf],
        wanted: Sequence[Draft],
        pages: Sequence[Page | None],
        result: ImportResult,
    ) -> None:
        """Makes this import the last one. Pages that the new file lacks stay, remembered as absent."""
        missing = [row for at, row in enumerate(old) if at not in matched.values()]
        result.absent = [str(row) for row in missing if row.page_id]
        last.pages.all().delete()
        rows: list[ImportedPage] = []
        for position, (draft, leaf, page) in enumerate(zip(wanted, aligned, pages, strict=True)):
            parent = None if draft.parent is None else rows[draft.parent]
            content = {**draft.content, "body": leaf.body}
            rows.append(
                ImportedPage.objects.create(
                    run=last, page=page, parent=parent, position=position, content=content
                )
            )
        for position, row in enumerate(missing, start=len(rows)):
            ImportedPage.objects.create(
                run=last, page=row.page, parent=rows[0], position=position, content=row.content, absent=True
            )
        ToolkitImport.objects.filter(pk=last.pk).update(**self.facts())
        result.page = ToolkitPage.objects.get(pk=last.toolkit_id)


def model_of(draft: Draft) -> type[Page]:
    return ToolkitPage if draft.parent is None else ChapterPage
