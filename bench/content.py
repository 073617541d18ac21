"""Deterministic words: a chapter of 40 blocks with links and an image, about 38 KB, of no real subject."""

import random
import uuid

WORDS = """
county sheriff detainer request warrant judge custody release resident council hearing ordinance agreement
transfer notice record report agency officer policy limit resource meeting member vote public comment draft
evidence court ruling statute neighbour campaign coalition partner budget contract booking hold interview
""".split()


def sentence(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.randint(9, 22))]
    return " ".join(words).capitalize() + "."


def paragraph(rng: random.Random, link_to: int | None = None) -> str:
    """Rich text as the editor stores it: about 900 characters, every third with a link to a page."""
    text = " ".join(sentence(rng) for _ in range(7))
    link = f' <a linktype="page" id="{link_to}">{rng.choice(WORDS)}</a>' if link_to else ""
    return f'<p data-block-key="{rng.getrandbits(20):05x}">{text}{link} <b>{sentence(rng)}</b></p>'


def block_id(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def chapter(seed: int, blocks: int = 40, link_to: int | None = None, image: int | None = None) -> list[dict]:
    """Raw StreamField value of paragraphs; the fifth block is an image if one is given."""
    rng = random.Random(seed)
    value = [
        {"type": "paragraph", "id": block_id(rng), "value": paragraph(rng, link_to if n % 3 == 0 else None)}
        for n in range(blocks)
    ]
    if image:
        value[4] = {"type": "image", "id": block_id(rng), "value": image}
    return value
