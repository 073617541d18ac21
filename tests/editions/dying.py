"""A worker that is killed."""

from contextlib import contextmanager

from django.db import connection


class Killed(BaseException):
    """As a signal would: no handler for errors catches it."""


@contextmanager
def dying(moment: int | None):
    """Dies at the ``moment``-th statement that writes. Tells whether it did."""
    left, died = moment or 0, []

    def count_down(execute, sql, params, many, context):
        nonlocal left
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            left -= 1
            if left == 0:
                raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(count_down):
            yield died
    except Killed:
        died.append(True)
