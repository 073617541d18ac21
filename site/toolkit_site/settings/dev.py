"""For ``make run``: one machine, no services, no secrets."""

from .base import *  # noqa: F403
from .base import DATA_DIR, STORAGES, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = "only-for-development-never-for-a-public-server"
DATA_DIR.mkdir(parents=True, exist_ok=True)
# The demo's passwords are public; a code of an app beside them would protect nothing. Anybody may still switch it on.
NETWORK_SECOND_STEP_REQUIRED = False
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The worker says what fails; a line for each task done would push the logins off the screen.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"failures": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "loggers": {name: {"handlers": ["failures"]} for name in ("django_tasks", "django_tasks_db")},
}
