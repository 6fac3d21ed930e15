"""Where a signature begins: two dashes, closing words, a name with a number, or what a telephone says of itself."""

from communis.channels.email.parting.lines import Line, next_said
from communis.channels.email.parting.mail_words import (
    CLOSINGS,
    DEVICE_KINDS,
    DEVICES,
    FROM_WHOM,
    POSTSCRIPT,
)
from communis.channels.email.parting.traces import has_address, is_name

LONGEST_CLOSING = 80
LONGEST_ABOUT_DEVICE = 160
# Below a longer dash there may be anything; below it and with few short lines to the end, there is a signature.
MOST_LINES_BELOW_DASH = 8
FEWEST_DIGITS = 7  # of a telephone number
MOST_WORDS = 5  # of closing words
# Closing words so short that they begin other lines too: the name must stand apart.
_SHORT = 2
_AROUND = " \t\xa0*_"
_MARKS = ",.!:;-–— "
_DEVICES = tuple(DEVICES)
# Where the invitation to get the program leads, in any language.
_LINK_OF_OUTLOOK = "https://aka.ms/"


def signature_lines(lines: list[Line], sender: str = "") -> list[bool]:
    """For each line of a stretch without quotes whether it belongs to the signature that ends it.

    ``sender`` is what the mail's sender is called; empty where that is not known.
    """
    names = frozenset(sender.casefold().replace(",", " ").split())
    start = next(
        (
            place
            for place in range(len(lines))
            if _begins_signature(lines, place) or _is_signed_with(names, lines, place)
        ),
        len(lines),
    )
    marked = [False] * start
    postscript = False
    for place in range(start, len(lines)):
        line = lines[place]
        if _is_postscript(line.said):
            postscript = True
        elif line.blank:
            postscript = False
        marked.append(not postscript)
    return marked


def _begins_signature(lines: list[Line], place: int) -> bool:
    said = lines[place].said.strip(_AROUND)
    if said == "--":
        return True
    if said in {"—", "–", "---", "——"} or lines[place].said in {"__", "___"}:
        return _only_short_lines(lines, place + 1)
    if is_closing(said) or _is_signed_with_a_stroke(said) or is_about_a_device(said):
        return True
    return place > 0 and lines[place - 1].blank and _is_contact_block(lines, place)


def is_closing(said: str) -> bool:
    """*Med vänliga hälsningar*, perhaps with a name behind."""
    said = said.strip(_AROUND)
    if not said or len(said) > LONGEST_CLOSING:
        return False
    words = said.replace("/", " / ").split()
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        phrase = " ".join(words[:count])
        bare = phrase.casefold().strip(_MARKS)
        if bare in CLOSINGS:
            rest = " ".join(words[count:]).strip(_MARKS + "/")
            apart = phrase[-1] in ",.!:" or words[count : count + 1] == ["/"]
            if not rest or is_closing(rest):
                return True
            return (apart or not _is_short(bare)) and is_name(_without_from(rest).split(",")[0])
    return False


def is_about_a_device(said: str) -> bool:
    """*Skickat från min iPhone*: begins as such lines do, names a thing, and is no longer sentence."""
    lower = said[: LONGEST_ABOUT_DEVICE + 1].casefold().strip(_AROUND + "[(")
    if "outlook" in lower and _LINK_OF_OUTLOOK in lower:
        return True
    if len(said) > LONGEST_ABOUT_DEVICE or not lower.startswith(_DEVICES):
        return False
    own = said.split("http")[0].strip(_AROUND + "<([,")
    sentence = own.split(". ")[0].split("! ")[0]
    words = sentence.split()
    if "," in sentence or ":" in sentence or len(words) > 10:
        return False
    named = any(letter.isupper() for word in words[1:] for letter in word)
    return named or any(kind in lower for kind in DEVICE_KINDS)


def _is_short(bare: str) -> bool:
    return (len(bare) <= _SHORT and bare not in {"kh", "vh"}) or bare == "best"


def _without_from(rest: str) -> str:
    first, _, others = rest.partition(" ")
    return others if first.casefold() in FROM_WHOM and others else rest


def _is_signed_with_a_stroke(said: str) -> bool:
    """*/Anna*"""
    return said.startswith("/") and is_name(said.lstrip("/"), longest=4)


def _is_signed_with(names: frozenset[str], lines: list[Line], place: int) -> bool:
    """Whether the last line is the sender's name, or a part of it, below something that is said to its end.

    Who is shown without her name later must not have left it in her words. A name alone may be the answer itself, and
    one below a colon belongs to a list.
    """
    words = lines[place].said.casefold().replace(",", " ").strip(_AROUND + ".!–—~").split()
    if not words or not names.issuperset(words) or next_said(lines, place + 1) < len(lines):
        return False
    above = next((lines[before].said for before in range(place - 1, -1, -1) if not lines[before].blank), "")
    apart = place > 0 and lines[place - 1].blank
    return bool(above) and not above.endswith(":") and (apart or above.endswith((".", "!", "?")))


def _only_short_lines(lines: list[Line], start: int) -> bool:
    """Whether there are lines from ``start`` on, but few, and none long."""
    count = 0
    for place in range(start, len(lines)):
        count += 0 if lines[place].blank else 1
        if count > MOST_LINES_BELOW_DASH or len(lines[place].said) > LONGEST_CLOSING:
            return False
    return count > 0


def _is_contact_block(lines: list[Line], start: int) -> bool:
    """Whether the last of several paragraphs begins here and is a name, and how to reach who has it."""
    name = lines[start].said
    if not is_name(name, longest=4) or len(name.split()) < 2 or name.endswith((".", "!", "?", ":")):
        return False
    if all(lines[place].blank for place in range(start)):
        return False
    end = start
    while end < len(lines) and not lines[end].blank and end - start <= MOST_LINES_BELOW_DASH:
        end += 1
    block = [line.said for line in lines[start + 1 : end]]
    if not block or next_said(lines, end) < len(lines) or any(len(said) > LONGEST_CLOSING for said in block):
        return False
    return any(has_address(said) or "www." in said or "://" in said or _has_number(said) for said in block)


def _has_number(said: str) -> bool:
    """Whether there are as many digits as in a telephone number."""
    return sum(letter.isdigit() for letter in said) >= FEWEST_DIGITS


def _is_postscript(said: str) -> bool:
    first = said[:12].split(" ")[0].casefold().strip(_AROUND).rstrip(_MARKS)
    return first in POSTSCRIPT
