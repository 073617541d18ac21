from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from toolkit_site.backups import DatabaseProblem, take


class Command(BaseCommand):
    help = "Writes the database and all uploads into one file. The site may go on meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "to", type=Path, help="a file, or a folder in which a file with the time in its name is made"
        )

    def handle(self, *, to: Path, **options):
        if to.is_dir() or not to.suffix:
            to = to / f"network-{timezone.now():%Y%m%d-%H%M%S}.tar.gz"
        try:
            done = take(to)
        except FileExistsError:
            raise CommandError(f"{to} is there already.") from None
        except (DatabaseProblem, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        self.stdout.write(f"{done.path}: {to.stat().st_size:,} bytes, the database and {done.files} uploads")
