"""Documents for tests, in the shapes of docs/reference/snippets.md. The words restate facts of 2017, for a fictional county."""

from __future__ import annotations

from typing import Any

from campaign_library.models import DecisionMakerType, DemandList, ModelOrdinance, Provision, TextTemplate
from tests.factories import block, item, locale


def blank(kind: str = "text", name: str = "oversight_body", **fields: Any) -> dict[str, Any]:
    value = {
        "name": name,
        "label": name.replace("_", " "),
        "hint": "",
        "example": "",
        "required": True,
        "forms": [],
    }
    return block(kind, {**value, **fields}, f"blank-{name}")


def clause(text: str, **fields: Any) -> dict[str, Any]:
    """A provision's value."""
    value = {
        "text": text, "items": [], "provision": None, "explanation": "", "drafter_note": "",
        "legal_notes": [], "alternatives": [], "name": "",
    }  # fmt: skip
    return {**value, **fields}


def section(
    heading: str, *provisions: dict[str, Any] | str, id: str | None = None, **fields: Any
) -> dict[str, Any]:
    made = [clause(each) if isinstance(each, str) else each for each in provisions]
    value = {"heading": heading, "name": "", "explanation": "", "provisions": [item(each) for each in made]}
    return block("section", {**value, **fields}, id)


def legal_note(citation: str, **fields: Any) -> dict[str, Any]:
    value = {
        "citation": citation, "note": "", "status": "in_force", "checked_on": "2017-03-01",
        "checked_by": "Legal team", "review_by": None, "url": "",
    }  # fmt: skip
    return item({**value, **fields})


def county(provision: Provision | None = None) -> list[dict[str, Any]]:
    """Six sections: what the county ordinance of 2017 holds, in few words."""
    return [
        section(
            "Protection of sensitive information",
            clause(
                "<p>No officer gives information that is not public about anyone to an outside body, except:</p>",
                items=[
                    item({"name": "", "text": "<p>to run a county programme; or</p>"}),
                    item({"name": "benefits", "text": "<p>to help a victim or witness of a crime obtain a visa.</p>"}),
                ],
                provision=provision.pk if provision else None,
                explanation="<p>The county keeps what it knows about people to itself.</p>",
                legal_notes=[legal_note("8 U.S.C. 1101(a)(15)(U)", note="Visas for victims of crime.")],
            ),
            clause(
                "<p>No county money, room or staff serves the enforcement of immigration law.</p>",
                alternatives=[item({"label": "Without the word staff", "text": "<p>No county money or room does.</p>"})],
                drafter_note="<p>List your county's own departments.</p>",
            ),
            clause(
                "<p>Nothing in this section requires or forbids what federal law protects.</p>",
                legal_notes=[legal_note("8 U.S.C. 1373", review_by="2018-03-01")],
                name="savings",
            ),
            id="sensitive-information",
        ),
        section(
            "Public record",
            "<p>Whoever receives a request for what [[savings]] names writes it down within {{ record_days }} days.</p>",
            id="public-record",
            name="records",
        ),
        section("Transmission to employees", "<p>Every employee of {{ jurisdiction }} is told in writing.</p>"),
        section(
            "Enforcement and oversight",
            "<p>The {{ oversight_body }} takes complaints about [[records]].</p>",
            "<p>{{ oversight_body_possessive }} report comes out every 90 days.</p>",
            name="oversight",
        ),
        block(
            "clause",
            {
                "kind": "general_welfare", "heading": "General welfare", "name": "",
                "text": "<p>Adoption creates no new right to money damages.</p>", "provision": None,
                "explanation": "", "drafter_note": "", "legal_notes": [],
            },
        ),
        block(
            "clause",
            {
                "kind": "severability", "heading": "Severability", "name": "",
                "text": "<p>If one part falls, the rest stands.</p>", "provision": None,
                "explanation": "<p>A court can strike one rule without striking all.</p>", "drafter_note": "",
                "legal_notes": [],
            },
            "severability",
        ),
    ]  # fmt: skip


def blanks() -> list[dict[str, Any]]:
    return [
        blank(
            "body",
            "oversight_body",
            label="oversight body",
            hint="Who hears complaints about the sheriff here.",
            example="the Civilian Oversight Commission",
            forms=[item({"name": "possessive", "pattern": "…’s"})],
        ),
        blank("number", "record_days", label="number of days", smallest=1, largest=90),
    ]


def ordinance(**fields: Any) -> ModelOrdinance:
    defaults = {"title": "County ordinance", "locale": locale(), "blanks": blanks(), "sections": county()}
    return ModelOrdinance.objects.create(**{**defaults, **fields})


def demand(text: str, *parts: dict[str, Any], id: str | None = None, **fields: Any) -> dict[str, Any]:
    """A demand's block; its parts are demands too."""
    value = {"title": "", "text": text, "provisions": [], "place": "", "as_of": None, "source": "", **fields}
    if parts:
        value["demands"] = [item(each["value"], each["id"]) for each in parts]
    return block("demand", value, id)


def demand_list(**fields: Any) -> DemandList:
    raw = [
        demand("<p>No city money for federal immigration enforcement.</p>", id="money-0001"),
        demand(
            "<p>The mayor adopts the committee's advice.</p>",
            demand("<p>Body cameras.</p>", id="cameras-01"),
            demand(
                "<p>Immigration.</p>",
                demand("<p>No arrests on civil papers.</p>", id="civil-0001", as_of="2016-12-01", source="City paper"),
                demand("<p>No holds.</p>", id="holds-0001"),
                id="immigration-01",
            ),
            id="advice-001",
        ),
    ]  # fmt: skip
    defaults = {"title": "A policy agenda", "locale": locale(), "demands": raw, "addressed_to": "the mayor"}
    return DemandList.objects.create(**{**defaults, **fields})


def decision_maker(provision: Provision | None = None, **fields: Any) -> DecisionMakerType:
    ask = {
        "text": "<p>Decline requests for release dates.</p>", "why": "<p>They are requests, not orders.</p>",
        "provisions": [item(provision.pk)] if provision else [], "as_of": "2017-03-01", "source": "A toolkit of 2017",
    }  # fmt: skip
    defaults = {
        "title": "Sheriff", "variable": "sheriff", "controls": "<p>The jail.</p>", "chosen": "Usually elected.",
        "reach": "<p>At the board's meetings.</p>", "asks": [block("ask", ask, "release-dates")], "locale": locale(),
    }  # fmt: skip
    return DecisionMakerType.objects.create(**{**defaults, **fields})


def text_template(**fields: Any) -> TextTemplate:
    body = [
        block(
            "passage",
            {"text": "<p>Dear {{ sheriff }},</p><p>Meet us by {{ last_day }}.</p>", "note": "Date it."},
        ),
        block("endorsers", {"organisations": [item({"name": "Example Church", "place": "Springfield"})]}),
    ]
    defaults = {
        "title": "Letter to the sheriff", "locale": locale(), "addressed_to": "{{ sheriff }}", "body": body,
        "subject": "A meeting", "blanks": [blank("date", "last_day", label="the last day")],
    }  # fmt: skip
    return TextTemplate.objects.create(**{**defaults, **fields})
