"""The text search configuration ``toolkit`` of PostgreSQL: words as they are, without case and accents, in any language."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

#: Named in the settings too (``SEARCH_CONFIG``).
CONFIGURATION = "toolkit"
WORDS = "asciiword, asciihword, hword_asciipart, word, hword, hword_part"


def make_configuration(connection: BaseDatabaseWrapper) -> bool:
    """Makes the configuration, or mends one that does not fold; returns whether accents are folded from now on.

    Texts that are indexed already keep their accents until ``manage.py update_index``.
    """
    folds = _has_unaccent(connection)
    dictionaries = "unaccent, simple" if folds else "simple"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_ts_config WHERE cfgname = %s", [CONFIGURATION])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = simple)")
        cursor.execute(
            f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} ALTER MAPPING FOR {WORDS} WITH {dictionaries}"
        )
    if not folds:
        logger.warning(
            "PostgreSQL's extension unaccent cannot be installed here, so search tells accents apart. Have it installed "
            "(package postgresql-contrib; CREATE EXTENSION unaccent), then run: manage.py fold_accents"
        )
    return folds


def _has_unaccent(connection: BaseDatabaseWrapper) -> bool:
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    except DatabaseError as error:
        logger.info("CREATE EXTENSION unaccent: %s", error)
        return False
    return True
