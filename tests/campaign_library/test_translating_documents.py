"""National translates a document in the admin: what its Spanish keeps, and what is refused."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from editions.variables import names, texts
from tests import factories
from tests.campaign_library import documents
from tests.campaign_library.shared import confirm
from tests.network.factories import StaffFactory

pytestmark = pytest.mark.django_db

MAKE = {
    "sections": documents.ordinance,
    "demands": documents.demand_list,
    "asks": documents.decision_maker,
    "body": documents.text_template,
}


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory())
    Locale.objects.get_or_create(language_code="es")
    return client


def submit(client, document) -> Translation:
    address = reverse(
        "wagtail_localize:submit_snippet_translation",
        args=["campaign_library", document._meta.model_name, document.pk],
    )
    spanish = Locale.objects.get(language_code="es")
    assert client.get(address).status_code == 200
    assert client.post(address, {"locales": [spanish.pk]}).status_code == 302
    source = TranslationSource.objects.get_for_instance(document)
    return Translation.objects.get(source=source, target_locale=spanish)


def write(client, translation, segment, words: str):
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(
        address, urlencode({"value": words}), content_type="application/x-www-form-urlencoded"
    ).json()


def publish(client, translation):
    target = translation.get_target_instance()
    address = reverse(target.snippet_viewset.get_url_name("edit"), args=[target.pk])
    assert client.get(address).status_code == 200
    assert confirm(client, client.post(address, {"action": "publish", "publish": ""})).status_code == 302
    return translation.get_target_instance()


def skeleton(value):
    """Raw stream data without its texts: blocks and their ids, names of blanks and parts, days, numbers."""
    if isinstance(value, dict):
        kept = ("id", "type") if "type" in value else ("checked_on", "review_by", "as_of", "kind", "status")
        blank = "required" in value or "items" in value
        return {
            key: inner if key in kept or (key == "name" and blank) else skeleton(inner)
            for key, inner in value.items()
            if key != "provision" and inner not in ("", None, [])
        }
    if isinstance(value, list):
        return [skeleton(each) for each in value]
    return None if isinstance(value, str) else value


@pytest.mark.parametrize("stream", MAKE)
def test_national_staff_translate_a_document_and_its_structure_stays(staff, stream):
    english = MAKE[stream]()
    translation = submit(staff, english)
    assert not translation.get_target_instance().live, "nobody reads English words under Spanish"
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        assert write(staff, translation, segment, f"Así: {segment.string.data}")["error"] is None
    spanish = publish(staff, translation)
    assert spanish.live and spanish.locale.language_code == "es" and spanish.slug == english.slug
    assert spanish.title == f"Así: {english.title}"
    for field in (stream, "blanks") if hasattr(english, "blanks") else (stream,):
        ours, theirs = (list(getattr(each, field).raw_data) for each in (english, spanish))
        assert skeleton(theirs) == skeleton(ours)
        assert "Así: " in str(theirs)
        assert sorted(names(text) for text in texts(theirs)) == sorted(names(text) for text in texts(ours))
        assert str(theirs).count("[[") == str(ours).count("[[")


def test_a_provision_that_has_no_translation_yet_is_not_shown_in_english(staff):
    provision = factories.provision("no-sharing", label="Tells nobody")
    spanish = publish(staff, submit(staff, documents.decision_maker(provision)))
    [chosen] = spanish.asks.raw_data[0]["value"]["provisions"]
    found = type(provision).objects.get(pk=chosen["value"])
    assert (found.locale.language_code, found.translation_key) == ("es", provision.translation_key)
    assert not found.live


def test_a_translation_that_loses_a_blank_is_refused_at_its_text(staff):
    translation = submit(staff, documents.ordinance())
    segment = StringSegment.objects.get(
        source=translation.source, string__data__contains="{{ oversight_body }}"
    )
    told = write(staff, translation, segment, "El organismo recibe quejas sobre [[records]].")
    assert "is missing here" in told["error"]
    told = write(staff, translation, segment, "Recibe quejas {{ oversight_bodi }} sobre [[records]].")
    assert "Did you mean {{ oversight_body }}?" in told["error"]
