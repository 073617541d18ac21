"""As ``bench.settings``, with a worker of its own for what is done in the background."""

from bench.settings import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
