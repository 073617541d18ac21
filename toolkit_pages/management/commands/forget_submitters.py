"""``manage.py forget_submitters``: once a day."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from toolkit_pages.actions.registrations import ForgetSubmitters


class Command(BaseCommand):
    help = (
        "Deletes the e-mail addresses of readers who registered events, when they are no longer needed: "
        "thirty days after the event, seven days after a refusal or a withdrawal."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, delete nothing")

    def handle(self, *args: object, **options: object) -> None:
        action = ForgetSubmitters()
        if options["dry_run"]:
            self.stdout.write(f"{action.due().count()} addresses are due. Nothing was deleted.")
        else:
            self.stdout.write(f"{action.execute()} addresses deleted.")
