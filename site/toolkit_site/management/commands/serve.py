import os
import socket
import sys

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from wagtail.models import Site

from toolkit_site.processes import Program, run_together


class Command(BaseCommand):
    help = "Starts the server and the background worker together, for one machine; Ctrl-C stops both."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")

    def handle(self, *, port, host, **options):
        if taken(host, port):
            raise CommandError(f"Port {port} is in use. Choose another one: make run PORT={port + 1}")
        # Addresses that Wagtail writes (in the admin, in e-mail) carry the port that is listened to.
        local = Q(hostname="localhost") | Q(hostname__endswith=".localhost")
        Site.objects.filter(local).update(port=port)
        Site.clear_site_root_paths_cache()
        call_command("resume_releases", stdout=self.stdout)
        call_command("resume_openings", stdout=self.stdout)
        os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
        os.environ.setdefault("ADMIN_URL", f"http://localhost:{port}")
        self.stdout.write(
            f"\nServing http://localhost:{port}/ with a background worker. Ctrl-C stops both.\n"
        )
        self.stdout.flush()
        manage = [sys.executable, sys.argv[0]]
        raise SystemExit(
            run_together(
                [
                    Program("server", [*manage, "runserver", f"{host}:{port}"]),
                    Program("worker", [*manage, "db_worker", "--no-startup-delay"]),
                ]
            )
        )


def taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
