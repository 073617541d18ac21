import gettext

import polib
import pytest

from toolkit_site import catalogue
from toolkit_site.catalogue import Message

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
# Translators: shown on the button
one = _("Send")
two = ngettext("%(count)d page", "%(count)d pages", 2) % {"count": 2}
three = pgettext_lazy("verb", "Hold")
not_marked = "Nothing"
"""
TEMPLATE = """{% load i18n %}
<div>
    {% if page %}
        {% translate "National edition" %} {{ _("Draft") }} {% include "x.html" with label=_("Label") %}
    {% endif %}
    {% blocktranslate trimmed count n=pages|length %}
        {{ n }} page waits
    {% plural %}
        {{ n }} pages wait
    {% endblocktranslate %}
  100% "quoted' {{ other|default:"x" }}
</div>
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "editions" / "templates").mkdir(parents=True)
    (tmp_path / "editions" / "migrations").mkdir()
    (tmp_path / "editions" / "views.py").write_text(PYTHON)
    (tmp_path / "editions" / "migrations" / "0001.py").write_text('_("Not here")')
    (tmp_path / "editions" / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def messages(project):
    pytest.importorskip("babel", reason="among the lint requirements")
    return catalogue.find_messages(project)


def test_finds_the_words_of_code_and_templates(messages):
    assert {key: message.plural for key, message in messages.items()} == {
        (None, "Send"): None,
        (None, "%(count)d page"): "%(count)d pages",
        ("verb", "Hold"): None,
        (None, "National edition"): None,
        (None, "Draft"): None,
        (None, "Label"): None,
        (None, "%(n)s page waits"): "%(n)s pages wait",
    }
    assert messages[None, "Send"].notes == {"Translators: shown on the button"}
    assert messages[None, "Send"].places == [("editions/views.py", 4)]


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path):
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    send, hold = Message("Send", places=[("a.py", 1)]), Message("Hold", places=[("b.py", 1)])
    assert catalogue.update(path, {send.key: send, hold.key: hold}) == (2, 0)
    written = polib.pofile(str(path))
    written.find("Send").msgstr = "Enviar"
    written.save()

    assert catalogue.update(path, {send.key: send}) == (0, 1)

    assert [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))] == [("Send", "Enviar")]


def problems(tmp_path, message: Message, **entry) -> list[str]:
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    po = catalogue.new_catalogue(path)
    po.append(polib.POEntry(msgid=message.text, msgid_plural=message.plural or "", **entry))
    path.parent.mkdir(parents=True, exist_ok=True)
    po.save(str(path))
    return list(catalogue.problems(path, {message.key: message}))


PAGES = Message("%(count)d page", "%(count)d pages", places=[("a.py", 7)])
TITLE = Message("Edit %(title)s", places=[("a.py", 7)])


@pytest.mark.parametrize(
    ("message", "entry", "problem"),
    [
        (TITLE, {"msgstr": ""}, "not translated"),
        (TITLE, {"msgstr": "Editar %(title)s", "flags": ["fuzzy"]}, "not translated"),
        (TITLE, {"msgstr": "Editar %(titulo)s"}, "unknown %(titulo)s"),
        (TITLE, {"msgstr": "Editar"}, "%(title)s is missing"),
        (PAGES, {"msgstr_plural": {0: "%(count)d página", 1: ""}}, "not translated"),
    ],
)
def test_a_faulty_translation_is_told_with_its_place(tmp_path, message, entry, problem):
    found = problems(tmp_path, message, **entry)
    assert any(problem in line and "a.py:7" in line for line in found), found


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        (TITLE, {"msgstr": "Editar %(title)s"}),
        (PAGES, {"msgstr_plural": {0: "una página", 1: "%(count)d páginas"}}),
    ],
)
def test_a_good_translation_passes(tmp_path, message, entry):
    assert problems(tmp_path, message, **entry) == []


def test_missing_and_unused_words_are_told(tmp_path):
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    assert "does not exist" in next(catalogue.problems(path, {}))
    catalogue.update(path, {TITLE.key: TITLE})
    found = list(catalogue.problems(path, {PAGES.key: PAGES}))
    assert "not in the catalogue" in found[0]
    assert "no longer used" in found[1]


def test_compiled_words_are_read_by_gettext(tmp_path):
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    po = catalogue.new_catalogue(path)
    po.append(polib.POEntry(msgid="Send", msgstr="Enviar"))
    path.parent.mkdir(parents=True)
    po.save(str(path))

    compiled = catalogue.compile_catalogue(path)

    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Send") == "Enviar"
    assert list(path.parent.glob("*.tmp")) == []
    before = compiled.stat().st_mtime_ns
    catalogue.compile_catalogue(path)
    assert compiled.stat().st_mtime_ns == before


def test_labels_of_choices_are_among_readers_words(tmp_path):
    pytest.importorskip("babel", reason="among the lint requirements")
    folder = tmp_path / "toolkit_pages" / "models"
    folder.mkdir(parents=True)
    (folder / "kinds.py").write_text(
        'class Kind(models.TextChoices):\n    ONE = "one", _("Vigil")\n    TWO = "two", pgettext_lazy("kind", "March")\n'
        'PLACES = [("door", _("At the door"))]\nname = Field(_("title"), help_text=_("For the admin."))\n'
    )
    (folder / "submission.py").write_text('class State(models.TextChoices):\n    ONE = "one", _("Waiting")\n')
    readers = catalogue.for_readers(catalogue.find_messages(tmp_path))
    assert set(readers) == {(None, "Vigil"), ("kind", "March"), (None, "At the door")}
