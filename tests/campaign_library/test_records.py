"""Resources, organisations, bills, state policies and topics: what they compute, and what they refuse."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.base import get_error_json_data
from wagtail.documents import get_document_model

from campaign_library.alphabet import by_letter, initial, sort_key
from campaign_library.models import Bill, GlossaryTerm, Organisation, Resource, StatePolicy, Topic
from campaign_library.placeholders import dead_links, is_placeholder
from campaign_library.validators import validate_partial_date
from tests import editor, factories, library_records
from tests.campaign_library.shared import publish_by_form
from tests.network.factories import AffiliateFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused_at(thing):
    with pytest.raises(ValidationError) as refused:
        thing.full_clean()
    return list(refused.value.message_dict)


def document(name="paper.pdf", pages=3, data=None):
    if data is None:
        out = io.BytesIO()
        with pikepdf.new() as pdf:
            for _number in range(pages):
                pdf.add_blank_page()
            pdf.save(out)
        data = out.getvalue()
    factories.root_collection()
    return get_document_model().objects.create(title=name, file=ContentFile(data, name))


# Resources ------------------------------------------------------------------------------------------------


def resource(**fields):
    return Resource(**{"title": "Paper", "kind": "report", "locale": factories.locale(), **fields})


def test_pages_and_size_come_from_the_file():
    paper = resource(document=document(pages=3))
    paper.full_clean()
    assert (paper.pages, paper.file_format) == (3, "PDF")
    assert paper.size == paper.document.file.size


def test_a_pdf_that_is_none_is_refused_at_the_document():
    paper = document()
    # Uploading refuses such a file; one that was stored before, or written over since, is refused here.
    Path(paper.file.path).write_bytes(b"not a pdf")
    assert refused_at(resource(document=paper)) == ["document"]


def test_another_format_keeps_the_pages_somebody_wrote():
    paper = resource(document=document("paper.docx", data=b"PK"), pages=9)
    paper.full_clean()
    assert (paper.pages, paper.file_format) == (9, "DOCX")


def test_it_needs_an_address_or_a_document():
    assert refused_at(resource()) == ["url"]


@pytest.mark.parametrize(
    ("written", "said"), [("2016", "2016"), ("2016-05", "May 2016"), ("2016-05-31", "May 31, 2016"), ("", "")]
)
def test_dates_are_as_exact_as_they_are_known(written, said):
    assert resource(published_on=written).published == said


@given(st.text(max_size=12))
def test_a_date_is_taken_or_refused_and_never_breaks(text):
    try:
        validate_partial_date(text)
    except ValidationError:
        return
    assert resource_date(text)


def resource_date(text):
    return Resource(published_on=text).published


def test_a_language_nobody_knows_is_refused():
    assert refused_at(resource(url="https://example.org/", languages=["en", "xx"])) == ["languages"]


# Links that lead nowhere ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["#", "(#)", "", "https://", "http://#", "TBD", "javascript:void(0)", "[link]"]
)
def test_placeholders(address):
    assert is_placeholder(address)


@pytest.mark.parametrize(
    "address", ["https://example.org/#part", "mailto:office@example.org", "/there/", "#part"]
)
def test_addresses(address):
    assert not is_placeholder(address)


@pytest.mark.parametrize(
    ("html", "dead"),
    [
        ('<p><a href="#">fact sheet</a> and <a href="https://example.org/">good</a></p>', ["fact sheet"]),
        ("<p>Read the report (#) now, and report ( # ).</p>", ["report (#)", "report ( # )"]),
        ('<p><a linktype="page" id="3">inside</a></p>', []),
        ("<p><a>nothing</a></p>", ["nothing"]),
        ("<p>Section (#3) and C#.</p>", []),
    ],
)
def test_dead_links_in_a_text(html, dead):
    assert dead_links(html) == dead


@given(st.text(alphabet="<a href=#\"'>()/bp ", max_size=80))
def test_any_text_is_read(html):
    assert all(isinstance(words, str) for words in dead_links(html))


def test_a_placeholder_is_refused_at_publishing_and_kept_in_a_draft(admin_client):
    url = reverse("wagtailsnippets_campaign_library_resource:add")
    data = {
        "title": "Paper",
        "kind": "report",
        "summary": "See the fact sheet (#).",
        "url": "https://example.org/paper",
        "archived_url": "(#)",
    }
    refused = admin_client.post(url, {**data, "action-publish": "1"})
    errors = refused.context["form"].errors
    assert set(errors) == {"summary", "archived_url"}
    assert "placeholder" in errors["archived_url"][0] and "fact" not in errors["archived_url"][0]
    assert "sheet (#)" in errors["summary"][0]
    kept = admin_client.post(url, {**data, "archived_url": ""})
    assert kept.status_code == 302
    assert not Resource.objects.get().live
    mended = reverse("wagtailsnippets_campaign_library_resource:edit", args=[Resource.objects.get().pk])
    publish_by_form(admin_client, mended, {**data, "summary": "Good.", "archived_url": ""})
    assert Resource.objects.get().live


# Organisations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["ana.lopez@example.org", "somebody@gmail.com"])
def test_a_persons_address_is_refused(email):
    assert refused_at(Organisation(name="Group", kind="faith", email=email, locale=factories.locale())) == [
        "email"
    ]


@pytest.mark.parametrize("email", ["office@example.org", "public.records@example.org"])
def test_a_roles_address_is_taken(email):
    Organisation(name="Group", kind="faith", email=email, locale=factories.locale()).full_clean()


# Bills and policies ------------------------------------------------------------------------------------------


def test_a_circle_of_copies_is_refused():
    one = library_records.bill("SB 1")
    two = library_records.bill("SB 2", copies_of=one)
    three = library_records.bill("SB 3", copies_of=two)
    one.copies_of = three
    assert refused_at(one) == ["copies_of"]
    one.copies_of = one
    assert refused_at(one) == ["copies_of"]


def test_where_a_bill_stands_is_its_newest_stage_whatever_the_order():
    bill = library_records.bill(
        stages=[
            library_records.stage("2012-06-25", "struck_down"),
            library_records.stage("2010-04-23", "signed"),
        ]
    )
    assert [row["stage"] for row in Bill.objects.get(pk=bill.pk).history] == ["signed", "struck_down"]
    assert Bill.objects.get(pk=bill.pk).standing.stage_words == "Struck down"


def test_a_stage_is_dated_no_more_exactly_than_its_source(admin_client):
    bill = library_records.bill(
        stages=[
            library_records.stage("2015-06", "failed"),
            library_records.stage("2015", "introduced"),
            library_records.stage("2015-06-09", "repealed"),
        ]
    )
    bill.full_clean()
    bill.save()
    assert [row["date"] for row in Bill.objects.get(pk=bill.pk).history] == ["2015", "2015-06", "2015-06-09"]
    html = render_to_string("campaign_library/bill_history.html", {"bill": bill})
    assert re.findall("<time.*?</time>", html) == [
        '<time datetime="2015">2015</time>',
        '<time datetime="2015-06">June 2015</time>',
        '<time datetime="2015-06-09">June 9, 2015</time>',
    ]
    with translation.override("es"):
        assert "junio de 2015" in render_to_string("campaign_library/bill_history.html", {"bill": bill})
    # The editor's form takes it as it stands, and refuses what is no day with words of its own.
    address = reverse(Bill.snippet_viewset.get_url_name("edit"), args=[bill.pk])
    data = editor.form_data(admin_client.get(address).context["form"])
    assert data["stages-0-value-date"] == "2015-06"
    assert publish_by_form(admin_client, address, data).status_code == 302
    refused = admin_client.post(address, {**data, "stages-0-value-date": "soon"})
    told = [get_error_json_data(each) for each in refused.context["form"].errors.as_data()["stages"]]
    assert "“soon” is not a day. Write 2011-11-15, 2011-11 or 2011." in str(told)


def test_a_stage_still_to_come_is_refused():
    assert refused_at(library_records.bill(stages=[library_records.stage("2099-01-01", "signed")])) == [
        "stages"
    ]


def test_a_state_twice_and_a_list_without_a_day_are_refused():
    twice = library_records.state_policy("Tuition", "CA", "TX", "CA")
    assert refused_at(twice) == ["states"]
    undated = StatePolicy(name="Tuition", states=[library_records.state("CA")], locale=factories.locale())
    assert refused_at(undated) == ["as_of"]


def test_a_term_replaced_in_a_circle_is_refused():
    one = factories.glossary_term(term="S-Comm")
    two = factories.glossary_term(term="PEP", replaced_by=one)
    one.replaced_by = two
    assert refused_at(one) == ["replaced_by"]
    assert GlossaryTerm(term="PEP", formerly="S-Comm, SCOMM", variants="PEP-Comm").forms == [
        "PEP",
        "PEP-Comm",
        "S-Comm",
        "SCOMM",
    ]


# Topics --------------------------------------------------------------------------------------------------------


def test_topics_have_a_name_in_each_language():
    topic = Topic(name="Schools", slug="schools", names="es: Escuelas\nar: مدارس")
    topic.full_clean()
    assert [topic.in_language(code) for code in ("en", "es", "ar", "fr")] == [
        "Schools",
        "Escuelas",
        "مدارس",
        "Schools",
    ]
    topic.names = "Escuelas"
    assert refused_at(topic) == ["names"]


def test_an_affiliate_gives_topics_to_its_own_and_makes_and_changes_none(client):
    factories.organisation("National", "national.test", default=True)
    cook = AffiliateFactory(name="Cook", slug="cook", hostname="cook.test")
    client.force_login(UserFactory(of=cook))
    topic = Topic.objects.create(name="Schools", slug="schools")
    theirs = library_records.resource("National paper", "Schools")
    add = reverse("wagtailsnippets_campaign_library_resource:add")
    data = {"title": "Ours", "kind": "report", "url": "https://example.org/", "summary": ""}
    refused = client.post(add, {**data, "tags": "Schools, Mine alone", "action-publish": "1"})
    assert not Topic.objects.filter(name="Mine alone").exists()
    if refused.status_code == 200:
        client.post(add, {**data, "tags": "Schools", "action-publish": "1"})
    ours = Resource.objects.get(title="Ours")
    assert [tag.name for tag in ours.tags.all()] == ["Schools"]
    edit = reverse("wagtailsnippets_campaign_library_resource:edit", args=[theirs.pk])
    client.post(edit, {**data, "tags": "", "action-publish": "1"})
    assert [tag.name for tag in theirs.tags.all()] == ["Schools"]
    for name, args in (("add", []), ("edit", [topic.pk]), ("delete", [topic.pk])):
        answer = client.post(
            reverse(f"wagtailsnippets_campaign_library_topic:{name}", args=args), {"name": "X", "slug": "x"}
        )
        assert answer.status_code in (302, 403)
    assert list(Topic.objects.values_list("name", flat=True)) == ["Schools"]


# From A to Z ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words", "letters"),
    [
        ("en", ["zoo", "Éclair", "eagle", "287(g)"], ["0–9", "E", "Z"]),
        ("es", ["ñandú", "nube", "oso", "ábaco"], ["A", "N", "Ñ", "O"]),
        ("ar", ["المحكمة", "أمر", "إذن", "شرطة"], ["ا", "ش", "م"]),
    ],
)
def test_letters_in_the_languages_own_order(language, words, letters):
    assert [letter for letter, _words in by_letter(words, language, str)] == letters


@given(st.lists(st.text(max_size=8)), st.sampled_from(["en", "es", "ar"]))
def test_every_word_stands_under_one_letter(words, language):
    found = [word for _letter, group in by_letter(words, language, str) for word in group]
    assert sorted(found) == sorted(words)
    for word in words:
        assert initial(word, language) and sort_key(word, language)
