"""Numbers of chapters, from rows in tree order, without a database."""

from types import SimpleNamespace

from toolkit_pages.public.contents import COLUMNS, build

ROOT = SimpleNamespace(path=lambda url_path, language: url_path, language="en")


def row(pk, path, **more):
    return {
        **dict.fromkeys(COLUMNS),
        "pk": pk,
        "title": f"P{pk}",
        "path": path,
        "depth": len(path) // 4,
        "url_path": f"/{pk}/",
        "locale__language_code": "en",
        **more,
    }


KIT = row(1, "000100010001")
ROWS = [
    KIT,
    row(2, "0001000100010001"),
    row(3, "00010001000100010001"),
    row(4, "00010001000100010002"),
    row(5, "000100010001000100020001"),
    row(6, "0001000100010005"),
]


def test_numbers_count_what_is_shown():
    contents = build(ROWS, ROOT, current=5, is_national=True)
    assert [(entry.pk, entry.number) for entry in contents.flat] == [
        (2, "1"),
        (3, "1.1"),
        (4, "1.2"),
        (5, "1.2.1"),
        (6, "2"),
    ]
    assert [entry.pk for entry in contents.flat if entry.is_open] == [2, 4, 5]
    assert contents.chapter_of(5).pk == 2
    assert [entry.pk for entry in contents.neighbours(5)] == [4, 6]


def test_the_ends_have_one_neighbour():
    contents = build(ROWS, ROOT, current=2, is_national=True)
    assert contents.neighbours(2)[0] is None
    assert contents.neighbours(6)[1] is None
    assert contents.neighbours(99) == (None, None)


def test_parts_of_a_chapter_that_is_not_live_are_left_out():
    contents = build([KIT, *ROWS[2:]], ROOT, current=6, is_national=True)
    assert [entry.pk for entry in contents.flat] == [6]


def test_an_empty_toolkit():
    contents = build([KIT], ROOT, current=1, is_national=True)
    assert contents.flat == []
    assert contents.entry(1) is None
