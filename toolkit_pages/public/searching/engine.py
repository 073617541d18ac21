"""Full-text search in the database's own index, of what one site shows: one statement, on SQLite (FTS5) and on PostgreSQL.

Wagtail's search would look through the whole network first and throw away what is not the site's; where a thousand affiliates
hold the same words that is nearly everything. Here the site's own entries come first, and only they are looked at
(docs/decisions/0012-search-of-one-site.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from modelsearch.conf import get_app_config

from .postgresql import CONFIGURATION
from .sources import SearchSource
from .words import Question, begins

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from ..routing import Place

#: Entries that are read for one question; they are put in order afterwards.
MOST = 200


@dataclass(frozen=True)
class Found:
    """An entry of the index that has the words. ``body`` is plain text."""

    source: str
    content_type: int
    key: str
    label: str
    where: str
    body: str


def find(
    place: Place, sources: list[SearchSource], question: Question | None, *, any_word: bool = False
) -> list[Found]:
    """What the site shows and has all the words of the question (or one of them); without a question, everything. At most
    ``MOST``, those with a word in the title first.
    """
    entry = get_app_config().get_model("IndexEntry")
    connection = connections[router.db_for_read(entry)]
    mine, params = _mine(connection, place, sources)
    match, order, more = _match(connection, question, any_word)
    text = "entry.body_text" if connection.vendor == "postgresql" else "entry.body"
    sql = f"""
        WITH mine AS MATERIALIZED (
            SELECT candidate.*, entry.id AS entry_id
            FROM ({mine}) AS candidate (source, type, item, label, place)
            JOIN {entry._meta.db_table} AS entry ON entry.content_type_id = type AND entry.object_id = item
        )
        SELECT mine.source, mine.type, mine.item, mine.label, mine.place, {text}
        FROM mine {match}
        ORDER BY {order} mine.type, mine.item LIMIT {MOST}
    """
    if connection.vendor == "sqlite":
        sql = sql.replace(f"({mine}) AS candidate (source, type, item, label, place)", "candidate").replace(
            "WITH mine AS",
            f"WITH candidate (source, type, item, label, place) AS ({mine}), mine AS",
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *more])
        return [Found(*row[:5], row[5] or "") for row in cursor.fetchall()]


def _mine(
    connection: BaseDatabaseWrapper, place: Place, sources: list[SearchSource]
) -> tuple[str, list[object]]:
    parts, params = [], []
    for source in sources:
        query = source.candidates(place).query
        try:
            sql, values = query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:  # the site has no place for this kind
            continue
        parts.append(sql)
        params += values
    return " UNION ALL ".join(parts), params


def _match(
    connection: BaseDatabaseWrapper, question: Question | None, any_word: bool
) -> tuple[str, str, list[object]]:
    """The rest of the statement after ``FROM mine``, what comes first in its order, and their parameters."""
    table = get_app_config().get_model("IndexEntry")._meta.db_table
    plain = f"JOIN {table} AS entry ON entry.id = mine.entry_id"
    if question is None:
        return plain, "", []
    if connection.vendor == "postgresql":
        words = (" | " if any_word else " & ").join(_postgresql_terms(question))
        config = f"'{CONFIGURATION}'::regconfig"
        where = f"WHERE (entry.title || entry.body) @@ to_tsquery({config}, %s)"
        return f"{plain} {where}", f"(entry.title @@ to_tsquery({config}, %s)) DESC,", [words, words]
    words = (" OR " if any_word else " AND ").join(_sqlite_terms(question))
    fts = f"{table}_fts"
    # The range keeps FTS5 from walking through the words of other sites: one site's entries stand close together.
    hits = f"""(
        SELECT rowid FROM {fts} WHERE {fts} MATCH %s
        AND rowid BETWEEN (SELECT min(entry_id) FROM mine) AND (SELECT max(entry_id) FROM mine)
    )"""
    titled = f"mine.entry_id IN {hits} DESC,"
    return (
        f"{plain} WHERE mine.entry_id IN {hits}",
        titled,
        [f"{{title body}} : ({words})", f"title : ({words})"],
    )


def _sqlite_terms(question: Question) -> Iterator[str]:
    """FTS5 strings: what stands between quotes is words, whatever it is."""
    for pieces in question.pieces():
        words = " ".join(pieces)
        yield f'"{words}"*' if begins(pieces[-1]) else f'"{words}"'


def _postgresql_terms(question: Question) -> Iterator[str]:
    """Parts of a tsquery. A term is asked for as it was typed too, as PostgreSQL takes ``u.s.c`` for one word."""
    for term, pieces in zip(question.terms, question.pieces(), strict=True):
        end = ":*" if begins(pieces[-1]) else ""
        words = " <-> ".join(f"'{piece}'" for piece in pieces)
        parts = [f"({words}{end})"]
        if len(pieces) > 1:
            quoted = term.replace("\\", "\\\\").replace("'", "''")
            parts.append(f"'{quoted}'{end}")
        yield f"({' | '.join(parts)})"
