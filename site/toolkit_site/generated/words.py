"""Deterministic text of no real subject, as raw values of the registry "chapter"."""

import random
import uuid
from typing import Any

WORDS = """
county sheriff detainer request warrant judge custody release resident council hearing ordinance agreement
transfer notice record report agency officer policy limit resource meeting member vote public comment draft
evidence court ruling statute neighbour campaign coalition partner budget contract booking hold interview
""".split()

Raw = dict[str, Any]


class Words:
    """Texts and blocks from one seed. Block ids depend on ``ids`` alone, so that two languages share them."""

    def __init__(self, seed: int, ids: int | None = None):
        self.random = random.Random(seed)
        self.ids = random.Random(seed if ids is None else ids)

    def id(self) -> str:
        return str(uuid.UUID(int=self.ids.getrandbits(128), version=4))

    def phrase(self, low: int = 2, high: int = 5) -> str:
        words = [self.random.choice(WORDS) for _ in range(self.random.randint(low, high))]
        return " ".join(words).capitalize()

    def sentence(self) -> str:
        return f"{self.phrase(9, 22)}."

    def prose(self, sentences: int = 3, link_to: int | None = None) -> str:
        """Rich text as the editor stores it, with a link to a page if one is given."""
        text = " ".join(self.sentence() for _ in range(sentences))
        link = f' <a linktype="page" id="{link_to}">{self.random.choice(WORDS)}</a>' if link_to else ""
        key = f"{self.ids.getrandbits(20):05x}"
        return f'<p data-block-key="{key}">{text}{link} <b>{self.sentence()}</b></p>'

    def item(self, value: Raw) -> Raw:
        return {"type": "item", "id": self.id(), "value": value}

    def block(self, kind: str, value: Any) -> Raw:
        return {"type": kind, "id": self.id(), "value": value}

    def paragraph(self, link_to: int | None = None) -> Raw:
        return self.block("paragraph", self.prose(7, link_to))

    def heading(self) -> Raw:
        return self.block("heading", {"text": self.phrase(), "level": "2"})

    def steps(self) -> Raw:
        items = [
            self.item({"title": self.phrase(), "text": self.prose(2), "steps": []}) for _number in range(4)
        ]
        return self.block("steps", {"title": self.phrase(), "steps": items})

    def questions(self) -> Raw:
        items = [
            self.item({"question": f"{self.phrase(5, 9)}?", "hint": self.prose(1)}) for _number in range(3)
        ]
        return self.block("questions", {"title": self.phrase(), "questions": items})

    def callout(self) -> Raw:
        return self.block("callout", {"kind": "note", "title": self.phrase(), "text": self.prose(2)})

    def talking_points(self) -> Raw:
        items = [
            self.item({"point": self.sentence(), "evidence": self.prose(2), "as_of": None, "source": ""})
            for _number in range(3)
        ]
        return self.block("talking_points", {"title": self.phrase(), "points": items})

    def chapter(self, blocks: int = 40, link_to: int | None = None) -> list[Raw]:
        """``blocks`` blocks of six kinds, half of them paragraphs, every third of those with a link."""
        others = [self.heading, self.steps, self.questions, self.callout, self.talking_points]
        return [
            self.paragraph(link_to if number % 6 == 0 else None)
            if number % 2 == 0
            else others[number // 2 % len(others)]()
            for number in range(blocks)
        ]
