"""Documents in the admin: what their forms refuse, where, and in which words."""

import pytest
from django.urls import reverse
from wagtail.blocks.base import get_error_json_data
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from campaign_library.models import DemandList, ModelOrdinance, TextTemplate
from campaign_library.showing import show_ordinance
from editions.canonical import canonical_stream
from editions.network.models import ProfileValue
from editions.streams import same
from tests import editor, factories
from tests.campaign_library import documents
from tests.campaign_library.shared import publish_by_form
from tests.network.factories import AffiliateFactory, UserFactory

pytestmark = pytest.mark.django_db


def edit_url(snippet):
    return reverse(snippet.snippet_viewset.get_url_name("edit"), args=[snippet.pk])


def form_of(client, snippet):
    """The data that the admin's form of a snippet posts when nobody has changed anything."""
    form = client.get(edit_url(snippet)).context["form"]
    return editor.form_data(form)


def post(client, snippet, **fields):
    """Publishes the form with the given fields (streams as raw data); the errors by field, empty where it was saved."""
    unsaved = type(snippet).objects.get(pk=snippet.pk)
    data = form_of(client, unsaved)
    for name, raw in fields.items():
        block = type(snippet)._meta.get_field(name).stream_block if isinstance(raw, list) else None
        if block is None:
            data[name] = raw
            continue
        data = {key: value for key, value in data.items() if not key.startswith(f"{name}-")}
        state = block.get_form_state(block.to_python(raw))
        data.update(editor.block_data(block, state, name))
    response = publish_by_form(client, edit_url(snippet), data)
    if response.status_code == 302:
        return {}
    return {name: str([get_error_json_data(error) for error in found]) for name, found in
            response.context["form"].errors.as_data().items()}  # fmt: skip


@pytest.mark.parametrize(
    "make", [documents.ordinance, documents.demand_list, documents.decision_maker, documents.text_template]
)
def test_an_unchanged_form_saves_and_changes_nothing(admin_client, make):
    found = make()
    assert post(admin_client, found) == {}
    after = type(found).objects.get(pk=found.pk)
    for field in found._meta.concrete_fields:
        if field.name in ("blanks", "sections", "demands", "asks", "body"):
            before = canonical_stream(field.stream_block, list(getattr(found, field.name).raw_data))
            assert same(before, list(getattr(after, field.name).raw_data))
    assert after.slug == found.slug


def test_a_reference_that_leads_nowhere_is_refused_at_its_section(admin_client):
    found = documents.ordinance()
    sections = [*documents.county(), documents.section("More", "<p>See [[section-vi-a]].</p>")]
    told = post(admin_client, found, sections=sections)["sections"]
    assert "[[section-vi-a]] leads nowhere" in told
    assert "[[savings]], [[records]], [[oversight]]" in told or "[[records]]" in told
    assert "6" in told  # the place of the block
    assert len(ModelOrdinance.objects.get().sections) == 6


def test_two_parts_of_one_name_are_refused(admin_client):
    found = documents.ordinance()
    sections = [documents.section(heading, "<p>Text.</p>", name="same") for heading in ("One", "Two")]
    assert "Two parts have the name “same”" in post(admin_client, found, sections=sections)["sections"]


def test_words_in_braces_that_nobody_knows_are_refused_with_the_one_that_was_meant(admin_client):
    found = documents.ordinance()
    sections = [documents.section("One", "<p>The {{ oversihgt_body }} hears.</p>")]
    told = post(admin_client, found, sections=sections)["sections"]
    assert "“{{ oversihgt_body }}” is not known." in told
    assert "{{ oversight_body }}" in told
    letter = documents.text_template()
    assert "is not known" in post(admin_client, letter, subject="About {{ nothing_known }}")["subject"]
    agenda = documents.demand_list()
    demands = [documents.demand("<p>One.</p>", documents.demand("<p>{{ nobody }}</p>"))]
    assert "is not known" in post(admin_client, agenda, demands=demands)["demands"]


def test_blanks_of_one_name_and_impossible_limits_are_refused(admin_client):
    found = documents.ordinance()
    blanks = [documents.blank("text", "oversight_body"), documents.blank("body", "oversight_body"),
              documents.blank("number", "record_days", smallest=9, largest=3),
              documents.blank("text", "oversight_body_possessive")]  # fmt: skip
    told = post(admin_client, found, blanks=blanks)["blanks"]
    assert "“oversight_body” is the name of another blank too." in told
    assert "The smallest number is greater than the largest." in told


def test_a_name_with_spaces_is_refused(admin_client):
    found = documents.ordinance()
    told = post(admin_client, found, blanks=[documents.blank("text", "oversight body")])["blanks"]
    assert "Use small letters, digits and _ only" in told


def test_the_editor_says_what_looks_like_a_hidden_blank(admin_client):
    found = documents.ordinance(
        sections=[documents.section("One", "<p>Staff of the County of Los Angeles do.</p>")]
    )
    html = admin_client.get(edit_url(found)).content.decode()
    assert "names “County of Los Angeles”. Should it be a blank?" in html
    assert "Should it be a blank" not in admin_client.get(edit_url(documents.ordinance())).content.decode()


def test_circles_of_variants_are_refused(admin_client):
    county = documents.ordinance()
    city = documents.ordinance(title="City", variant_of=county)
    town = documents.ordinance(title="Town", variant_of=city)
    told = post(admin_client, county, variant_of=str(town.pk))["variant_of"]
    assert "County ordinance → Town → City → County ordinance" in told
    assert "circle" in post(admin_client, county, variant_of=str(county.pk))["variant_of"]
    assert post(admin_client, town, variant_of=str(county.pk)) == {}


