"""Our own screens of the admin, from the URL resolver: a new one is walked without anyone remembering.

A screen is what answers a GET of somebody with a whole page of HTML. Who sees it is found by asking, and so are the numbers in
its address, where `telling` knows none that shows more.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.users.models import UserProfile

from campaign_library.actions import AdaptSnippet
from campaign_library.actions.withdraw import WithdrawSnippet
from campaign_library.models import GlossaryTerm
from editions.actions.protect import Protect
from editions.actions.send import Send
from editions.actions.withdraw import WithdrawPage
from editions.models import Conflict, Release, Withdrawal
from editions.network.actions.lifecycle import ArchiveAffiliate, ChangeHostname
from editions.network.actions.open_affiliate import OpenAffiliate, RequestOpening, Wanted
from editions.network.actions.people import Invite
from editions.network.models import Affiliate, Invitation, NationalRole, Opening, Role
from tests.browser.network import CONTESTED, EDITOR, NATIONAL
from tests.browser.test_screenshots import SAMPLES
from tests.network.addresses import Pattern, leads_to, patterns
from tests.network.factories import UserFactory
from toolkit_pages.importing.actions import AcceptImport, StartImport
from toolkit_pages.importing.sources import read
from toolkit_pages.models import (
    ChapterPage,
    EventPage,
    EventsPage,
    EventSubmission,
    ToolkitPage,
    ToolkitUpload,
)

OWN = ("editions.", "campaign_library.", "toolkit_pages.", "toolkit_site.")
NOBODY, NEWCOMER, TWO_STEPS = "", "newcomer", "two-steps"
ADAPTED_TERM, WITHDRAWN_TERM = "Detainer", "PEP-Comm"
#: Who is asked for each screen, in this order.
PEOPLE = (EDITOR, NATIONAL, TWO_STEPS, NOBODY)
#: Own parts of Wagtail's screens, which the resolver does not tell from Wagtail's, and what is another thing to national.
SHARED = (
    *(("wagtailadmin_home", who) for who in (NATIONAL, EDITOR, NEWCOMER)),
    *((f"network:{name}", NATIONAL) for name in ("affiliates", "you")),
)


@dataclass(frozen=True)
class Screen:
    """One screen, as `who` sees it (`NOBODY` is who has not logged in)."""

    name: str
    path: str
    who: str


def own_patterns() -> Iterator[Pattern]:
    """The views of the admin that are defined in this project; those of snippets are Wagtail's with a button or two."""
    for pattern in patterns():
        view = getattr(pattern.callback, "view_class", pattern.callback)
        if not getattr(view, "__module__", "").startswith(OWN) or pattern.name.startswith("wagtail"):
            continue
        if pattern.template.startswith("/admin/"):
            yield pattern


def screens() -> tuple[list[Screen], list[str]]:
    """All of them, and the names of views that nothing here leads to."""
    clients, told = {who: client_of(who) for who in PEOPLE}, telling()
    found, lost = [Screen(name, reverse(name), who) for name, who in SHARED], []
    for pattern in own_patterns():
        seen = [screen for screen in asked(pattern, clients, told) if screen]
        if seen:
            found += [screen for screen in seen if screen != NO_SCREEN]
        else:
            lost.append(pattern.name)
    return found, lost


NO_SCREEN = Screen("", "", "")
"""A view that takes no GET, or answers with a part of a page or with a file."""
LEADS_ON = {"network:profiles", "network:log", "network:people", "toolkit_guide_index"}
"""Views that only lead to another of ours."""


def asked(pattern: Pattern, clients: dict[str, Client], told: dict[str, list]) -> Iterator[Screen | None]:
    """What `pattern` shows with each of the arguments told, or else with the first that shows anything."""
    view = getattr(pattern.callback, "view_class", None)
    takes_get = view is None or ("get" in view.http_method_names and hasattr(view, "get"))
    if pattern.name in LEADS_ON or not takes_get:
        yield NO_SCREEN
    elif pattern.name in told:
        yield from (one(pattern, tuple(args), clients) for args in told[pattern.name])
    else:
        yield next(filter(None, (one(pattern, args, clients) for args in guesses(pattern))), None)


def one(pattern: Pattern, args: tuple, clients: dict[str, Client]) -> Screen | None:
    """What the first of the people sees who sees anything at this address."""
    *values, query = args if args and str(args[-1]).startswith("?") else (*args, "")
    path = pattern.template % dict(zip(pattern.params, values, strict=True))
    if not leads_to(path, pattern):
        return None
    for who, client in clients.items():
        response = client.get(path + query)
        if response.status_code == 200:
            is_page = response["Content-Type"].startswith("text/html") and b"<html" in response.content
            return Screen(pattern.name, path + query, who) if is_page else NO_SCREEN
    return None


