from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from toolkit_pages.public.searching.postgresql import make_configuration


class Command(BaseCommand):
    help = (
        "Makes PostgreSQL's search forgive accents, where the migration could not install the extension unaccent, and "
        "indexes everything anew. SQLite needs nothing of it."
    )

    def handle(self, **options):
        if connection.vendor != "postgresql":
            self.stdout.write("Nothing to do: this database folds accents by itself.")
            return
        if not make_configuration(connection):
            raise CommandError(
                "The extension unaccent is still missing. Install PostgreSQL's contrib package, or have a superuser run "
                "CREATE EXTENSION unaccent in this database."
            )
        call_command("update_index", verbosity=options["verbosity"], stdout=self.stdout)
        self.stdout.write("Search forgives accents now.")
