"""Two axes, one mechanism: each language page of an edition follows national's page in that language."""

import pytest

from editions.models import Conflict, Edition
from tests.editions.network import Network, texts
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return Network(sites=2)


@pytest.fixture
def spanish(network):
    pages = network.translate("es")
    network.adopt()
    return pages


def test_adopting_brings_every_language_that_the_site_offers(network, spanish):
    site = network.sites[0]
    english = network.local(site, network.chapters[0])
    other = network.local(site, spanish[network.chapters[0].pk])
    assert other.locale.language_code == "es"
    assert other.translation_key == english.translation_key
    assert other.translation_key != network.chapters[0].translation_key
    assert texts(other) == ["es One.", "es Two.", "es Three."]
    assert not Edition.objects.of(site).filter(page=None).exists()


def test_a_language_that_the_site_does_not_offer_is_not_brought(network):
    site = network.sites[1]
    pages = network.translate("es")
    SimplePage.objects.get(title="Place 1 es").delete()
    network.adopt()
    assert not Edition.objects.of(site).filter(locale__language_code="es").exists()
    release = network.send(network.change(pages[network.chapters[0].pk], body={"a": "es Corrected."}))
    assert "language" in release.updates.get(site=site).message


@pytest.mark.parametrize("adapted", ["en", "es"])
def test_one_language_adapted_the_other_not(network, spanish, adapted):
    site = network.sites[0]
    pages = {"en": network.chapters[0], "es": spanish[network.chapters[0].pk]}
    network.edit(site, pages[adapted], body={"b": "Ours."})
    release = network.send(*[network.change(page, body={"b": "National."}) for page in pages.values()])
    other = "es" if adapted == "en" else "en"
    assert texts(network.local(site, pages[adapted]))[1] == "Ours."
    assert texts(network.local(site, pages[other]))[1] == "National."
    outcomes = dict(
        release.updates.filter(site=site).values_list("version__locale__language_code", "outcome")
    )
    assert outcomes == {adapted: "conflict", other: "applied"}
    assert Conflict.objects.get().edition.locale.language_code == adapted


def test_a_translation_that_comes_later_is_added_beside_its_english(network):
    network.adopt()
    site = network.sites[0]
    pages = network.translate("es")
    network.send(*[pages[page.pk] for page in [network.toolkit, *network.chapters]])
    # The Spanish home adopts nothing by itself: a toolkit that was adopted grows into the languages of the site.
    english = network.local(site, network.toolkit)
    other = network.local(site, pages[network.toolkit.pk])
    assert other.translation_key == english.translation_key
    assert other.get_parent().title == "Place 0 es"
    chapter = network.local(site, pages[network.chapters[0].pk])
    assert chapter.get_parent().specific == other


def test_sending_one_language_leaves_the_other_alone(network, spanish):
    site = network.sites[0]
    network.send(network.change(spanish[network.chapters[0].pk], body={"a": "es Corrected."}))
    assert texts(network.local(site, network.chapters[0]))[0] == "One."
    assert texts(network.local(site, spanish[network.chapters[0].pk]))[0] == "es Corrected."
