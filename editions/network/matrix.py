"""Who shows what: pages of one toolkit × affiliates × languages, one state a cell.

States compare version ids, not texts (editions.md, *Sending*), so that all filters are the database's. Only whether a page in step
is adapted is told from texts, for the cells on one screen, and only for pages that somebody has saved: no revision, nothing local.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page

from editions.content import get_content
from editions.loading import tag_names
from editions.models import Edition, EditionMixin, Version
from editions.models.editions import open_question
from editions.national import national_site

from .models import Affiliate

STEP, OURS, WAITS, CONFLICT, HELD, OLD, HIDDEN, WITHDRAWN, OFF = (
    "step", "ours", "waits", "conflict", "held", "old", "hidden", "withdrawn", "off",
)  # fmt: skip

#: State → letter and words. The letters are read where colour is not.
STATES = {
    STEP: (pgettext_lazy("letter of a state: in step", "S"), _("in step")),
    OURS: (pgettext_lazy("letter of a state: adapted", "A"), _("adapted, up to date")),
    WAITS: (pgettext_lazy("letter of a state: waits", "W"), _("an update waits for them")),
    CONFLICT: (pgettext_lazy("letter of a state: conflict", "C"), _("conflict")),
    HELD: (pgettext_lazy("letter of a state: held", "H"), _("on hold, old text")),
    OLD: (pgettext_lazy("letter of a state: not sent", "N"), _("newer version not sent to them")),
    HIDDEN: (pgettext_lazy("letter of a state: hidden", "X"), _("hidden there")),
    WITHDRAWN: (pgettext_lazy("letter of a state: withdrawn", "D"), _("withdrawn")),
    OFF: (pgettext_lazy("letter of a state: taken off", "F"), _("taken off by national")),
}

#: Whose readers see an older text than national's newest version.
BEHIND = (WAITS, HELD, OLD)
#: What one can ask for: a state, or several at once. *Adapted* is told for one screen only, and is no filter.
FILTERS = {
    "behind": (_("Shows old text"), BEHIND),
    "todo": (_("Anything to do"), (*BEHIND, CONFLICT)),
    **{name: (STATES[name][1], (name,)) for name in (CONFLICT, WAITS, HELD, OLD, HIDDEN, WITHDRAWN, OFF)},
}


@dataclass(frozen=True)
class Column:
    """One national page: ``key`` is its translation key, the same in all languages."""

    key: UUID
    page_id: int
    title: str
    depth: int


@dataclass(frozen=True)
class Cell:
    """One edition. ``since`` is when the newest version of its page was made, ``number`` that version's."""

    edition_id: int
    state: str
    language: str

    @property
    def letter(self):
        return STATES[self.state][0]

    @property
    def words(self):
        return STATES[self.state][1]


@dataclass
class Toolkit:
    """A national page beneath the home, and all published pages below it, in the tree's order."""

    key: UUID
    title: str
    columns: list[Column] = field(default_factory=list)


@dataclass(frozen=True)
class Newest:
    """The newest version of one page in one language."""

    version_id: int
    number: int
    made: datetime
    key: UUID
    locale_id: int


def toolkits() -> list[Toolkit]:
    """National's toolkits in its first language, by title. Two statements."""
    root = national_site().root_page
    pages = Page.objects.descendant_of(root).live().order_by("path").select_related("content_type")
    found: dict[str, Toolkit] = {}
    for page in pages.only("path", "depth", "title", "translation_key", "content_type"):
        if not issubclass(page.specific_class or Page, EditionMixin):
            continue
        top = page.path[: len(root.path) + Page.steplen]
        if page.path == top:
            found[top] = Toolkit(page.translation_key, page.title)
        if top in found:
            depth = page.depth - root.depth - 1
            found[top].columns.append(Column(page.translation_key, page.pk, page.title, depth))
    return sorted(found.values(), key=lambda toolkit: toolkit.title)


def last_sent(found: Sequence[Toolkit]) -> Toolkit | None:
    """The one of which a page was sent last: what staff most likely ask about. One statement."""
    sent = Version.objects.exclude(source_id=None).order_by("-pk")
    newest = sent.values_list("source_key", flat=True).first()
    for toolkit in found:
        if any(column.key == newest for column in toolkit.columns):
            return toolkit
    return next(iter(found), None)


def newest_of(keys: Iterable[UUID]) -> list[Newest]:
    """The newest versions of pages, in all languages. One statement."""
    newer = Version.objects.filter(source_id=OuterRef("source_id"), number__gt=OuterRef("number"))
    rows = Version.objects.filter(~Exists(newer), source_key__in=list(keys))
    return [Newest(*row) for row in rows.values_list("pk", "number", "created_at", "source_key", "locale_id")]


