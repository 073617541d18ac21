"""National takes one block off every site in one action, and puts it back; no page is rewritten, no local word lost."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from editions.actions.adopt import Adopt
from editions.actions.ask_first import AskFirst
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.stop_following import StopFollowing
from editions.actions.updates import Hold
from editions.actions.withdraw import PutBack, WithdrawPage
from editions.actions.withdraw_block import WithdrawBlock
from editions.models import Adoption, Withdrawal
from editions.search_copy import entry_model
from editions.withdrawn import leave_out, readable
from tests.editions.network import BODY, Network, paragraph, raw, texts
from tests.editions.people import ADMIN, editor_of, person, sender
from tests.editions.tab import Form
from tests.editions.test_costs import statements
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db
REASON = "The number is somebody else's now."
B = ("body", "b")


def read(client, page) -> str:
    """What readers get of a page."""
    site = page.get_site()
    if page.locale_id != site.root_page.locale_id:
        # The homes of the foreign page type are not served in a second language.
        page = SimplePage.objects.get(pk=page.pk)
        leave_out(page)
        return " ".join(texts(page))
    response = client.get(page.relative_url(site), headers={"host": site.hostname})
    assert response.status_code == 200
    return response.content.decode()


def found(page) -> str:
    """What search knows of a page."""
    entry = entry_model().objects.filter(object_id=str(page.pk)).first()
    return str(getattr(entry, "body_text", None) or getattr(entry, "body", ""))


def rows() -> list:
    return list(SimplePage.objects.order_by("pk").values())


def test_it_is_off_every_site_at_once_and_no_page_is_rewritten(client, django_capture_on_commit_callbacks):
    network = Network(sites=3)
    spanish = network.translate("es")
    network.adopt()
    chapter, other = network.chapters
    one, two, three = network.sites
    network.edit(one, chapter, body={"b": "Our two."})
    draft = network.local(one, chapter)
    draft.body = [*raw(draft)[:1], paragraph("b", "A drafted two."), *raw(draft)[2:]]
    draft.save_revision()
    Hold(network.edition(two, chapter)).execute()
    AskFirst(Adoption.objects.get(site=three), True).execute()
    network.edit(three, chapter, body=[block for block in BODY if block["id"] != "b"])
    pages = [
        chapter,
        spanish[chapter.pk],
        *(network.local(site, page) for site in network.sites for page in (chapter, spanish[chapter.pk])),
    ]
    before = rows()
    action = WithdrawBlock(chapter, B, REASON)
    assert action.reach().__dict__ == {"national": 2, "local": 5, "sites": 3, "languages": 2, "adapted": 1}
    with django_capture_on_commit_callbacks(execute=True):
        withdrawal = action.execute()
    assert rows() == before
    for page in pages:
        html = read(client, page)
        assert "Three." in html
        assert "wo." not in html
        assert "Three." in found(page)
        assert "wo." not in found(page)
    assert "Two." in read(client, other)
    assert "Two." in read(client, network.local(one, other))
    receipt = {row.page_id: row for row in withdrawal.pages.all()}
    assert set(receipt) == {page.pk for page in pages} - {network.local(three, chapter).pk}
    words = {pk: row.words["value"] for pk, row in receipt.items() if row.words}
    assert words == {network.local(one, chapter).pk: "<p>Our two.</p>"}
    assert PageLogEntry.objects.filter(action="editions.withdraw_block").count() == 7
    with pytest.raises(EditionError):
        action.execute()
    with django_capture_on_commit_callbacks(execute=True):
        PutBack(withdrawal).execute()
    assert rows() == before
    assert "Our two." in read(client, pages[2])
    assert "Our two." in found(pages[2])
    for page in (*pages[:2], *pages[3:6]):
        assert "wo." in read(client, page)
        assert "wo." in found(page)
    assert set(withdrawal.pages.values_list("restored", flat=True)) == {True}
    with pytest.raises(EditionError):
        PutBack(withdrawal).execute()


def test_nothing_that_is_done_meanwhile_brings_it_back(client):
    """Law 6's paths, a release, a new affiliate: what comes on line is left without it, and keeps its words."""
    network = Network(sites=2)
    one, two = network.sites
    network.adopt(one)
    chapter = network.chapters[0]
    local = network.edit(one, chapter, body={"b": "Our two."})
    old = local.latest_revision
    withdrawal = WithdrawBlock(chapter, B, REASON).execute()
    client.force_login(editor_of(one))
    form = Form(client, local)
    assert [block[0] for block in form.blocks] == ["a", "b", "c"]
    form.write("b", "Our newer two.")
    form.autosave()
    form.publish()
    assert texts(network.local(one, chapter))[1] == "Our newer two."
    old.publish()
    network.change(chapter, body={"a": "New one.", "b": "National's newer two."})
    network.send(SimplePage.objects.get(pk=chapter.pk))
    Adopt(network.toolkit, two).execute()
    # A chapter that is new to them comes without the block that is withdrawn already.
    new = network.add(network.toolkit, "Another", BODY)
    added = WithdrawBlock(new, B, REASON).execute()
    network.send(new)
    client.logout()
    for page in (new, network.local(one, new), network.local(two, new)):
        assert "wo." not in read(client, page)
        assert "wo." not in found(page)
    PutBack(added).execute()
    for page in (chapter, network.local(one, chapter), network.local(two, chapter)):
        html = read(client, page)
        assert "New one." in html
        assert "wo." not in html
        assert "wo." not in found(page)
    assert texts(network.local(one, chapter)) == ["New one.", "Our two.", "Three."]
    # A preview is what readers would get.
    page = network.local(one, chapter).get_latest_revision_as_object()
    assert "wo." not in page.make_preview_request().rendered_content
    PutBack(withdrawal).execute()
    assert "Our two." in read(client, network.local(one, chapter))
    assert "newer two." in read(client, network.local(two, chapter))


