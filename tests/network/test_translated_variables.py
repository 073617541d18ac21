"""A translation that drops or misspells a variable is refused at its text, and readers never see it."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from tests.editions.network import Network

pytestmark = pytest.mark.django_db

HOTLINE = "Call {{ hotline }} at any hour."


@pytest.fixture
def translator(client):
    client.force_login(get_user_model().objects.create_superuser("translator", "t@example.org", "x"))
    return client


@pytest.fixture
def translation():
    network = Network(sites=0, chapters=1)
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    page = network.change(network.chapters[0], body={"b": HOTLINE})
    for each in (network.toolkit, page):
        translate_object(each, [spanish])
    source = TranslationSource.objects.get_for_instance(page)
    return Translation.objects.get(source=source, target_locale=spanish)


def write(translator, translation, words: str):
    segment = StringSegment.objects.get(source=translation.source, string__data__contains="hotline")
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return translator.put(url, f"value={words}", content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Llame a cualquier hora.", "is missing here"),
        ("Llame al {{ hotlin }} a cualquier hora.", "Did you mean {{ hotline }}?"),
        ("Llame al {{ hotline a cualquier hora.", "has no end"),
    ],
)
def test_it_is_refused_at_the_text_and_kept_for_mending(translator, translation, words, said):
    response = write(translator, translation, words)
    assert said in response.json()["error"]
    kept = StringTranslation.objects.get(translation_of__data__contains="hotline")
    assert kept.data == words and kept.has_error
    translation.save_target(publish=True)
    target = translation.get_target_instance()
    assert words not in str(target.body.raw_data)
    assert "{{ hotline }}" in str(target.body.raw_data)


def test_once_mended_it_is_published(translator, translation):
    write(translator, translation, "Llame a cualquier hora.")
    response = write(translator, translation, "Llame al {{ hotline }} a cualquier hora.")
    assert response.json()["error"] is None
    translation.save_target(publish=True)
    assert "Llame al {{ hotline }}" in str(translation.get_target_instance().body.raw_data)
