"""Pictures and files as they come from people, made safe to keep and show (R5, trust T24, L35).

A picture is drawn anew from its pixels, so nothing else of the file is left: no place, no camera, no comments, no
second file hidden in the first.
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from communis.conversations.documents import (
    MOST_BYTES,
    FileRefused,
    clean_name,
    document,
    extension_of,
)

__all__ = ["FileRefused", "Kind", "Prepared", "prepare"]

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560
SMALL_SIDE = 640

# What is read, and what it is written as: photographs stay photographs, drawings stay sharp.
_WRITTEN_AS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "PNG", "WEBP": "WEBP", "AVIF": "WEBP"}
_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_PICTURE_NAMES = {"", "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif"}


class Kind(StrEnum):
    PICTURE = "picture"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Prepared:
    """A file ready to keep. ``small``, ``width`` and ``height`` are of pictures only; sizes are in pixels."""

    kind: Kind
    data: bytes
    name: str
    media_type: str
    extension: str
    width: int | None = None
    height: int | None = None
    small: bytes | None = None


def prepare(data: bytes, declared_name: str) -> Prepared:
    """The file as it may be kept, judged by its contents and not by what it says of itself.

    Raises FileRefused, with a reason for the person who chose it.
    """
    if not data:
        raise FileRefused(_("The file is empty. Choose another."))
    if len(data) > MOST_BYTES:
        raise FileRefused(_("The file is larger than 20 MB. Make it smaller, or link to where it lies."))
    extension = extension_of(declared_name)
    if extension in {"svg", "svgz"}:
        raise FileRefused(_("SVG drawings can hold programs. Save the drawing as PNG, then add it."))
    if extension in _PICTURE_NAMES:
        return _picture(data, declared_name)
    found = document(data, extension)
    name = clean_name(declared_name, found.extension)
    return Prepared(Kind.DOCUMENT, data, name, found.media_type, found.extension)


def _picture(data: bytes, declared_name: str) -> Prepared:
    try:
        with Image.open(BytesIO(data), formats=["JPEG", "PNG", "GIF", "WEBP", "AVIF"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_many_pixels()
            written_as = _WRITTEN_AS[opened.format or ""]
            picture = _drawn_anew(opened, transparent=written_as != "JPEG")
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # decoders raise many kinds on bytes made to confuse them
        raise FileRefused(
            _("This is not a picture that can be read here. Save it as JPEG or PNG, then add it again.")
        ) from error
    small = picture.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    extension = _EXTENSIONS[written_as]
    return Prepared(
        kind=Kind.PICTURE,
        data=_bytes(picture, written_as),
        name=clean_name(declared_name, extension),
        media_type=Image.MIME[written_as],
        extension=extension,
        width=picture.width,
        height=picture.height,
        small=_bytes(small, written_as),
    )


def _drawn_anew(opened: Image.Image, *, transparent: bool) -> Image.Image:
    """The first frame in ordinary colours, turned the right way up, not above the longest side, and only pixels."""
    profile = opened.info.get("icc_profile")
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large photograph need not be unpacked whole
    orientation = opened.getexif().get(0x0112, 1)
    picture: Image.Image = opened
    if opened.mode.startswith("I;16"):
        picture = opened.convert("I").point(lambda value: value / 256).convert("L")
    see_through = transparent and (picture.has_transparency_data or picture.mode in {"RGBA", "LA", "PA"})
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        picture = _in_usual_colours(picture, profile)
    picture = picture.convert("RGBA" if see_through else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    only_pixels = Image.new(picture.mode, picture.size)
    only_pixels.paste(picture)
    only_pixels.getexif()[0x0112] = orientation
    turned = ImageOps.exif_transpose(only_pixels)
    turned.info = {}
    return turned


def _in_usual_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours of the picture's own profile as sRGB, since the profile itself is not kept."""
    try:
        usual = ImageCms.createProfile("sRGB")
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(BytesIO(profile)), usual, outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError):  # a broken profile: the colours as they are
        return picture
    return turned or picture


def _bytes(picture: Image.Image, written_as: str) -> bytes:
    written = BytesIO()
    if written_as == "PNG":
        picture.save(written, "PNG", optimize=False)
    elif written_as == "WEBP":
        picture.save(written, "WEBP", quality=85, method=4, exif=b"", xmp=b"", icc_profile=b"")
    else:
        picture.save(written, "JPEG", quality=85, progressive=True, optimize=True)
    return written.getvalue()


def _too_many_pixels() -> FileRefused:
    return FileRefused(_("The picture has more than 40 million pixels. Make it smaller, then add it again."))
