"""``python -m toolkit_site.server`` reads the settings, so that a bad one is told once and plainly, and becomes the server."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from .environment import Environment, check

#: Time, method, path, status, milliseconds. No reader's address, and no query: it holds what somebody looks for.
LINE = "[%(time)s] %(method)s %(path)s %(status)d %(dt_ms).0f"


def command(env: Environment) -> list[str]:
    """The server's command line. Ends the program where ``PORT``, ``WEB_WORKERS`` or ``WEB_THREADS`` is no number."""
    port, workers, threads = (
        env.int("PORT", default=8000),
        env.int("WEB_WORKERS", default=2),
        env.int("WEB_THREADS", default=4),
    )
    check("PORT", 0 < port < 65536, "is no port")
    check("WEB_WORKERS", workers > 0, "must be at least 1")
    check("WEB_THREADS", threads > 0, "must be at least 1")
    return [
        *(
            "granian",
            "--interface",
            "wsgi",
            "--host",
            env.str("HOST", default="127.0.0.1"),
            "--port",
            str(port),
        ),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--access-log", "--access-log-fmt", LINE),
        # One that dies comes back; one that has grown beyond so many MiB is replaced.
        *("--respawn-failed-workers", "--workers-max-rss", "400"),
        "toolkit_site.wsgi:application",
    ]


def main(run: Callable[[str, list[str]], object] = os.execvp) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit_site.settings.production")
    from django.conf import settings

    # Reading one loads them all.
    assert not settings.DEBUG, "This is no server for development."
    line = command(Environment())
    # The folder of this package, for the server's own processes.
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    run(os.path.join(os.path.dirname(sys.executable), line[0]), line)


if __name__ == "__main__":
    main()