def with_state(editions: QuerySet[Edition], newest: Sequence[Newest]) -> QuerySet[Edition]:
    """Annotates ``state``; ``step`` stands for ``ours`` too (see ``Matrix.cells``)."""
    held = Q(pk__in=Edition.objects.held().values("pk"))
    undecided = ~Q(base=F("sent")) | Q(page__live=False, page__first_published_at=None)
    current = Q(base__in=[each.version_id for each in newest])
    return editions.annotate(
        state=Case(
            When(page=None, then=Value(HIDDEN)),
            When(withdrawal__isnull=False, then=Value(WITHDRAWN)),
            When(current & Q(taken_off=True, page__live=False), then=Value(OFF)),
            When(open_question(), then=Value(CONFLICT)),
            When(held & ~current, then=Value(HELD)),
            When(undecided, then=Value(WAITS)),
            When(~current, then=Value(OLD)),
            default=Value(STEP),
            output_field=CharField(),
        )
    )


@dataclass
class Matrix:
    """One toolkit, narrowed: ``locales`` are locale ids (none: all), ``wanted`` a key of FILTERS or empty, ``search`` a part of an
    affiliate's name or place, ``only`` the key of one page or None."""

    toolkit: Toolkit
    locales: frozenset[int] = frozenset()
    wanted: str = ""
    search: str = ""
    only: UUID | None = None

    def __post_init__(self):
        self.columns = [each for each in self.toolkit.columns if self.only in (None, each.key)]
        self.newest = newest_of(each.key for each in self.columns)

    def editions(self) -> QuerySet[Edition]:
        found = Edition.objects.filter(source_key__in=[each.key for each in self.columns])
        if self.locales:
            found = found.filter(locale__in=self.locales)
        return with_state(found, self.newest)

    def affiliates(self) -> QuerySet[Affiliate]:
        found = Affiliate.objects.active().order_by("name", "pk")
        if self.search:
            found = found.filter(Q(name__icontains=self.search) | Q(place__icontains=self.search))
        if self.wanted in FILTERS:
            found = found.filter(self.having(FILTERS[self.wanted][1]))
        return found

    def having(self, states: Sequence[str]) -> Exists:
        """Of a queryset of affiliates: those with an edition here in one of ``states``."""
        return Exists(self.editions().filter(site=OuterRef("site"), state__in=states))

    def counts(self) -> dict[str, int]:
        """``following``: affiliates with an edition in this matrix; ``behind``: those of them that show an older
        text somewhere in it. One statement."""
        editions = self.editions().order_by()
        return editions.aggregate(
            following=Count("site", distinct=True),
            behind=Count("site", filter=Q(state__in=BEHIND), distinct=True),
        )

    def cells(
        self, affiliates: Iterable[Affiliate], columns: Iterable[Column], codes: dict[int, str]
    ) -> dict[tuple[int, UUID], list[Cell]]:
        """Site id and page key → its editions, by language; ``codes`` are the language codes by locale id.

        Where *wanted* is set, only the editions that are meant. Statements: one, and for pages that were saved
        here one for their versions and one or two for each type of page.
        """
        keys = [each.key for each in columns]
        rows = (
            self.editions()
            .filter(site__in=[each.site_id for each in affiliates], source_key__in=keys)
            .select_related("page__content_type")
            .order_by("locale_id", "pk")
        )
        if self.wanted in FILTERS:
            rows = rows.filter(state__in=FILTERS[self.wanted][1])
        rows = list(rows)
        ours = adapted(each for each in rows if each.state == STEP)
        found: dict[tuple[int, UUID], list[Cell]] = defaultdict(list)
        for each in rows:
            state = OURS if each.pk in ours else each.state
            found[each.site_id, each.source_key].append(Cell(each.pk, state, codes.get(each.locale_id, "")))
        return found


def adapted(editions: Iterable[Edition]) -> set[int]:
    """Ids of those whose page is not exactly its base."""
    saved = [each for each in editions if each.page and each.page.latest_revision_id is not None]
    if not saved:
        return set()
    bases = Version.objects.in_bulk({each.base_id for each in saved})
    by_model = defaultdict(list)
    for each in saved:
        by_model[each.page.specific_class].append(each.page_id)
    pages = {}
    for model, ids in by_model.items():
        pages.update(model.objects.prefetch_related(*tag_names(model)).in_bulk(ids))
    return {
        each.pk
        for each in saved
        if pages[each.page_id].kept_paths or get_content(pages[each.page_id]) != bases[each.base_id].content
    }


def language_codes() -> dict[int, str]:
    """Locale id → language code. One statement."""
    return dict(Locale.objects.values_list("pk", "language_code"))
