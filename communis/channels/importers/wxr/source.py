"""The export's bytes as clean text, a piece at a time: what real files get wrong before XML even begins."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from communis.channels.importers.wxr.records import Malformed

PIECE = 64 * 1024  # bytes
ENCODINGS = {"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"}  # one byte below 128 is one character

BLANK = " \t\r\n\ufeff"
# XML forbids these characters, and WordPress exports them all the same.
CONTROLS = bytes(set(range(32)) - {9, 10, 13})
NONCHARACTERS = {0xFFFE: None, 0xFFFF: None}
REPLACEMENT = "\ufffd"


class Source:
    """One walk through a file. ``repaired`` counts characters left out or replaced, ``line`` the lines so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.repaired = 0
        self.line = 1

    def pieces(self) -> Iterator[str]:
        """The text without its XML declaration, byte order mark and forbidden characters; lines stay in place.

        Raises Malformed if the file is empty or plainly something else than XML, OSError if it cannot be opened.
        """
        with self.path.open("rb") as file:
            first = file.read(PIECE)
            refuse_other_formats(first)
            encoding = declared_encoding(first)
            decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
            text = begin(self._clean(first, decoder))
            while text or first:
                self.line += text.count("\n")
                if text:
                    yield text
                first = file.read(PIECE)
                text = self._clean(first, decoder)

    def _clean(self, piece: bytes, decoder: codecs.IncrementalDecoder) -> str:
        allowed = piece.translate(None, CONTROLS)
        self.repaired += len(piece) - len(allowed)
        pending = decoder.getstate()[0]
        # A character cut off at the very end of the file stays in the decoder: the cut itself is refused later.
        text = decoder.decode(allowed)
        if REPLACEMENT in text:
            self.repaired += text.count(REPLACEMENT) - (pending + allowed).count(REPLACEMENT.encode())
        if "\ufffe" in text or "\uffff" in text:
            whole = len(text)
            text = text.translate(NONCHARACTERS)
            self.repaired += whole - len(text)
        return text


def refuse_other_formats(first: bytes) -> None:
    """Packed files and two-byte text would otherwise be refused for a reason nobody understands."""
    if not first:
        raise Malformed(1, _("the file is empty"))
    if first.startswith((b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ")):
        raise Malformed(1, _("the file is packed; unpack it and import what is inside"))
    if first.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        raise Malformed(1, _("the file is written in UTF-16; save it as UTF-8"))


def declared_encoding(first: bytes) -> str:
    """The codec of the XML declaration; UTF-8 where nothing is declared."""
    declaration = re.match(rb"[\s\xef\xbb\xbf]*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']", first)
    if declaration is None:
        return "utf-8"
    name = declaration.group(1).decode("ascii", "replace")
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        encoding = ""
    if encoding not in ENCODINGS:
        raise Malformed(1, _("the file is written in “%(name)s”; save it as UTF-8") % {"name": name[:40]})
    return "utf-8" if encoding == "ascii" else encoding


def begin(text: str) -> str:
    """The first piece, ready for a parser: blank lines before the declaration are common, and XML forbids them."""
    place = opening(text)
    line = text.count("\n", 0, place) + 1
    rest = text[place : place + 400]
    if not rest:
        if not text.strip(BLANK):
            raise Malformed(line, _("the file is empty"))
    elif not rest.startswith("<"):
        begins = " ".join(rest[:40].split())
        raise Malformed(line, _("this is not XML; it begins with “%(text)s”") % {"text": begins})
    elif re.match(r"<(!doctype\s+)?(html|head|body)\b", rest, re.IGNORECASE):
        raise web_page(line)
    blank = text[: len(text) - len(text.lstrip(BLANK))]
    declaration = re.match(r"<\?xml\s[^>]*?\?>", text[len(blank) :])
    taken = declaration.group() if declaration else ""
    kept_lines = "".join(character for character in blank + taken if character in "\r\n")
    return kept_lines + text[len(blank) + len(taken) :]


def opening(text: str) -> int:
    """Where the first thing stands that is neither blank, a comment nor an instruction."""
    place = 0
    while place < len(text):
        if text[place] in BLANK:
            place += 1
            continue
        for start, end in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(start, place):
                found = text.find(end, place + len(start))
                place = len(text) if found < 0 else found + len(end)
                break
        else:
            return place
    return place


def web_page(line: int) -> Malformed:
    return Malformed(
        line,
        _("this is a web page (HTML), not an export; export again and save the file that WordPress offers"),
    )
