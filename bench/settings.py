"""A database of its own, thrown away after the run; tasks run at once, so that figures include indexing."""

import logging
import tempfile
from pathlib import Path

from toolkit_site.settings.base import *  # noqa: F403
from toolkit_site.settings.base import DATABASES, INSTALLED_APPS, STORAGES

SECRET_KEY = "only-for-benches"
ALLOWED_HOSTS = ["*"]
AXES_ENABLED = NETWORK_SECOND_STEP_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS += ["tests.testapp"]
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "ENQUEUE_ON_COMMIT": False}
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = tempfile.mkdtemp(prefix="toolkit-bench-media-")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A file, as in production: in memory SQLite would pay nothing for a commit.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(MEDIA_ROOT) / "bench.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": "toolkit_bench"}
logging.disable(logging.WARNING)
