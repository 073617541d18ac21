from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit_site import catalogue
from toolkit_site.addons import installed_addons


class Command(BaseCommand):
    help = "Compiles, updates or checks the translations in locale/ and those of the add-ons, without the gettext programs."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["compile", "update", "check"])

    def handle(self, *, action, **options):
        getattr(self, f"do_{action}")()

    def do_compile(self):
        addons = set(installed_addons(off=[]))
        folders = [Path(app.path) / "locale" for app in apps.get_app_configs() if app.name in addons]
        paths = catalogue.catalogues([*settings.LOCALE_PATHS, *folders])
        for path in paths:
            catalogue.compile_catalogue(path)
        codes = dict.fromkeys(path.parent.parent.name for path in paths)
        self.stdout.write(f"Translations compiled: {', '.join(codes) or 'none'}")

    def do_update(self):
        for path, messages in self.expected():
            added, removed = catalogue.update(path, messages)
            place = path.relative_to(settings.BASE_DIR).parent.parent
            self.stdout.write(f"{place}: {added} added, {removed} removed")

    def do_check(self):
        count, found = 0, []
        for path, messages in self.expected():
            count += len(messages)
            found += catalogue.problems(path, messages)
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} messages need attention")
        self.stdout.write(f"{count} messages, all translated")

    def expected(self) -> Iterator[tuple[Path, dict[catalogue.Key, catalogue.Message]]]:
        """The catalogues of each language but the one that the code is written in, with what they should hold."""
        root = settings.BASE_DIR
        every = [(Path(settings.LOCALE_PATHS[0]), catalogue.find_messages(root))]
        for package in catalogue.addon_packages(root):
            words = catalogue.find_messages(root, [package.relative_to(root).as_posix()])
            every.append((package / "locale", words))
        codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        for folder, messages in every:
            for code in codes:
                yield folder / code / "LC_MESSAGES" / "django.po", messages
