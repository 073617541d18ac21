"""A release that dies at any moment, and is started again, ends as if nothing had happened."""

from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection

from editions.actions import apply as applying
from editions.actions.send import Send
from editions.models import Release, Update
from tests.editions.network import BODY, Network
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """As a signal would: no handler for errors catches it."""


def prepared() -> tuple[Network, Release]:
    network = Network(sites=5)
    network.adopt()
    network.edit(network.sites[0], network.chapters[0], body={"b": "Ours."})
    network.edit(network.sites[3], network.chapters[0], body={"c": "Ours."})
    pages = [
        network.change(network.chapters[0], body={"a": "Corrected.", "b": "National."}),
        network.add(network.toolkit, "Another", BODY),
    ]
    return network, Send(pages, network.sites).execute()


def ending(network) -> list:
    """What readers see, in every place."""
    return [
        (page.url_path, page.title, page.get_content()["body"])
        for page in SimplePage.objects.filter(edition__isnull=False).order_by("url_path")
    ]


def test_killed_at_any_statement_it_goes_on_and_ends_the_same():
    with patch.object(applying, "BATCH", 2):
        network, release = prepared()
        applying.ApplyRelease(release).execute()
        undisturbed = ending(network)
        deaths = 0
        for moment in range(3, 400, 23):
            SimplePage.objects.all()[0].get_root().get_children().delete()
            network, release = prepared()
            count = 0

            def count_down(execute, sql, params, many, context, moment=moment):
                nonlocal count
                count += 1
                if count == moment:
                    raise Killed
                return execute(sql, params, many, context)

            try:
                with connection.execute_wrapper(count_down):
                    applying.ApplyRelease(Release.objects.get(pk=release.pk)).execute()
            except Killed:
                deaths += 1
                call_command("resume_releases", verbosity=0)
            assert ending(network) == undisturbed, moment
            release.refresh_from_db()
            assert release.state == Release.State.DONE
            assert Update.objects.filter(release=release).count() == 10
    assert deaths > 5


def test_a_page_that_fails_does_not_stop_the_others(caplog):
    network, release = prepared()
    bad = network.local(network.sites[3], network.chapters[0]).pk
    written = applying.write_merged

    def failing(pages, merged, version):
        pages = list(pages)
        if any(page.pk == bad for page in pages):
            raise ValueError("the disk is full")
        return written(pages, merged, version)

    with patch.object(applying, "write_merged", failing):
        applying.ApplyRelease(release).execute()
    failed = release.updates.get(outcome="failed")
    assert failed.site == network.sites[3]
    assert "the disk is full" in failed.message
    assert release.updates.count() == 10
