"""What a new server does before it has anything: no collected static files, no database."""

import os
import subprocess
import sys

from tests.conftest import ROOT


def test_static_files_are_collected_where_there_are_none_yet(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "toolkit_site.settings.production",
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "example.org",
        "DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "collectstatic", "--dry-run", "--noinput"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
