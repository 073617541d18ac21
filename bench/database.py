"""Starts Django on the throw-away database and gives the pages every bench begins with."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def throwaway_database(settings: str = "bench.settings") -> Iterator[str]:
    """Set Django up, create the database and give its vendor's name; destroy it afterwards."""
    sys.path.insert(0, str(ROOT / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django
    from django.db import connection

    django.setup()
    from tests.migrated import kept

    original = connection.settings_dict["NAME"]
    with kept(connection):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
