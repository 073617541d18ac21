"""National, affiliate A and affiliate B, each with something of every kind, and what tells their rows and their words apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    DraftStateMixin,
    Locale,
    Page,
    Revision,
    RevisionMixin,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
    get_page_models,
)  # fmt: skip
from wagtail.models.media import UploadedFile
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from editions.actions.adopt import Adopt
from editions.models import Adoption, Conflict, Edition, Release, Update, Version
from editions.network.models import Affiliate, AffiliateGroup, ProfileValue, Role
from editions.network.roles import ensure_national_groups, national_collection, owned_models
from toolkit_pages.models import ChapterPage, EventPage, EventsPage, FolderPage, HomePage, ToolkitPage

from .factories import AffiliateFactory, StaffFactory, UserFactory
from .one_of_everything import BOOKKEEPING, Maker, start_numbers_at

OF_B, OF_NATIONAL_DRAFTS, OF_A, OF_NATIONAL = "zebrafish", "okapi", "alpaca", "narwhal"
"""A word in every text of each. The first two are what nobody in A may read."""
SEARCHED = "quokka"
"""Stands beside B's word everywhere: a search for it must find nothing, and names nothing by being said back."""

NATIONALS = {
    "campaign_library.Topic",
    "campaign_library.TopicOfSnippet",
    "editions.Version",
    "network.NationalGroup",
}
"""What only national makes: there is none of B's."""


@dataclass
class World:
    a: Any = None
    b: Any = None
    people: dict[str, Any] = field(default_factory=dict)
    national: dict[type, Any] = field(default_factory=dict)
    of_a: dict[type, Any] = field(default_factory=dict)
    of_b: dict[type, Any] = field(default_factory=dict)
    numbers: dict[str, dict[type, list]] = field(default_factory=dict)
    """Of "national", "a" and "b": the primary keys of each model's rows."""
    pages: dict[str, list[int]] = field(default_factory=dict)
    """Of each a few of different kinds: a toolkit, a root, a draft, an edition."""


def build() -> World:
    world = World()
    known: set = set()

    def remember(whose):
        rows = {
            model: [
                pk
                for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)
                if (model, pk) not in known
            ]
            for model in all_models()
        }
        known.update((model, pk) for model, keys in rows.items() for pk in keys)
        world.numbers[whose] = rows

    start_numbers_at(1000)
    make_national(world)
    remember("national")
    start_numbers_at(4000)
    world.a = AffiliateFactory(name="Alpaca county", slug=OF_A, languages=["en", "es"])
    start_numbers_at(4777)
    world.people = {role: UserFactory(of=world.a, of__role=role, username=f"{OF_A}-{role}") for role in Role}
    world.of_a = make_affiliate(world, world.a, OF_A, ToolkitPage, ChapterPage)
    remember("a")
    start_numbers_at(7700)
    world.b = AffiliateFactory(
        name="Zebrafish quokka county",
        slug=OF_B,
        languages=["en", "es"],
        values={"hotline": "zebrafish quokka"},
    )
    start_numbers_at(7777)
    world.of_b = make_affiliate(world, world.b, f"{OF_B} {SEARCHED}", *own_page_types())
    make_everything(world, known)
    cross(world)
    remember("b")
    for whose, keys in world.numbers.items():
        pages = Page.objects.filter(pk__in=keys[Page]).order_by("path")
        toolkit, chapter = keys[ToolkitPage][0], keys[ChapterPage][0]
        some = {
            # The root stands above everybody's.
            "national": [toolkit, pages[0].pk, chapter, *pages.filter(live=False)[:1]],
            "a": [toolkit, world.a.site.root_page_id],
            "b": [
                toolkit,
                world.b.folder_id,
                *pages.filter(live=False)[:1],
                *pages.exclude(edition=None)[:1],
            ],
        }[whose]
        world.pages[whose] = [getattr(page, "pk", page) for page in some]
    return world


def all_models() -> list[type[models.Model]]:
    left_out = {"contenttypes.ContentType", "auth.Permission", "sessions.Session"}
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in left_out
    ]


