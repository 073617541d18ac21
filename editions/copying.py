"""``INSERT … SELECT``: rows that differ in nothing but whose they are, in one statement however many (decision 5)."""

from collections.abc import Mapping, Sequence

from django.db import connections, models, router

#: Ids in one statement: every SQLite accepts 999 parameters.
BATCH_SIZE = 500


def insert_for_each(
    model: type[models.Model],
    source: type[models.Model],
    ids: Sequence[int],
    *,
    copied: Mapping[str, str],
    **constants: object,
) -> None:
    """Write one row of ``model`` for each row of ``source`` whose primary key is in ``ids``.

    ``copied`` maps columns of ``model`` to the columns of ``source`` that they take; ``constants`` are the fields that all rows
    share; fields that neither names have their defaults. No signal fires.
    """
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    row = model(**constants)
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not field.primary_key and field.column not in copied
    ]
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    columns = ", ".join(quote(name) for name in [*copied, *(field.column for field in fields)])
    selected = ", ".join([*(f"source.{quote(name)}" for name in copied.values()), *["%s"] * len(fields)])
    into, table, key = (
        quote(name) for name in (model._meta.db_table, source._meta.db_table, source._meta.pk.column)
    )
    with connection.cursor() as cursor:
        for start in range(0, len(ids), BATCH_SIZE):
            batch = ids[start : start + BATCH_SIZE]
            places = ", ".join(["%s"] * len(batch))
            cursor.execute(
                f"INSERT INTO {into} ({columns}) SELECT {selected} FROM {table} AS source WHERE source.{key} IN ({places})",
                [*values, *batch],
            )


def pairs_of(sources: Mapping[int, int]) -> str:
    """The beginning of a SELECT that joins ``pairs (target, source)``: ids of rows to be written, each with that of its original.

    Written out, as numbers: some SQLite accept no more than 999 parameters.
    """
    rows = ", ".join(f"({int(target)}, {int(source)})" for target, source in sources.items())
    return f"WITH pairs (target, source) AS (VALUES {rows})"


def copy_rows(model: type[models.Model], sources: Mapping[int, int]) -> None:
    """Write rows of ``model``'s own table that are copies of others in all but their primary key: new id to original's id."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    key = quote(model._meta.pk.column)
    names = [quote(field.column) for field in model._meta.local_concrete_fields if field != model._meta.pk]
    table, targets = quote(model._meta.db_table), list(sources)
    for start in range(0, len(targets), BATCH_SIZE):
        batch = {pk: sources[pk] for pk in targets[start : start + BATCH_SIZE]}
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO {table} ({key}, {", ".join(names)})
                {pairs_of(batch)}
                SELECT pairs.target, {", ".join(f"original.{name}" for name in names)}
                FROM pairs JOIN {table} AS original ON original.{key} = pairs.source
                """
            )
