"""For the test suite: nothing waits, nothing is sent, nothing is written outside the test database."""

import tempfile

from .base import *  # noqa: F403
from .base import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

SECRET_KEY = "only-for-tests"
INSTALLED_APPS += ["tests.testapp"]
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The test client logs in without a request, and without a second step; the tests of both switch them on.
AXES_ENABLED = NETWORK_SECOND_STEP_REQUIRED = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "ENQUEUE_ON_COMMIT": False}
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="toolkit-test-media-")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"].pop("init_command", None)
# Static files come from the apps; there is no folder of collected ones to warn about.
STATIC_ROOT = None
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
