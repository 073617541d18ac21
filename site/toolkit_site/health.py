import logging
import secrets

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

logger = logging.getLogger(__name__)


def health(request: HttpRequest) -> JsonResponse:
    """For a load balancer: 200 when the process answers and reaches what it cannot do without, else 503 with what fails."""
    found = {"database": works(ask_database), "cache": works(ask_cache)}
    well = all(found.values())
    said = {
        "status": "ok" if well else "failing",
        **{name: "ok" if fine else "failing" for name, fine in found.items()},
    }
    return JsonResponse(said, status=200 if well else 503, headers={"Cache-Control": "no-store"})


def works(ask) -> bool:
    try:
        return ask()
    except Exception:
        # Each driver has errors of its own; whatever it is, it is written down and told.
        logger.exception("The health check failed")
        return False


def ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def ask_cache() -> bool:
    key, value = f"health-{secrets.token_hex(4)}", secrets.token_hex(4)
    cache.set(key, value, 10)
    return cache.get(key) == value