def guesses(pattern: Pattern) -> Iterator[tuple]:
    """Numbers and names for the parameters: the newest rows of everything that is this project's."""
    if not pattern.params:
        yield ()
        return
    own = [model for model in apps.get_models() if model.__module__.startswith(OWN)]
    numbers = dict.fromkeys(
        pk
        for model in (*own, get_user_model())
        for pk in model.objects.order_by("-pk").values_list("pk", flat=True)[:3]
    )
    names = [model._meta.model_name for model in own]
    choices = [names if "name" in param else list(numbers) for param in pattern.params]
    yield from itertools.islice(itertools.product(*choices), 300)


def by_person(found: list[Screen]) -> Iterator[tuple[str, list[Screen]]]:
    for who, its in itertools.groupby(
        sorted(found, key=lambda screen: screen.who), key=lambda screen: screen.who
    ):
        yield who, list(its)


def client_of(who: str) -> Client:
    client = Client(HTTP_HOST="localhost")
    if who:
        client.force_login(get_user_model().objects.get_by_natural_key(who))
    return client


# What there is to see ----------------------------------------------------------------------------


def telling() -> dict[str, list]:
    """The arguments with which a screen shows most, by the name of its view; a last one with ``?`` is the query."""
    affiliate = Affiliate.objects.get(slug=EDITOR)
    closed = Affiliate.objects.filter(archived_at__isnull=False).first()
    conflict = Conflict.objects.open().get(edition__site=affiliate.site)
    chapter = ChapterPage.objects.get(title=CONTESTED, edition=None)
    person = affiliate.people(Role.EDITOR).first()
    states = {
        name: Release.objects.filter(state=name).earliest("pk").pk
        for name in (Release.State.SCHEDULED, Release.State.DONE)
    }
    openings = [each.pk for each in Opening.objects.order_by("pk")]
    invitation = Invitation.objects.into(affiliate).open().first()
    upload = ToolkitUpload.objects.waiting().latest("pk")
    copy = GlossaryTerm.objects.get(owner=affiliate, adapts__term=ADAPTED_TERM)
    event = EventPage.objects.descendant_of(affiliate.site.root_page).filter(live=True).order_by("pk").first()
    return {
        "editions:review": [[conflict.edition_id]],
        "editions:updates": [[], ["?show=changed"]],
        "editions:plan": [[f"?page={chapter.pk}&to=all"]],
        "editions:release": [[pk] for pk in states.values()],
        "editions:withdrawal": [[Withdrawal.objects.get(content_type=None, path=[]).pk]],
        "network:matrix": [[], ["?state=behind"]],
        "network:standing": [[conflict.edition_id]],
        "network:open": [[]],
        "network:opening": [[pk] for pk in openings],
        "network:site": [[affiliate.pk], [closed.pk]],
        "network:people_of": [[affiliate.pk]],
        "network:person_of": [[affiliate.pk, person.pk]],
        "network:profile": [[affiliate.pk]],
        "network:log_of": [[affiliate.pk]],
        "network:person_national": [[get_user_model().objects.get(username=NATIONAL).pk]],
        "editions:follow": [[conflict.edition_id, "?" + urlencode([("path", step) for step in conflict.path])]],
        "editions:hold": [[conflict.edition_id]],
        "editions:stop": [[conflict.edition_id]],
        "editions:adoption": [[conflict.edition.adoption_id]],
        "editions:chapters": [[chapter.get_parent().pk]],
        "editions:stop_toolkit": [[conflict.edition.adoption_id]],
        "editions:protect": [[chapter.pk]],
        "editions:withdraw": [[chapter.pk]],
        "editions:release_undo": [[states[Release.State.DONE]]],
        **{f"toolkit_events:{step}": [[event.pk]] for step in ("cancel", "postpone", "duplicate")},
        "toolkit_events:submission": [[EventSubmission.objects.filter(owner=affiliate).latest("pk").pk]],
        "toolkit_imports:review": [[upload.pk]],
        "toolkit_imports:again": [[upload.pk]],
        "toolkit_guide": [["guide/editor"], ["images/plan.png"]],
        "toolkit_style_guide_css": [["dark", "site"]],
        "library:national": [["calltoaction"]],
        **{f"library:{step}": [["glossaryterm", copy.adapts_id]] for step in ("publish", "protect", "withdraw")},
        "library:withdrawal": [[Withdrawal.objects.exclude(content_type=None).latest("pk").pk]],
        "library:compare": [["glossaryterm", copy.pk]],
        "network_entry:accept": [[invitation.token()], ["not-a-token"]],
    }  # fmt: skip


