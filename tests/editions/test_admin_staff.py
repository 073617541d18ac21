"""What national staff see and do: sending, its plan, its progress, its receipt."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from editions.models import Adoption, Edition, Release, Update
from editions.views.outcomes import DONE, TONES, WILL
from tests.editions.network import Network, texts
from tests.editions.people import sender

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


@pytest.fixture
def staff(client, network):
    user = sender(network)
    client.force_login(user)
    return user


def html_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_home_says_what_was_not_sent(client, network, staff):
    assert "Everything published has been sent." in html_of(client.get(reverse("wagtailadmin_home")))
    network.change(network.chapters[0], title="Renamed")
    assert "1 published change not sent" in html_of(client.get(reverse("wagtailadmin_home")))


def test_choosing_lists_what_was_not_sent_first(client, network, staff):
    network.change(network.chapters[0], title="Renamed")
    html = html_of(client.get(reverse("editions:send")))
    assert "1 published change not sent" in html
    assert f'name="page" value="{network.chapters[0].pk}" checked' in html
    assert f'name="page" value="{network.chapters[1].pk}" checked' not in html


def test_a_new_chapter_counts_as_not_sent(client, network, staff):
    network.add(network.toolkit, "Brand new", [])
    assert "never sent" in html_of(client.get(reverse("editions:send")))


def test_a_translation_of_what_was_sent_counts_as_not_sent(client, network, staff):
    spanish = network.translate("es")
    html = html_of(client.get(reverse("editions:send")))
    assert f"{len(spanish) - 1} published changes not sent" in html
    assert f'name="page" value="{spanish[network.toolkit.pk].pk}" checked' in html


def test_a_toolkit_that_nobody_has_is_not_called_sent(client, network, staff):
    fresh = network.add(network.home, "Fresh", [])
    html = html_of(client.get(reverse("editions:send")))
    assert "Everything published has been sent" in html
    assert "1 page never sent" in html
    assert f'name="page" value="{fresh.pk}" checked' not in html


def test_the_plan_writes_nothing_and_says_the_words_that_change(client, network, staff):
    network.edit(network.sites[0], network.chapters[0], body={"b": "Our two."})
    network.change(network.chapters[0], body={"b": "National two."})
    html = html_of(client.post(reverse("editions:plan"), {"page": network.chapters[0].pk, "to": "all"}))
    assert "1 asked: both changed the same words" in html
    assert "1 changing at once" in html
    assert "<ins>" in html
    assert "National" in html
    assert not Release.objects.exists()
    assert not Update.objects.exists()


def test_confirming_sends_and_lands_on_the_progress(
    client, network, staff, django_capture_on_commit_callbacks
):
    chapter = network.change(network.chapters[0], body={"a": "One, new."})
    data = {"page": chapter.pk, "to": "all", "title": "Spring review", "note": "Why", "confirm": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("editions:plan"), data)
    release = Release.objects.get()
    assert response.url == reverse("editions:release", args=[release.pk])
    assert (release.title, release.note, release.created_by) == ("Spring review", "Why", staff)
    assert release.state == Release.State.DONE
    assert texts(network.local(network.sites[0], chapter))[0] == "One, new."
    html = html_of(client.get(response.url))
    assert "2 of 2" in html
    assert "data-editions-done" in html
    assert "changed" in html
    assert "Spring review" in html_of(client.get(reverse("editions:releases")))


def test_sending_to_some_only(client, network, staff, django_capture_on_commit_callbacks):
    chapter = network.change(network.chapters[0], body={"a": "One, new."})
    data = {"page": chapter.pk, "to": "some", "site": network.sites[1].pk, "confirm": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("editions:plan"), data)
    assert texts(network.local(network.sites[0], chapter))[0] == "One."
    assert texts(network.local(network.sites[1], chapter))[0] == "One, new."


def test_sending_the_same_again_says_so(client, network, staff):
    network.send(network.change(network.chapters[0], title="Renamed"))
    html = html_of(client.get(reverse("editions:plan"), {"page": network.chapters[0].pk, "to": "all"}))
    assert "Nothing here is new to anybody" in html
    assert "unchanged: version 2" in html


@pytest.mark.parametrize("data", [{"to": "all"}, {"to": "some", "page": "1"}, {"to": "all", "page": "abc"}])
def test_choosing_nothing_says_what_to_choose(client, network, staff, data):
    if data.get("page") == "1":
        data["page"] = network.chapters[0].pk
    response = client.post(reverse("editions:plan"), data)
    assert response.url == reverse("editions:send")
    assert "Choose at least one" in str(next(iter(get_messages(response.wsgi_request))))


def test_an_affiliates_page_is_not_sent(client, network, staff):
    local = network.local(network.sites[0], network.chapters[0])
    response = client.post(reverse("editions:plan"), {"page": local.pk, "to": "all", "confirm": "1"})
    assert response.status_code == 302
    assert not Release.objects.exists()


def editor_form(client, page) -> dict:
    """The fields that the editor of ``page`` posts."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    blocks = [("paragraph", rich_text(block.value.source)) for block in page.body]
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "intro": page.intro,
            "tags": "",
            "image": "",
            "body": streamfield(blocks),
        }
    )
    comments = {
        f"comments-{name}": value
        for name, value in (
            ("TOTAL_FORMS", 0),
            ("INITIAL_FORMS", 0),
            ("MIN_NUM_FORMS", 0),
            ("MAX_NUM_FORMS", ""),
        )
    }
    return data | comments


