"""Photos and PDFs lose what they say of where and by whom they were made, whichever way they come in."""

import io
import json

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests import editor, factories
from toolkit_site.uploads import images, pdfs

SECRET = b"Secret Street 12"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>' + SECRET + b"</rdf:RDF></x:xmpmeta>"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def exif(orientation=1):
    """Where a photo was made, by whom, and which way is up."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x013B] = SECRET.decode()
    gps = found.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (37.0, 20.0, 30.0), "W", (121.0, 53.0, 10.0)
    return found


def picture(mode="RGB"):
    """Wider than high, with a red corner at the start."""
    image = Image.new(mode, (60, 30), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 9, 9), fill="red")
    return image


def photo(kind="JPEG", orientation=1, **options):
    written = io.BytesIO()
    picture().save(written, kind, exif=exif(orientation), **options)
    return written.getvalue()


def png():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    written = io.BytesIO()
    picture("RGBA").save(written, "PNG", pnginfo=text, exif=exif())
    return written.getvalue()


def gif():
    frames = [Image.new("RGB", (60, 30), colour).quantize() for colour in ("red", "green", "blue")]
    written = io.BytesIO()
    frames[0].save(
        written,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[100, 200, 300],
        loop=0,
        comment=SECRET,
    )
    return written.getvalue()


def pdf(**options):
    """One page with a photo that has a place in it, an author and XMP."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    shown = pikepdf.Stream(made, photo(comment=SECRET))
    shown.Type, shown.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    shown.Width, shown.Height, shown.BitsPerComponent = 60, 30, 8
    shown.ColorSpace, shown.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=made.make_indirect(shown)))
    page.Metadata = made.make_indirect(pikepdf.Stream(made, XMP))
    page.Contents = pikepdf.Stream(made, b"q 60 0 0 30 0 0 cm /Im0 Do Q")
    made.docinfo["/Author"] = SECRET.decode()
    with made.open_metadata(set_pikepdf_as_editor=False) as found:
        found["dc:creator"] = [SECRET.decode()]
    written = io.BytesIO()
    made.save(written, **options)
    return written.getvalue()


def says_nothing(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    assert SECRET not in content
    # A TIFF's own structure is told in the same tags.
    assert image.format == "TIFF" or not dict(image.getexif())
    assert 0x013B not in image.getexif()
    assert not dict(image.getexif().get_ifd(0x8825))
    words = ("exif", "xmp", "comment", "icc_profile", "Author", "XML:com.adobe.xmp")
    assert not [name for name in words if image.info.get(name)]
    return image


# Each format ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "TIFF", "HEIF"])
def test_a_photo_says_nothing_but_the_picture(kind):
    before = photo(kind, **({"xmp": XMP} if kind in ("JPEG", "WEBP") else {}))
    # The test itself: name and place are in there before.
    assert SECRET in before
    assert kind == "TIFF" or dict(Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825))
    after = says_nothing(images.clean_image(io.BytesIO(before)))
    assert after.format == kind
    assert after.size == (60, 30)
    red, _green, blue = after.convert("RGB").getpixel((3, 3))
    assert red > 180 and blue < 90


def test_comments_and_text_chunks_go():
    assert SECRET in png() and SECRET in gif()
    image = says_nothing(images.clean_image(io.BytesIO(png())))
    assert image.mode == "RGBA"
    assert not image.text
    says_nothing(images.clean_image(io.BytesIO(photo(comment=SECRET))))


@pytest.mark.parametrize(
    ("orientation", "size", "red"), [(3, (60, 30), (56, 26)), (6, (30, 60), (26, 3)), (8, (30, 60), (3, 56))]
)
def test_a_photo_is_turned_upright_before_it_forgets_which_way_is_up(orientation, size, red):
    image = says_nothing(images.clean_image(io.BytesIO(photo(orientation=orientation))))
    assert image.size == size
    assert image.getpixel(red)[0] > 180 > 90 > image.getpixel(red)[2]


def test_frames_keep_their_number_and_time():
    image = says_nothing(images.clean_image(io.BytesIO(gif())))
    assert image.n_frames == 3
    durations = []
    for number in range(3):
        image.seek(number)
        durations.append(image.info["duration"])
    assert durations == [100, 200, 300]


