"""Opens an affiliate from the command line, with the same action as the admin."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.management.base import BaseCommand, CommandError

from editions.network.actions import CreateAffiliate
from editions.network.actions.create_affiliate import CannotCreateAffiliate


class Command(BaseCommand):
    help = "Opens an affiliate: its site, home pages, collection, groups and profile."

    def add_arguments(self, parser):
        parser.add_argument("name", help="what the organisation calls itself")
        parser.add_argument("--slug", required=True, help="short name: small letters, digits and hyphens")
        parser.add_argument("--hostname", required=True, help="such as cook-county.example.org")
        parser.add_argument("--port", type=int, default=80)
        parser.add_argument("--place", required=True, help="city, county or state")
        parser.add_argument(
            "--languages", default="en", help="codes with commas, the first language first: en,es"
        )
        parser.add_argument("--time-zone", default="America/New_York")
        parser.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="NAME=TEXT",
            help="a profile value; may be repeated",
        )

    def handle(self, *args, **options):
        pairs = [value.partition("=") for value in options["value"]]
        if bad := [name for name, equals, _text in pairs if not equals]:
            raise CommandError(f"--value takes NAME=TEXT, not {bad[0]!r}")
        action = CreateAffiliate(
            name=options["name"],
            slug=options["slug"],
            hostname=options["hostname"],
            port=options["port"],
            place=options["place"],
            languages=[code.strip() for code in options["languages"].split(",") if code.strip()],
            time_zone=options["time_zone"],
            values={name.strip(): text.strip() for name, _equals, text in pairs},
        )
        try:
            affiliate = action.execute()
        except CannotCreateAffiliate as error:
            lines = [
                message if field == NON_FIELD_ERRORS else f"{field}: {message}"
                for field, messages in getattr(
                    error, "message_dict", {NON_FIELD_ERRORS: error.messages}
                ).items()
                for message in messages
            ]
            raise CommandError("\n".join(lines)) from error
        self.stdout.write(f"{affiliate.name} is open at {affiliate.site.root_url}")
