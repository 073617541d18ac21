"""National takes a page off every site in one action, and puts it back; no local word is lost."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from editions.actions.apply import ApplyRelease
from editions.actions.errors import EditionError
from editions.actions.send import Send
from editions.actions.updates import Hold
from editions.actions.withdraw import PutBack, WithdrawPage
from editions.models import Withdrawal
from tests.editions.network import BODY, Network, paragraph, texts
from tests.editions.people import ADMIN, editor_of, person, sender
from tests.editions.tab import Form
from tests.editions.test_costs import statements

pytestmark = pytest.mark.django_db
REASON = "The law changed on 1 March."


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


def status(client, page) -> int:
    site = page.get_site()
    return client.get(page.relative_url(site), headers={"host": site.hostname}).status_code


def live(network, *sources) -> list[bool]:
    pages = [*sources, *(network.local(site, page) for site in network.sites for page in sources)]
    return [Page.objects.get(pk=page.pk).live for page in pages]


def test_one_action_takes_it_off_every_site_and_puts_it_back(client, network):
    one, two = network.sites
    chapter, other = network.chapters
    local = network.edit(one, chapter, body={"b": "Our two."})
    local.title = "Our draft"
    local.save_revision()
    Hold(network.edition(two, chapter)).execute()
    assert status(client, local) == 200
    assert WithdrawPage(chapter, "").reach().__dict__ == {"national": 1, "local": 2, "sites": 2, "adapted": 1}
    withdrawal = WithdrawPage(chapter, REASON).execute()
    assert live(network, chapter) == [False] * 3
    assert live(network, other) == [True] * 3
    assert status(client, network.local(one, chapter)) == 404
    local = network.local(one, chapter)
    assert texts(local)[1] == "Our two."
    assert local.get_latest_revision_as_object().title == "Our draft"
    assert withdrawal.pages.filter(site=None).count() == 1
    assert PageLogEntry.objects.filter(page=local.pk, action="editions.withdraw").count() == 1
    with pytest.raises(EditionError):
        WithdrawPage(chapter, REASON).execute()
    # Nothing puts it on line meanwhile: an approval, a script, the editor, a release.
    local.get_latest_revision().publish()
    assert live(network, chapter) == [False] * 3
    local = network.local(one, chapter)
    local.live = True
    local.save()
    client.force_login(editor_of(one))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[local.pk])).content.decode()
    assert "National has withdrawn this page" in html
    assert REASON in html
    form = Form(client, local)
    client.post(form.url, form.data(**{"action-publish": "1"}))
    assert live(network, chapter) == [False] * 3
    PutBack(withdrawal).execute()
    assert live(network, chapter) == [True] * 3
    local = network.local(one, chapter)
    assert texts(local)[1] == "Our two."
    assert status(client, local) == 200
    assert not network.local(two, chapter).has_unpublished_changes
    with pytest.raises(EditionError):
        PutBack(withdrawal).execute()


def test_with_all_beneath_it_in_every_language_but_not_what_was_off_line(network):
    one, _two = network.sites
    spanish = network.translate("es")
    network.send(*spanish.values())
    off = network.local(one, network.chapters[1])
    off.unpublish()
    new = network.add(network.toolkit, "Another", BODY)
    withdrawal = WithdrawPage(network.toolkit, REASON).execute()
    tree = [network.toolkit, *network.chapters]
    assert not any(live(network, *tree))
    assert not Page.objects.get(pk=spanish[network.toolkit.pk].pk).live
    assert Page.objects.get(pk=network.home.pk).live
    # What waited for its time does not come on line either.
    Page.objects.filter(pk=new.pk).update(live=True)
    late = Send([new], network.sites).execute()
    Page.objects.filter(pk=new.pk).update(live=False)
    assert ApplyRelease(late).execute().updates.filter(outcome="skipped").count() == 2
    PutBack(withdrawal).execute()
    assert live(network, *tree).count(False) == 1
    assert not Page.objects.get(pk=off.pk).live


def test_a_correction_arrives_while_it_is_off_line(network):
    one, _two = network.sites
    chapter = network.chapters[0]
    network.edit(one, chapter, body={"b": "Our two."})
    withdrawal = WithdrawPage(chapter, REASON).execute()
    page = type(chapter).objects.get(pk=chapter.pk)
    page.body = [paragraph("a", "Corrected."), *BODY[1:]]
    page.save_revision().publish()
    network.send(type(chapter).objects.get(pk=chapter.pk))
    assert live(network, chapter) == [True, False, False]
    PutBack(withdrawal).execute()
    assert texts(network.local(one, chapter)) == ["Corrected.", "Our two.", "Three."]
    assert live(network, chapter) == [True] * 3


def test_staff_withdraw_and_put_back_in_the_admin(client, network):
    rights = (ADMIN, "send_release", "withdraw_content")
    client.force_login(person("staff", pages=[network.root], permissions=rights))
    chapter = network.chapters[0]
    url = reverse("editions:withdraw", args=[chapter.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])).content.decode()
    html = client.get(url).content.decode()
    assert "2 pages of affiliates" in html
    assert "0 with local words" in html
    assert "Say why" in client.post(url, {"reason": ""}).content.decode()
    assert live(network, chapter) == [True] * 3
    response = client.post(url, {"reason": REASON})
    withdrawal = Withdrawal.objects.get()
    assert response.url == reverse("editions:withdrawal", args=[withdrawal.pk])
    html = client.get(response.url).content.decode()
    assert "3 pages went off line" in html
    assert "Place 1" in html
    assert "off all sites" in client.get(reverse("editions:withdrawals")).content.decode()
    assert client.get(url).status_code == 302
    client.post(response.url)
    assert live(network, chapter) == [True] * 3
    assert "on line again" in client.get(response.url).content.decode()


def test_who_may_not(client, network):
    chapter, other = network.chapters
    withdrawal = WithdrawPage(other, REASON).execute()
    receipt = reverse("editions:withdrawal", args=[withdrawal.pk])
    for user in (editor_of(network.sites[0]), sender(network), person("national", pages=[network.root])):
        client.force_login(user)
        for url in (
            reverse("editions:withdraw", args=[chapter.pk]),
            receipt,
            reverse("editions:withdrawals"),
        ):
            assert client.get(url).status_code == 302
            assert client.post(url, {"reason": REASON}).status_code in (302, 405)
        assert live(network, chapter) == [True] * 3
        assert live(network, other) == [False] * 3
    with pytest.raises(EditionError):
        WithdrawPage(network.local(network.sites[0], chapter), REASON).execute()


def test_it_costs_the_same_for_any_number():
    def cost(sites):
        network = Network(sites=sites, chapters=1)
        network.adopt()
        action = WithdrawPage(network.toolkit, REASON)
        counts = [statements(action.reach), statements(action.execute)]
        return [*counts, statements(PutBack(Withdrawal.objects.latest("pk")).execute)]

    cost(2)
    assert cost(3) == cost(12)


@pytest.mark.parametrize("first", ["above", "beneath"])
def test_what_another_withdrawal_covers_stays_off_until_that_one_is_lifted(network, first):
    above, beneath = network.toolkit, network.chapters[0]
    order = [above, beneath] if first == "above" else [beneath, above]
    withdrawals = {page.pk: WithdrawPage(page, "Not right.").execute() for page in order}
    pages = [beneath, network.local(network.sites[0], beneath)]
    PutBack(withdrawals[order[0].pk]).execute()
    assert not any(Page.objects.get(pk=page.pk).live for page in pages)
    PutBack(withdrawals[order[1].pk]).execute()
    assert all(Page.objects.get(pk=page.pk).live for page in pages)
