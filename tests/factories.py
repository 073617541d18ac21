"""Page trees for tests: an organisation's folder with its homes, toolkits, chapters, and raw block data.

Plain functions: a test says what matters to it, the rest has a default. Ids of blocks are readable.
"""

from __future__ import annotations

import datetime
import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from wagtail.models import Collection, Locale, Page, Site

from campaign_library.models import CallToAction, GlossaryTerm, Provision
from tests import block_samples, library_records
from toolkit_pages.models import (
    CampaignPage,
    CaseStudiesPage,
    CaseStudyPage,
    ChapterPage,
    EventPage,
    EventsPage,
    FolderPage,
    HomePage,
    ToolkitPage,
)

_numbers = itertools.count(1)


@dataclass
class Tree:
    """One organisation's pages. ``homes`` by language code, the first language first."""

    site: Site
    folder: FolderPage
    homes: dict[str, HomePage]

    @property
    def home(self) -> HomePage:
        return next(iter(self.homes.values()))


def locale(code: str = "en") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def tree_root() -> Page:
    """The tree's root, made where a test database has none (TransactionTestCase empties it)."""
    root = Page.get_first_root_node()
    if root is None:
        locale()
        root = Page.add_root(title="Root", slug="root")
    return root


def organisation(
    name: str = "National",
    hostname: str = "localhost",
    *,
    languages: tuple[str, ...] = ("en",),
    default: bool = False,
    parent: Page | None = None,
) -> Tree:
    """A site with its folder and one live home per language. ``default`` makes it the national one."""
    parent = parent or tree_root()
    folder = parent.add_child(
        instance=FolderPage(title=name, slug=f"{slugify(name)}-{next(_numbers)}", locale=locale(languages[0]))
    )
    key = uuid.uuid4()
    homes = {}
    for code in languages:
        homes[code] = folder.add_child(
            instance=HomePage(
                title=f"{name} ({code})", slug=f"home-{code}", locale=locale(code), translation_key=key
            )
        )
    if default:
        Site.objects.filter(is_default_site=True).update(is_default_site=False)
    site, _made = Site.objects.update_or_create(
        hostname=hostname,
        port=80,
        defaults={"root_page": homes[languages[0]], "is_default_site": default, "site_name": name},
    )
    return Tree(site, folder, homes)


def toolkit(parent: Page, title: str = "Toolkit", *, chapters: int = 0, **fields: Any) -> ToolkitPage:
    """A live toolkit, with that many empty chapters."""
    page = _child(ToolkitPage, parent, title, **fields)
    for number in range(1, chapters + 1):
        chapter(page, f"Chapter {number}")
    return page


def chapter(
    parent: Page, title: str = "Chapter", body: list[dict] | None = None, **fields: Any
) -> ChapterPage:
    return _child(ChapterPage, parent, title, body=body or [], **fields)


def case_list(parent: Page, title: str = "Case studies", **fields: Any) -> CaseStudiesPage:
    return _child(CaseStudiesPage, parent, title, **fields)


def case_study(parent: Page, title: str = "A county decides", **fields: Any) -> CaseStudyPage:
    fields.setdefault("place", title)
    return _child(CaseStudyPage, parent, title, **fields)


def campaign(parent: Page, title: str = "Municipal ID", **fields: Any) -> CampaignPage:
    return _child(CampaignPage, parent, title, **fields)


def answered(provision: Provision, answer: str = "yes", note: str = "", id: str | None = None) -> dict:
    """A raw row of a case study's details."""
    return block("provision", {"provision": provision.pk, "answer": answer, "note": note, "source": ""}, id)


def counted(value: str = "3,000", as_of: str = "2013-08", **fields: Any) -> dict:
    """A raw row of a case study's numbers."""
    return block(
        "number",
        {
            "label": "Cards",
            "value": value,
            "unit": "",
            "as_of": as_of,
            "source": "Report",
            "note": "",
            **fields,
        },
    )


def heard(text: str = "<p>Words.</p>", **fields: Any) -> dict:
    """A raw row of what people are saying in a case study."""
    return block(
        "voice",
        {
            "form": "quote",
            "text": text,
            "speaker": "A member",
            "role": "of the board",
            "when": "2011",
            "source": "Minutes",
            "source_url": "",
            "language": "",
            "original": "",
            "permission": "public",
            **fields,
        },
    )


def events_page(parent: Page, title: str = "Events", **fields: Any) -> EventsPage:
    fields.setdefault("slug", "events")
    return _child(EventsPage, parent, title, **fields)


def event(parent: Page, title: str = "Vigil", *, days: int = 10, **fields: Any) -> EventPage:
    """A live event in so many days, from six to eight in the evening in Los Angeles."""
    fields.setdefault("date", datetime.date.today() + datetime.timedelta(days=days))
    fields.setdefault("start_time", datetime.time(18))
    fields.setdefault("end_time", datetime.time(20))
    fields.setdefault("time_zone", "America/Los_Angeles")
    fields.setdefault("venue", "County Hall, steps")
    return _child(EventPage, parent, title, **fields)


def _child(model: type[Page], parent: Page, title: str, **fields: Any) -> Any:
    fields.setdefault("slug", f"{slugify(title)}-{next(_numbers)}")
    fields.setdefault("locale", parent.locale)
    # The parent's numbers in the tree are stale once it has had a child through another object.
    parent = Page.objects.get(pk=parent.pk)
    return parent.add_child(instance=model(title=title, **fields))


