from django.core.management.base import BaseCommand
from django.utils import timezone

from editions.actions.updates import LiftHold
from editions.models import Adoption, Edition


class Command(BaseCommand):
    help = "Lift the holds whose date has come. Run it once a day."

    def handle(self, **options):
        today = timezone.localdate()
        for model in (Adoption, Edition):
            for target in model.objects.filter(on_hold=True, hold_until__lte=today):
                LiftHold(target).execute()
                self.stdout.write(f"Lifted: {target}")