def own_page_types() -> list[type[Page]]:
    """All page types that may stand beneath a home, those with an order first."""
    first = [ToolkitPage, ChapterPage, EventsPage, EventPage]
    return [
        *first,
        *(model for model in get_page_models() if model not in (*first, Page, FolderPage, HomePage)),
    ]


def basics() -> dict[type, Any]:
    return {
        Locale: Locale.objects.get(language_code="en"),
        ContentType: ContentType.objects.get_for_model(ChapterPage),
    }


def make_national(world: World) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    Locale.objects.get_or_create(language_code="es")
    root = Page.get_first_root_node()
    folder = root.add_child(instance=FolderPage(title="National", slug="national", locale=english))
    home = folder.add_child(instance=HomePage(title="National", slug="en", locale=english))
    Site.objects.filter(is_default_site=True).update(root_page=home)
    ensure_national_groups()
    staff = StaffFactory(username="staff")
    start_numbers_at(1777)
    own = basics() | {get_user_model(): staff, Site: Site.objects.get(is_default_site=True)}
    own[Collection] = national_collection()
    maker = Maker(OF_NATIONAL, own)
    toolkit = maker.page(ToolkitPage, home, "toolkit")
    chapter = maker.page(ChapterPage, toolkit, "chapter")
    own[Page] = own[ToolkitPage] = toolkit
    own[ChapterPage] = chapter
    for model in (*owned_models(), get_image_model(), get_document_model()):
        if model._meta.app_label != "toolkit_pages":
            maker.one_of(model)
    world.national = own
    # Its drafts: pages, snippets, and words of published ones that are not published yet.
    drafts = Maker(OF_NATIONAL_DRAFTS, own.copy(), live=False)
    for parent in (home, toolkit):
        drafts.page(ChapterPage, parent, f"plan of {parent.title}")
    chapter.summary = f"{OF_NATIONAL_DRAFTS} chapter"
    chapter.save_revision(clean=False)
    for model in owned_models():
        if issubclass(model, DraftStateMixin):
            drafts.make(model, live=False, owner=None, **unlike(model)).save_revision(clean=False)
            changed = model._base_manager.get(pk=own[model].pk)
            for text in texts(model):
                setattr(changed, text, OF_NATIONAL_DRAFTS)
            changed.save_revision(clean=False)


def unlike(model: type[models.Model]) -> dict[str, str]:
    return {"code": "other"} if any(each.name == "code" for each in model._meta.fields) else {}


def texts(model: type[models.Model]) -> list[str]:
    return [each.name for each in model._meta.fields if each.name in ("title", "name", "term", "label")]


def make_affiliate(world: World, affiliate: Affiliate, word: str, *page_types: type[Page]) -> dict[type, Any]:
    """Pages (a published one, then the others; one is a draft), files, and a snippet of each kind with a revision."""
    home = affiliate.site.root_page.specific
    own: dict[type, Any] = basics() | {
        Affiliate: affiliate, Site: affiliate.site, Collection: affiliate.collection,
        get_user_model(): UserFactory(
            of=affiliate, username=f"{word.split()[0]}-writer", first_name=word.split()[0], last_name="Quokka"
        ),
        Group: affiliate.group(Role.EDITOR), AffiliateGroup: affiliate.groups.first(),
        ProfileValue: affiliate.values.first(),
    }  # fmt: skip
    maker = Maker(word, own)
    toolkit = own[Page] = own[page_types[0]] = maker.page(page_types[0], home, "toolkit")
    parents = {"toolkit_pages.EventPage": EventsPage}
    for model in page_types[1:]:
        parent = own[parents[model._meta.label]] if model._meta.label in parents else toolkit
        own[model] = maker.page(model, parent, model._meta.model_name)
    Maker(word, own, live=False).page(ChapterPage, toolkit, "draft")
    for model in (*owned_models(), get_image_model(), get_document_model()):
        made = maker.one_of(model)
        if isinstance(made, RevisionMixin):
            made.save_revision(clean=False)
    spanish = Locale.objects.get(language_code="es")
    for thing in (toolkit, next(own[model] for model in own if model._meta.model_name == "glossaryterm")):
        translate_object(thing, [spanish])
    own[TranslationSource] = TranslationSource.objects.get_for_instance(toolkit)
    own[Translation] = own[TranslationSource].translations.get()
    log(toolkit, "wagtail.edit", user=own[get_user_model()])
    return own