def translation_of(page: Page, parent: Page, title: str, **fields: Any) -> Any:
    """The same page in the language of ``parent``."""
    return _child(
        type(page), parent, title, translation_key=page.translation_key, locale=parent.locale, **fields
    )


def block(kind: str, value: Any, id: str | None = None) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": id or f"{kind}-{next(_numbers)}"}


def item(value: Any, id: str | None = None) -> dict[str, Any]:
    return block("item", value, id)


def paragraph(text: str = "<p>Words.</p>", id: str | None = None) -> dict[str, Any]:
    return block("paragraph", text, id)


def link_to(page: Page, words: str = "there") -> str:
    return f'<a id="{page.pk}" linktype="page">{words}</a>'


def call_to_action(**fields: Any) -> CallToAction:
    fields.setdefault("title", "Ask for a meeting")
    fields.setdefault("locale", locale())
    return CallToAction.objects.create(**fields)


def glossary_term(**fields: Any) -> GlossaryTerm:
    fields.setdefault("term", "Detainer")
    fields.setdefault("plain", "A request to hold somebody longer.")
    fields.setdefault("locale", locale())
    return GlossaryTerm.objects.create(**fields)


def provision(code: str = "no-detainers", **fields: Any) -> Provision:
    fields.setdefault("label", code.replace("-", " ").capitalize())
    fields.setdefault("category", "detainers")
    fields.setdefault("locale", locale())
    return Provision.objects.create(code=code, **fields)


def root_collection() -> Collection:
    """The root of all collections, made where a test has emptied the database."""
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def image(title: str = "Diagram") -> Any:
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    return get_image_model().objects.create(
        title=title, file=get_test_image_file(), collection=root_collection()
    )


def document_blocks(language: Locale | None = None) -> list[dict]:
    """One raw block for each kind of document, each with a document of its own."""
    from tests.campaign_library import documents

    language = language or locale()

    return [
        block("ordinance", {"document": documents.ordinance(locale=language).pk, "section": "1"}),
        block("demand_list", {"document": documents.demand_list(locale=language).pk}),
        block("ask_sheet", {"document": documents.decision_maker(locale=language).pk}),
        block("text_template", {"document": documents.text_template(locale=language).pk}),
    ]


def every_block(
    action: CallToAction | None,
    term: GlossaryTerm | None,
    picture: Any = None,
    places: Any = (),
    happening: EventPage | None = None,
) -> list[dict]:
    """One raw block of each type, with nested lists, in the editor's canonical form. ``places``: case studies, two to four."""
    rich = "<p>Plain and <b>bold</b>.</p><ul><li>one</li><li>two</li></ul>"
    inner = [item({"title": "First", "text": "<p>Inside.</p>"}), item({"title": "Second", "text": ""})]
    blocks = [
        block("paragraph", rich),
        block("heading", {"text": "Who to bring", "level": "2"}),
        block(
            "steps",
            {
                "title": "Before the meeting",
                "steps": [
                    item({"title": "Agree", "text": rich, "steps": inner}),
                    item({"title": "Go", "text": "", "steps": []}),
                ],
            },
        ),
        block(
            "questions",
            {"title": "Ask yourselves", "questions": [item({"question": "Who decides?", "hint": rich})]},
        ),
        block("callout", {"kind": "warning", "title": "Ask first", "text": rich}),
        block(
            "quote",
            {
                "text": "<p>A request is not an order.</p>",
                "speaker": "A supervisor",
                "role": "at a hearing",
                "source": "Minutes",
                "source_url": "https://example.org/minutes",
                "language": "en",
            },
        ),
        block(
            "figure",
            {
                "image": {
                    "image": picture.pk if picture else None,
                    "alt_text": "A diagram" if picture else None,
                    "decorative": False if picture else None,
                },
                "caption": "The way of a case",
                "long_description": rich,
                "source": "Drawn here",
            },
        ),
        block(
            "table",
            {
                "caption": "Who decides",
                "table": {
                    "columns": [
                        {"type": "text", "heading": "Office"},
                        {"type": "rich_text", "heading": "Decides"},
                    ],
                    "rows": [{"values": ["Sheriff", "<p>The <b>jail</b></p>"]}],
                    "caption": "",
                },
                "source": "County code",
            },
        ),
        block(
            "talking_points",
            {
                "title": "On cost",
                "points": [
                    item(
                        {
                            "point": "It costs money",
                            "evidence": rich,
                            "as_of": "2016-11-15",
                            "source": "Budget",
                        }
                    ),
                    item({"point": "It costs trust", "evidence": "", "as_of": None, "source": ""}),
                ],
            },
        ),
    ]
    blocks += block_samples.all_samples()
    if happening is not None:
        blocks.append(block("event", happening.pk))
        blocks.append(block("events", {"title": "What is on", "count": 3}))
    if action is not None:
        blocks.append(block("call_to_action", action.pk))
    if term is not None:
        blocks.append(block("glossary_term", term.pk))
        blocks += library_records.record_blocks(term.locale)
    if places:
        chosen = [item(place.pk) for place in places]
        blocks.append(block("comparison", {"title": "Side by side", "places": chosen, "show": "all"}))
        blocks.append(
            block(
                "case_studies",
                {"title": "Places", "pick": "chosen", "places": chosen[:1], "count": 3, "policy": ""},
            )
        )
    return blocks
