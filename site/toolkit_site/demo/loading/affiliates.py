"""The affiliates: opened, named, at work on their editions."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from editions.actions.adopt import Adopt
from editions.actions.updates import Hold
from editions.models import Adoption, Edition
from editions.network.actions import CreateAffiliate, UpdateProfile
from editions.network.models import Affiliate
from toolkit_pages.actions.registrations import RegisterEvent
from toolkit_pages.events.facts import FORM_FIELDS
from toolkit_pages.events.values import as_json
from toolkit_pages.models import EventPage

from .. import blocks, content, edits
from .national import PAGES, National, translation_key
from .pictures import mark_file


def values_of(said: dict[str, dict[str, str]]) -> dict[tuple[str, str | None], str]:
    """(variable, language) to value; no language where all say the same."""
    first = said[content.LANGUAGES[0]]
    found: dict[tuple[str, str | None], str] = {}
    for name in first:
        if len({said[language][name] for language in content.LANGUAGES}) == 1:
            found[name, None] = first[name]
        else:
            found |= {(name, language): said[language][name] for language in content.LANGUAGES}
    return found


@transaction.atomic
def open_affiliate(data: content.Affiliate, port: int) -> Affiliate:
    """The affiliate, opened with its profile where it is not there yet; its site at ``port`` anyway."""
    found = Affiliate.objects.select_related("site").filter(slug=data.key).first()
    if found is not None:
        Site.objects.filter(pk=found.site_id).exclude(port=port).update(port=port)
        return found
    affiliate = CreateAffiliate(
        name=data.name,
        slug=data.key,
        hostname=data.hostname,
        place=data.place,
        languages=content.LANGUAGES,
        port=port,
        time_zone=data.time_zone,
        colour_1=data.brand,
        colour_2=data.accent,
    ).execute()
    logo = get_image_model()(
        title=data.name,
        collection=affiliate.collection,
        file=mark_file(data.mark, data.brand, data.accent),
    )
    logo.save()
    values = values_of(data.values) | (values_of(data.own) if data.own else {})
    UpdateProfile(affiliate, values=values, fields={"logo": logo}).execute()
    return affiliate


@transaction.atomic
def write_homes(affiliate: Affiliate, data: content.Affiliate, national: National, editor) -> None:
    """A few words on the affiliate's home pages, where they are still empty."""
    for home in affiliate.homes().specific().select_related("locale"):
        words = data.home[home.locale.language_code]
        if home.intro or home.body:
            continue
        paragraph = blocks.raw_block(
            f"home-{data.key}", {"key": "welcome", "type": "paragraph", "text": words["text"]}
        )
        home.intro = words["intro"]
        home.body = home._meta.get_field("body").to_python(blocks.resolve([paragraph], national.number))
        home.save_revision(user=editor).publish(user=editor)


def adopt(affiliate: Affiliate, toolkit: Page, editor) -> bool:
    """Whether there was something to adopt."""
    if Adoption.objects.filter(site=affiliate.site, source_key=toolkit.translation_key).exists():
        return False
    Adopt(toolkit, affiliate.site, editor).execute()
    return True


def edit(affiliate: Affiliate, data: content.Affiliate, national: National, editor) -> int:
    """Makes the affiliate's edits as its editor would, page by page. Returns how many pages were published.

    A page on which the editor has worked before is left alone.
    """
    todo: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in data.edits:
        for language in one["languages"]:
            todo[one["page"], language].append(one)
    published = 0
    for (key, language), wanted in todo.items():
        edition = edition_of(affiliate, key, language, national)
        if any(one["do"] == "hold" for one in wanted) and not edition.on_hold:
            Hold(edition, user=editor).execute()
        wanted = [one for one in wanted if one["do"] != "hold"]
        if wanted and not edition.page.revisions.filter(user=editor).exists():
            publish_edits(edition.page, wanted, language, national, editor)
            published += 1
    return published


def edition_of(affiliate: Affiliate, key: str, language: str, national: National) -> Edition:
    locale = {"en": national.english, "es": national.spanish}[language]
    return Edition.objects.select_related("page").get(
        site=affiliate.site, source_key=national.page(key).translation_key, locale=locale
    )


@transaction.atomic
def publish_edits(
    page: Page, wanted: list[dict[str, Any]], language: str, national: National, editor
) -> None:
    """As an editor's form does: open the newest revision, change the body, save a revision, publish it."""
    opened = page.specific.get_latest_revision_as_object()
    body = opened.get_content()["body"]
    for one in wanted:
        body = edits.apply(body, one, language)
    opened.body = opened._meta.get_field("body").to_python(blocks.resolve(body, national.number))
    opened.save_revision(user=editor).publish(user=editor)


def make_pages(affiliate: Affiliate, data: content.Affiliate, national: National, editor) -> None:
    """The affiliate's own events and case studies, beneath its editions of national's lists."""
    for document in data.pages:
        add_own_page(affiliate, document, national, editor)


def make_registrations(affiliate: Affiliate, data: content.Affiliate, national: National) -> None:
    """What invented readers have sent in and nobody has looked at yet. No e-mail is sent: the addresses are nobody's."""
    for document in data.registrations:
        page = edition_of(affiliate, document["beneath"], document["language"], national).page.specific
        said = {
            name: value for name, value in document.items() if name not in ("language", "beneath", "email")
        }
        if any(each.title == said["title"] for each in page.submissions.all()):
            continue
        event = national.filled(EventPage(), {**said, "kind": "event"})
        fields = {name: getattr(event, name) for name in FORM_FIELDS}
        RegisterEvent(page, as_json(fields), document["email"], address="").keep()


@transaction.atomic
def add_own_page(affiliate: Affiliate, document: dict[str, Any], national: National, editor) -> None:
    key = translation_key("page", document["key"])
    above = edition_of(affiliate, document["beneath"], document["language"], national).page
    if Page.objects.filter(translation_key=key, locale=above.locale).exists():
        return
    said = {name: value for name, value in document.items() if name not in ("language", "beneath")}
    page = PAGES[said["kind"]](locale=above.locale, translation_key=key)
    above.specific.add_child(instance=national.filled(page, said))
    page.save_revision(user=editor).publish(user=editor)