def test_publish_and_send_lands_on_the_plan_of_this_page(client, network, staff):
    page = network.chapters[0]
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "action-publish-and-send" in html_of(client.get(url))
    data = editor_form(client, page) | {"intro": "Published at once", "action-publish-and-send": "1"}
    response = client.post(url, data)
    assert response.status_code == 302
    assert response.url == f"{reverse('editions:plan')}?page={page.pk}&to=all"
    page.refresh_from_db()
    assert page.intro == "Published at once"
    assert page.live
    assert "Published" in html_of(client.get(response.url))


def test_an_edition_has_no_publish_and_send(client, network, staff):
    local = network.local(network.sites[0], network.chapters[0])
    html = html_of(client.get(reverse("wagtailadmin_pages:edit", args=[local.pk])))
    assert "action-publish-and-send" not in html


def test_the_receipt_is_filtered_by_outcome(client, network, staff):
    Edition.objects.filter(site=network.sites[0]).update(on_hold=True)
    release = network.send(network.change(network.chapters[0], title="Renamed"))
    url = reverse("editions:release", args=[release.pk])
    assert "Place 0" in html_of(client.get(url))
    assert "Place 1" in html_of(client.get(url))
    held = html_of(client.get(url + "?outcome=held"))
    assert "Place 0" in held
    assert "Place 1" not in held


def test_progress_is_a_small_fragment(client, network, staff):
    release = network.send(network.change(network.chapters[0], title="Renamed"))
    Release.objects.filter(pk=release.pk).update(state=Release.State.RUNNING)
    html = html_of(client.get(reverse("editions:release_progress", args=[release.pk])))
    assert "<html" not in html
    assert "<progress" in html
    assert "data-editions-done" not in html


def test_what_failed_is_tried_again(client, network, staff, django_capture_on_commit_callbacks):
    release = network.send(network.change(network.chapters[0], body={"a": "One, new."}))
    update = release.updates.get(site=network.sites[0])
    # As if the update had failed: the page stands on the version before.
    previous = update.version.__class__.objects.get(source_id=update.version.source_id, number=1)
    Edition.objects.filter(pk=update.edition_id).update(base=previous, sent=previous)
    page = network.local(network.sites[0], network.chapters[0])
    page.__class__.objects.filter(pk=page.pk).update(body=previous.content["body"], base_version=previous.pk)
    Update.objects.filter(pk=update.pk).update(outcome="failed", message="The update failed: disk full")
    url = reverse("editions:release", args=[release.pk])
    html = html_of(client.get(url))
    assert "disk full" in html
    assert "Try the one that failed again" in html
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("editions:release_retry", args=[release.pk]))
    assert release.updates.get(site=network.sites[0]).outcome == "applied"
    assert texts(network.local(network.sites[0], network.chapters[0]))[0] == "One, new."


def test_nothing_sent_yet_says_what_to_do(client, network, staff):
    assert "Nothing has been sent yet." in html_of(client.get(reverse("editions:releases")))


def test_an_affiliate_that_adopted_nothing_is_said(client, network, staff):
    Adoption.objects.filter(site=network.sites[1]).delete()
    Edition.objects.filter(site=network.sites[1]).delete()
    assert "has adopted nothing" in html_of(client.get(reverse("editions:send")))
    chapter = network.change(network.chapters[0], title="Renamed")
    html = html_of(client.get(reverse("editions:plan"), {"page": chapter.pk, "to": "all"}))
    assert "has not adopted the toolkit" in html


def test_every_outcome_has_its_words():
    assert {*WILL} == {*DONE} == {*TONES} == {*Update.Outcome.values}
