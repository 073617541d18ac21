"""A site stops following one page or a whole toolkit: the words stay, as its own, and nothing comes back by itself."""

import pytest
from django.urls import reverse

from editions.actions.adopt import Adopt
from editions.actions.bring_back import BringBack
from editions.actions.errors import EditionError
from editions.actions.protect import Protect
from editions.actions.stop_following import StopFollowing
from editions.actions.withdraw import WithdrawPage
from editions.models import Adoption, Edition, Update
from tests.editions.network import Network, texts
from tests.editions.people import editor_of, writer_of
from tests.editions.test_costs import statements
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


def test_one_page_becomes_its_own_and_does_not_come_back_by_itself(client, network):
    one, two = network.sites
    chapter = network.chapters[0]
    local = network.edit(one, chapter, body={"b": "Our two."})
    local.title = "Our draft"
    draft = local.save_revision()
    network.send(network.change(chapter, body={"b": "National two."}))
    edition = network.edition(one, chapter)
    client.force_login(editor_of(one))
    url = reverse("editions:stop", args=[edition.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[local.pk])).content.decode()
    assert "1 page stays on your site" in client.get(url).content.decode()
    client.post(url)
    network.send(network.change(chapter, body={"a": "Newest."}))
    page = SimplePage.objects.get(pk=local.pk)
    assert (page.base_version, page.live, texts(page)) == (None, True, ["One.", "Our two.", "Three."])
    assert texts(network.local(two, chapter))[0] == "Newest."
    assert Update.objects.filter(site=one, outcome="hidden").count() == 1
    draft.publish()
    page.refresh_from_db()
    assert (page.title, page.base_version, texts(page)[1]) == ("Our draft", None, "Our two.")
    edition.refresh_from_db()
    back = BringBack(edition).execute()
    assert back.pk != page.pk
    assert texts(network.local(one, chapter))[0] == "Newest."


def test_a_whole_toolkit_and_adopting_it_again(client, network):
    one, two = network.sites
    pages = list(Edition.objects.of(one).values_list("page_id", flat=True))
    adoption = Adoption.objects.get(site=one)
    for user in (writer_of(one), editor_of(two)):
        client.force_login(user)
        assert client.post(reverse("editions:stop_toolkit", args=[adoption.pk])).status_code == 302
        client.post(reverse("editions:stop", args=[network.edition(one, network.toolkit).pk]))
        assert Edition.objects.of(one).shown().count() == 3
    client.force_login(editor_of(one, "publisher"))
    assert "3 pages stay" in client.get(reverse("editions:stop_toolkit", args=[adoption.pk])).content.decode()
    client.post(reverse("editions:stop_toolkit", args=[adoption.pk]))
    assert not Edition.objects.of(one).exists()
    assert SimplePage.objects.filter(pk__in=pages, live=True, base_version=None).count() == 3
    release = network.send(network.change(network.chapters[0], title="New"))
    assert release.updates.get(site=one).outcome == "skipped"
    Adopt(network.toolkit, one).execute()
    assert Edition.objects.of(one).shown().count() == 3
    assert SimplePage.objects.filter(pk__in=pages).count() == 3


def test_what_is_protected_or_withdrawn_keeps_following(network):
    one, two = network.sites
    chapter, other = network.chapters
    Protect(chapter, ("title",), "Counsel checked it.").execute()
    network.send(chapter)
    WithdrawPage(other, "Wrong.").execute()
    for target in (
        network.edition(one, chapter),
        network.edition(one, other),
        Adoption.objects.get(site=two),
    ):
        with pytest.raises(EditionError):
            StopFollowing(target).execute()
    assert Edition.objects.shown().count() == 6


def test_it_costs_the_same_for_any_number_of_pages():
    def cost(chapters):
        network = Network(sites=1, chapters=chapters)
        network.adopt()
        return statements(StopFollowing(Adoption.objects.get()).execute)

    cost(1)
    assert cost(2) == cost(8)
