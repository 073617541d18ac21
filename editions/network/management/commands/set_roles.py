"""Writes the table of roles into all groups. `migrate` does it by itself after an upgrade that changed it."""

from django.core.management.base import BaseCommand

from editions.network.actions.set_roles import SetRoles


class Command(BaseCommand):
    help = "Gives every group what its role may do, and makes the groups that are missing. May be run at any time."

    def handle(self, *args, **options):
        count = SetRoles().execute()
        self.stdout.write(f"Roles are set: national, and {count} affiliates.")
