"""Who shows what: the states of a network at a glance, told from what really happened there."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from editions.actions.adopt import Adopt
from editions.actions.ask_first import AskFirst
from editions.actions.send import send_now
from editions.actions.updates import Hold
from editions.actions.withdraw import WithdrawPage
from editions.models import Edition
from toolkit_pages.models import ChapterPage, ToolkitPage

from .factories import AffiliateFactory, StaffFactory, UserFactory

MATRIX = reverse("network:matrix")


def add_toolkit(home, title, chapters):
    toolkit = home.add_child(instance=ToolkitPage(title=title, locale=home.locale))
    body = [{"type": "paragraph", "value": "<p>First words.</p>", "id": "b1"}]
    return [
        toolkit,
        *(
            toolkit.add_child(instance=ChapterPage(title=f"Chapter {number}", locale=home.locale, body=body))
            for number in range(chapters)
        ),
    ]


def publish(page, words):
    page = page.specific
    page.body = [{"type": "paragraph", "value": f"<p>{words}</p>", "id": "b1"}]
    page.save_revision().publish()
    return page


def local(affiliate, page):
    return Edition.objects.get(site=affiliate.site, source_id=page.pk).page.specific


def states(response):
    """Affiliate → letters and languages in the order of the columns; empty is what is not adopted."""
    found = {}
    table = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.S):
        name = re.search(r'<th scope="row"><a [^>]*>([^<]*)', row)[1]
        cells = re.findall(r"<td>(.*?)</td>", row, re.S)
        found[name] = [" ".join(re.findall(r'<span aria-hidden="true">([^<]*)', cell)) for cell in cells]
    return found


@pytest.fixture
def staff_client(client, national_home):
    client.force_login(StaffFactory(username="staff"))
    return client


@pytest.fixture
def telling(national_home):
    """A network in which every state happens: by name, the affiliates; and the national pages."""
    pages = add_toolkit(national_home, "A toolkit", 2)
    chapter, second = pages[1], pages[2]
    found = {
        name: AffiliateFactory(name=name, slug=name.lower())
        for name in ("Step", "Ours", "Conflict", "Waits", "Held", "Old", "Hidden", "Without")
    }
    for name, each in found.items():
        if name != "Without":
            adopted = Adopt(pages[0], each.site).execute()
            if name == "Waits":
                AskFirst(adopted, True).execute()
    publish(local(found["Ours"], second), "Our own words.")
    publish(local(found["Conflict"], chapter), "Our other words.")
    # Saved, but not changed: that is not adapted.
    publish(local(found["Step"], second), "First words.")
    Hold(Edition.objects.get(site=found["Held"].site, source_id=chapter.pk)).execute()
    local(found["Hidden"], second).delete()
    sites = [each.site for name, each in found.items() if name != "Old"]
    send_now([publish(chapter, "National’s newest words.")], sites)
    return found, pages


def test_each_state_has_its_letter(staff_client, telling):
    _found, pages = telling
    response = staff_client.get(MATRIX)
    assert states(response) == {
        "Step": ["S en", "S en", "S en"],
        "Ours": ["S en", "S en", "A en"],
        "Conflict": ["S en", "C en", "S en"],
        "Waits": ["S en", "W en", "S en"],
        "Held": ["S en", "H en", "S en"],
        "Old": ["S en", "N en", "S en"],
        "Hidden": ["S en", "S en", "X en"],
        "Without": ["", "", ""],
    }
    assert "3 of 7 affiliates" in response.content.decode()
    # It begins with what was sent last, whatever stands first by its name.
    add_toolkit(pages[0].get_parent(), "A before the others", 1)
    assert states(staff_client.get(MATRIX))["Step"] == ["S en", "S en", "S en"]


def test_what_is_withdrawn_and_what_was_taken_off_have_letters_of_their_own(staff_client, telling):
    found, pages = telling
    chapter, second = pages[1:]
    second.specific.unpublish()
    sites = [each.site for each in found.values()]
    send_now([], sites, gone=[second.pk])
    publish(second, "Back, not sent yet.")
    WithdrawPage(chapter, "The law changed.").execute()
    Page.objects.filter(pk=chapter.pk).update(live=True)
    told = states(staff_client.get(MATRIX))
    assert told["Step"] == ["S en", "D en", "F en"]
    assert told["Ours"] == ["S en", "D en", "C en"]
    assert told["Hidden"] == ["S en", "D en", "X en"]
    assert set(states(staff_client.get(MATRIX, {"state": "off"}))) == set(found) - {
        "Ours",
        "Hidden",
        "Waits",
        "Without",
    }
    assert set(states(staff_client.get(MATRIX, {"state": "withdrawn"}))) == set(found) - {"Without"}
    response = staff_client.get(MATRIX, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert {row[-1] for row in rows if row[0] == "Step"} == {"in step", "withdrawn", "taken off by national"}


def test_filters(staff_client, telling):
    found, _pages = telling
    for query, expected in (
        ({"state": "behind"}, {"Waits", "Held", "Old"}),
        ({"state": "todo"}, {"Waits", "Held", "Old", "Conflict"}),
        ({"state": "hidden"}, {"Hidden"}),
        ({"q": "ours c"}, {"Ours"}),
        ({"language": "es", "state": "behind"}, set()),
        ({"state": "no", "page": "no", "toolkit": "no", "from_page": "9" * 9, "p": "-1"}, set(found)),
    ):
        assert set(states(staff_client.get(MATRIX, query))) == expected, query
    shown = states(staff_client.get(MATRIX, {"state": "behind"}))
    assert shown["Old"] == ["", "N en", ""], "only what was asked for"


def test_one_page_tells_its_newest_version(staff_client, telling):
    _found, pages = telling
    response = staff_client.get(MATRIX, {"page": str(pages[1].translation_key)})
    assert states(response)["Old"] == ["N en"]
    assert "The newest is version 2 of" in response.content.decode()
    response = staff_client.get(MATRIX, {"page": str(pages[2].translation_key)})
    assert "All 7 affiliates" in response.content.decode()


def test_a_cell_leads_to_the_difference(staff_client, telling):
    found, pages = telling
    old = Edition.objects.get(site=found["Old"].site, source_id=pages[1].pk)
    shown = staff_client.get(reverse("network:standing", args=[old.pk])).content.decode()
    assert "What they have not got" in shown
    assert "newest" in shown
    ours = Edition.objects.get(site=found["Ours"].site, source_id=pages[2].pk)
    shown = staff_client.get(reverse("network:standing", args=[ours.pk])).content.decode()
    assert "Our own" in shown
    assert "What they have not got" not in shown
    hidden = Edition.objects.get(site=found["Hidden"].site, source_id=pages[2].pk)
    assert (
        "They have hidden this page"
        in staff_client.get(reverse("network:standing", args=[hidden.pk])).content.decode()
    )


def test_csv_has_a_row_for_each_edition_and_no_formulas(staff_client, telling):
    found, _pages = telling
    found["Ours"].name = "=1+1"
    found["Ours"].save()
    response = staff_client.get(MATRIX, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert rows[0] == ["Affiliate", "Place", "Page", "Language", "State"]
    assert len(rows) == 1 + 7 * 3
    assert ["'=1+1", "Ours County", "Chapter 1", "en", "adapted, up to date"] in rows
    assert ["Old", "Old County", "Chapter 0", "en", "newer version not sent to them"] in rows


def test_nothing_to_show_says_so(staff_client):
    assert "There is no published toolkit yet" in staff_client.get(MATRIX).content.decode()


def test_affiliates_do_not_see_it(client, telling):
    found, pages = telling
    client.force_login(UserFactory(of=found["Ours"]))
    edition = Edition.objects.get(site=found["Old"].site, source_id=pages[1].pk)
    for address in (MATRIX, f"{MATRIX}?export=csv", reverse("network:standing", args=[edition.pk])):
        assert client.get(address).status_code in (302, 403, 404)
    assert "Who shows what" not in client.get("/admin/").content.decode()


def own_statements(client, query=None):
    """How many there are beyond the frame of every admin screen: the session, the user's rights, the menu."""
    sets = []
    for address, asked in ((MATRIX, query), (reverse("wagtailadmin_account"), None)):
        client.get(address, asked)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, asked).status_code == 200
        sets.append([each["sql"] for each in captured.captured_queries])
    screen, frame = sets
    return len([each for each in screen if each not in frame])


def test_statements_do_not_grow(staff_client, national_home):
    small = add_toolkit(national_home, "A small toolkit", 1)
    first = AffiliateFactory(name="First")
    Adopt(small[0], first.site).execute()
    publish(local(first, small[1]), "Ours.")
    few = own_statements(staff_client, {"toolkit": str(small[0].translation_key)})
    large = add_toolkit(national_home, "A large toolkit", 12)
    for number in range(5):
        each = AffiliateFactory(name=f"More {number}")
        Adopt(large[0], each.site).execute()
        for page in large[1:4]:
            publish(local(each, page), "Ours.")
    many = own_statements(staff_client, {"toolkit": str(large[0].translation_key)})
    assert many == few <= 12
