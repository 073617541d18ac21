"""Fixtures for every test. Those that drive a browser are in tests/browser/conftest.py."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure: no deadline for an example, nor for making one.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

#: Fixtures that bring a database with them.
DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_blocker", "live_server"}

ROOT = Path(__file__).resolve().parent.parent
#: The source toolkits, which are not part of this repository.
SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))


def pytest_configure(config):
    # Tests read Spanish words too. With xdist the controller does this once, before its workers start.
    if not hasattr(config, "workerinput"):
        from toolkit_site.catalogue import addon_packages, catalogues, compile_catalogue

        for path in catalogues([ROOT / "locale", *(each / "locale" for each in addon_packages(ROOT))]):
            compile_catalogue(path)


def asks_a_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)


def pytest_collection_modifyitems(config, items):
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        # What asks no database, or only forms and rights, says the same on every one, and was asked on SQLite.
        asking = [each for each in items if asks_a_database(each) and not each.get_closest_marker("alike")]
        config.hook.pytest_deselected(items=[each for each in items if each not in asking])
        items[:] = asking
    if not SHARED.is_dir():
        for item in items:
            if "shared" in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"the source toolkits are not in {SHARED}"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Before pytest-django makes the test database: say where the migrated copy of it is."""
    from django.db import connection

    from tests.migrated import kept

    make = connection.creation.create_test_db

    def create_test_db(*args, **options):
        with kept(connection):
            return make(*args, **options)

    connection.creation.create_test_db = create_test_db


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with ``toolkits/`` and ``facts/``. Mark the test with ``shared``."""
    return SHARED


@pytest.fixture(autouse=True)
def _in_english():
    """Django leaves the language of the last request active in its thread."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _fresh_caches(request):
    """Wagtail remembers site roots and Django content types across tests; their rows are rolled back."""
    yield
    uses = {"db", "transactional_db"} & set(request.fixturenames)
    if uses or request.node.get_closest_marker("django_db"):
        from django.contrib.contenttypes.models import ContentType
        from django.core.cache import cache

        cache.clear()
        ContentType.objects.clear_cache()


@pytest.fixture
def locale_en(db):
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def locale_es(db):
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code="es")[0]


@pytest.fixture
def root_page(db):
    """The invisible root of the page tree, with nothing below it and no site: tests lay out their own."""
    from wagtail.models import Page, Site

    Site.objects.all().delete()
    root = Page.get_first_root_node()
    for child in root.get_children():
        child.delete()
    return Page.objects.get(pk=root.pk)