def test_transparency_stays():
    written = io.BytesIO()
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([shade for shade in range(256) for _channel in range(3)])
    palette.save(written, "PNG", transparency=1)
    after = Image.open(io.BytesIO(images.clean_image(io.BytesIO(written.getvalue()))))
    assert after.convert("RGBA").getpixel((0, 0))[3] == 0


def test_colours_of_another_profile_are_brought_to_the_common_one():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    before = photo(icc_profile=profile)
    assert Image.open(io.BytesIO(before)).info["icc_profile"]
    says_nothing(images.clean_image(io.BytesIO(before)))
    broken = says_nothing(images.clean_image(io.BytesIO(photo(icc_profile=b"not a profile"))))
    assert broken.getpixel((3, 3))[0] > 180


def test_a_jpeg_keeps_its_own_quality():
    before = photo(quality=60)
    after = images.clean_image(io.BytesIO(before))
    one, other = (Image.open(io.BytesIO(each)).quantization for each in (before, after))
    assert one == other


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n rubbish",
        b"<svg onload='x'/>",
        photo()[:300],
        b"%PDF-1.7",
    ],
)
def test_what_is_no_image_is_refused(content):
    with pytest.raises(images.NotAnImage):
        images.clean_image(io.BytesIO(content))


def test_too_many_pixels_are_refused(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 1000)
    with pytest.raises(images.TooLarge):
        images.clean_image(io.BytesIO(photo()))


# PDFs ----------------------------------------------------------------------------------------------------


def test_a_pdf_says_nothing_but_its_pages():
    before = pdf()
    assert before.count(SECRET) >= 3
    after = pdfs.clean_pdf(io.BytesIO(before))
    assert SECRET not in after
    with pikepdf.open(io.BytesIO(after)) as found:
        assert len(found.pages) == 1
        assert "/Info" not in found.trailer
        assert "/Metadata" not in found.Root
        assert "/Metadata" not in found.pages[0]
        inside = found.pages[0].Resources.XObject.Im0
        shown = says_nothing(inside.read_raw_bytes())
        assert shown.getpixel((3, 3))[0] > 180
        assert b"/Im0 Do" in found.pages[0].Contents.read_bytes()


def test_older_states_of_a_pdf_are_left_behind():
    first = pdf()
    # A revision appended to the file leaves the old information dictionary in it.
    assert SECRET not in pdfs.clean_pdf(io.BytesIO(first + b"\n% appended\n"))


@pytest.mark.parametrize("content", [b"", b"Hello", b"%PDF-1.7\nrubbish", photo()])
def test_what_is_no_pdf_is_refused(content):
    with pytest.raises(pdfs.NotAPdf):
        pdfs.clean_pdf(io.BytesIO(content))


def test_a_locked_pdf_is_refused():
    locked = pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(pdfs.Locked):
        pdfs.clean_pdf(io.BytesIO(locked))


@pytest.mark.parametrize(
    "jpeg", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff", b"\xff\xd8\xff\xe1\x00\x00\xff", b"GIF"]
)
def test_broken_segments_never_raise(jpeg):
    assert isinstance(pdfs.without_segments(jpeg), bytes)


# Every way in -----------------------------------------------------------------------------------------------


def stored(thing):
    with thing.file.open("rb") as file:
        return file.read()


