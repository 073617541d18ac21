"""Who shows what: the matrix of national staff, its CSV, and what one edition says otherwise."""

import csv

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_languages

from editions.changes import changes
from editions.models import Edition, Version
from editions.standing import standing_of, states_of, told_of, with_conflicts
from editions.views.base import SenderView, paged

from ..matrix import FILTERS, STATES, Matrix, language_codes, last_sent, toolkits

#: Affiliates and pages on one screen. What a screen costs does not grow with the network.
AFFILIATES = 25
PAGES = 8

#: Affiliates that are read at a time for the CSV.
BATCH = 200


class MatrixView(SenderView):
    """One toolkit's pages × affiliates × languages. At most twelve statements of its own, whatever the network's size."""

    template_name = "network/matrix.html"
    header_icon = "table"
    page_title = gettext_lazy("Who shows what")

    @cached_property
    def toolkits(self):
        return toolkits()

    @cached_property
    def codes(self) -> dict[int, str]:
        return language_codes()

    @cached_property
    def matrix(self) -> Matrix | None:
        asked = self.request.GET
        chosen = next((each for each in self.toolkits if str(each.key) == asked.get("toolkit")), None)
        toolkit = chosen or last_sent(self.toolkits)
        if toolkit is None:
            return None
        keys = {str(each.key): each.key for each in toolkit.columns}
        return Matrix(
            toolkit,
            locales=frozenset(pk for pk, code in self.codes.items() if code == asked.get("language")),
            wanted=asked.get("state", "") if asked.get("state") in FILTERS else "",
            search=asked.get("q", "").strip()[:100],
            only=keys.get(asked.get("page", "")),
        )

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "csv" and self.matrix:
            return self.csv()
        return super().get(request, *args, **kwargs)

    def query(self, **change: str) -> str:
        """The address's query with some of it changed; what is empty is left out."""
        asked = {
            name: self.request.GET.get(name, "") for name in ("toolkit", "page", "language", "state", "q")
        }
        return "?" + urlencode({name: value for name, value in {**asked, **change}.items() if value})

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(toolkits=self.toolkits, filters=FILTERS, states=STATES)
        if self.matrix is None:
            return context
        matrix = self.matrix
        languages = get_content_languages()
        page = paged(matrix.affiliates().select_related("site"), self.request, AFFILIATES)
        first = self.first_column()
        columns = matrix.columns[first : first + PAGES]
        cells = matrix.cells(page.object_list, columns, self.codes)
        page.object_list = [
            (affiliate, [(column, cells.get((affiliate.site_id, column.key), [])) for column in columns])
            for affiliate in page
        ]
        context.update(
            matrix=matrix,
            columns=columns,
            page_obj=page,
            counts=matrix.counts(),
            newest=self.newest_version(),
            languages=[(code, languages.get(code, code)) for code in self.codes.values()],
            asked=self.request.GET,
            show_behind=self.query(state="behind"),
            csv_url=self.query(export="csv"),
            earlier=self.query(from_page=str(max(first - PAGES, 0) + 1)) if first else "",
            later=self.query(from_page=str(first + PAGES + 1)) if first + PAGES < len(matrix.columns) else "",
            shown=(first + 1, min(first + PAGES, len(matrix.columns)), len(matrix.columns)),
            linkurl=reverse("network:matrix"),
        )
        return context

    def first_column(self) -> int:
        """How many pages are passed over."""
        asked = self.request.GET.get("from_page", "")
        first = int(asked) - 1 if asked.isdecimal() and len(asked) < 6 else 0
        return min(max(first, 0), max(len(self.matrix.columns) - 1, 0))

    def newest_version(self):
        """The newest version of the page that is asked for, else None."""
        if self.matrix.only is None:
            return None
        return max(self.matrix.newest, key=lambda each: each.made, default=None)

    def csv(self) -> StreamingHttpResponse:
        """One row per edition. Read in batches, so that a large network does not fill the memory."""
        response = StreamingHttpResponse(self.rows(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="who-shows-what.csv"'
        return response

    def rows(self):
        writer = csv.writer(Echo())
        titles = {each.key: each.title for each in self.matrix.columns}
        yield writer.writerow([_("Affiliate"), _("Place"), _("Page"), _("Language"), _("State")])
        affiliates = list(self.matrix.affiliates())
        for start in range(0, len(affiliates), BATCH):
            batch = affiliates[start : start + BATCH]
            cells = self.matrix.cells(batch, self.matrix.columns, self.codes)
            for affiliate in batch:
                for key, title in titles.items():
                    for cell in cells.get((affiliate.site_id, key), []):
                        row = [affiliate.name, affiliate.place, title, cell.language, cell.words]
                        yield writer.writerow([harmless(each) for each in row])


class Echo:
    """A file that hands each written row back, for streaming."""

    def write(self, value: str) -> str:
        return value


def harmless(value: object) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


class StandingView(SenderView):
    """What one edition says otherwise than national, and what national says that it has not got. For reading."""

    template_name = "network/standing.html"
    header_icon = "table"
    page_title = gettext_lazy("What they show")
    trail = (("network:matrix", gettext_lazy("Who shows what")),)

    @cached_property
    def edition(self) -> Edition:
        editions = with_conflicts(Edition.objects.all()).select_related(
            "site", "page", "base", "sent", "locale", "adoption"
        )
        return get_object_or_404(editions, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return self.edition.site.site_name or self.edition.site.hostname

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        edition = self.edition
        newest = Version.objects.filter(source_id=edition.source_id).order_by("-number").first()
        page = edition.page.specific if edition.page_id else None
        told = told_of(states_of(page, edition.base.content)) if page else None
        context.update(
            edition=edition,
            page=page,
            title=page.title if page else edition.base.title,
            newest=newest,
            standing=standing_of(
                edition, conflicts=edition.open_conflicts, protected=edition.open_protected, told=told
            ),
            theirs=changes(type(page), edition.base.content, page.get_content()) if page else [],
            missing=changes(newest.model, edition.base.content, newest.content)
            if newest.pk != edition.base_id
            else [],
        )
        return context
