"""Opens affiliates from the command line, with the same actions as the admin."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from editions.network.actions.open_affiliate import OpenAffiliate, RequestOpening, Wanted, in_words
from editions.network.actions.open_many import OpenMany
from editions.network.models import Opening
from editions.network.opening_file import UnreadableFile, read_rows
from editions.network.opening_forms import unreadable


class Command(BaseCommand):
    help = (
        "Opens an affiliate: site, home pages, collection, groups, profile; toolkits and an invitation if named. "
        "With --csv all affiliates of a file. The work is done at once, without the worker."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="what the organisation calls itself")
        parser.add_argument("--slug", default="", help="short name: small letters, digits and hyphens")
        parser.add_argument("--hostname", help="such as cook-county.example.org")
        parser.add_argument("--port", type=int, default=80)
        parser.add_argument("--place", help="city, county or state")
        parser.add_argument(
            "--languages", default="en", help="codes with commas, the first language first: en,es"
        )
        parser.add_argument("--time-zone", default="America/New_York")
        parser.add_argument("--colour-1", default="", help="main colour, such as #1d4f7c")
        parser.add_argument("--colour-2", default="", help="second colour")
        parser.add_argument("--toolkits", default="", help="slugs of national toolkits, with commas")
        parser.add_argument("--email", default="", help="of the first administrator, who is invited")
        parser.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="NAME=TEXT",
            help="a profile value; may be repeated",
        )
        parser.add_argument("--csv", type=Path, metavar="FILE", help="a file of affiliates instead of one")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args, **options):
        if options["csv"]:
            self.open_many(options["csv"], dry_run=options["dry_run"])
            return
        if missing := [name for name in ("name", "hostname", "place") if not options[name]]:
            raise CommandError(f"Missing: {', '.join(missing)}. Or give a file with --csv.")
        request = RequestOpening(self.wanted(options))
        try:
            request.check()
        except ValidationError as error:
            raise CommandError(in_words(error)) from error
        if options["dry_run"]:
            self.stdout.write(f"{options['name']} could be opened. Nothing is written.")
            return
        self.carry_out([Opening.objects.create(wanted=request.row())])

    def wanted(self, options) -> Wanted:
        pairs = [value.partition("=") for value in options["value"]]
        if bad := [name for name, equals, _text in pairs if not equals]:
            raise CommandError(f"--value takes NAME=TEXT, not {bad[0]!r}")
        alike = ("name", "slug", "hostname", "port", "place", "time_zone", "colour_1", "colour_2", "email")
        return Wanted(
            **{name: options[name] for name in alike},
            languages=listed(options["languages"]),
            toolkits=listed(options["toolkits"]),
            values={name.strip(): text.strip() for name, _equals, text in pairs},
        )

    def open_many(self, path: Path, *, dry_run: bool) -> None:
        try:
            rows = read_rows(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not UTF-8.") from error
        except UnreadableFile as error:
            raise CommandError(unreadable(error)) from error
        checked = OpenMany(rows).check()
        wrong = [
            f"line {each.row.line}, {column}: {message}"
            for each in checked
            for column, messages in each.errors.items()
            for message in messages
        ]
        if wrong:
            raise CommandError("Nothing was opened.\n" + "\n".join(wrong))
        if dry_run:
            self.stdout.write(f"{len(checked)} affiliates could be opened. Nothing is written.")
            return
        self.carry_out([Opening.objects.create(wanted=RequestOpening(each.wanted).row()) for each in checked])

    def carry_out(self, openings: list[Opening]) -> None:
        failed = 0
        for opening in openings:
            done = OpenAffiliate(opening).execute()
            for step in done.receipt:
                self.stdout.write(f"{'  ' if step.ok else '! '}{opening}: {step.title}: {step.message}")
            failed += done.state == Opening.State.FAILED
            if done.affiliate:
                self.stdout.write(f"{opening} is open at {done.affiliate.site.root_url}")
        if failed:
            raise CommandError(
                f"{failed} need you: see Affiliates, Being opened, in the admin, and try again there."
            )


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
