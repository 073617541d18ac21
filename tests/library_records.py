"""Records of the library for tests: resources, organisations, bills, states with a policy."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from campaign_library.models import Bill, Organisation, Resource, StatePolicy, Topic


def english() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def _made(model: type, topics: tuple[str, ...], fields: dict[str, Any]) -> Any:
    fields.setdefault("locale", english())
    made = model.objects.create(**fields)
    made.tags.set([Topic.objects.get_or_create(name=name)[0] for name in topics])
    return made


def resource(title: str = "Counting detainers", *topics: str, **fields: Any) -> Resource:
    fields = {"url": "https://example.org/paper", "languages": ["en"], **fields}
    return _made(Resource, topics, {"title": title, **fields})


def organisation(name: str = "Example Coalition", *topics: str, **fields: Any) -> Organisation:
    return _made(Organisation, topics, {"name": name, **fields})


def stage(date: str, stage: str, note: str = "") -> dict[str, Any]:
    return {"type": "stage", "value": {"date": date, "stage": stage, "note": note}, "id": f"{stage}-{date}"}


def bill(number: str = "SB 1070", *topics: str, **fields: Any) -> Bill:
    fields = {
        "jurisdiction": "AZ",
        "session": "2010",
        "title": "Papers bill",
        "stages": [stage("2010-04-23", "signed"), stage("2010-01-13", "introduced")],
        **fields,
    }
    return _made(Bill, topics, {"number": number, **fields})


def state(code: str, since: str = "2013", **fields: str) -> dict[str, Any]:
    value = {"state": code, "since": since, "law": "", "note": "", "url": "", **fields}
    return {"type": "state", "value": value, "id": f"state-{code}"}


def state_policy(name: str = "Licence for all", *codes: str, **fields: Any) -> StatePolicy:
    fields = {"as_of": "2016-11-01", "states": [state(code) for code in codes or ("CA", "NV")], **fields}
    return _made(StatePolicy, (), {"name": name, **fields})


def record_blocks(locale: Locale) -> list[dict[str, Any]]:
    """One raw block for each kind of record, each with a record of its own."""
    one, other = (bill(number, locale=locale) for number in ("SB 1", "SB 2"))
    policy = state_policy(locale=locale)
    item = {"type": "item", "id": "item-1"}
    return [
        {
            "type": "bills",
            "id": "bills-1",
            "value": {
                "title": "Bills",
                "bills": [{**item, "value": one.pk}, {"type": "item", "id": "item-2", "value": other.pk}],
            },
        },
        {
            "type": "state_policies",
            "id": "policies-1",
            "value": {"title": "", "policies": [{**item, "value": policy.pk}]},
        },
        {"type": "organisation", "id": "organisation-1", "value": organisation(locale=locale).pk},
        {"type": "resource", "id": "resource-1", "value": resource(locale=locale).pk},
    ]
