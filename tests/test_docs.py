"""The documentation says what the code does."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = [path for path in sorted((ROOT / "docs").rglob("*.md")) if "samples" not in path.parts]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS]
OURS = ("editions", "editions.network", "campaign_library", "toolkit_pages", "toolkit_site")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_setting_from_the_environment_is_documented():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "site/toolkit_site/settings").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    assert read - set(re.findall(r"`([A-Z_]+)`", page)) == set()


def test_every_command_is_documented():
    page = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    ours = {name for name, app in get_commands().items() if app in OURS}
    assert ours - set(re.findall(r"`(\w+)", page)) == set()
    assert "import_toolkit" in ours
