"""The project's Spanish: whole, and in one manner of speaking."""

import calendar
import re

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from toolkit_site import catalogue

FOLDERS = [
    settings.BASE_DIR / "locale",
    *(each / "locale" for each in catalogue.addon_packages(settings.BASE_DIR)),
]
PATHS = catalogue.catalogues(FOLDERS)
# Words that are the same in both languages.
SAME = {
    *("no", "No", "min", "variable", "Audio", "Video", "Sheriff", "Detainers"),
    *("%(block)s: %(words)s", "%(item)s %(number)d", "%(office)s %(name)s"),
    *("%(day)s, %(hours)s", "%(weekday)s, %(date)s"),
    # Letters of states: adapted, conflict.
    *("A", "C"),
}
# The reader and the editor are "usted" throughout.
FAMILIAR = re.compile(
    r"\b(?:tú|tu|tus|te|ti|contigo|puedes|quieres|tienes|eres|haz|(?<!se )elige)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def entries():
    spanish = [path for path in PATHS if path.parent.parent.name == "es"]
    return [entry for path in spanish for entry in polib.pofile(str(path))]


def texts(entry):
    return [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())


def test_no_word_of_the_project_is_missing_or_left_over():
    pytest.importorskip("babel", reason="among the lint requirements; make lint asks the same")
    call_command("messages", "check")  # raises CommandError


def test_add_ons_bring_their_own_words():
    assert settings.BASE_DIR / "addons/office_hours/office_hours/locale/es/LC_MESSAGES/django.po" in PATHS


def test_every_entry_is_translated(entries):
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy] == []
    assert {entry.msgid for entry in entries if entry.msgid in texts(entry)} <= SAME


def test_one_manner_of_speaking(entries):
    said = [(entry.msgid, text) for entry in entries for text in texts(entry)]
    assert [pair for pair in said if FAMILIAR.search(pair[1])] == []
    assert [pair for pair in said if re.search(r"[“”]", pair[1])] == [], "quotation marks are « » here"
    for source, text in said:
        assert source[-1:].isspace() == text[-1:].isspace()
        if source.endswith("…"):
            assert text.endswith("…"), source
        if source.endswith("?"):
            assert "¿" in text
            assert text.endswith("?")


def test_no_word_stands_in_for_the_name_of_a_month_or_a_day(entries):
    """Django asks the same catalogue for them: a march named by the month's word made "31 de Marcha" of a date."""
    english = {str(calendar.month_name[number]) for number in range(1, 13)} | set(calendar.day_name)
    assert english & {entry.msgid for entry in entries if not entry.msgctxt} == set()
