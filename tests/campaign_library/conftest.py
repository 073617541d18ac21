"""Affiliates and national, as in the network's own tests."""

import pytest
from wagtail.models import Site

from tests import factories
from tests.network.conftest import national_home
from tests.network.factories import AffiliateFactory

__all__ = ["national_home"]


@pytest.fixture
def national():
    tree = factories.organisation("National", "national.test", default=True)
    Site.objects.exclude(pk=tree.site.pk).filter(is_default_site=True).delete()
    return tree


@pytest.fixture
def cook(national):
    return AffiliateFactory(name="Cook", slug="cook", hostname="cook.test")


@pytest.fixture
def kane(national):
    return AffiliateFactory(name="Kane", slug="kane", hostname="kane.test")


@pytest.fixture
def term():
    return factories.glossary_term(
        term="Detainer", plain="National words.", long="<p>Long <b>words</b>.</p>", formerly="Hold"
    )
