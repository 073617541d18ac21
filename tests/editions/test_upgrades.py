"""An upgrade may give a page type a field that the versions made before do not have."""

import pytest

from editions.models import Version
from tests.editions.network import Network, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    """One site has adapted a block, one has not; the versions do not know the field ``intro``."""
    network = Network(sites=2, chapters=1)
    network.adopt()
    network.edit(network.sites[0], network.chapters[0], body={"b": "Ours."})
    for version in Version.objects.all():
        content = {name: value for name, value in version.content.items() if name != "intro"}
        Version.objects.filter(pk=version.pk).update(content=content)
    return network


def test_a_field_that_nobody_has_filled_in_asks_nobody(network):
    release = network.send(network.change(network.chapters[0], body={"c": "Corrected."}))
    outcomes = dict(release.updates.values_list("site", "outcome"))
    assert outcomes == {network.sites[0].pk: "merged", network.sites[1].pk: "applied"}
    assert texts(network.local(network.sites[0], network.chapters[0])) == ["One.", "Ours.", "Corrected."]


def test_what_national_writes_there_arrives(network):
    network.send(network.change(network.chapters[0], intro="In short."))
    assert {network.local(site, network.chapters[0]).intro for site in network.sites} == {"In short."}
