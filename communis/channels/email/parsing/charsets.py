"""Bytes to text, whatever the mail says about its charset: unknown, wrong, mixed, or nothing at all."""

import codecs
import re

# Labels that mail programs use and Python does not know.
_LABELS = {
    "unicode-1-1-utf-7": "utf-7",
    "utf-8mb4": "utf-8",
    "utf": "utf-8",
    "unicode": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "x-mac-roman": "mac-roman",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "windows-31j": "cp932",
}
# What is declared by the name of the smaller set and meant as the larger (WHATWG Encoding).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Python's own: no mail program writes them, and some take a time that grows with the square of the length.
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
# One byte a letter: every run of bytes is text in these, so that they say nothing about whether they are right.
_EIGHT_BIT = re.compile(r"cp(125\d|437|85\d)|iso8859-\d+|koi8.*|mac.*")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# Control characters go, but for the line's end and the tabulator; so do soft hyphens, which hide words from a search.
_DROPPED: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xAD, 0xFEFF)),
    **{ord(sign): sign for sign in "\n\t"},
    0x85: "\n",
}


def decoded(content: bytes, declared: str | None = None) -> str:
    """Text without control characters, its lines ended by ``\\n``. Never fails: what is no letter is U+FFFD.

    The declared charset, if it fits. An eight-bit one always seems to: bytes that are whole UTF-8 are taken as that,
    which Swedish in Latin 1 never is by accident. Where nothing fits, each letter is judged by itself.

    Letters stay as they were composed: putting them together anew takes a time that a stranger can square.
    """
    return cleaned(_text(content, _codec(declared)))


def cleaned(text: str) -> str:
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_DROPPED)


def _codec(declared: str | None) -> str | None:
    """Python's name of the charset; None for none, and for what is no charset."""
    label = (declared or "").strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
        "".encode(name)  # refuses what is no text encoding: compression, rot13
    except (LookupError, ValueError, UnicodeError):
        return None
    if name.replace("_", "-") in _NO_CHARSETS:
        return None
    return _WIDER.get(name, name)


def _text(content: bytes, codec: str | None) -> str:
    candidates = ["utf-8"] if codec is None else [codec, "utf-8"]
    if codec is not None and _EIGHT_BIT.fullmatch(codec):
        candidates.reverse()
    for candidate in candidates:
        try:
            return content.decode(candidate)
        except UnicodeError:
            continue
    if codec is not None and codec != "utf-8":
        return content.decode(codec, "replace")
    if content.decode("utf-8", "ignore").isascii():  # no letter of it is UTF-8
        return content.decode("cp1252", "replace")
    return content.decode("utf-8", _AS_WINDOWS)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 in a text that says it is, or says nothing: a letter of Windows 1252, byte for byte."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WINDOWS = "communis-as-windows"
codecs.register_error(_AS_WINDOWS, _as_windows)
