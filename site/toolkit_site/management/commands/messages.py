from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit_site import catalogue


class Command(BaseCommand):
    help = "Compiles, updates or checks the translations in locale/, without the gettext programs."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["compile", "update", "check"])

    def handle(self, *, action, **options):
        getattr(self, f"do_{action}")()

    def do_compile(self):
        paths = catalogue.catalogues(settings.LOCALE_PATHS)
        for path in paths:
            catalogue.compile_catalogue(path)
        self.stdout.write(
            f"Translations compiled: {', '.join(p.parent.parent.name for p in paths) or 'none'}"
        )

    def do_update(self):
        messages = catalogue.find_messages(settings.BASE_DIR)
        for path in self.expected():
            added, removed = catalogue.update(path, messages)
            self.stdout.write(f"{path.parent.parent.name}: {added} added, {removed} removed")

    def do_check(self):
        messages = catalogue.find_messages(settings.BASE_DIR)
        found = [line for path in self.expected() for line in catalogue.problems(path, messages)]
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} messages need attention")
        self.stdout.write(f"{len(messages)} messages, all translated")

    def expected(self) -> list[Path]:
        """The catalogue of each language but the one that the code is written in."""
        folder = Path(settings.LOCALE_PATHS[0])
        codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        return [folder / code / "LC_MESSAGES" / "django.po" for code in codes]
