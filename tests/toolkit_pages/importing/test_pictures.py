"""Pictures come along with a file: as images of national's without what they say of their making, as figures where they stood."""

import base64
import io
import zipfile

import docx
import pytest
from django.core.management.base import CommandError
from PIL import Image as Pillow
from wagtail.images.models import Image

from toolkit_pages.importing import pictures
from toolkit_pages.importing.actions import AcceptImport, DiscardImport, ReadAgain, StartImport
from toolkit_pages.importing.models import ToolkitUpload, UploadedPicture
from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.sources import read
from toolkit_pages.models import ChapterPage, ToolkitPage

from .laws import assert_counted, assert_safe
from .samples import picture

WORDS = "Bring the record of the hearing and read it out before you ask for anything at all. " * 4
GPS = 0x8825


def photo(kind="JPEG", size=(60, 40), colour="red"):
    image, file = Pillow.new("RGB", size, colour), io.BytesIO()
    exif = Pillow.Exif()
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(GPS)[1] = "N"
    image.save(file, kind, exif=exif)
    return file.getvalue()


def inline(data, kind="jpeg"):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def page(*parts):
    return f"<html><body><main><h1>Kit</h1><h2>One</h2><p>{WORDS}</p>{''.join(parts)}</main></body></html>".encode()


def img(address, alt=""):
    return f'<p>Before it.</p><p><img src="{address}" alt="{alt}"></p><p>After it.</p>'


def figures(toolkit):
    return [block for body in toolkit.bodies() for block in body if block["type"] == "figure"]


def kinds(toolkit):
    return [doubt.kind for doubt in toolkit.doubts if doubt.kind.startswith(("picture", "image"))]


def test_a_picture_stands_where_it_stood_and_every_word_is_accounted_for():
    source = read(page(img(inline(photo()), "A jail and a court"), img(inline(photo("PNG"), "png"))))
    toolkit = parse(source)
    assert_counted(source, toolkit)
    assert_safe(toolkit)
    body = toolkit.chapters[0].body
    texts = [str(block["value"]) for block in body]
    at = next(n for n, block in enumerate(body) if block["type"] == "figure")
    assert "Before it." in texts[at - 1]
    assert "After it." in texts[at + 1]
    assert [each["value"]["image"]["alt_text"] for each in figures(toolkit)] == ["A jail and a court", ""]
    assert kinds(toolkit) == ["picture-without-text"]
    assert parse(source) == toolkit


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<svg/>", "picture-unread"),
        (b"", "picture-unread"),
        (photo()[:-400], "picture-unread"),
        (b"\x89PNG\r\n\x1a\n" + b"no picture at all", "picture-unread"),
        (photo() + b"0" * pictures.MAX_BYTES, "picture-too-large"),
    ],
)
def test_what_is_no_picture_is_a_doubt(data, kind):
    toolkit = parse(read(page(img(inline(data), "A map"))))
    assert kinds(toolkit) == [kind]
    assert not figures(toolkit)
    assert next(each for each in toolkit.doubts if each.kind == kind).text == "A map"


def test_too_many_pixels_too_many_pictures_and_what_lies_elsewhere(monkeypatch):
    huge = io.BytesIO()
    Pillow.new("1", (8000, 8000)).save(huge, "PNG")
    assert kinds(parse(read(page(img(inline(huge.getvalue(), "png")))))) == ["picture-too-large"]
    monkeypatch.setattr(pictures, "MAX_PICTURES", 2)
    many = [img(inline(photo(size=(number + 9, 9))), "A map") for number in range(4)]
    toolkit = parse(read(page(*many, many[0])))
    assert len(figures(toolkit)) == 3
    assert kinds(toolkit) == ["picture-too-large"] * 2
    # Never fetched, nor taken from a name that only a file itself can give.
    elsewhere = page(
        img("https://example.org/a.png", "A map"), img("picture-123", "A map"), img("data:", "A map")
    )
    assert kinds(parse(read(elsewhere))) == ["image", "image", "picture-unread"]
    assert kinds(parse(read(b"# Kit\n\n## One\n\n![A map](picture-123)\n", "kit.md"))) == ["image"]


def word(*alts, data=None):
    document, file = docx.Document(), io.BytesIO()
    # Word's own title comes as a heading of the first level, as the chapters do; it makes no chapter.
    document.add_heading("Kit", 0)
    document.add_heading("One", 1)
    document.add_paragraph(WORDS)
    for number, alt in enumerate(alts):
        document.add_paragraph(f"Number {number}.")
        picture(document.add_paragraph(), alt, data or photo(size=(60 + number, 40)))
    document.save(file)
    return file.getvalue()


