"""What a phone on slow data must load before it shows a chapter: at most 60 KB in six requests."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests import factories

pytestmark = pytest.mark.django_db


def sent(data: bytes) -> int:
    """Bytes on the wire as WhiteNoise sends a static file where there is no Brotli: the worse of its two ways."""
    return len(gzip.compress(data, compresslevel=9))


def test_a_first_view_is_small(client):
    national = factories.organisation("National", "national.test", languages=("en", "es"), default=True)
    kit = factories.toolkit(national.home, slug="kit")
    body = []
    for _number in range(4):
        things = (factories.call_to_action(), factories.glossary_term(), factories.image())
        body += factories.every_block(*things)
    factories.chapter(kit, "One", body, slug="one")
    for number in range(30):
        factories.chapter(kit, f"Another chapter {number}")
    headers = {"host": "national.test", "accept-encoding": "gzip"}
    response = client.get("/kit/one/", headers=headers)
    assert response.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    linked = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html)
    linked += re.findall(r'<script[^>]* src="/static/([^"]+)"', html)
    eager = re.findall(r'<img(?![^>]*loading="lazy")[^>]*>', html)
    sizes = {path: sent(Path(finders.find(path)).read_bytes()) for path in linked}
    total = len(response.content) + sum(sizes.values())
    assert total <= 60 * 1024, (len(response.content), sizes)
    assert 1 + len(sizes) + len(eager) <= 6, (linked, eager)


def test_the_stylesheet_of_the_site_stays_within_forty_kilobytes():
    assert len(Path(finders.find("toolkit_pages/site.css")).read_bytes()) <= 40 * 1024
