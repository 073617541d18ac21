"""``python -m toolkit_site.healthcheck`` ends with 0 when the server answers /health, as a proxy would ask it."""

import os
import sys
import urllib.error
import urllib.request


def request(environment: dict[str, str]) -> urllib.request.Request:
    """What to ask. The name must be one that the server accepts: the first of ``ALLOWED_HOSTS``."""
    host = environment.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    host = host.replace("*", "localhost")
    if host.startswith("."):
        host = f"health{host}"
    address = f"http://127.0.0.1:{environment.get('PORT', '8000')}/health"
    return urllib.request.Request(address, headers={"Host": host, "X-Forwarded-Proto": "https"})


def main() -> int:
    try:
        with urllib.request.urlopen(request(dict(os.environ)), timeout=4) as response:
            return 0 if response.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
