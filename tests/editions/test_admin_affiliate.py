"""What affiliates' editors see and do in the admin, through its front door."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from editions.models import Adoption, Conflict, Edition
from editions.views.marks import marked
from tests.editions.network import Network, paragraph, texts
from tests.editions.people import editor_of, writer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


@pytest.fixture
def site(network):
    return network.sites[0]


@pytest.fixture
def editor(client, site):
    user = editor_of(site)
    client.force_login(user)
    return user


def page_html(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def edit_html(client, edition: Edition) -> str:
    return page_html(client, reverse("wagtailadmin_pages:edit", args=[edition.page_id]))


def review(edition: Edition) -> str:
    return reverse("editions:review", args=[edition.pk])


def in_conflict(network, site, **fields) -> Edition:
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], body={"a": "One, new.", "b": "National two."}, **fields))
    return network.edition(site, network.chapters[0])


def asking(network, site) -> Edition:
    Adoption.objects.filter(site=site).update(ask_first=True)
    network.send(network.change(network.chapters[0], body={"a": "One, new."}), title="Spring review")
    return network.edition(site, network.chapters[0])


# The page editor -------------------------------------------------------------------------------------


def test_an_untouched_page_says_that_it_is_in_step(client, network, site, editor):
    html = edit_html(client, network.edition(site, network.chapters[0]))
    assert "in step" in html
    assert "Nothing here is your own yet" in html


def test_the_panel_lists_blocks_by_state(client, network, site, editor):
    body = [paragraph("c", "Three."), paragraph("x", "Only ours."), paragraph("a", "Our one.")]
    network.edit(site, network.chapters[0], body=body)
    html = edit_html(client, network.edition(site, network.chapters[0]))
    assert "2 blocks are yours" in html
    for title in ("Yours", "Only here", "Hidden here", "At another place"):
        assert f'<span class="editions-group__title">{title}</span>' in html
    assert 'href="#block-a-section"' in html
    assert "Follow again…" in html
    assert "Show again…" in html
    assert '<ins class="editions-ours">' in html


def test_the_badge_leads_to_the_conflict(client, network, site, editor):
    edition = in_conflict(network, site)
    html = edit_html(client, edition)
    assert "1 conflict" in html
    assert review(edition) in html
    assert "1 place needs you" in html


def test_the_panel_of_a_national_page_says_what_was_not_sent(client, network, admin_user):
    client.force_login(admin_user)
    chapter = network.change(network.chapters[0], title="Renamed")
    html = page_html(client, reverse("wagtailadmin_pages:edit", args=[chapter.pk]))
    assert "Changed since it was sent" in html
    assert "2 affiliates follow" in html
    network.send(chapter)
    html = page_html(client, reverse("wagtailadmin_pages:edit", args=[chapter.pk]))
    assert "What is published has been sent." in html


def test_a_page_that_follows_nothing_has_no_panel(client, network, site, editor):
    own = network.add(network.local(site, network.toolkit), "Our own", [])
    html = page_html(client, reverse("wagtailadmin_pages:edit", args=[own.pk]))
    assert 'data-side-panel="edition"' not in html


def test_follow_again_asks_and_then_gives_the_block_back(client, network, site, editor):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    edition = network.edition(site, network.chapters[0])
    url = reverse("editions:follow", args=[edition.pk]) + "?path=body&path=b"
    assert "<del>" in page_html(client, url)
    assert texts(network.local(site, network.chapters[0]))[1] == "Our two."
    client.post(url, {"publish": "1"})
    page = network.local(site, network.chapters[0])
    assert texts(page)[1] == "Two."
    assert any("Our two." in str(revision.content["body"]) for revision in page.revisions.all())


def test_a_hidden_block_is_shown_again(client, network, site, editor):
    network.edit(site, network.chapters[0], body=[paragraph("a", "One."), paragraph("c", "Three.")])
    edition = network.edition(site, network.chapters[0])
    url = reverse("editions:follow", args=[edition.pk]) + "?path=body&path=b"
    assert "Show" in page_html(client, url)
    client.post(url, {"publish": "1"})
    assert texts(network.local(site, network.chapters[0])) == ["One.", "Two.", "Three."]


def test_following_in_the_draft_leaves_what_readers_see(client, network, site, editor):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    edition = network.edition(site, network.chapters[0])
    client.post(reverse("editions:follow", args=[edition.pk]) + "?path=body&path=b")
    page = network.local(site, network.chapters[0])
    assert texts(page)[1] == "Our two."
    assert texts(page.get_latest_revision_as_object())[1] == "Two."


def test_a_place_of_ones_own_cannot_follow(client, network, site, editor):
    edition = network.edition(site, network.chapters[0])
    response = client.get(reverse("editions:follow", args=[edition.pk]) + "?path=body&path=zzz")
    assert response.status_code == 302


def test_hold_until_a_date_and_lift(client, network, site, editor):
    edition = network.edition(site, network.chapters[0])
    url = reverse("editions:hold", args=[edition.pk])
    past = client.post(url, {"until": "2001-01-01"})
    assert past.status_code == 200
    assert not network.edition(site, network.chapters[0]).on_hold
    until = timezone.localdate() + datetime.timedelta(days=9)
    client.post(url, {"until": until.isoformat()})
    edition.refresh_from_db()
    assert edition.on_hold
    assert edition.hold_until == until
    assert "on hold" in edit_html(client, edition)
    client.post(reverse("editions:lift", args=[edition.pk]))
    edition.refresh_from_db()
    assert not edition.on_hold


# The review screen ---------------------------------------------------------------------------------------


def test_the_review_shows_three_sides_and_what_came_by_itself(client, network, site, editor):
    edition = in_conflict(network, site, title="Renamed")
    html = page_html(client, review(edition))
    assert "Two." in html
    assert "National" in html
    assert "Our" in html
    assert "What changed without a question (2)" in html
    assert "Write it together" in html
    assert "draftail" in html.lower()


def test_a_text_with_nothing_left_of_it_is_not_struck_out_beside_itself():
    old, new = "Write to the sheriff in a week or two.", "Nothing from before stands here any longer."
    assert "<del>" in marked(old, new)
    assert "<del>" not in marked(old, new, beside=True)
    assert "<del>" in marked(old, old.replace("week", "month"), beside=True)


def test_take_nationals(client, network, site, editor):
    edition = in_conflict(network, site)
    conflict = Conflict.objects.get()
    response = client.post(review(edition), {f"choice_{conflict.pk}": "take", "publish": "1"})
    assert response.status_code == 302
    assert texts(network.local(site, network.chapters[0]))[1] == "National two."
    assert not Conflict.objects.open().exists()


def test_keep_ours_and_take_it_back(client, network, site, editor):
    edition = in_conflict(network, site)
    conflict = Conflict.objects.get()
    client.post(review(edition), {f"choice_{conflict.pk}": "keep", "publish": "1"})
    assert texts(network.local(site, network.chapters[0]))[1] == "Our two."
    html = page_html(client, review(edition))
    assert "Take back" in html
    assert "kept ours" in html
    client.post(reverse("editions:reopen", args=[edition.pk, conflict.pk]))
    assert Conflict.objects.open().get() == conflict


def test_write_a_third_text(client, network, site, editor):
    edition = in_conflict(network, site)
    conflict = Conflict.objects.get()
    draft = (
        '{"blocks":[{"key":"k","text":"Together two.","type":"unstyled","depth":0,"inlineStyleRanges":[],'
        '"entityRanges":[],"data":{}}],"entityMap":{}}'
    )
    data = {f"choice_{conflict.pk}": "edit", f"text_{conflict.pk}": draft, "publish": "1"}
    client.post(review(edition), data)
    assert texts(network.local(site, network.chapters[0]))[1] == "Together two."
    assert Conflict.objects.get().decision == "edit"


def test_a_plain_field_is_written_in_its_own_widget(client, network, site, editor):
    network.edit(site, network.chapters[0], intro="Our intro")
    network.send(network.change(network.chapters[0], intro="National intro"))
    edition = network.edition(site, network.chapters[0])
    conflict = Conflict.objects.get()
    data = {f"choice_{conflict.pk}": "edit", f"text_{conflict.pk}": "Both intros", "publish": "1"}
    client.post(review(edition), data)
    assert network.local(site, network.chapters[0]).intro == "Both intros"


def test_a_third_text_that_is_no_good_is_said_at_its_place(client, network, site, editor):
    network.edit(site, network.chapters[0], title="Our title")
    network.send(network.change(network.chapters[0], title="National title"))
    conflict = Conflict.objects.get()
    edition = network.edition(site, network.chapters[0])
    data = {f"choice_{conflict.pk}": "edit", f"text_{conflict.pk}": "x" * 300, "publish": "1"}
    response = client.post(review(edition), data)
    assert response.status_code == 200
    assert b"at most 255" in response.content
    assert network.local(site, network.chapters[0]).title == "Our title"


def test_no_choice_is_said_and_writes_nothing(client, network, site, editor):
    edition = in_conflict(network, site)
    response = client.post(review(edition), {"publish": "1"})
    assert response.status_code == 200
    assert b"Choose what to do" in response.content
    assert Conflict.objects.open().exists()


def test_what_national_removed_has_two_choices(client, network, site, editor):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], body=[paragraph("a", "One."), paragraph("c", "Three.")]))
    edition = network.edition(site, network.chapters[0])
    html = page_html(client, review(edition))
    assert "Remove it too" in html
    assert "Write it together" not in html
    conflict = Conflict.objects.get()
    client.post(review(edition), {f"choice_{conflict.pk}": "take", "publish": "1"})
    assert texts(network.local(site, network.chapters[0])) == ["One.", "Three."]


def test_a_draft_of_the_decision_leaves_what_readers_see(client, network, site):
    client.force_login(writer_of(site))
    edition = in_conflict(network, site)
    conflict = Conflict.objects.get()
    html = page_html(client, review(edition))
    assert 'name="publish"' not in html
    client.post(review(edition), {f"choice_{conflict.pk}": "take", "draft": "1"})
    page = network.local(site, network.chapters[0])
    assert texts(page)[1] == "Our two."
    assert texts(page.get_latest_revision_as_object())[1] == "National two."


def test_the_preview_shows_the_decision_and_writes_nothing(client, network, site, editor):
    edition = in_conflict(network, site)
    conflict = Conflict.objects.get()
    before = list(Page.objects.order_by("pk").values())
    url = reverse("editions:review_preview", args=[edition.pk])
    response = client.post(url, {f"choice_{conflict.pk}": "take"})
    assert "National two." in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert list(Page.objects.order_by("pk").values()) == before
    assert Conflict.objects.open().exists()


def test_a_waiting_update_is_shown_and_accepted(client, network, site, editor):
    edition = asking(network, site)
    html = page_html(client, review(edition))
    assert "Spring review" in html
    assert "1 place of your page changes" in html
    assert texts(network.local(site, network.chapters[0]))[0] == "One."
    client.post(review(edition), {"accept": "1"})
    assert texts(network.local(site, network.chapters[0]))[0] == "One, new."


def test_an_accepted_update_with_a_conflict_stays_on_the_screen(client, network, site, editor):
    network.edit(site, network.chapters[0], body={"a": "Our one."})
    edition = asking(network, site)
    html = page_html(client, review(edition))
    assert "Accept, then decide" in html
    response = client.post(review(edition), {"accept": "1"})
    assert response.url == review(edition)
    assert Conflict.objects.open().exists()


def test_nothing_to_decide_says_so(client, network, site, editor):
    html = page_html(client, review(network.edition(site, network.chapters[0])))
    assert "Nothing waits for you on this page." in html


# The list, the home, the toolkits ---------------------------------------------------------------------------


def test_the_list_when_there_is_nothing(client, network, site, editor):
    assert "Nothing waits for you." in page_html(client, reverse("editions:updates"))
    assert "National has not changed anything" in page_html(
        client, reverse("editions:updates") + "?show=changed"
    )
    assert "Nothing needs you." in page_html(client, reverse("wagtailadmin_home"))


def test_the_list_names_what_waits_and_what_changed(client, network, site, editor):
    edition = asking(network, site)
    assert review(edition) in page_html(client, reverse("editions:updates"))
    home = page_html(client, reverse("wagtailadmin_home"))
    assert review(edition) in home
    assert "data-editions-count" in home
    client.post(reverse("editions:updates"), {"edition": [edition.pk]})
    assert not Edition.objects.of(site).behind().exists()
    html = page_html(client, reverse("editions:updates") + "?show=changed")
    assert "1 place changed" in html
    assert "new" in html


def test_accepting_nothing_says_so(client, network, site, editor):
    response = client.post(reverse("editions:updates"))
    assert response.status_code == 302
    assert "Tick" in str(next(iter(get_messages(response.wsgi_request))))


def test_adopting_from_the_list(client, network):
    home = network.add(network.root, "Later", [])
    site = Site.objects.create(hostname="later.localhost", port=80, root_page=home)
    client.force_login(editor_of(site, "later"))
    html = page_html(client, reverse("editions:toolkits"))
    assert "Toolkit" in html
    assert "Adopt" in html
    response = client.post(reverse("editions:toolkits"), {"toolkit": network.toolkit.pk, "site": site.pk})
    adoption = Adoption.objects.get(site=site)
    assert response.url == reverse("editions:adoption", args=[adoption.pk])
    assert "Chapter 1" in page_html(client, response.url)
    again = client.post(reverse("editions:toolkits"), {"toolkit": network.toolkit.pk, "site": site.pk})
    assert "adopted already" in str(list(get_messages(again.wsgi_request))[-1])


def test_settings_of_an_adopted_toolkit(client, network, site, editor):
    adoption = Adoption.objects.get(site=site)
    url = reverse("editions:adoption", args=[adoption.pk])
    for posted, answer in (("yes", True), ("no", False), ("", None)):
        client.post(url, {"ask": posted, "ask_first": "1"})
        adoption.refresh_from_db()
        assert adoption.ask_first is answer
    client.post(url, {"hold": "1", "until": ""})
    adoption.refresh_from_db()
    assert adoption.is_held()
    assert "On hold until you lift it." in page_html(client, url)
    client.post(url, {"lift": "1"})
    adoption.refresh_from_db()
    assert not adoption.is_held()


def test_a_hidden_page_is_brought_back_from_the_list(client, network, site, editor):
    network.local(site, network.chapters[0]).delete()
    url = reverse("editions:adoption", args=[Adoption.objects.get(site=site).pk])
    assert "Bring back" in page_html(client, url)
    hidden = network.edition(site, network.chapters[0])
    client.post(url, {"bring_back": hidden.pk})
    assert network.local(site, network.chapters[0]).live
    assert "Bring back" not in page_html(client, url)
    client.post(url, {"bring_back": "not a number"})


def test_long_and_hostile_texts_are_shown_as_text(client, network, site, editor):
    long = "<b>x</b> " + "lang" * 400
    network.edit(site, network.chapters[0], intro=f"{long} ours")
    network.send(network.change(network.chapters[0], intro=f"<script>alert(1)</script>{long}"))
    edition = network.edition(site, network.chapters[0])
    for url in (review(edition), reverse("wagtailadmin_pages:edit", args=[edition.page_id])):
        html = page_html(client, url)
        assert "<script>alert(1)" not in html
