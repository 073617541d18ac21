"""Reads the environment. What is missing or malformed ends the start with one line that names it and never shows its value."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

import environ
from django.core.exceptions import ImproperlyConfigured

#: How the values are written whose form is easily missed.
FORMS = {
    "SECRET_KEY": "a long random text: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
    "ALLOWED_HOSTS": "the sites' host names, separated by commas: .network.example.org",
    "ADMIN_URL": "the admin's address: https://network.example.org",
    "DATABASE_URL": "postgres://user:password@host:5432/name or sqlite:////folder/name.sqlite3",
    "CACHE_URL": "redis://host:6379/0 or locmemcache://",
    "EMAIL_URL": "smtp+tls://user:password@host:587 or consolemail://",
}

ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


def stop(name: str, problem: str) -> NoReturn:
    """End the program: "NAME is not set. Expected: …"."""
    form = f" Expected: {FORMS[name]}" if name in FORMS else ""
    raise SystemExit(f"{name} {problem}.{form} (docs/reference/settings.md)")


def check(name: str, holds: Any, problem: str) -> None:
    """End the program unless the value of a setting holds."""
    if not holds:
        stop(name, problem)


def clearly(kind: str) -> Callable[..., Any]:
    """``environ.Env``'s method of that name, which ends the start instead of raising."""
    plain = getattr(environ.Env, kind)

    def read(self: environ.Env, name: str, *args: Any, **options: Any) -> Any:
        if name not in self.ENVIRON and not args and "default" not in options:
            stop(name, "is not set")
        try:
            with warnings.catch_warnings():
                # An engine that it does not know is none of ours; what it warns with holds the value.
                warnings.simplefilter("ignore", UserWarning)
                value = plain(self, name, *args, **options)
        except (ImproperlyConfigured, ValueError, KeyError):
            # Its words may hold the value, and the value a password.
            stop(name, "cannot be read")
        if kind == "db_url" and value.get("ENGINE") not in ENGINES:
            stop(name, "names no database that this works with")
        return value

    return read


class Environment(environ.Env):
    """The variables of the process. An empty one counts as not set."""

    ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}

    str = clearly("str")
    int = clearly("int")
    list = clearly("list")
    db_url = clearly("db_url")
    cache_url = clearly("cache_url")
    email_url = clearly("email_url")

    def bool(self, name: Any, default: Any = environ.Env.NOTSET) -> Any:
        """Only what is plainly yes or no: a misspelt ``ture`` is not quietly no."""
        said = self.ENVIRON.get(name)
        if said is None and default is not self.NOTSET:
            return default
        if said is None:
            stop(name, "is not set")
        if said.strip().lower() not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
            stop(name, "must be true or false")
        return said.strip().lower() in ("true", "1", "yes", "on")
