"""``manage.py load_demo``: a national site and three affiliates that follow it, to look at and to try."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit_site.demo import content
from toolkit_site.demo.loading import DEMO_PASSWORD, DemoNetwork, NotEmpty
from toolkit_site.demo.loading.people import AFFILIATE_LOGINS, NATIONAL_LOGINS


class Command(BaseCommand):
    help = (
        "Loads the demo network: national and three affiliates, five toolkits and all around them in English, "
        "two of the toolkits in Spanish, a sample of Arabic. "
        "May be run again at any time: it makes only what is missing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--port",
            type=int,
            default=int(os.environ.get("PORT") or 8000),
            help="The port in the sites' addresses (default: PORT, else 8000).",
        )
        parser.add_argument(
            "--password", default=DEMO_PASSWORD, help="For all demo logins that are made by this run."
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="Load it although DEBUG is off. Give a password of your own then: the usual one is public.",
        )

    def handle(self, *, port, password, force, verbosity, **options):
        if not settings.DEBUG and not force:
            raise CommandError(
                "This looks like a public server (DEBUG is off), and the demo's passwords are public. "
                "If you mean it, add --force and a --password of your own."
            )
        say = self.stdout.write if verbosity else lambda line: None
        try:
            DemoNetwork(port=port, password=password, say=say).load()
        except NotEmpty as error:
            raise CommandError(
                f"This database has a national site already (“{error}”). The demo needs one of its own."
            ) from error
        if verbosity:
            self.sign_off(port, password)

    def sign_off(self, port: int, password: str) -> None:
        affiliates = content.affiliates()
        self.stdout.write("\nThe demo network is ready.\n")
        for name, hostname in [("National", "localhost"), *((one.name, one.hostname) for one in affiliates)]:
            self.stdout.write(f"  {name:<26}http://{hostname}:{port}/")
        names = ", ".join(["national", *(affiliate.key for affiliate in affiliates), "admin"])
        others = ", ".join([*NATIONAL_LOGINS, *AFFILIATE_LOGINS])
        self.stdout.write(f"\n  Admin                     http://localhost:{port}/admin/")
        self.stdout.write(f"  Logins                    {names}")
        self.stdout.write(f"  In other roles            {others}")
        self.stdout.write(f"  Password                  {password}   (for the demo only)\n")
