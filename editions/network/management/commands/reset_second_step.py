from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from editions.network.actions.second_step import RemoveSecondStep


class Command(BaseCommand):
    help = (
        "Switches off the second step of a person who has lost app and recovery codes. "
        "Make sure that it is them who ask."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = get_user_model()._default_manager.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is nobody called {username!r}.")
        RemoveSecondStep(user).execute()
        self.stdout.write(f"{username} logs in with the password alone, and is asked to set it up again.")
