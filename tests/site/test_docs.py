"""The documentation against the code: names that exist, links that lead somewhere, drawings that are up to date."""

import importlib.util
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.core.management import get_commands

from editions.blocks import stream_block_types
from editions.network.variables import STANDARD
from toolkit_pages.blocks import CHAPTER_BLOCKS

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    path for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")] if DOCS / "samples" not in path.parents
)
OURS = ("editions", "campaign_library", "toolkit_pages", "toolkit_site")
#: Variables of others, or of Python and the container themselves.
FOREIGN = {
    "PYTHONPATH",
    "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DJANGO_RUNSERVER_HIDE_WARNING",
}


def rows(page: str, cells: int) -> list[list[str]]:
    """The rows of the tables of a page that have so many cells."""
    found = []
    for line in (DOCS / page).read_text("utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            parts = [part.strip().replace("\\|", "|") for part in re.split(r"(?<!\\)\|", line.strip("| \n"))]
            if len(parts) == cells:
                found.append(parts)
    return found


def named(page: str, cells: int) -> set[str]:
    """What stands in backquotes at the beginning of a row."""
    return {found[1] for row in rows(page, cells) if (found := re.match(r"`([^`]+)`", row[0]))}


def sources(*folders: str):
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.read_text("utf-8")


# Settings ------------------------------------------------------------------------------------------


def variables_in_code() -> set[str]:
    """Environment variables that the project, its image and its tests read."""
    found = set()
    read = re.compile(
        r"""(?:\benv\.\w+|environ\.get|environment\.get|environ)[(\[]\s*["']([A-Z][A-Z0-9_]+)["']""",
        re.DOTALL,
    )
    for text in [
        *sources("site", "editions", "campaign_library", "toolkit_pages"),
        *((ROOT / "tests" / name).read_text("utf-8") for name in ("conftest.py", "browser/conftest.py")),
    ]:
        found.update(read.findall(text))
    for name in ("Dockerfile", "compose.yaml"):
        found.update(re.findall(r"\$\{([A-Z][A-Z0-9_]+)", (ROOT / name).read_text("utf-8")))
    return found - FOREIGN


def test_every_environment_variable_is_on_the_page_of_settings_and_no_other():
    documented = {name for name in named("reference/settings.md", 3) if not name.startswith("EDITIONS_")}
    assert documented == variables_in_code()


def test_every_setting_of_the_apps_is_on_the_page_of_settings():
    text = "\n".join(sources("editions", "campaign_library", "toolkit_pages"))
    own = set(re.findall(r"""["'](EDITIONS_[A-Z_]+|TOOLKIT_[A-Z_]+)["']""", text))
    assert own == {name for name in named("reference/settings.md", 3) if name.startswith("EDITIONS_")}


@pytest.mark.parametrize(
    ("name", "default"), [("WEB_WORKERS", "2"), ("WEB_THREADS", "4"), ("FROM_EMAIL", "network@example.org")]
)
def test_defaults_are_those_of_the_code(name, default):
    shown = {row[0].strip("`"): row[1].strip("`") for row in rows("reference/settings.md", 3)}
    assert shown[name] == default
    code = (ROOT / "Dockerfile").read_text("utf-8") + "\n".join(sources("site"))
    assert re.search(rf'{name}:-{re.escape(default)}|"{name}", default="?{re.escape(default)}"?', code)


# Commands ------------------------------------------------------------------------------------------


def test_every_target_of_make_is_on_the_page_of_commands():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):.*##", makefile, re.MULTILINE))
    assert {
        name.removeprefix("make ") for name in named("reference/commands.md", 2) if name.startswith("make ")
    } == (targets)


def test_every_command_of_ours_is_on_the_page_of_commands():
    apps_of_ours = {config.name for config in apps.get_app_configs() if config.name.startswith(OURS)}
    commands = {name for name, app in get_commands().items() if app in apps_of_ours}
    documented = {
        name.split()[0]
        for name in named("reference/commands.md", 2)
        if not name.startswith(("make ", "python "))
    }
    assert documented == commands


# Blocks and variables ------------------------------------------------------------------------------


def test_the_page_of_blocks_says_what_the_registry_says():
    ours = {kind.name for kind in CHAPTER_BLOCKS}
    shown = {row[0].strip("`"): row for row in rows("reference/blocks.md", 4) if row[0].startswith("`")}
    assert list(shown) == [kind.name for kind in stream_block_types("chapter") if kind.name in ours]
    for kind in CHAPTER_BLOCKS:
        block = kind.factory()
        _name, label, description, fields = shown[kind.name]
        assert (label, description) == (str(block.label), str(block.meta.description))
        assert re.sub(r"\([^()]*(\([^()]*\))*\)", "", fields).replace(" ", "").split(",") == (
            [f"`{name}`" for name in getattr(block, "child_blocks", {})] or ["–"]
        )


def test_the_page_of_variables_says_what_the_registry_says():
    shown = [
        (row[0].strip("`{} "), *row[1:])
        for row in rows("reference/variables.md", 4)
        if row[0].startswith("`")
    ]
    assert shown == [
        (each.name, str(each.label), str(each.default), "yes" if each.varies_by_language else "no")
        for each in STANDARD
    ]