def test_a_page_for_readers_is_not_saved_and_what_follows_goes_on_following():
    network = Network(sites=1)
    network.adopt()
    site, chapter = network.sites[0], network.chapters[0]
    withdrawal = WithdrawBlock(chapter, B, REASON).execute()
    page = network.local(site, chapter)
    assert len(readable(page).body) == 2
    assert len(page.body) == 3
    leave_out(page)
    for save in (page.save, page.save_revision):
        with pytest.raises(ValueError, match="Load it anew"):
            save()
    with pytest.raises(EditionError, match="withdrawn some of it"):
        StopFollowing(network.edition(site, chapter)).execute()
    PutBack(withdrawal).execute()
    StopFollowing(network.edition(site, chapter)).execute()


def test_staff_choose_a_block_see_the_plan_and_put_it_back(client):
    network = Network()
    network.adopt()
    one, _two = network.sites
    chapter = network.chapters[0]
    local = network.edit(one, chapter, body={"b": "Our <i>two</i>."})
    staff = person(
        "staff",
        pages=[network.root],
        permissions=(ADMIN, "send_release", "withdraw_content", "protect_content"),
    )
    client.force_login(staff)
    url = reverse("editions:withdraw_block", args=[chapter.pk])
    editor = reverse("wagtailadmin_pages:edit", args=[chapter.pk])
    assert url in client.get(editor).content.decode()
    assert url in client.get(reverse("editions:protect", args=[chapter.pk])).content.decode()
    html = client.get(url).content.decode()
    assert "Paragraph: Two." in html
    assert "Say why" not in html
    assert "Choose" in client.get(url, {"place": "body nothing"}).content.decode()
    html = client.get(url, {"place": "body b"}).content.decode()
    assert "2 pages of affiliates" in html
    assert "1 with local words" in html
    assert "Say why" in client.post(url, {"place": "body b", "reason": " "}).content.decode()
    assert not Withdrawal.objects.exists()
    response = client.post(url, {"place": "body b", "reason": REASON})
    withdrawal = Withdrawal.objects.get()
    receipt = reverse("editions:withdrawal", args=[withdrawal.pk])
    assert response.url == receipt
    html = client.get(receipt).content.decode()
    assert "stood on 3 pages" in html
    assert "Our two." in html
    assert withdrawal.title in client.get(reverse("editions:withdrawals")).content.decode()
    assert "1 block is withdrawn from all sites" in client.get(editor).content.decode()
    # A page may be withdrawn as a whole beside it.
    PutBack(WithdrawPage(chapter, REASON).execute()).execute()
    client.force_login(editor_of(one))
    for address in (
        reverse("wagtailadmin_pages:edit", args=[local.pk]),
        reverse("editions:review", args=[network.edition(one, chapter).pk]),
    ):
        html = client.get(address).content.decode()
        assert "Withdrawn by national" in html
        assert "somebody else" in html
    client.force_login(staff)
    client.post(receipt)
    assert "back on its page" in client.get(receipt).content.decode()
    assert "Our" in read(client, network.local(one, chapter))


def test_who_may_not(client):
    network = Network()
    network.adopt()
    chapter = network.chapters[0]
    url = reverse("editions:withdraw_block", args=[chapter.pk])
    for user in (editor_of(network.sites[0]), sender(network), person("national", pages=[network.root])):
        client.force_login(user)
        assert client.get(url).status_code == 302
        assert client.post(url, {"place": "body b", "reason": REASON}).status_code == 302
        with pytest.raises(NotAllowed):
            WithdrawBlock(chapter, B, REASON, user=user).execute()
    for page, path in (
        (network.local(network.sites[0], chapter), B),
        (Page.objects.get(pk=network.root.pk), B),
        (chapter, ("body", "none")),
        (chapter, ("title",)),
        (chapter, ()),
    ):
        with pytest.raises(EditionError):
            WithdrawBlock(page, path, REASON).execute()
    for reason in ("", "x" * 256):
        with pytest.raises(EditionError):
            WithdrawBlock(chapter, B, reason).execute()
    assert not Withdrawal.objects.exists()


def test_it_costs_the_same_for_any_number():
    def cost(sites):
        network = Network(sites=sites, chapters=1)
        network.adopt()
        chapter = network.chapters[0]
        for site in network.sites[: sites // 2]:
            network.edit(site, chapter, body={"b": "Our two."})
        action = WithdrawBlock(chapter, B, REASON)
        counts = [statements(action.reach), statements(action.execute)]
        pages = [network.local(site, chapter) for site in network.sites]
        counts.append(statements(lambda: leave_out(*pages)))
        return [*counts, statements(PutBack(Withdrawal.objects.latest("pk")).execute)]

    cost(2)
    assert cost(4) == cost(12)
