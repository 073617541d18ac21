from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from toolkit_site.backups import BadBackup, DatabaseProblem, restore


class Command(BaseCommand):
    help = "Replaces the database and all uploads by those of a backup. Run migrate afterwards: it may be of an older version."
    # The database may be empty, or broken.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, file: Path, yes: bool, **options):
        def sure(manifest: dict[str, Any]) -> bool:
            if yes:
                return True
            self.stdout.write(
                f"The backup of {manifest['made']} is sound. It will replace everything in the database "
                f"{connection.settings_dict['NAME']} and in {settings.MEDIA_ROOT}."
            )
            return input("Go on? Type yes: ").strip().lower() == "yes"

        try:
            done = restore(file, sure)
        except BadBackup as error:
            raise CommandError(f"{file} was not restored, and nothing was changed. {error}") from error
        except (DatabaseProblem, OSError) as error:
            raise CommandError(f"{file} could not be restored. {error}") from error
        if done is None:
            raise CommandError("Nothing was changed.")
        self.stdout.write(f"Restored the database and {done.files} uploads of {done.made}")