def upload(content, name, kind="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type=kind)


def in_words(response):
    return json.dumps(response.json())


@pytest.fixture
def collection(db):
    return factories.root_collection()


def test_the_admins_form_stores_the_picture_alone(admin_client, collection):
    response = admin_client.post(
        reverse("wagtailimages:add"), {"title": "Photo", "file": upload(photo(orientation=6), "photo.jpg")}
    )
    assert response.status_code == 302
    image = get_image_model().objects.get()
    says_nothing(stored(image))
    assert (image.width, image.height) == (30, 60)
    assert image.file_size == len(stored(image))
    before = image.file_hash
    assert before and image.get_file_hash() == before
    rendition = image.get_rendition("width-20")
    says_nothing(rendition.file.read())
    png_ = image.get_rendition("width-20|format-png")
    says_nothing(png_.file.read())
    # A new file for an old image is cleaned as well.
    admin_client.post(
        reverse("wagtailimages:edit", args=[image.pk]), {"title": "Photo", "file": upload(png(), "other.png")}
    )
    image = get_image_model().objects.get()
    assert image.file.name.endswith(".png") and image.file_hash != before
    says_nothing(stored(image))


def test_many_at_once_are_cleaned(admin_client, collection):
    added = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Photo", "files[]": upload(photo(), "photo.jpg"), "collection": collection.pk},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert added.json()["success"], added.content
    says_nothing(stored(get_image_model().objects.get()))
    admin_client.post(
        reverse("wagtaildocs:add_multiple"),
        {
            "title": "Paper",
            "files[]": upload(pdf(), "paper.pdf", "application/pdf"),
            "collection": collection.pk,
        },
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert SECRET not in stored(get_document_model().objects.get())


def test_documents_are_cleaned_by_what_they_are_not_by_their_names(admin_client, collection):
    for name, content in (
        ("paper.pdf", pdf()),
        ("photo.jpg", photo()),
        ("paper.doc", pdf()),
        ("photo.txt", photo()),
    ):
        admin_client.post(reverse("wagtaildocs:add"), {"title": name, "file": upload(content, name)})
        document = get_document_model().objects.get(title=name)
        assert SECRET not in stored(document), name
        assert document.file_size == len(stored(document)), name
    text = SECRET + b" is what this text is about"
    admin_client.post(reverse("wagtaildocs:add"), {"title": "Text", "file": upload(text, "text.txt")})
    assert stored(get_document_model().objects.get(title="Text")) == text


def test_what_a_program_saves_is_cleaned_too(collection):
    image = get_image_model().objects.create(
        title="By hand", file=ContentFile(photo(orientation=6), name="a.jpg")
    )
    says_nothing(stored(image))
    assert (image.width, image.height) == (30, 60)
    document = get_document_model()(title="By hand")
    document.file.save("a.pdf", ContentFile(pdf()), save=False)
    document.save()
    assert SECRET not in stored(
        get_document_model().objects.create(title="b", file=ContentFile(pdf(), name="b.pdf"))
    )


def test_the_faces_of_people_in_the_admin_are_cleaned(admin_client, admin_user, media):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(admin_user)
    profile.avatar = ContentFile(photo(), name="me.jpg")
    profile.save()
    says_nothing(profile.avatar.read())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.jpg", b"not a photo", "not an image or a corrupted image"),
        ("photo.png", photo(), "does not match the file format"),
        ("photo.jpg", photo()[:-60], "cannot be read as one"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Not a supported image format"),
    ],
)
def test_an_image_that_is_not_one_is_refused_at_the_field(
    admin_client, collection, media, name, content, message
):
    response = admin_client.post(reverse("wagtailimages:add"), {"title": "x", "file": upload(content, name)})
    assert message in " ".join(response.context["form"].errors["file"])
    many = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x", "files[]": upload(content, name), "collection": collection.pk},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert not many.json()["success"] and message in in_words(many)
    assert not get_image_model().objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_pdf_that_is_not_one_is_refused_at_the_field(admin_client, collection, media):
    for content, message in (
        (b"Hello", "cannot be read as one"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "opens with a password"),
    ):
        response = admin_client.post(
            reverse("wagtaildocs:add"),
            {"title": "x", "file": upload(content, "paper.pdf", "application/pdf")},
        )
        assert message in " ".join(response.context["form"].errors["file"])
    with pytest.raises(ValidationError, match="cannot be read as one"):
        get_document_model().objects.create(title="x", file=ContentFile(b"Hello", name="paper.pdf"))
    assert not get_document_model().objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


# What an image says to those who do not see it ------------------------------------------------------------------


def test_a_figure_needs_words_or_to_be_called_decorative(admin_client):
    national = factories.organisation("National", default=True)
    figure = {
        "image": {"image": factories.image().pk, "alt_text": "A jail from above", "decorative": False},
        "caption": "",
        "long_description": "",
        "source": "",
    }
    page = factories.chapter(factories.toolkit(national.home), body=[factories.block("figure", figure)])
    data = editor.unchanged(admin_client, page)
    silent = {**data, "body-0-value-image-alt_text": "", "action-publish": "1"}
    response = admin_client.post(editor.edit_url(page), silent)
    assert response.status_code == 200
    errors = [editor._told(error) for error in response.context["form"].errors.as_data()["body"]]
    assert "alt text" in json.dumps(errors, default=str)
    editor.publish(admin_client, page, {**silent, "body-0-value-image-decorative": "on"})
