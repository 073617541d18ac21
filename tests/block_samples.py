"""One raw block of each type that explains, plans, warns or refers, in the editor's canonical form, with nested lists."""

from __future__ import annotations

import itertools
from typing import Any

RICH = "<p>Plain and <b>bold</b>.</p><ul><li>one</li><li>two</li></ul>"
_numbers = itertools.count(1)


def block(kind: str, value: Any, id: str | None = None) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": id or f"{kind}-{next(_numbers)}"}


def items(*values: Any) -> list[dict[str, Any]]:
    return [block("item", value) for value in values]


def point(point: str, **fields: Any) -> dict[str, Any]:
    return {"point": point, "evidence": RICH, "as_of": "2016-11-15", "source": "Budget", **fields}


def sheet_parts(*labels: str) -> list[dict[str, Any]]:
    """One part with a field of each kind, then one with a single field."""
    kinds = ("line", "text", "tick", "day", "yes_no")
    return items(
        {
            "title": "The jail",
            "text": RICH,
            "fields": items(
                *({"label": f"Field {kind}", "kind": kind, "hint": f"Hint {kind}"} for kind in kinds)
            ),
        },
        {
            "title": "",
            "text": "",
            "fields": items(*({"label": label, "kind": "line", "hint": ""} for label in labels or ("Who",))),
        },
    )


def explaining() -> list[dict[str, Any]]:
    return [
        block("accordion", {"title": "Answers", "items": items({"title": "Will it cost?", "text": RICH})}),
        block(
            "background",
            {
                "title": "Where things stand",
                "text": RICH,
                "as_of": "2016-11-15",
                "until": "2017-06-30",
                "source": "Agenda",
            },
        ),
        block(
            "disclaimer",
            {"kind": "general", "text": RICH, "as_of": "2016-11-15", "source": "Legal team"},
        ),
        block(
            "pros_and_cons",
            {
                "title": "A card",
                "pros_title": "Benefits",
                "pros": items(point("Opens a library")),
                "cons_title": "",
                "cons": items(point("Leaves a list", evidence="", as_of=None, source="")),
            },
        ),
        block(
            "timeline",
            {
                "title": "How it came",
                "events": items(
                    {
                        "when": "March 2011",
                        "title": "A hearing",
                        "text": RICH,
                        "source": "Minutes",
                        "source_url": "https://example.org/minutes",
                    },
                    {"when": "2014", "title": "It ends", "text": "", "source": "", "source_url": ""},
                ),
            },
        ),
    ]


def planning() -> list[dict[str, Any]]:
    return [
        block(
            "meeting_plan",
            {
                "title": "Half an hour",
                "purpose": "To ask",
                "request": "Will you stop?",
                "minutes": 30,
                "roles": items({"role": "Storyteller", "task": RICH}, {"role": "Note-taker", "task": ""}),
                "agenda": items(
                    {"minutes": 5, "title": "Who we are", "role": "Facilitator", "text": ""},
                    {"minutes": 25, "title": "The question", "role": "", "text": RICH},
                ),
                "afterwards": RICH,
            },
        ),
        block(
            "strategy_questions",
            {
                "title": "Four questions",
                "intro": RICH,
                "questions": items(
                    {
                        "question": "What do we want?",
                        "hint": RICH,
                        "parts": items({"question": "For whom?", "hint": RICH}),
                    },
                    {"question": "Who decides?", "hint": "", "parts": []},
                ),
            },
        ),
        block(
            "strategy_chart",
            {
                "title": "On one sheet",
                "intro": "",
                "goals": RICH,
                "organisation": "<p>Us</p>",
                "allies": "<p>Them</p>",
                "targets": "<p>Him</p>",
                "tactics": "",
                "communications": "<p>Words</p>",
                "source": "After a chart",
            },
        ),
        block(
            "spectrum",
            {
                "title": "Who stands where",
                "intro": RICH,
                "active_allies": "Plan with them",
                "passive_allies": "Ask",
                "neutral": "Listen",
                "passive_opponents": "",
                "active_opponents": "Know them",
                "stakeholders": items("Sheriff's office", "Congregations"),
                "rows": 3,
                "source": "",
            },
        ),
        block(
            "commitment_ladder",
            {
                "title": "What I can do",
                "intro": "",
                "steps": items(
                    {
                        "title": "Read",
                        "text": RICH,
                        "effort": "low",
                        "takes": "15 minutes",
                        "steps": items({"title": "A page", "text": ""}, {"title": "", "text": RICH}),
                    },
                    {"title": "Come", "text": "", "effort": "high", "takes": "", "steps": []},
                ),
            },
        ),
        block(
            "tactics",
            {
                "title": "Ways",
                "intro": RICH,
                "tactics": items(
                    {"title": "Sit in", "text": RICH, "risk": "high", "care": "Training first"},
                    {"title": "Write", "text": "", "risk": "low", "care": ""},
                ),
                "source": "Handbook",
            },
        ),
        block("worksheet", {"title": "Find out", "intro": RICH, "parts": sheet_parts()}),
        block(
            "response_plan",
            {"title": "Our plan", "warning": RICH, "intro": "", "parts": sheet_parts("Hotline")},
        ),
    ]


def referring() -> list[dict[str, Any]]:
    return [
        block(
            "story",
            {
                "title": "A call",
                "text": RICH,
                "name": "Ana",
                "about": "a shopkeeper",
                "consent": True,
                "consent_until": "2099-01-01",
                "ask": "Tell them",
                "button": "Tell",
                "url": "https://example.org/tell",
            },
        ),
        block("footnotes", {"notes": items({"key": "census", "text": RICH})}),
        block("overview", {"title": "On one page", "intro": RICH}),
        block(
            "resource_links",
            {
                "title": "To read on",
                "links": items(
                    {
                        "title": "Costs",
                        "url": "https://example.org/costs.pdf",
                        "kind": "report",
                        "publisher": "A group",
                        "language": "es",
                        "published": "2012",
                        "format": "PDF, 7 pages",
                        "note": "Has a table",
                    }
                ),
            },
        ),
        block(
            "rights_scenario",
            {
                "place": "work",
                "title": "They come to work",
                "situation": RICH,
                "do": items("Stay calm", "Ask for a paper"),
                "do_not": items("Run"),
                "say": items({"words": "Am I free to go?", "language": "en", "meaning": "May I leave?"}),
                "as_of": "2016-11-15",
                "source": "Legal team, 2016",
            },
        ),
        block(
            "risk_warning",
            {
                "risk": "high",
                "title": "Before you speak",
                "text": RICH,
                "not_for": "Anybody with a case",
                "instead": "Let a friend",
                "button": "Speak",
                "url": "https://example.org/speak",
            },
        ),
        block(
            "hotline",
            {
                "title": "Line",
                "number": "(555) 555-0142",
                "hours": "Always",
                "languages": "English",
                "area": "County",
                "text": RICH,
                "checked_on": "2016-11-15",
            },
        ),
    ]


def all_samples() -> list[dict[str, Any]]:
    return [*explaining(), *planning(), *referring()]
