"""What a text was found to be, kept for the next look at its review: the text is the same, and so is the code that reads it."""

from __future__ import annotations

import hashlib
import json
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.cache import cache

from editions.national import national_site
from editions.registry import variable_values
from toolkit_pages.importing.mends import from_json
from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.results import Toolkit

if TYPE_CHECKING:
    from toolkit_pages.importing.models import ToolkitUpload

KEPT = 60 * 60


@once
def version() -> str:
    """Changes with any line of the importer: what another version of it found is never shown."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def known_names() -> list[str]:
    """The variables that national's page editor knows."""
    return sorted(variable_values(national_site(), None))


def proposal(upload: ToolkitUpload) -> Toolkit:
    """The toolkit that an upload makes, mended."""
    known = known_names()
    said = [
        version(),
        known,
        upload.text,
        upload.form,
        upload.left_out,
        upload.doubts,
        upload.title,
        upload.publisher,
        upload.mends,
        [(each.name, each.label) for each in upload.named_pictures],
    ]
    key = f"toolkit-import-{hashlib.sha256(json.dumps(said).encode()).hexdigest()}"
    kept = cache.get(key)
    if isinstance(kept, Toolkit):
        return kept
    toolkit = parse(upload.source(), upload.title, upload.publisher, from_json(upload.mends), known)
    cache.set(key, toolkit, KEPT)
    return toolkit
