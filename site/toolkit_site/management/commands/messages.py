from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit_site import catalogue
from toolkit_site.addons import installed_addons

Messages = dict[catalogue.Key, catalogue.Message]


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
        for path, messages, allowed in self.expected():
            added, removed = catalogue.update(path, messages, allowed)
            place = path.relative_to(settings.BASE_DIR).parent.parent
            self.stdout.write(f"{place}: {added} added, {removed} removed")

    def do_check(self):
        count, found = 0, []
        for path, messages, allowed in self.expected():
            count += len(messages)
            found += catalogue.problems(path, messages, allowed)
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} messages need attention")
        self.stdout.write(f"{count} messages, all translated")

    def expected(self) -> Iterator[tuple[Path, Messages, Messages]]:
        """The catalogues of each language but the one that the code is written in, with what they must hold and may hold.

        A language in which the admin is not offered needs the words that readers see; add-ons need none of it.
        """
        root = settings.BASE_DIR
        words = catalogue.find_messages(root)
        whole = {code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES}
        codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        for code in codes:
            needed = words if code in whole else catalogue.for_readers(words)
            yield Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po", needed, words
        for package in catalogue.addon_packages(root):
            words = catalogue.find_messages(root, [package.relative_to(root).as_posix()])
            for code in codes:
                if code in whole:
                    yield package / "locale" / code / "LC_MESSAGES" / "django.po", words, words
