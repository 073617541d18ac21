"""``manage.py import_toolkit FILE --title … --publisher … --locale en``: text to toolkit."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from wagtail.models import Site

from toolkit_pages.importing.actions import last_import
from toolkit_pages.importing.mends import from_json
from toolkit_pages.importing.package import MAX_BYTES
from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.proposals import known_names
from toolkit_pages.importing.reading import UnreadableFile
from toolkit_pages.importing.refusing import ImportRefused
from toolkit_pages.importing.reporting import as_data, as_text
from toolkit_pages.importing.sources import read
from toolkit_pages.importing.writing import ImportToolkit


class Command(BaseCommand):
    help = (
        "Makes a toolkit with chapters from a DOCX, HTML, Markdown or text file. "
        "Run again on a changed file, it merges the changes into the toolkit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="DOCX, HTML, Markdown or plain text")
        parser.add_argument(
            "--title", required=True, help="the toolkit's title; finds it again at the next import"
        )
        parser.add_argument("--publisher", default="", help="who published it")
        parser.add_argument("--locale", default="en", help="language code of the text (default: en)")
        parser.add_argument("--publish", action="store_true", help="publish the pages at once")
        parser.add_argument("--dry-run", action="store_true", help="only report, write nothing")
        parser.add_argument("--report", type=Path, help="write the report there; as JSON if it ends in .json")

    def handle(self, *args: object, **options: object) -> None:
        path = options["file"]
        assert isinstance(path, Path)
        data = self.read(path)
        try:
            source = read(data, path.name)
        except UnreadableFile as error:
            raise CommandError(f"{path.name}: {_(error.message) % error.values}") from error
        title, publisher = str(options["title"]), str(options["publisher"])
        last = last_import(title, str(options["locale"]))
        mends = from_json(last.mends) if last else []
        toolkit = parse(source, title, publisher, mends, self.known())
        action = ImportToolkit(
            toolkit,
            title=title,
            publisher=publisher,
            language=str(options["locale"]),
            publish=bool(options["publish"]),
            file_name=path.name,
            digest=hashlib.sha256(data).hexdigest(),
            mends=mends,
            pictures={picture.name: picture for picture in source.pictures},
        )
        try:
            result = action.execute(dry_run=bool(options["dry_run"]))
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        report = as_data(toolkit, result)
        written = as_text(report, toolkit)
        target = options["report"]
        if isinstance(target, Path):
            as_json = target.suffix == ".json"
            target.write_text(
                json.dumps(report, ensure_ascii=False, indent=1) if as_json else written, "utf-8"
            )
        else:
            self.stdout.write(written)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written: this was a dry run."))

    @staticmethod
    def known() -> list[str]:
        try:
            return known_names()
        except Site.DoesNotExist:
            return []  # The import is refused below, with what to do.

    @staticmethod
    def read(path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                # One byte more than allowed tells a file that is too big, however big it is.
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}. Check the name of the file.") from error
