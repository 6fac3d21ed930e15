"""The pictures here are made here: with a place in them, lying down, far too large, or only called pictures."""

import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from communis.conversations.pictures import FileRefused, Kind, prepare

RED, BLUE = (220, 20, 20), (20, 20, 220)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Reasons are compared word by word; a test before may have left another language on."""
    with translation.override("en"):
        yield


def two_halves(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Red at the left, blue at the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def written(picture: Image.Image, kind: str, **how: object) -> bytes:
    data = BytesIO()
    picture.save(data, kind, **how)
    return data.getvalue()


def read(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def exif_with_a_place(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Kamerafabriken"
    exif[0x013B] = "Elin Forsgren"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 20.0, 0.0), 3: "E", 4: (18.0, 4.0, 0.0)})
    return exif


def near(pixel: tuple[int, ...], colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize(
    ("kind", "name", "media_type", "extension"),
    [
        ("JPEG", "ko.jpeg", "image/jpeg", "jpg"),
        ("PNG", "ko.PNG", "image/png", "png"),
        ("WEBP", "ko.webp", "image/webp", "webp"),
        ("GIF", "ko.gif", "image/png", "png"),
        ("AVIF", "ko.avif", "image/webp", "webp"),
        ("PNG", "egentligen-png.jpg", "image/png", "png"),
        ("JPEG", "utan", "image/jpeg", "jpg"),
    ],
)
def test_pictures_are_drawn_anew(kind: str, name: str, media_type: str, extension: str) -> None:
    prepared = prepare(written(two_halves(), kind), name)
    assert (prepared.kind, prepared.media_type, prepared.extension) == (Kind.PICTURE, media_type, extension)
    assert (prepared.width, prepared.height) == (60, 40)
    assert prepared.name == name.rsplit(".", 1)[0] + "." + extension
    picture = read(prepared.data).convert("RGB")
    assert Image.MIME[read(prepared.data).format] == media_type
    assert near(picture.getpixel((5, 20)), RED)
    assert near(picture.getpixel((55, 20)), BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_the_camera_wrote_is_gone(kind: str) -> None:
    how: dict[str, object] = {"exif": exif_with_a_place(), "xmp": b"<x:xmpmeta>Elin Forsgren</x:xmpmeta>"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", "Elin Forsgren")
        how = {"exif": exif_with_a_place(), "pnginfo": notes}
    if kind == "JPEG":
        how["comment"] = "Elin Forsgren"
    data = written(two_halves(), kind, icc_profile=profile, **how)
    assert read(data).getexif().get_ifd(0x8825)
    assert b"Elin Forsgren" in data
    prepared = prepare(data, "x." + kind.lower())
    for made in (prepared.data, prepared.small):
        picture = read(made)
        assert dict(picture.getexif()) == {}
        assert picture.getexif().get_ifd(0x8825) == {}
        assert not {"exif", "xmp", "icc_profile", "comment", "Author"} & set(picture.info)
        assert b"Elin" not in made
        assert b"Kamera" not in made
        assert b"Exif" not in made


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_stand_the_right_way_up(orientation: int, kind: str) -> None:
    exif = exif_with_a_place(orientation)
    data = written(two_halves(), kind, exif=exif)
    expected = ImageOps.exif_transpose(read(data)).convert("RGB")
    prepared = prepare(data, "x")
    picture = read(prepared.data).convert("RGB")
    assert picture.size == expected.size == (prepared.width, prepared.height)
    assert picture.size == ((40, 60) if orientation >= 5 else (60, 40))
    for corner in [(2, 2), (picture.width - 3, 2), (2, picture.height - 3)]:
        assert near(picture.getpixel(corner), expected.getpixel(corner))


def test_large_pictures_are_made_smaller_and_small_ones_are_not_made_larger() -> None:
    prepared = prepare(written(two_halves((4000, 2000)), "JPEG", exif=exif_with_a_place(6)), "x.jpg")
    assert (prepared.width, prepared.height) == (1280, 2560)
    assert read(prepared.small).size == (320, 640)
    assert read(prepare(written(two_halves(), "PNG"), "x.png").small).size == (60, 40)


def test_see_through_stays_and_unusual_colours_are_understood() -> None:
    glass = Image.new("RGBA", (10, 10), (255, 0, 0, 0))
    assert read(prepare(written(glass, "PNG"), "x.png").data).getpixel((5, 5))[3] == 0
    for mode, kind in [
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
        ("P", "PNG"),
        ("1", "PNG"),
        ("LA", "PNG"),
        ("P", "GIF"),
    ]:
        assert prepare(written(two_halves(mode=mode), kind), "x").width == 60
    deep = Image.new("I;16", (10, 10), 40_000)
    assert abs(read(prepare(written(deep, "PNG"), "x.png").data).getpixel((5, 5))[0] - 156) < 3


def test_only_the_first_picture_of_a_moving_one_is_kept() -> None:
    data = written(
        two_halves(), "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40), "lime")] * 50
    )
    picture = read(prepare(data, "x.gif").data)
    assert getattr(picture, "n_frames", 1) == 1
    assert near(picture.convert("RGB").getpixel((5, 5)), RED)


def flood(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has this many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))


@pytest.mark.parametrize("size", [(8_000, 5_001), (10_000, 10_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_floods_of_pixels_are_refused_unread(size: tuple[int, int]) -> None:
    started = time.process_time()
    with pytest.raises(FileRefused, match="40 million"):
        prepare(flood(*size), "x.png")
    assert time.process_time() - started < 5


HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (HTML, "x.png"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "x.png"),
        (b"GIF89a" + HTML, "x.gif"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "x.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.png"),
        (HTML, "x.html"),
        (b"MZ" + bytes(100), "x.exe"),
        (b"MZ" + bytes(100), "x.pdf"),
        (b"MZ" + bytes(100), "x.txt"),
        (b"\x00\x01", "x.csv"),
        (b"PK\x03\x04" + bytes(100), "x.docx"),
        (b"PK\x03\x04" + bytes(100), "x.zip"),
        (b"%PDF-1.7", "x.docx"),
        (b"", "x.txt"),
        (b"x" * (20 * 1024 * 1024 + 1), "x.txt"),
        (written(two_halves(), "PNG")[:-60], "x.png"),
        (written(two_halves(), "PNG"), "x.pdf"),
        (written(two_halves(), "BMP"), "x.png"),
        (written(two_halves(), "TIFF"), "x.jpg"),
    ],
)
def test_everything_else_is_refused_with_a_reason(data: bytes, name: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        prepare(data, name)
    assert str(refusal.value).endswith(".")


def test_a_second_file_inside_a_picture_is_gone() -> None:
    for kind in ("JPEG", "PNG", "GIF"):
        data = written(two_halves(), kind) + HTML + zipped({"a.js": HTML})
        prepared = prepare(data, "x")
        assert b"script" not in prepared.data + prepared.small
        assert b"PK" not in prepared.data[-200:]


def zipped(parts: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"
DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"%PDF-1.7\n...", "Plan.PDF", "application/pdf"),
        (zipped({"mimetype": ODT, "content.xml": b"<x/>"}), "plan.odt", ODT.decode()),
        (
            zipped(DOCX),
            "plan.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("Hej på dig".encode(), "hej.txt", "text/plain"),
        ("namn;år\nÅsa;1".encode("cp1252"), "hej.csv", "text/csv"),
        ("Hej".encode("utf-16"), "hej.txt", "text/plain"),
    ],
)
def test_documents_are_kept_as_they_are(data: bytes, name: str, media_type: str) -> None:
    prepared = prepare(data, name)
    assert (prepared.kind, prepared.media_type, prepared.data) == (Kind.DOCUMENT, media_type, data)
    assert (prepared.width, prepared.small) == (None, None)


def test_zipped_documents_are_what_they_say_and_hold_no_programs() -> None:
    for parts, name in [
        (DOCX, "x.xlsx"),
        (DOCX, "x.odt"),
        ({"mimetype": ODT}, "x.ods"),
        ({"a": b""}, "x.docx"),
        ({str(number): b"" for number in range(6_000)}, "x.docx"),
    ]:
        with pytest.raises(FileRefused, match="something else"):
            prepare(zipped(parts), name)
    with pytest.raises(FileRefused, match="macros"):
        prepare(zipped({**DOCX, "word/vbaProject.bin": b"x"}), "x.docx")


def test_a_large_part_of_a_zipped_document_is_not_unpacked() -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", bytes(50_000_000))
        archive.writestr("word/document.xml", b"")
    started = time.process_time()
    assert prepare(data.getvalue(), "x.docx").kind == Kind.DOCUMENT
    # Unpacked, the fifty megabytes would be in memory; looking at the list of parts takes a thousandth of a second.
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\elin\\Plan.txt", "Plan.txt"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("faktura\u202efdp.txt", "fakturafdp.txt"),
        ('<"x">.txt', "x.txt"),
        (".txt", "file.txt"),
        ("...  .txt", "file.txt"),
        ("A\u030arsplan  2026.tar.txt", "Årsplan 2026.tar.txt"),
        ("å" * 300 + ".txt", "å" * 100 + ".txt"),
    ],
)
def test_names_are_cleaned(given_name: str, kept: str) -> None:
    assert prepare(b"Hej", given_name).name == kept


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]), st.data())
def test_damaged_pictures_are_refused_or_drawn_never_more(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(written(two_halves(), kind))
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        prepared = prepare(bytes(damaged), "x")
    except FileRefused:
        return
    assert read(prepared.data).size == (prepared.width, prepared.height)
