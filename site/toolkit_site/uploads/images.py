"""Images without what they say beside the picture: EXIF with places and cameras, XMP, IPTC, comments, text chunks.

The picture is turned upright as EXIF asks before EXIF is dropped, its colours are brought to sRGB before their profile is, and it
is written anew in its own format. Only pixels, transparency and the timing of frames are carried over, so that nothing
has to be known of where a format may hide words.
"""

from __future__ import annotations

import io
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps, ImageSequence, JpegImagePlugin, UnidentifiedImageError

try:
    import pillow_heif
except ImportError:  # pragma: no cover - comes with Wagtail; another project may leave it out
    HEIF = False
else:
    pillow_heif.register_heif_opener()
    HEIF = True

#: Above these an image is somebody's mistake, or an attack on the server's memory.
MAX_PIXELS = 100_000_000
MAX_FRAMES = 300
#: How each format is written; JPEG's quality comes from the picture itself.
WRITTEN: dict[str, dict[str, Any]] = {
    "JPEG": {"optimize": True},
    "PNG": {},
    "GIF": {},
    "WEBP": {"quality": 90, "method": 4},
    "AVIF": {"quality": 80},
    "TIFF": {"compression": "tiff_lzw"},
    "BMP": {},
} | ({"HEIF": {"quality": 85}} if HEIF else {})
ANIMATED = {"GIF", "PNG", "WEBP", "AVIF"}


class NotAnImage(ValueError):
    """The bytes are no image of a format that we can clean."""


class TooLarge(ValueError):
    """More pixels or frames than a page could want."""


def clean_image(source: IO[bytes]) -> bytes:
    """The picture alone, in its own format. Raises NotAnImage and TooLarge."""
    try:
        source.seek(0)
        with Image.open(source) as image:
            kind = "JPEG" if image.format == "MPO" else image.format or ""
            if kind not in WRITTEN:
                raise NotAnImage(kind)
            if image.width * image.height > MAX_PIXELS or getattr(image, "n_frames", 1) > MAX_FRAMES:
                raise TooLarge(f"{image.width} × {image.height}")
            return _written(image, kind)
    except Image.DecompressionBombError as error:
        raise TooLarge(str(error)) from error
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, IndexError) as error:
        # Pillow's readers raise any of these for broken data, SyntaxError among them.
        raise NotAnImage(str(error)) from error


def is_image(start: bytes) -> bool:
    """Whether bytes begin as an image that we clean, whatever the file is called."""
    return (
        start.startswith(
            (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM")
        )
        or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")
        or (start[4:8] == b"ftyp" and start[8:12] in (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"))
    )


def _written(image: Any, kind: str) -> bytes:
    options = dict(WRITTEN[kind])
    if kind == "JPEG":
        # The same tables: a picture written again and again gets no worse than the first time.
        options |= {"qtables": image.quantization, "progressive": bool(image.info.get("progressive"))}
        sampling = JpegImagePlugin.get_sampling(image)
        if sampling >= 0:
            options["subsampling"] = sampling
    if kind in ANIMATED and getattr(image, "is_animated", False):
        loop = image.info.get("loop")
        frames, durations = [], []
        for frame in ImageSequence.Iterator(image):
            durations.append(frame.info.get("duration", 100))
            frames.append(_bare(frame.convert("RGBA") if kind != "GIF" else frame.copy()))
        options |= {"save_all": True, "append_images": frames[1:], "duration": durations}
        if loop is not None:
            options["loop"] = loop
        picture = frames[0]
    else:
        image.load()
        picture = _bare(image)
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def _bare(image: Any) -> Any:
    """Upright, in sRGB, with nothing beside the pixels but what is see-through."""
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    kept = {name: image.info[name] for name in ("transparency",) if name in image.info}
    if profile and image.mode in ("RGB", "RGBA"):
        image = _in_srgb(image, profile)
    image = image.copy()
    image.info = kept
    # Pillow keeps what it has read of EXIF apart from ``info``.
    image._exif = None
    return image


def _in_srgb(image: Any, profile: bytes) -> Any:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError):
        # A broken profile says nothing about the colours: they stay as they are.
        return image
