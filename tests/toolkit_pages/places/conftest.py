"""Two organisations, and what they know of places."""

from types import SimpleNamespace

import pytest

from editions.network.models import Affiliate
from tests import factories


@pytest.fixture
def national(db):
    return factories.organisation("National", "national.test", languages=("en", "es"), default=True)


@pytest.fixture
def local(national):
    tree = factories.organisation("Santa Clara Welcomes", "local.test", languages=("en", "es"))
    Affiliate.objects.create(
        name="Santa Clara Welcomes",
        slug="santa-clara",
        place="Santa Clara",
        site=tree.site,
        folder=tree.folder,
        collection=factories.root_collection().add_child(name="Santa Clara"),
        languages=["en", "es"],
    )
    return tree


@pytest.fixture
def rules(db):
    """Three provisions of the shared vocabulary."""
    return SimpleNamespace(
        unpaid=factories.provision("no-unpaid", label="Holds nobody unpaid"),
        felony=factories.provision("felony", label="Only for a felony"),
        access=factories.provision("access", label="No officers in the jail", category="access"),
    )


@pytest.fixture
def places(national, rules):
    """A list of three: two counties on detainers and a city with a card."""
    studies = factories.case_list(national.home, slug="places")
    yes, note = "yes", "<p>If it <b>pays</b>.</p>"
    santa = factories.case_study(
        studies,
        "Santa Clara decides",
        slug="santa",
        place="Santa Clara County",
        state="CA",
        status="implied",
        status_source="Toolkit, 2011",
        details=[
            factories.answered(rules.unpaid, yes),
            factories.answered(rules.felony, "conditional", note),
            factories.answered(rules.access, yes),
        ],
    )
    cook = factories.case_study(
        studies,
        "Cook decides",
        slug="cook",
        place="Cook County",
        state="IL",
        status="implied",
        status_source="Toolkit, 2011",
        details=[factories.answered(rules.unpaid, yes), factories.answered(rules.felony, "no")],
    )
    haven = factories.case_study(
        studies,
        "New Haven prints a card",
        slug="haven",
        place="New Haven",
        jurisdiction="city",
        state="CT",
        policy="municipal_id",
        status="in_effect",
        status_date="2007-07",
        status_source="Guide, 2015",
        numbers=[factories.counted("over 12,000", "2014")],
    )
    return SimpleNamespace(list=studies, santa=santa, cook=cook, haven=haven)


@pytest.fixture
def get(client):
    """The HTML at an address of a site, which must answer 200."""

    def fetch(path: str, host: str = "national.test") -> str:
        response = client.get(path, headers={"host": host})
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    return fetch