def prepare(language: str) -> None:
    """Something of everything that the demo lacks, made as the product makes it; everybody reads the admin in `language`."""
    users = get_user_model().objects
    UserProfile.objects.update_or_create(
        user=users.get(username=NATIONAL), defaults={"preferred_language": language}
    )
    national = users.get(username=NATIONAL)
    affiliate = Affiliate.objects.get(slug=EDITOR)
    UserFactory(username="colleague", first_name="Rosa", last_name="Quintanilla", of=affiliate)
    for email, role in (
        ("ana@example.org", Role.EDITOR),
        ("a.very.long.address.of.somebody@example.org", Role.MODERATOR),
    ):
        Invite(affiliate, email=email, role=role, user=national).execute()
    Invite(None, email="lawyer@example.org", role=NationalRole.LEGAL, user=national).execute()
    Invitation.objects.filter(email="ana@example.org").update(
        expires_at=timezone.now() - datetime.timedelta(days=1)
    )
    chapters = ChapterPage.objects.filter(edition=None, live=True, locale=affiliate.site.root_page.locale)
    contested = chapters.get(title=CONTESTED)
    Protect(contested, ("body", contested.body[0].id), "Approved by counsel.", user=national).execute()
    withdrawn = chapters.exclude(pk=contested.pk).filter(live=True).order_by("-path").first()
    WithdrawPage(withdrawn, "The form has changed.", user=national).execute()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    Send([contested], [affiliate.site], title="For tomorrow", user=national, at=tomorrow).execute()
    toolkit = ToolkitPage.objects.filter(edition=None, locale=contested.locale, live=True).first()
    for name, toolkits in (
        ("Lake County Neighbors", [toolkit.slug]),
        ("Bay Area Table", []),
        ("Old Mill Together", []),
    ):
        slug = name.split()[0].lower()
        wanted = Wanted(
            name=name, place="Lake County", hostname=f"{slug}.localhost", languages=["en", "es"], toolkits=toolkits,
            email=f"{slug}@example.org",
        )  # fmt: skip
        opening = RequestOpening(wanted, user=national).write()
        if slug == "bay":
            Opening.objects.filter(pk=opening.pk).update(wanted=opening.wanted | {"toolkits": ["gone"]})
            opening.refresh_from_db()
        OpenAffiliate(opening).execute()
    lake, old = (Affiliate.objects.get(slug__startswith=slug) for slug in ("lake", "old"))
    ChangeHostname(lake, "lake-county.localhost", user=national).execute()
    ArchiveAffiliate(old, note="We have merged with Lake County.", user=national).execute()
    UserFactory(username=NEWCOMER, of=lake, of__role=Role.ADMINISTRATOR)
    TOTPDevice.objects.create(user=UserFactory(username=TWO_STEPS, of=lake), name="app", confirmed=True)
    text = (SAMPLES / "damaged-toolkit.md").read_bytes()
    for title in ("Ask for a night bus", "Keep the Reading Room Open"):
        given = {
            "title": title,
            "publisher": "Riverside",
            "language": "en",
            "file_name": "damaged-toolkit.md",
        }
        upload = StartImport(read(text, "damaged-toolkit.md"), text, user=national, **given).execute()
    AcceptImport(upload, publish=False, user=national).execute()
    term = GlossaryTerm.objects.national().get(term=ADAPTED_TERM, locale__language_code="en")
    AdaptSnippet(term, affiliate, user=users.get(username=EDITOR)).execute()
    term.plain = "What it is, in other words than before."
    term.save_revision(user=national).publish(user=national)
    term.plain = "What it is, in words that wait."
    term.save_revision(user=national)
    other = GlossaryTerm.objects.national().get(term=WITHDRAWN_TERM, locale__language_code="en")
    WithdrawSnippet(other, "It is called otherwise now.", user=national).execute()
    page = EventsPage.objects.descendant_of(affiliate.site.root_page).first()
    tuesday = timezone.localdate() + datetime.timedelta(days=9)
    EventSubmission.objects.create(
        events_page=page, owner=affiliate, email="reader@example.org", last_day=tuesday,
        data={"title": "Know your rights, in the library", "date": tuesday.isoformat(), "place": "Library"},
        token_expires=timezone.now() + datetime.timedelta(days=30),
    )  # fmt: skip
    for person in users.all():
        UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})