def make_everything(world: World, known: set) -> None:
    """B's rows that need more than their fields, then one of every model that has none yet."""
    own, home = world.of_b, world.b.site.root_page
    toolkit, user = own[ToolkitPage], own[get_user_model()]
    maker = Maker(f"{OF_B} {SEARCHED}", own)
    own[Adoption] = Adopt(world.national[ToolkitPage], world.b.site).execute()
    own[Edition] = Edition.objects.filter(site=world.b.site).last()
    for page in Page.objects.descendant_of(home).filter(title__startswith=OF_NATIONAL):
        Page.objects.filter(pk=page.pk).update(title=f"{OF_B} {page.pk}", slug=f"{OF_B}-{page.pk}")
    own[Version] = own[Edition].base
    own[Release] = maker.make(Release)
    own[Release].sites.add(world.b.site)
    own[Update] = maker.make(Update, edition=own[Edition])
    sides = {side: f"<p>{OF_B} {side}</p>" for side in ("base", "national", "local")}
    own[Conflict] = maker.make(Conflict, path=["body", "b1"], kind="both", sides=sides)
    own[Revision] = toolkit.latest_revision
    approval = apps.get_model("wagtailcore", "GroupApprovalTask")
    task = own[Task] = own[approval] = maker.make(
        approval, content_type=ContentType.objects.get_for_model(approval)
    )
    task.groups.add(world.b.group(Role.MODERATOR))
    workflow = maker.one_of(Workflow)
    maker.one_of(apps.get_model("wagtailcore", "WorkflowTask"))
    maker.one_of(apps.get_model("wagtailcore", "WorkflowPage"))
    state = workflow.start(toolkit, user)
    own[WorkflowState], own[TaskState] = state, state.current_task_state
    own[UploadedFile] = maker.make(
        UploadedFile, for_content_type=ContentType.objects.get_for_model(get_image_model())
    )
    # What came along, such as the strings of a translation.
    for model in all_models():
        new = [
            pk
            for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)
            if (model, pk) not in known
        ]
        if new and model not in own:
            own[model] = model._base_manager.get(pk=new[0])
    for model in apps.get_models():
        wanted = model._meta.managed and model._meta.label not in BOOKKEEPING | NATIONALS
        if wanted and model not in own and not issubclass(model, Page):
            maker.one_of(model)
    for thing in (own[get_image_model()], own[get_document_model()], toolkit):
        thing.tags.add(OF_B)
        thing.save()
    for model in owned_models():
        log(own[model], "wagtail.edit", user=user)


def cross(world: World) -> None:
    """What A has to do with B: a page moved from there, one of B's people who once worked here, B's pages that show A's and
    national's things from before that was refused."""
    mine, theirs = world.of_a[ToolkitPage], world.of_b[ToolkitPage]
    names = {key: {"id": theirs.pk, "title": theirs.title} for key in ("source", "destination", "page")}
    for action in ("wagtail.move", "wagtail.copy", "wagtail.create_alias"):
        log(mine, action, user=world.of_b[get_user_model()], data=names)
    things = [(each[ToolkitPage], each[get_image_model()]) for each in (world.of_a, world.national)]
    body = [
        {"type": "paragraph", "id": f"p{page.pk}", "value": f'<p><a linktype="page" id="{page.pk}">{OF_B}</a></p>'}
        for page, _image in things
    ] + [
        {
            "type": "figure", "id": f"i{image.pk}",
            "value": {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": OF_B},
        }
        for _page, image in things
    ]  # fmt: skip
    chapter = world.of_b[ChapterPage]
    chapter.body = body
    chapter.save()
    mine.locked_by, mine.locked_at = world.of_b[get_user_model()], timezone.now()
    Page.objects.filter(pk=mine.pk).update(owner=world.of_b[get_user_model()])