# Drawings ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawing():
    spec = importlib.util.spec_from_file_location("draw_data_model", DOCS / "draw_data_model.py")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_data_model_is_drawn_as_it_is(drawing):
    found = drawing.tables()
    again = "Run python docs/draw_data_model.py"
    assert drawing.SVG.read_text("utf-8") == drawing.svg(found), again
    text = drawing.PAGE.read_text("utf-8")
    assert text == drawing.page(text, found), again


def test_every_table_of_the_engine_is_drawn(drawing):
    own = {
        model._meta.label
        for label in ("editions", "network")
        for model in apps.get_app_config(label).get_models()
    }
    assert own == {label for label in drawing.PLACES if label.partition(".")[0] in ("editions", "network")}


# Links and words -----------------------------------------------------------------------------------


def anchors_of(path: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links_of(path: Path):
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", link):
            yield link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for link in links_of(path):
        place, _hash, anchor = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the repository"
        if anchor:
            assert anchor in anchors_of(target), f"{link}: there is no such heading"


def test_every_page_can_be_reached_from_the_readme():
    seen, todo = set(), [ROOT / "README.md"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        for link in links_of(path):
            target = (path.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_relative_to(ROOT):
                todo.append(target)
    assert [str(path.relative_to(ROOT)) for path in PAGES if path not in seen] == []


def test_every_picture_is_shown_and_small():
    shown = {
        (path.parent / link).resolve()
        for path in PAGES
        for link in links_of(path)
        if link.endswith((".png", ".svg"))
    }
    for picture in (DOCS / "images").glob("*"):
        assert picture in shown, f"{picture.name} is on no page"
        assert picture.stat().st_size <= 150 * 1024, f"{picture.name} is too large"


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda path: path.name)
def test_every_decision_is_in_the_index(path):
    title = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
    number, _dot, words = title.partition(". ")
    assert int(number) == int(path.name[:4])
    assert f"{number}. [{words}]({path.name})" in (DOCS / "decisions" / "README.md").read_text("utf-8")


def test_tests_that_the_pages_name_exist():
    for path in PAGES:
        text = path.read_text("utf-8")
        for name in re.findall(r"`(tests/[\w/]+\.py)`", text):
            assert (ROOT / name).exists(), f"{path.name}: {name}"
        code = None
        for name in re.findall(r"`(test_\w+)`", text):
            code = code or "\n".join(sources("tests"))
            assert f"def {name}(" in code, f"{path.name}: {name}"


# Words of the screens --------------------------------------------------------------------------------

#: Pages for people who read screens: what stands in italics there is what stands on the screen.
SCREENS = [
    *(DOCS / "how-to" / f"{name}.md" for name in (
        "make-a-page-your-own", "settle-a-conflict", "ask-first-and-hold", "publish-and-send"
    )),
    *(DOCS / "tutorial").glob("*.md"),
    *(DOCS / "guide").glob("*.md"),
]  # fmt: skip
#: Words of Wagtail's own screens, and the titles of pages that are spoken of.
WAGTAILS = {
    "Pages", "Publish", "History", "Save draft", "Edit", "Snippets", "Settings", "just edit the page", "Account", "Help",
    "Páginas", "Cuenta", "Ayuda",
}  # fmt: skip


def words_of_screens(language: str) -> list[re.Pattern]:
    """All our words for screens, from the Spanish catalogue, which holds every one of them; placeholders stand for anything."""
    found = []
    for entry in polib.pofile(str(ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po")):
        translated = (entry.msgstr, *entry.msgstr_plural.values())
        for text in translated if language == "es" else (entry.msgid, entry.msgid_plural):
            if text:
                parts = re.split(r"%\(\w+\)[sd]|%[sd]", text.strip())
                if sum(map(str.isalpha, "".join(parts))) < 4:
                    continue  # nothing but placeholders: it would fit any words
                found.append(re.compile(".+".join(re.escape(part) for part in parts) + r"\Z"))
    return found


def titles_of_pages() -> set[str]:
    """Those of the demo and of the samples that the tutorial imports."""
    from toolkit_site.demo import content

    samples = [path.read_text("utf-8") for path in (DOCS / "samples").glob("*.md")]
    return {title for text in samples for title in re.findall(r"^##? (.+)$", text, re.MULTILINE)} | {
        document["title"]
        for language in content.LANGUAGES
        for document in (
            content.toolkit(language),
            *content.chapters(language),
            *(new for new, _after in content.second(language).new),
        )
    }


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.name)
def test_words_of_screens_are_those_of_the_screens(path):
    language = "es" if path.suffixes[0] == ".es" else "en"
    known, titles = words_of_screens(language), titles_of_pages()
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    said = {" ".join(words.split()) for words in re.findall(r"(?<![*\w])\*([^*]+)\*(?![*\w])", text)}
    unknown = [
        words
        for words in sorted(said)
        if words not in WAGTAILS | titles and not any(pattern.match(words) for pattern in known)
    ]
    assert unknown == []
