"""The add-on by itself: what it offers, and what its block shows."""

from django.utils.translation import override
from office_hours.blocks import OfficeHoursBlock

from editions.blocks import stream_block_types
from editions.registry import known_variables


def test_its_block_and_its_variable_are_known():
    assert "office_hours" in [kind.name for kind in stream_block_types("chapter")]
    assert "meeting_day" in known_variables()


def test_the_block_shows_who_when_and_where():
    block = OfficeHoursBlock()
    html = block.render(block.to_python({"who": "The <board>", "when": "Tuesdays", "where": "Room 3"}))
    assert "The &lt;board&gt;" in html
    assert "Tuesdays" in html
    assert "Room 3" in html


def test_the_preview_renders():
    block = OfficeHoursBlock()
    assert "Board of supervisors" in block.render(block.get_preview_value())


def test_it_speaks_spanish_by_its_own_catalogue():
    with override("es"):
        assert str(OfficeHoursBlock().label) == "Horario de atención"
        assert known_variables()["meeting_day"].default == "el día en que se reúne"
