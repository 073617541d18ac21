from django.core.management.base import BaseCommand

from editions.background import put_back
from editions.models import Release
from editions.tasks import apply_release


class Command(BaseCommand):
    help = (
        "Queue the releases that a killed worker left unfinished, the scheduled ones whose time has come, "
        "and the indexing that it was at. Run it before a worker starts; "
        "a release that is being carried out elsewhere is not harmed: both take turns."
    )

    def handle(self, **options):
        for release in Release.objects.due().order_by("pk"):
            apply_release.enqueue(release.pk)
            self.stdout.write(f"Goes on: {release}")
        put_back()
