"""The network before the story begins: a national site, three affiliates, four people, and a toolkit in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagtail.models import Locale, Page, Site

from editions.network.actions import CreateAffiliate
from editions.network.models import Affiliate, NationalRole, Role
from editions.network.roles import ensure_national_groups
from tests.browser.steps import sign_up
from tests.conftest import ROOT, SHARED
from toolkit_pages.models import FolderPage, HomePage

#: Values that stand nowhere else, so that a test can tell where a variable was filled in.
PLACES = {
    "cook-county": ("Cook County Together", "Cook County, Illinois", "the county of Cook", "312-555-0131"),
    "santa-clara": (
        "Santa Clara Welcomes",
        "Santa Clara County",
        "the county of Santa Clara",
        "408-555-0142",
    ),
    "washington-dc": ("Washington Welcome Table", "Washington, DC", "the District", "202-555-0164"),
}


@dataclass
class Place:
    """One affiliate with its editor."""

    affiliate: Affiliate
    host: str
    editor: Any
    values: dict[str, str]

    @property
    def site(self) -> Site:
        return self.affiliate.site


def open_national(port: int) -> dict[str, HomePage]:
    """The default site with a home in English and one in Spanish. Returns the homes by language."""
    site = Site.objects.get(is_default_site=True)
    welcome, root = site.root_page, Page.get_first_root_node()
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "es")}
    folder = root.add_child(instance=FolderPage(title="National", slug="national", locale=locales["en"]))
    english = folder.add_child(
        instance=HomePage(
            title="The national network", slug="en", locale=locales["en"], intro="Toolkits to share."
        )
    )
    spanish = folder.add_child(
        instance=HomePage(
            title="La red nacional",
            slug="es",
            locale=locales["es"],
            translation_key=english.translation_key,
            intro="Guías para compartir.",
        )
    )
    site.hostname, site.port, site.site_name, site.root_page = (
        "localhost",
        port,
        "The national network",
        english,
    )
    site.save()
    Page.objects.get(pk=welcome.pk).delete()
    return {"en": english, "es": spanish}


def open_affiliate(slug: str, port: int, languages: tuple[str, ...] = ("en", "es"), **details: str) -> Place:
    if not details:
        name, place, jurisdiction, hotline = PLACES[slug]
        details = {"name": name, "place": place, "jurisdiction": jurisdiction, "hotline": hotline}
    values = {key: details[key] for key in ("jurisdiction", "hotline")}
    affiliate = CreateAffiliate(
        name=details["name"],
        slug=slug,
        hostname=f"{slug}.localhost",
        place=details["place"],
        languages=languages,
        port=port,
        values=values,
    ).execute()
    editor = sign_up(
        slug, affiliate.group(Role.ADMINISTRATOR), first_name="Editor", last_name=details["name"]
    )
    return Place(affiliate, f"{slug}.localhost", editor, values)


def open_network(port: int) -> tuple[Any, dict[str, Place]]:
    """National's member of staff, and the three affiliates by slug."""
    open_national(port)
    nora = sign_up(
        "nora", ensure_national_groups()[NationalRole.MANAGER], first_name="Nora", last_name="National"
    )
    return nora, {slug: open_affiliate(slug, port) for slug in PLACES}


def toolkit_file() -> Path:
    """A toolkit as an organisation published it, where there is one; else the sample of this repository."""
    real = sorted((SHARED / "toolkits").glob("*.txt"))
    return real[0] if real else ROOT / "docs" / "samples" / "damaged-toolkit.md"


def kinds(body) -> set[str]:
    return {block.block_type for block in body}


def nested(toolkit) -> list[Page]:
    """One chapter within a chapter, if the toolkit has any."""
    return list(toolkit.get_descendants().filter(depth=toolkit.depth + 2).live().specific()[:1])