def test_a_word_files_pictures_become_images_without_their_metadata(national, run):
    run(word("A jail and a court", "A map"), "--publish", name="kit.docx")
    chapter = ChapterPage.objects.get()
    shown = [block.value["image"] for block in chapter.body if block.block_type == "figure"]
    assert [each.contextual_alt_text for each in shown] == ["A jail and a court", "A map"]
    for image in shown:
        assert image.title.startswith("Kit, picture")
        assert image.collection.is_root()
        with image.file.open() as file:
            assert not Pillow.open(file).getexif()
    # Again, and with a text that somebody wrote here: the same images, and nothing made anew.
    again = run(word("A jail and a court", "A map"), "--publish", name="kit.docx")
    assert "No page changed." in again
    assert Image.objects.count() == 2


def test_a_picture_without_a_text_keeps_all_from_being_published_until_the_page_has_one(
    national, run, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    with pytest.raises(CommandError, match=r"“One” has a picture without a text.* from line"):
        run(word(""), "--publish", name="kit.docx")
    assert not ToolkitPage.objects.exists()
    assert not Image.objects.exists()
    assert not any(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))
    assert "the picture has no text" in run(word(""), name="kit.docx")
    chapter = ChapterPage.objects.get()
    body = chapter.get_content()["body"]
    next(each for each in body if each["type"] == "figure")["value"]["image"]["alt_text"] = "A map"
    chapter.set_content({"body": body})
    chapter.save_revision().publish()
    # The file is as it was, and so is what it lacks: what counts is the page.
    run(word(""), "--publish", name="kit.docx")
    assert ChapterPage.objects.get().live


def test_a_dry_run_and_damaged_pictures_leave_nothing_behind(national, run):
    run(word("A map"), "--dry-run", name="kit.docx")
    assert not Image.objects.exists()
    whole = word("A map")
    torn, file = io.BytesIO(), zipfile.ZipFile(io.BytesIO(whole))
    with zipfile.ZipFile(torn, "w") as written:
        for entry in file.infolist():
            data = file.read(entry)
            written.writestr(entry, data[:200] if entry.filename.startswith("word/media/") else data)
    assert "a picture could not be read" in run(torn.getvalue(), name="kit.docx")
    assert not Image.objects.exists()


def test_pictures_wait_with_their_text_and_go_with_it(national, admin_user):
    data = word("A map")

    def start():
        about = {
            "title": "Kit",
            "publisher": "",
            "language": "en",
            "file_name": "kit.docx",
            "user": admin_user,
        }
        return StartImport(read(data), data, **about).execute()

    upload = start()
    assert [each.label for each in UploadedPicture.objects.all()] == ["JPEG, 60 × 40"]
    assert not Image.objects.exists()
    other = word("A map", "A plan")
    upload = ReadAgain(upload, read(other), other, file_name="kit.docx", user=admin_user).execute()
    assert UploadedPicture.objects.count() == 2
    AcceptImport(upload, publish=False, user=admin_user).execute()
    assert Image.objects.count() == 2
    assert Image.objects.first().uploaded_by_user == admin_user
    assert not UploadedPicture.objects.exists()
    DiscardImport(start(), user=admin_user).execute()
    assert not ToolkitUpload.objects.exists()
    assert not UploadedPicture.objects.exists()


def test_a_variable_mended_in_the_page_may_be_published(national, run):
    text = "# Kit\n\n## One\n\n" + WORDS + "\n\nMeet at {{ hal }}.\n"
    with pytest.raises(CommandError, match=r"“One” .*\{\{ hal \}\}.* line 7"):
        run(text, "--publish")
    run(text)
    chapter = ChapterPage.objects.get()
    body = chapter.get_content()["body"]
    for each in body:
        each["value"] = each["value"].replace("{{ hal }}", "the hall")
    chapter.set_content({"body": body})
    chapter.save_revision().publish()
    told = run(text.replace("Bring", "Take"), "--publish")
    assert "a variable that nobody knows" in told
    chapter.refresh_from_db()
    assert "Take the record" in str(chapter.body)
    assert "the hall" in str(chapter.body)
    assert not chapter.has_unpublished_changes
