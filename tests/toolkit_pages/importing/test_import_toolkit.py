"""The command, from file to pages, and again."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from campaign_library.models import GlossaryTerm
from editions.canonical import canonical_content
from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.reading import MAX_BYTES
from toolkit_pages.importing.refusing import ImportRefused
from toolkit_pages.importing.words import words, words_of_blocks, words_of_rich
from toolkit_pages.importing.writing import ImportToolkit
from toolkit_pages.models import ChapterPage, ToolkitImport, ToolkitPage

SAMPLES = Path(__file__).resolve().parents[3] / "docs" / "samples"
FIRST = (SAMPLES / "damaged-toolkit.md").read_text()
SECOND = (SAMPLES / "damaged-toolkit-second.md").read_text()
SHARED = Path(__file__).resolve().parents[4] / "shared" / "toolkits"
pytestmark = [pytest.mark.django_db, pytest.mark.alike]

LONG = " ".join(["A sentence about meetings that fills a page of its own."] * 8)
KIT = f"# Kit\n\n## One\n\nThe team meets on Monday in the hall.\n\n{LONG}\n\n## Two\n\nBring a pen. {LONG}\n"


def content(page):
    return page.specific.get_latest_revision_as_object().get_content()


def chapter(title):
    return ChapterPage.objects.get(title=title)


def edit(page, at, value):
    """As an editor does: changes one block and saves a draft or publishes, as the page was."""
    page = page.get_latest_revision_as_object()
    body = page.get_content()["body"]
    body[at]["value"] = value
    page.set_content({"body": body})
    revision = page.save_revision()
    if page.live:
        revision.publish()


def test_a_toolkit_arrives_with_chapters_steps_quotes_and_terms(national, run):
    out = run(
        FIRST, "--publisher", "Riverside Library Friends", "--publish", title="Keep the Reading Room Open"
    )
    toolkit = ToolkitPage.objects.get()
    assert toolkit.get_parent().pk == national.pk
    assert toolkit.live
    assert toolkit.publisher == "Riverside Library Friends"
    assert toolkit.summary == "A small guide for neighbours"
    titles = [page.title for page in toolkit.get_children().live()]
    assert titles == ["Why the reading room matters", "Words we use", "Prepare the meeting", "After the vote"]
    kinds = [block["type"] for block in content(chapter("Prepare the meeting"))["body"]]
    assert kinds == ["questions", "steps", "heading", "paragraph", "table"]
    steps = content(chapter("Prepare the meeting"))["body"][1]["value"]["steps"]
    assert len(steps) == 3
    assert [inner["value"]["title"] for inner in steps[1]["value"]["steps"]] == [
        "somebody opens the meeting",
        "somebody tells a story",
        "somebody takes notes",
    ]
    quote = content(chapter("Why the reading room matters"))["body"][1]["value"]
    assert quote["speaker"] == "Ada Quill"
    assert {term.term for term in GlossaryTerm.objects.filter(live=True)} == {
        "Lending desk",
        "Reading hour",
        "Friends",
    }
    assert "running heads" in out or "repeated on each page" in out
    assert "line 64" in out


def test_the_words_of_the_file_are_those_of_the_database_and_the_report(national, run, tmp_path):
    report = tmp_path / "report.json"
    run(FIRST, "--report", str(report), title="Keep the Reading Room Open")
    data = json.loads(report.read_text())
    toolkit = parse(FIRST, title="Keep the Reading Room Open")
    count = Counter()
    for page in Page.objects.descendant_of(national):
        fields = content(page)
        if page.depth > national.depth + 1:
            count += words(fields["title"])
        count += words(fields["summary"])
        count += words_of_blocks(block for block in fields["body"] if block["type"] != "glossary_term")
    for term in GlossaryTerm.objects.all():
        count += words(term.term) + words(term.plain) + words_of_rich(term.long)
    for piece in data["left_out"]:
        count += words(piece["text"])
    assert count + toolkit.words_of_links() == words(FIRST)
    assert data["words"]["in"] == sum(words(FIRST).values())


def test_a_dry_run_writes_nothing(national, run):
    out = run(FIRST, "--dry-run", title="Keep the Reading Room Open")
    assert "Words we use" in out
    assert not ToolkitPage.objects.exists()
    assert not GlossaryTerm.objects.exists()
    assert not ToolkitImport.objects.exists()


def test_without_publish_everything_is_a_draft(national, run):
    run(FIRST)
    assert not ToolkitPage.objects.get().live
    assert not ChapterPage.objects.filter(live=True).exists()
    assert ChapterPage.objects.first().latest_revision is not None
    assert not GlossaryTerm.objects.filter(live=True).exists()


def test_a_language_has_its_own_home(national, run):
    run("# Guía\n\n## Uno\n\nTexto.\n", "--locale", "es", title="Guía")
    assert ToolkitPage.objects.get().get_parent().title == "Inicio nacional"
    assert ToolkitPage.objects.get().locale.language_code == "es"


def test_the_same_file_again_changes_nothing(national, run):
    run(FIRST, "--publish")
    before = {page.pk: content(page) for page in Page.objects.descendant_of(national)}
    revisions = Revision.objects.count()
    out = run(FIRST, "--publish")
    assert {page.pk: content(page) for page in Page.objects.descendant_of(national)} == before
    assert Revision.objects.count() == revisions
    assert "No page changed." in out
    assert ToolkitImport.objects.count() == 1


def test_a_changed_file_is_merged_and_edits_made_here_stay(national, run):
    run(FIRST, "--publish")
    old = content(chapter("Why the reading room matters"))["body"]
    edit(chapter("After the vote"), 0, "<p>Our own words.</p>")
    edit(chapter("Why the reading room matters"), 2, {**old[2]["value"], "title": "Counted twice"})
    out = run(SECOND, "--publish")
    new = content(chapter("Why the reading room matters"))["body"]
    assert [block["id"] for block in new] == [block["id"] for block in old]
    assert "fifty chairs" in new[0]["value"]
    assert new[2]["value"]["title"] == "Counted twice"
    assert content(chapter("After the vote"))["body"][0]["value"] == "<p>Our own words.</p>"
    assert "Our own words." in out
    assert "Four weeks later" in out
    titles = [page.title for page in ToolkitPage.objects.get().get_children()]
    assert titles[2:] == ["Prepare the meeting", "On the day", "After the vote"]
    assert chapter("On the day").live
    assert len(content(chapter("Prepare the meeting"))["body"][1]["value"]["steps"]) == 4
    # The conflict was told; the same file again does not ask again.
    assert "Our own words." not in run(SECOND, "--publish")


def test_a_page_with_unpublished_changes_is_merged_but_not_published(national, run):
    run(KIT, "--publish")
    page = chapter("One").get_latest_revision_as_object()
    page.title = "One, renamed"
    page.save_revision()
    out = run(KIT.replace("Monday", "Tuesday"), "--publish")
    latest = chapter("One").get_latest_revision_as_object()
    assert latest.title == "One, renamed"
    assert "Tuesday" in str(latest.body)
    assert "Monday" in str(chapter("One").body)
    assert "Not published" in out


def test_chapters_deleted_here_stay_deleted_and_those_gone_from_the_file_stay(national, run):
    run(KIT, "--publish")
    chapter("Two").delete()
    out = run(KIT.replace("pen", "pencil"))
    assert not ChapterPage.objects.filter(title="Two").exists()
    assert "Deleted here" in out
    out = run(
        KIT.split("## One")[0] + f"## Three\n\nSomething else entirely. {'Other words here now. ' * 20}\n"
    )
    assert ChapterPage.objects.filter(title="One").exists()
    assert "No longer in the file" in out


def test_a_term_of_the_library_is_shared_and_the_files_text_reported(national, run, tmp_path):
    term = GlossaryTerm.objects.create(
        locale=national.locale, term="lending desk", plain="Where books are lent."
    )
    run(FIRST, "--report", str(tmp_path / "report.json"))
    assert GlossaryTerm.objects.filter(term__iexact="lending desk").get().plain == "Where books are lent."
    body = content(chapter("Words we use"))["body"]
    assert body[0]["value"] == term.pk
    left_out = json.loads((tmp_path / "report.json").read_text())["left_out"]
    assert any(piece["reason"] == "term-in-library" and "counter" in piece["text"] for piece in left_out)


def test_a_term_changed_in_the_file_is_merged(national, run):
    run(FIRST, "--publish")
    run(FIRST.replace("where books go out", "where all books go out"), "--publish")
    assert GlossaryTerm.objects.get(term="Lending desk").plain.startswith("the counter where all books")
    assert GlossaryTerm.objects.count() == 3


BAD = {
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG file"),
    "zip": (b"PK\x03\x04" + b"x" * 100, "Word file is damaged"),
    "zero bytes": (b"# Kit\n\ntext\0more", "byte 11, line 3"),
    "empty": (b"", "empty"),
    "blank": (b" \n\t\n", "empty"),
    "byte order mark only": (b"\xef\xbb\xbf \n", "empty"),
    "50 MB": (b"a " * 25 * 1024 * 1024, "larger than 10 MB"),
    "broken UTF-8": (b"# Kit\n\n## One\n\nA caf\xe9 here.\n", "byte 20, line 5"),
    "UTF-16": ("# Kit".encode("utf-16"), "UTF-16"),
    "no words": (b"***\n\n---\n", "nothing to import"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_with_a_reason_and_nothing_is_written(national, run, name):
    data, reason = BAD[name]
    pages, terms = Page.objects.count(), GlossaryTerm.objects.count()
    with pytest.raises(CommandError, match=reason):
        run(data, "--publish")
    assert (Page.objects.count(), GlossaryTerm.objects.count()) == (pages, terms)


def test_scripts_do_not_come_through(national, run):
    out = run(
        "# Kit\n\n## One\n\n<script>alert(1)</script>\n\n<p onclick='steal()'>Hello <b>you</b></p>\n\n"
        "[press](javascript:alert(2)) [and](data:text/html;base64,AAAA) "
        "<a href='JaVaScRiPt:alert(3)'>here</a>\n\n"
        "<img src=x onerror=alert(4)> <iframe src='https://example.org'></iframe> "
        "<svg onload=alert(5)></svg>\n",
    )
    body = json.dumps(content(chapter("One"))["body"])
    for trace in ("script", "onclick", "onerror", "onload", "iframe", "data:", "alert", "href"):
        assert trace not in body
    assert "Hello <b>you</b>" in body
    assert "active content was removed" in out
    assert "could run a program" in out


def test_a_file_of_ten_megabytes_is_still_read(national, tmp_path):
    assert MAX_BYTES == 10 * 1024 * 1024


def test_what_is_missing_is_said(national, run, tmp_path):
    with pytest.raises(CommandError, match="Check the name"):
        call_command("import_toolkit", str(tmp_path / "none.md"), "--title", "Kit")
    with pytest.raises(CommandError, match="no home page in the language"):
        run(KIT, "--locale", "fr")
    with pytest.raises(CommandError, match="longer than 160"):
        run(KIT, "--publisher", "x" * 161)
    assert not ToolkitPage.objects.exists()


def test_a_variable_that_nobody_knows_is_a_doubt_and_is_not_published(national, run):
    text = KIT.replace("a pen", "a **pen for {{ juris**diction }}").replace(
        "the hall", "{{ hal }} of {{ jurisdiction }}"
    )
    with pytest.raises(CommandError, match=r"“One” .*\{\{ hal \}\}.* line 5 .*drafts"):
        run(text, "--publish")
    assert not ToolkitPage.objects.exists()
    told = run(text)
    assert "a variable that nobody knows" in told
    assert "{{ hal }}" in told
    assert "{{ jurisdiction }} → {{ jurisdiction }}?" in told
    assert not ToolkitPage.objects.get().live
    assert "a variable that nobody knows" not in run(
        KIT.replace("hall", "hall of {{ jurisdiction }}"), "--publish"
    )


def test_a_toolkit_made_by_hand_is_not_touched(national, run):
    national.add_child(instance=ToolkitPage(title="Kit", locale=national.locale))
    with pytest.raises(CommandError, match="Choose another title"):
        run(KIT)
    assert not ChapterPage.objects.exists()


def test_nothing_is_half_written(national, run, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(ToolkitImport.objects, "create", fail)
    with pytest.raises(RuntimeError):
        run(FIRST, "--publish")
    assert not ToolkitPage.objects.exists()
    assert not GlossaryTerm.objects.exists()


def test_a_user_who_may_not_add_pages_is_refused(national):
    user = get_user_model().objects.create_user("visitor", password="x")
    action = ImportToolkit(parse(KIT), title="Kit", publisher="", language="en", user=user)
    with pytest.raises(ImportRefused, match="may not add"):
        action.execute()
    assert not ToolkitPage.objects.exists()


def assert_editors_can_save(home):
    """What the page editor would refuse or rewrite is in no imported page."""
    for page in Page.objects.descendant_of(home).specific():
        fields = content(page)
        assert canonical_content(type(page), fields) == fields
        type(page)._meta.get_field("body").stream_block.clean(page.body)
    for term in GlossaryTerm.objects.all():
        term.full_clean()


def test_editors_can_open_and_save_every_page(national, run):
    run(FIRST, "--publish")
    assert_editors_can_save(national)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the source toolkits are not beside this repository")
def test_the_real_toolkits_are_ready_to_publish(national, run):
    for path in sorted(SHARED.glob("*.txt")):
        run(path.read_bytes(), "--publish", title=path.stem)
        pages = {page.pk: content(page) for page in Page.objects.descendant_of(national)}
        assert "No page changed." in run(path.read_bytes(), "--publish", title=path.stem)
        assert {page.pk: content(page) for page in Page.objects.descendant_of(national)} == pages
    assert_editors_can_save(national)
    assert not Page.objects.descendant_of(national).filter(live=False).exists()
