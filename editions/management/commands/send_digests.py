from django.core.management.base import BaseCommand

from editions.digest import send_digests


class Command(BaseCommand):
    help = "Tell affiliates by e-mail what waits for them, each thing once. Releases do it by themselves; run it daily too."

    def handle(self, **options):
        self.stdout.write(f"Messages sent: {send_digests()}")
