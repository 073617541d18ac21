"""A real add-on switched on and off, in processes of their own: settings are read once per process."""

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from toolkit_site.addons import GROUP

ROOT = Path(__file__).resolve().parent.parent.parent
ADD_ON = "office_hours"
pytestmark = pytest.mark.skipif(
    ADD_ON not in {point.name for point in entry_points(group=GROUP)},
    reason="install it first: pip install ./addons/office_hours",
)

STORED = {
    "type": "office_hours",
    "id": "hours-1",
    "value": {
        "who": "Board of supervisors",
        "when": "Tuesdays",
        "where": "Chambers",
        "speaking": "<p>Two <b>minutes</b>.</p>",
        "url": "",
    },
}

# Opens the real edit form, posts it unchanged with "publish", and prints what is stored and what readers see.
VISIT = """
import json, django
django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
from django.contrib.auth import get_user_model
from tests import editor
from toolkit_pages.models import ChapterPage
page = ChapterPage.objects.get(slug="with-hours")
setup_test_environment()  # so that responses carry their forms
client = Client()
client.force_login(get_user_model().objects.get(username="editor"))
editor.publish(client, page, editor.unchanged(client, page))
page.refresh_from_db()
seen = Client().get(page.url).content.decode()
print(json.dumps({"stored": list(page.body.raw_data), "seen": seen}))
"""

BUILD = """
import json, os, django
django.setup()
from django.contrib.auth import get_user_model
from tests import factories
get_user_model().objects.create_superuser("editor", "editor@example.org", "x")
national = factories.organisation("National", "testserver", default=True)
factories.chapter(
    factories.toolkit(national.home), "Hours", [json.loads(os.environ["STORED"])], slug="with-hours"
)
"""


def run(script, database, *, on, arguments=("-c",)):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "toolkit_site.settings.test",
        "DATABASE_URL": f"sqlite:///{database}",
        "TOOLKIT_ADDONS_OFF": "" if on else ADD_ON,
        "STORED": json.dumps(STORED),
        "PYTHONPATH": os.pathsep.join(
            [str(ROOT / "site"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        ),
    }
    done = subprocess.run(
        [sys.executable, *arguments, script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def manage(command, database, *, on):
    name, *options = command.split()
    script = (
        "import django; django.setup(); from django.core.management import call_command; "
        f"call_command({name!r}, *{options!r})"
    )
    return run(script, database, on=on)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("add-on") / "network.sqlite3"
    manage("migrate -v0", path, on=True)
    run(BUILD, path, on=True)
    return path


def visit(database, *, on):
    return json.loads(run(VISIT, database, on=on).splitlines()[-1])


def test_on_off_and_on_again_through_the_edit_form(database):
    first = visit(database, on=True)
    assert "Board of supervisors" in first["seen"]
    kept = first["stored"]
    off = visit(database, on=False)
    assert off["stored"] == kept
    assert "Board of supervisors" not in off["seen"]
    again = visit(database, on=True)
    assert "Board of supervisors" in again["seen"]
    assert again["stored"][0]["value"]["who"] == STORED["value"]["who"]
    assert again["stored"][0]["id"] == STORED["id"]


@pytest.mark.parametrize("on", [True, False])
def test_no_migration_is_missing(database, on):
    manage("makemigrations --check --dry-run", database, on=on)
