"""What `migrate` does for the network once every migration is applied."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader


def set_roles(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """For Django's ``post_migrate`` of the last app, when all permissions are there: the roles of this version.

    Nothing where there are no national groups yet, where migrations wait, or where the roles are these already.
    """
    from .actions.set_roles import SetRoles
    from .models import NationalGroup

    if using != DEFAULT_DB_ALIAS:
        return
    connection = connections[using]
    has_table = NationalGroup._meta.db_table in connection.introspection.table_names()
    if not has_table or not NationalGroup.objects.exists() or is_half_migrated(connection):
        return
    action = SetRoles()
    if action.is_needed():
        action.execute()


def is_half_migrated(connection: Any) -> bool:
    loader = MigrationLoader(connection)
    return bool(set(loader.graph.nodes) - set(loader.applied_migrations))