def test_slugs_are_made_and_unique_for_each_owner_and_language(admin_client, national_home):
    first, second = documents.ordinance(), documents.ordinance()
    assert (first.slug, second.slug) == ("county-ordinance", "county-ordinance-2")
    assert documents.ordinance(owner=AffiliateFactory()).slug == "county-ordinance"
    assert documents.ordinance(locale=factories.locale("es")).slug == "county-ordinance"
    assert "has this already" in post(admin_client, second, slug="county-ordinance")["slug"]


def test_a_variable_that_is_not_in_the_profile_is_refused(admin_client):
    found = documents.decision_maker()
    assert "no variable called “sherif”" in post(admin_client, found, variable="sherif")["variable"]


def test_previews_show_blanks_and_the_owners_values(admin_client, national_home):
    affiliate = AffiliateFactory()
    ProfileValue.objects.create(affiliate=affiliate, name="oversight_body", value="Example Board")
    for owner, words in ((None, "[oversight body]"), (affiliate, "Example Board")):
        found = documents.ordinance(owner=owner)
        assert post(admin_client, found) == {}
        address = reverse(found.snippet_viewset.get_url_name("preview_on_edit"), args=[found.pk])
        assert admin_client.post(address, form_of(admin_client, found)).json()["is_valid"]
        html = admin_client.get(f"{address}?mode=").content.decode()
        assert words in html and "Protection of sensitive information" in html


def test_a_provision_in_use_is_not_deleted_and_says_where_it_is_used(admin_client):
    provision = factories.provision("no-sharing", label="Tells nobody")
    ordinance = documents.ordinance(sections=documents.county(provision))
    address = reverse(provision.snippet_viewset.get_url_name("delete"), args=[provision.pk])
    for method in ("get", "post"):
        response = getattr(admin_client, method)(address, follow=True)
        assert "Tells nobody" in response.content.decode()
        assert "is used in: County ordinance" in response.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["campaign_library", "provision", "delete"])
    admin_client.post(f"{bulk}?id={provision.pk}")
    provision.refresh_from_db()
    ordinance.delete()
    admin_client.post(address)
    assert not type(provision).objects.filter(pk=provision.pk).exists()


def test_an_ordinance_is_translated_segment_by_segment(admin_client):
    spanish = factories.locale("es")
    provision = factories.provision("no-sharing")
    found = documents.ordinance(sections=documents.county(provision), summary="In short.")
    source, _made = TranslationSource.update_or_create_from_instance(found)
    segments = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))
    assert {
        "County ordinance",
        "Protection of sensitive information",
        "to run a county programme; or",
        "oversight body",
        "…’s",
        "8 U.S.C. 1373",
        "The county keeps what it knows about people to itself.",
    } <= segments
    # What texts point by is the same in every language.
    assert not {"records", "oversight", "oversight_body", "record_days", "county-ordinance"} & segments
    translation = Translation.objects.create(source=source, target_locale=spanish)
    translation.save_target(publish=True)
    translated = ModelOrdinance.objects.get(locale=spanish)
    assert translated.slug == "county-ordinance"
    assert translated.read().targets.keys() == found.read().targets.keys()
    assert [each.anchor for each in translated.read().sections] == [
        each.anchor for each in found.read().sections
    ]


def test_affiliates_change_their_own_documents_only(client, national_home):
    own, other = AffiliateFactory(), AffiliateFactory()
    client.force_login(UserFactory(of=own))
    mine = documents.ordinance(title="Mine", owner=own)
    for foreign in (documents.ordinance(title="National"), documents.ordinance(title="Other", owner=other)):
        before = ModelOrdinance.objects.filter(pk=foreign.pk).values().get()
        assert client.get(edit_url(foreign)).status_code in (302, 403, 404)
        client.post(edit_url(foreign), {"title": "Taken"})
        assert ModelOrdinance.objects.filter(pk=foreign.pk).values().get() == before
    assert client.get(edit_url(mine)).status_code == 200


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "x" * 10_000])
def test_what_does_not_belong_into_a_blank_is_refused_or_escaped(value):
    found = documents.ordinance()
    doc = show_ordinance(found, found.locale, {"oversight_body": value})
    shown = str(doc.dressing.rich(found.read().sections[3].parts[0].text))
    assert "<script" not in shown
    # The profile takes no more than a line; whatever got past it is shown as what it is, text.
    errors = ProfileValue(name="oversight_body", value=value)
    if len(value) > 300:
        with pytest.raises(Exception, match="300"):
            errors.full_clean(exclude=["affiliate"])
    else:
        assert "&lt;script&gt;" in shown


def test_a_blank_within_an_address_takes_its_bare_value():
    body = [
        factories.block("passage", {"text": '<p><a href="https://example.org/{{ last_day }}">Look</a></p>'})
    ]
    found = documents.text_template(body=body)
    from campaign_library.showing import show_text

    doc = show_text(found, found.locale, {"last_day": "2027-01-31"})
    assert 'href="https://example.org/Jan. 31, 2027"' in str(doc.dressing.rich(found.read()[0].text))
    assert 'href="https://example.org/"' in str(
        show_text(found, found.locale, {}).dressing.rich(found.read()[0].text)
    )


def test_models_say_their_names():
    assert [str(model(title="One")) for model in (ModelOrdinance, DemandList, TextTemplate)] == ["One"] * 3
