"""A stylesheet with a brace too few hides all that follows it, and no browser says so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((Path(settings.BASE_DIR) / "toolkit_pages" / "static").rglob("*.css"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_braces_close_and_no_rule_stands_within_another(path):
    text = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"", "", path.read_text(), flags=re.DOTALL)
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"@(media|supports|page)\b", line):
            assert depth == 0, f"{path.name}:{number}: the block before is not closed"
        depth += line.count("{") - line.count("}")
        assert depth >= 0, f"{path.name}:{number}: a brace too many"
    assert depth == 0
