"""The demo's pictures: a diagram that lies beside the texts, and marks of the affiliates drawn here."""

import io
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from ..content import CONTENT

SIZE, FINE = 256, 4  # pixels of a mark; drawn so many times larger, then made smaller, for smooth edges


def figure_file(name: str, language: str) -> ContentFile:
    """The diagram in one language."""
    path = CONTENT / "images" / f"{name}.{language}.png"
    return ContentFile(path.read_bytes(), name=path.name)


def mark_file(mark: str, brand: str, accent: str) -> ContentFile:
    """A square mark in an affiliate's colours: ``hills``, ``lake`` or ``bridge``."""
    side = SIZE * FINE
    picture = Image.new("RGB", (side, side), brand)
    draw = ImageDraw.Draw(picture)

    def box(left: float, top: float, right: float, bottom: float) -> list[float]:
        return [side * part for part in (left, top, right, bottom)]

    match mark:
        case "hills":
            draw.ellipse(box(0.58, 0.16, 0.82, 0.40), fill="#ffffff")
            draw.ellipse(box(-0.35, 0.55, 0.75, 1.65), fill=accent)
            draw.ellipse(box(0.30, 0.66, 1.40, 1.76), fill="#ffffff")
        case "lake":
            draw.ellipse(box(0.30, 0.16, 0.70, 0.56), fill="#ffffff")
            draw.rectangle(box(0, 0.48, 1, 1), fill=accent)
            for line in (0.60, 0.72, 0.84):
                draw.rounded_rectangle(box(0.18, line, 0.82, line + 0.045), side * 0.02, fill="#ffffff")
        case "bridge":
            draw.rectangle(box(0, 0.74, 1, 1), fill=accent)
            draw.rectangle(box(0.10, 0.50, 0.90, 0.60), fill="#ffffff")
            for left in (0.10, 0.46, 0.82):
                draw.rectangle(box(left, 0.30, left + 0.08, 0.80), fill="#ffffff")
        case _:
            raise ValueError(f"nobody knows how to draw “{mark}”")
    written = io.BytesIO()
    picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return ContentFile(written.getvalue(), name=Path(mark).with_suffix(".png").name)
