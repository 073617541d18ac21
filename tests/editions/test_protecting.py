"""What national protects stands: in releases, in the editor, in drafts, workflow and revert; no local word is lost."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from editions.actions.errors import EditionError
from editions.actions.follow import FollowAgain
from editions.actions.protect import Protect
from editions.actions.send import Send
from editions.models import Conflict, Protection, Update, Version
from tests.editions.network import BODY, Network, paragraph, raw, texts
from tests.editions.people import ADMIN, editor_of, person, sender
from tests.editions.tab import Form
from tests.editions.test_costs import statements
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db
REASON = "Counsel checked these words."


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


def protect(network, *paths, page=None, send=True):
    page = page or network.chapters[0]
    for path in paths:
        Protect(page, path, REASON).execute()
    return network.send(page) if send else None


def test_local_words_there_already_are_replaced_and_kept_in_the_record(client, network):
    site, _other = network.sites
    chapter = network.chapters[0]
    network.edit(site, chapter, body={"b": "Our two.", "c": "Our three."})
    Protect(chapter, ("body", "b"), REASON).execute()
    plan = Send([chapter], network.sites).plan()[0]
    assert plan.counts() == {"forced": 1, "applied": 1}
    release = network.send(chapter)
    assert texts(network.local(site, chapter)) == ["One.", "Two.", "Our three."]
    update = Update.objects.get(release=release, site=site)
    assert update.outcome == "forced"
    (kept,) = update.receipt["conflicts"]
    assert (kept["path"], kept["kind"], kept["local"]["value"]) == (
        ["body", "b"],
        "protected",
        "<p>Our two.</p>",
    )
    client.force_login(editor_of(site))
    edition = network.edition(site, chapter)
    review = reverse("editions:review", args=[edition.pk])
    html = client.get(review).content.decode()
    assert "Our two." in html
    assert "Copy your words" in html
    assert (
        "1 place is protected now"
        in client.get(reverse("wagtailadmin_pages:edit", args=[edition.page_id])).content.decode()
    )
    for address in (review, reverse("editions:updates"), reverse("wagtailadmin_home")):
        html = client.get(address).content.decode()
        assert "1 place protected" in html and "1 conflict" not in html
    # A later update, or a save, does not make it forget them.
    network.edit(site, chapter, body={"c": "Three, ours."})
    network.send(network.change(chapter, body={"a": "One, new."}))
    conflict = Conflict.objects.open().get(edition=edition)
    assert conflict.local["value"] == "<p>Our two.</p>"
    client.post(review, {f"choice_{conflict.pk}": "take", "publish": "1"})
    conflict.refresh_from_db()
    assert conflict.settled_at
    assert conflict.local["value"] == "<p>Our two.</p>"
    assert texts(network.local(site, chapter)) == ["One, new.", "Two.", "Three, ours."]
    client.post(reverse("editions:reopen", args=[edition.pk, conflict.pk]))
    assert "Our two." in client.get(review).content.decode()
    assert texts(network.local(site, chapter))[1] == "Two."


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (("body", "b"), lambda form: form.write("b", "Ours.")),
        (("body", "b"), lambda form: setattr(form, "blocks", [form.blocks[0], form.blocks[2]])),
        (("body",), lambda form: form.blocks.reverse()),
        (("title",), lambda form: setattr(form, "title", "Our title")),
    ],
)
def test_the_editor_refuses_it_there_and_saves_nothing(client, network, path, change):
    site, chapter = network.sites[0], network.chapters[0]
    protect(network, path)
    client.force_login(editor_of(site))
    local = network.local(site, chapter)
    form = Form(client, local)
    change(form)
    for extra in ({}, {"action-publish": "1"}):
        response = client.post(form.url, form.data(**extra))
        assert response.status_code == 200
        errors = response.context["form"].errors.as_data()
        assert list(errors) == [path[0]]
        error = errors[path[0]][0]
        found = [*getattr(error, "block_errors", {}).values(), *getattr(error, "non_block_errors", [])]
        assert REASON in str(found or error)
        if path == ("body", "b") and len(form.blocks) == 3:
            assert list(error.block_errors) == [1]
    assert "error" in str(form.autosave())
    local.refresh_from_db()
    assert local.latest_revision is None
    assert texts(local) == ["One.", "Two.", "Three."]


def test_what_is_not_protected_is_edited_as_ever_and_an_unchanged_form_passes(client, network):
    site, chapter = network.sites[0], network.chapters[0]
    protect(network, ("body", "b"), ("title",))
    client.force_login(editor_of(site))
    form = Form(client, network.local(site, chapter))
    form.publish()
    assert not Conflict.objects.exists()
    form = Form(client, network.local(site, chapter))
    form.write("a", "Ours.")
    form.blocks.append(("new", "paragraph", "<p>Added.</p>"))
    form.publish()
    assert texts(network.local(site, chapter)) == ["Ours.", "Two.", "Three.", "Added."]
    html = client.get(form.url).content.decode()
    assert REASON in html
    assert '"path": ["body", "b"]' in html


def test_a_form_from_before_is_merged_up_and_its_words_are_kept(client, network):
    site, chapter = network.sites[0], network.chapters[0]
    client.force_login(editor_of(site))
    form = Form(client, network.local(site, chapter))
    form.write("b", "Typed before.")
    form.write("a", "Ours.")
    protect(network, ("body", "b"))
    form.publish()
    assert texts(network.local(site, chapter)) == ["Ours.", "Two.", "Three."]
    assert "Typed before." in Conflict.objects.open().get().local["value"]


def test_drafts_reverts_and_programs_do_not_get_round_it(network):
    site, chapter = network.sites[0], network.chapters[0]
    local = network.local(site, chapter)
    local.body = [BODY[0], paragraph("b", "Draft."), BODY[2]]
    draft = local.save_revision()
    protect(network, ("body", "b"))
    # An approved workflow, a schedule and a revert publish an older revision.
    draft.publish()
    assert texts(network.local(site, chapter))[1] == "Two."
    assert Conflict.objects.open().get().local["value"] == "<p>Draft.</p>"
    # What the API or a script saves: once more, other words.
    page = network.local(site, chapter)
    page.body = [BODY[0], paragraph("b", "Scripted."), BODY[2]]
    page.save()
    assert texts(network.local(site, chapter))[1] == "Two."
    kept = {conflict.local["value"] for conflict in Conflict.objects.open()}
    assert kept == {"<p>Draft.</p>", "<p>Scripted.</p>"}
    page = network.local(site, chapter)
    page.body = [BODY[0], BODY[2]]
    page.save_revision().publish()
    assert texts(network.local(site, chapter)) == ["One.", "Two.", "Three."]
    FollowAgain(network.local(site, chapter), ("body", "b")).execute()


def test_a_whole_page_is_locked_for_the_affiliate(client, network):
    site, chapter = network.sites[0], network.chapters[0]
    network.edit(site, chapter, title="Our title", intro="Our intro")
    protect(network, ())
    local = network.local(site, chapter)
    assert (local.title, local.intro) == ("Chapter 1", "")
    assert {tuple(each.path) for each in Conflict.objects.open()} == {("title",), ("intro",)}
    client.force_login(editor_of(site))
    url = reverse("wagtailadmin_pages:edit", args=[local.pk])
    html = client.get(url).content.decode()
    assert "National protects this page." in html
    assert REASON in html
    form = Form(client, local)
    form.title = "Ours"
    client.post(url, form.data(**{"action-publish": "1"}))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[local.pk]))
    local = network.local(site, chapter)
    assert (local.title, local.live) == ("Chapter 1", True)
    # National itself is not bound, and its next version arrives.
    network.send(network.change(chapter, title="Renamed"))
    assert network.local(site, chapter).title == "Renamed"


def test_marks_travel_with_versions_and_come_off_with_one(network):
    site, chapter = network.sites[0], network.chapters[0]
    spanish = network.translate("es")[chapter.pk]
    protect(network, ("body", "b"), send=False)
    network.edit(site, chapter, body={"b": "Still free."})
    assert texts(network.local(site, chapter))[1] == "Still free."
    network.send(chapter)
    assert texts(network.local(site, chapter))[1] == "Two."
    Send([spanish], network.sites).execute()
    assert Version.objects.of(spanish).first().protected == [{"path": ["body", "b"], "reason": REASON}]
    number = Version.objects.of(chapter).first().number
    Protection.objects.get().delete()
    network.send(chapter)
    assert Version.objects.of(chapter).first().number == number + 1
    network.edit(site, chapter, body={"b": "Ours again."})
    assert texts(network.local(site, chapter))[1] == "Ours again."


def test_staff_protect_and_take_off_in_the_admin(client, network):
    staff = person("staff", pages=[network.root], permissions=(ADMIN, "send_release", "protect_content"))
    client.force_login(staff)
    chapter = network.chapters[0]
    url = reverse("editions:protect", args=[chapter.pk])
    html = client.get(url).content.decode()
    assert "The whole page" in html
    assert "Paragraph: Two." in html
    response = client.post(url, {"place": "body b", "reason": " "})
    assert "Say why" in response.content.decode()
    response = client.post(url, {"place": "body nowhere", "reason": REASON})
    assert response.status_code == 200
    with pytest.raises(EditionError):
        Protect(chapter, ("body", "nowhere"), REASON).execute()
    assert not Protection.objects.exists()
    client.post(url, {"place": "body b", "reason": REASON})
    mark = Protection.objects.get()
    assert (mark.place, mark.reason, mark.created_by) == (("body", "b"), REASON, staff)
    assert PageLogEntry.objects.filter(page=chapter.pk, action="editions.protect", user=staff).exists()
    client.post(url, {"place": "body b", "reason": "Another reason."})
    assert Protection.objects.get().reason == "Another reason."
    assert "1 published change not sent" in client.get(reverse("wagtailadmin_home")).content.decode()
    html = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])).content.decode()
    assert "Another reason." in html
    client.post(reverse("editions:unprotect", args=[chapter.pk, mark.pk]))
    assert not Protection.objects.exists()
    assert PageLogEntry.objects.filter(action="editions.unprotect").count() == 1
    # Only what is national's.
    local = network.local(network.sites[0], chapter)
    assert client.get(reverse("editions:protect", args=[local.pk])).status_code == 302


def test_affiliates_and_others_do_not_protect(client, network):
    chapter = network.chapters[0]
    protect(network, ("title",), send=False)
    mark = Protection.objects.get()
    url = reverse("editions:protect", args=[chapter.pk])
    for user in (editor_of(network.sites[0]), sender(network), person("national", pages=[network.root])):
        client.force_login(user)
        assert client.get(url).status_code == 302
        assert client.post(url, {"place": "body b", "reason": REASON}).status_code == 302
        assert client.post(reverse("editions:unprotect", args=[chapter.pk, mark.pk])).status_code == 302
        assert Protection.objects.get().place == ("title",)


def test_sending_protection_to_untouched_editions_costs_the_same_for_any_number():
    def cost(sites):
        network = Network(sites=sites, chapters=1)
        network.adopt()
        Protect(network.chapters[0], ("body", "b"), REASON).execute()
        from editions.actions.apply import ApplyRelease

        release = Send(network.chapters, network.sites).execute()
        return statements(ApplyRelease(release).execute)

    cost(2)
    assert cost(3) == cost(12)


def test_raw_content_is_what_was_sent(network):
    protect(network, ("body", "b"))
    for site in network.sites:
        assert raw(network.local(site, network.chapters[0])) == BODY
    assert SimplePage.objects.filter(latest_revision=None, edition__isnull=False).count() == 6
