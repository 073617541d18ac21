"""Writes the table of roles into all groups: after an upgrade that changed it."""

from django.core.management.base import BaseCommand
from django.db import transaction

from editions.network.models import Affiliate
from editions.network.roles import ensure_affiliate_groups, ensure_national_groups


class Command(BaseCommand):
    help = "Gives every group what its role may do, and makes the groups that are missing. May be run at any time."

    def handle(self, *args, **options):
        ensure_national_groups()
        affiliates = Affiliate.objects.select_related("folder", "collection")
        for affiliate in affiliates.iterator():
            with transaction.atomic():
                ensure_affiliate_groups(affiliate)
        self.stdout.write(f"Roles are set: national, and {affiliates.count()} affiliates.")
