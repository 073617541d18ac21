"""A small network: national with a page and a term, two affiliates, one person in each."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Revision, Site
from wagtail_localize.models import (
    LocaleSynchronization,
    StringTranslation,
    Translation,
    TranslationSource,
)

from campaign_library.models import CallToAction, GlossaryTerm
from editions.models import Edition
from editions.network.models import Affiliate, ProfileValue, Role
from editions.network.roles import ensure_national_groups, national_collection
from toolkit_pages.models import ChapterPage, FolderPage, HomePage, ToolkitPage

from .factories import AffiliateFactory, StaffFactory, UserFactory


@dataclass
class Things:
    """One of everything that somebody owns, with a name that stands out in any text."""

    home: Any
    toolkit: Any
    chapter: Any
    image: Any
    document: Any
    term: Any
    name: str = ""


@dataclass
class Network:
    """Affiliates `a` and `b`, national, what each owns, and a person for each."""

    a: Any
    b: Any
    of_a: Things
    of_b: Things
    national: Things
    editor: Any
    other: Any
    staff: Any
    administrator: Any
    locales: dict = field(default_factory=dict)


def make_things(name, home, collection, owner):
    toolkit = home.add_child(instance=ToolkitPage(title=f"{name} toolkit", locale=home.locale))
    chapter = toolkit.add_child(
        instance=ChapterPage(
            title=f"{name} chapter",
            locale=home.locale,
            summary="Call {{ hotline }}",
            body=[{"type": "paragraph", "value": f"<p>{name} words</p>", "id": "b1"}],
        )
    )
    return Things(
        home=home,
        toolkit=toolkit,
        chapter=chapter,
        image=get_image_model().objects.create(
            title=f"{name} image", file=get_test_image_file(), collection=collection
        ),
        document=get_document_model().objects.create(title=f"{name} document", collection=collection),
        term=GlossaryTerm.objects.create(
            term=f"{name} term", plain="Plain words", owner=owner, locale=home.locale
        ),
        name=name,
    )


@pytest.fixture
def national_home(db):
    english = Locale.objects.get_or_create(language_code="en")[0]
    Locale.objects.get_or_create(language_code="es")
    root = Page.get_first_root_node()
    folder = root.add_child(instance=FolderPage(title="National", slug="national", locale=english))
    home = folder.add_child(instance=HomePage(title="National", slug="en", locale=english))
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    ensure_national_groups()
    return home


@pytest.fixture
def network(national_home):
    a = AffiliateFactory(name="Alpha", slug="alpha", languages=["en", "es"])
    b = AffiliateFactory(name="Bravo", slug="bravo", languages=["en", "es"])
    return Network(
        a=a,
        b=b,
        of_a=make_things("Alpha", a.site.root_page.specific, a.collection, a),
        of_b=make_things("Bravo", b.site.root_page.specific, b.collection, b),
        national=make_things("National", national_home, national_collection(), None),
        editor=UserFactory(of=a, username="editor-of-a"),
        other=UserFactory(of=b, username="editor-of-b"),
        staff=StaffFactory(username="staff"),
        administrator=UserFactory(of=a, of__role=Role.ADMINISTRATOR, username="administrator-of-a"),
        locales={locale.language_code: locale for locale in Locale.objects.all()},
    )


@pytest.fixture
def as_editor(client, network):
    """A browser in which the editor of `a` is logged in."""
    client.force_login(network.editor)
    return client


@pytest.fixture
def as_administrator(client, network):
    """A browser in which the administrator of `a` is logged in."""
    client.force_login(network.administrator)
    return client


@pytest.fixture
def as_staff(client, network):
    client.force_login(network.staff)
    return client


def is_refused(response):
    """Whether the admin said no: 403 or 404, or its message and the way home."""
    if response.status_code in (403, 404):
        return True
    said = [str(message) for message in get_messages(response.wsgi_request)]
    return response.status_code == 302 and response["Location"] == "/admin/" and bool(said)


WATCHED = (
    Page, ToolkitPage, ChapterPage, HomePage, GlossaryTerm, CallToAction, get_image_model(),
    get_document_model(), Site, Group, Collection, Locale, Affiliate, ProfileValue, Translation,
    TranslationSource, StringTranslation, Redirect, LocaleSynchronization, Edition, Revision,
)  # fmt: skip


def rows():
    """Every row that could be touched, users without the time of their login."""
    found = {model._meta.label: list(model.objects.order_by("pk").values()) for model in WATCHED}
    found["users"] = list(get_user_model().objects.order_by("pk").values("pk", "username", "is_superuser"))
    found["memberships"] = list(get_user_model().groups.through.objects.order_by("pk").values())
    return found


@pytest.fixture
def probe(as_editor):
    """Tries one address with GET and POST and asserts that both are refused and that no row has changed."""

    def try_it(address, data=None, methods=("get", "post"), **headers):
        before = rows()
        for method in methods:
            response = getattr(as_editor, method)(address, data or {}, headers=headers)
            assert is_refused(response), f"{method} {address} answered {response.status_code}"
        assert rows() == before

    return try_it
