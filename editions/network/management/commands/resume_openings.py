from django.core.management.base import BaseCommand

from editions.network.models import Opening
from editions.network.tasks import open_affiliate


class Command(BaseCommand):
    help = "Queue the openings of affiliates that a killed worker left unfinished. Run it before a worker starts."

    def handle(self, **options):
        for opening in Opening.objects.unfinished().order_by("pk"):
            open_affiliate.enqueue(opening.pk)
            self.stdout.write(f"Goes on: {opening}")
