"""Readers that a mail names in words: ``[krets: Lärare]``, ``[till: alla]``, or ``Till: kretsen Lärare`` at the top.

Nothing is guessed: what begins like such words and is none of them is unclear, and its sender is asked.
"""

import re
from typing import NamedTuple

_TAG = re.compile(r"\[\s{0,9}(krets|circle|till|to)\s{0,9}:([^\[\]\n]{0,200})\]", re.IGNORECASE)
_LINE = re.compile(r"\s{0,9}(?:till|to)\s{0,9}:(.{0,200})", re.IGNORECASE)
_CIRCLE = re.compile(r"(?:the circle|kretsen|circle|krets)\s+(.+)", re.IGNORECASE)
_EVERYONE = frozenset({"alla", "alla anställda", "all", "everyone", "all employees"})


class NamedReaders(NamedTuple):
    """Which circle is named, or whether all employees are; and the subject and the words without that.

    When it is ``unclear`` nothing is taken away. Where nobody is named, ``circle`` is empty.
    """

    subject: str
    words: str
    circle: str = ""
    everyone: bool = False
    unclear: bool = False


def named_readers(subject: str, words: str) -> NamedReaders:
    """What the subject and the first line of the mail say of who is to read it."""
    tags = _TAG.findall(subject)
    first, _newline, rest = words.lstrip("\n").partition("\n")
    alone, line = _TAG.fullmatch(first.strip()), _LINE.fullmatch(first)
    if alone is None and _TAG.search(first):
        return NamedReaders(subject, words, unclear=True)
    said = [_read(kind, name) for kind, name in tags]
    if alone is not None:
        said.append(_read(alone[1], alone[2]))
    elif line is not None:
        said.append(_read("till", line[1]))
    if not said:
        return NamedReaders(subject, words)
    if None in said or len(set(said)) > 1 or len(tags) > 1:
        return NamedReaders(subject, words, unclear=True)
    (circle,) = {one for one in said if one is not None}
    left = words if alone is None and line is None else rest.strip("\n")
    return NamedReaders(" ".join(_TAG.sub("", subject).split()), left, circle, everyone=not circle)


def _read(kind: str, name: str) -> str | None:
    """The name of the circle; empty for all employees, None where it is neither."""
    name = " ".join(name.split())
    if kind.casefold() in {"krets", "circle"}:
        return name or None
    if name.casefold() in _EVERYONE:
        return ""
    found = _CIRCLE.fullmatch(name)
    return found[1] if found else None
