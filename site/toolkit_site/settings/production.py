"""For a public server. A missing or malformed value stops the start with one clear line."""

from toolkit_site.environment import check

from .base import *  # noqa: F403
from .base import WAGTAILADMIN_BASE_URL, env

SECRET_KEY = env.str("SECRET_KEY")
check("SECRET_KEY", len(SECRET_KEY) >= 50 and len(set(SECRET_KEY)) >= 5, "is too short or too plain")
check("SECRET_KEY", "development" not in SECRET_KEY, "is the one that everybody knows")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
check(
    "ALLOWED_HOSTS", not any(set("/: ") & set(host) for host in ALLOWED_HOSTS), "holds more than host names"
)
check("ADMIN_URL", WAGTAILADMIN_BASE_URL.startswith(("https://", "http://")), "is no address")

# The proxy in front must set the header on every request; nothing else may reach the port.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
check("SECURE_HSTS_SECONDS", SECURE_HSTS_SECONDS >= 0, "is less than nothing")
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# Affiliates' sites share a domain: no other host of it can set or overwrite a cookie of this name (RFC 6265bis, 4.1.3.2).
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

# One line for each event, on the standard error stream. Django's own answer to an error is a mail with the whole request
# in it, the reader's address among it: nobody gets one.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Names that are no site's are asked for by scanners all day.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        **{
            name: {"handlers": ["console"], "level": "INFO", "propagate": False}
            for name in ("django_tasks", "django_tasks_db")
        },
    },
}
