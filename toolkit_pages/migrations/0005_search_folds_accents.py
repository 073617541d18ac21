"""PostgreSQL's index folds accents, as SQLite's does by itself.

``unaccent`` is a trusted extension: a role that may create in the database can install it, without being a superuser. Where it
cannot be had (no contrib package, no right to create), search works but tells "detención" from "detencion"; a warning says so,
and ``manage.py fold_accents`` makes up for it later.
"""

from django.db import migrations

from toolkit_pages.public.searching.postgresql import make_configuration


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        make_configuration(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("toolkit_pages", "0004_case_studies_and_campaigns")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
