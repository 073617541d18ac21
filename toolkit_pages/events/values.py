"""The fields of an event on their way from a form through JSON onto a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from .facts import FORM_FIELDS


def as_json(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The event's fields among what a form has cleaned, as JSON brings them back."""
    found = {name: cleaned[name] for name in FORM_FIELDS if name in cleaned}
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def as_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """What ``as_json`` made, as the page's fields hold it. Fields that the page does not have (any more) are left out."""
    from ..models import EventPage

    return {
        name: EventPage._meta.get_field(name).to_python(data[name]) for name in FORM_FIELDS if name in data
    }


def put(page: Any, data: Mapping[str, Any]) -> None:
    for name, value in as_fields(data).items():
        setattr(page, name, value)


def as_event(data: Mapping[str, Any]) -> Any:
    """An event page in memory, for showing what was sent in."""
    from ..models import EventPage

    return EventPage(**as_fields(data))


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """(label, before, after) of each field that differs, in the order of the form."""
    from ..models import EventPage

    before, after = as_event(old), as_event(new)
    rows = []
    for name in FORM_FIELDS:
        if name in new and old.get(name) != new.get(name):
            field = EventPage._meta.get_field(name)
            rows.append((str(field.verbose_name), shown(before, field), shown(after, field)))
    return rows


def shown(event: Any, field: Any) -> Any:
    if field.choices:
        return getattr(event, f"get_{field.name}_display")()
    if field.name == "languages":
        return ", ".join(name for _code, name in event.language_list)
    return getattr(event, field.name)
