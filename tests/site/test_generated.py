import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from editions.models import Edition
from toolkit_pages.models import ChapterPage
from toolkit_site.generated import GeneratedNetwork, NotEmpty
from toolkit_site.generated.network import adapted_content
from toolkit_site.generated.words import Words


def test_words_are_the_same_each_time_and_languages_share_block_ids():
    assert Words(3).chapter() == Words(3).chapter()
    assert Words(3).chapter() != Words(4).chapter()
    english, spanish = Words(3, ids=9).chapter(), Words(4, ids=9).chapter()
    assert [block["id"] for block in english] == [block["id"] for block in spanish]
    assert english != spanish


def test_adapting_changes_one_block_and_adds_one():
    content = {"title": "A", "body": Words(1).chapter(10)}
    adapted = adapted_content(content, seed=2)
    before = {block["id"]: block for block in content["body"]}
    after = {block["id"]: block for block in adapted["body"]}
    assert len(after) == len(before) + 1
    assert sum(before[key] != after[key] for key in before) == 1
    assert adapted == adapted_content(content, seed=2)


@pytest.mark.django_db
def test_the_network_is_what_its_numbers_say():
    GeneratedNetwork(2, chapters=2, languages=2, adapted=50, blocks=4).build()

    assert Site.objects.count() == 3
    assert Edition.objects.count() == 2 * 2 * 3
    adapted = [page for page in ChapterPage.objects.filter(edition__isnull=False) if len(page.body) == 5]
    assert len(adapted) == 4
    assert not any(Page.find_problems())
    with pytest.raises(NotEmpty):
        GeneratedNetwork(1).build()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "options", [{"languages": 9}, {"adapted": "120%"}, {"adapted": "some"}, {"affiliates": -1}]
)
def test_impossible_numbers_are_refused(options):
    with pytest.raises(CommandError):
        call_command("make_network", **{"affiliates": 1, "chapters": 1, **options})
    assert Page.objects.count() == 2
