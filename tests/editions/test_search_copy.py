import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search import index

from editions.search_copy import BATCH_SIZE, IndexCopyError, copy_index_entries, index_pages
from tests.editions import outside_search
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    root = Page.get_first_root_node()
    return root.get_children().first() or root.add_child(instance=Page(title="Home", slug="home"))


@pytest.fixture
def national(home):
    return home.add_child(
        instance=SimplePage(title="Know your sheriff", slug="national", intro="detainers explained")
    )


def add_editions(home, count: int) -> list[SimplePage]:
    """Pages whose own entries say something else, as a page has before a release."""
    return [
        home.add_child(instance=SimplePage(title="Outdated", slug=f"edition-{n}", intro="yesterday"))
        for n in range(count)
    ]


def found(words: str) -> set[int]:
    return set(SimplePage.objects.search(words).get_queryset().values_list("pk", flat=True))


def test_copies_are_found_by_new_words_and_no_longer_by_old_ones(home, national):
    editions = add_editions(home, 3)
    ids = [page.pk for page in editions]
    SimplePage.objects.filter(pk__in=ids).update(title=national.title, intro=national.intro)

    assert copy_index_entries(national, ids) == 3

    everyone = {national.pk, *ids}
    assert found("detainers") == everyone
    assert found("sheriff") == everyone
    assert found("yesterday") == set()
    assert {page.pk for page in Page.objects.autocomplete("sher")} == everyone


def test_pages_without_any_entry_get_one(home, national):
    edition = add_editions(home, 1)[0]
    index.remove_object(edition)

    copy_index_entries(national, [edition.pk])

    assert found("detainers") == {national.pk, edition.pk}


def test_a_copy_equals_what_wagtail_would_have_indexed(home, national):
    copied, indexed = add_editions(home, 2)
    for page in (copied, indexed):
        page.title, page.intro = national.title, national.intro
    SimplePage.objects.filter(pk=copied.pk).update(title=national.title, intro=national.intro)
    copy_index_entries(national, [copied.pk])
    indexed.save()

    def entry(page):
        return page.index_entries.values("title", "body", "autocomplete").get()

    assert entry(copied) == entry(indexed)


def test_a_source_changed_behind_the_index_is_indexed_first(home, national):
    edition = add_editions(home, 1)[0]
    SimplePage.objects.filter(pk=national.pk).update(intro="quarterly")
    national.refresh_from_db()

    copy_index_entries(national, [edition.pk])
    assert found("quarterly") == {national.pk, edition.pk}

    SimplePage.objects.filter(pk=national.pk).update(intro="biannual")
    national.refresh_from_db()
    copy_index_entries(national, [edition.pk], refresh_source=False)
    assert found("biannual") == set()


def test_the_source_among_the_targets_is_left_alone(home, national):
    edition = add_editions(home, 1)[0]
    assert copy_index_entries(national, [national.pk, edition.pk]) == 1


def test_copies_never_look_unweighed_or_every_later_indexing_would_rewrite_them(home, national):
    edition = add_editions(home, 1)[0]
    national.index_entries.update(title_norm=1.0)

    copy_index_entries(national, [edition.pk], refresh_source=False)

    assert edition.index_entries.get().title_norm == pytest.approx(1.0)
    assert edition.index_entries.get().title_norm != 1.0


def test_nothing_to_do(national, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert copy_index_entries(national, []) == 0


@pytest.mark.parametrize("missing", ["absent", "another type"])
def test_a_wrong_target_stops_the_copy_and_leaves_everything_as_it_was(home, national, missing):
    edition = add_editions(home, 1)[0]
    wrong = 999_999 if missing == "absent" else home.pk

    with pytest.raises(IndexCopyError, match="1 of 2 pages"):
        copy_index_entries(national, [edition.pk, wrong])

    assert found("yesterday") == {edition.pk}


def test_statements_do_not_grow_with_pages(home, national):
    assert BATCH_SIZE >= 500
    editions = add_editions(home, 20)

    def statements(count: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            copy_index_entries(national, [page.pk for page in editions[:count]])
        return len(queries)

    statements(1)
    assert statements(2) == statements(20)


OTHER = "modelsearch.backends.database.fallback"


def test_backends_that_keep_nothing_get_no_job(home, national, settings, django_capture_on_commit_callbacks):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": OTHER}}
    edition = add_editions(home, 1)[0]
    with django_capture_on_commit_callbacks() as jobs:
        assert copy_index_entries(national, [edition.pk]) == 1
    assert jobs == []


def test_backends_outside_the_database_index_the_pages_in_one_job(
    home, national, settings, django_capture_on_commit_callbacks
):
    editions = add_editions(home, 3)
    for page in editions:
        index.remove_object(page)
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "tests.editions.outside_search"}}
    with django_capture_on_commit_callbacks(execute=True) as jobs:
        copy_index_entries(national, [page.pk for page in editions])

    assert len(jobs) == 1
    assert [page.pk for page in editions] in outside_search.ADDED


def test_the_job_indexes_what_each_page_says(home, national):
    edition = add_editions(home, 1)[0]
    index.remove_object(edition)
    index_pages.func("default", "testapp.SimplePage", [edition.pk])
    assert found("yesterday") == {edition.pk}
