"""Which mail answers which, by Message-ID, References and In-Reply-To (RFC 5256, after Zawinski), never by subject:
two conversations called *Hej* are two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from communis.channels.email.parsing.fingerprint import fingerprint
from communis.channels.email.parsing.letter import Letter


class Traced(NamedTuple):
    """What is needed of a mail to find its place; its words and files need not be held for that."""

    place: str  # where it lies, to read it again
    message_id: str | None
    answers: tuple[str, ...]  # what it answers, the nearest first
    date: int | None  # microseconds since 1970
    fingerprint: bytes


class Placed(NamedTuple):
    mail: Traced
    parent: str | None  # the place of the mail that it answers, or of the nearest above that is here
    over_missing: bool  # what it answers itself is not here: ``parent`` is further above, or none
    thread: int  # counted from 0; those that answer the same missing mail are in one thread
    depth: int  # 1 for what begins a thread


@dataclass(frozen=True)
class Threads:
    mails: tuple[Placed, ...]  # thread after thread, each parent before what answers it, else by date
    duplicates: tuple[tuple[str, str], ...]  # the place of a mail that was there before, and of that
    missing: int  # mails that are answered here and are not here
    untied: int  # links that were left out because they went round in a circle


def traced(letter: Letter, *, place: str, raw: bytes) -> Traced:
    """References name all above, the nearest last; In-Reply-To the nearest, and mostly the same."""
    above = [*letter.references]
    if letter.in_reply_to and letter.in_reply_to not in above:
        above.append(letter.in_reply_to)
    answers = tuple(name for name in reversed(above) if name != letter.message_id)
    return Traced(place, letter.message_id, answers, letter.date, fingerprint(raw))


def threads(mails: Iterable[Traced]) -> Threads:
    """Every mail is in it once: placed, or as a duplicate of one that is."""
    kept, duplicates = _each_once(mails)
    by_id: dict[str, Traced] = {}
    for mail in kept:
        if mail.message_id:
            by_id.setdefault(mail.message_id, mail)
    parents: dict[str, Traced] = {}
    answered: set[str] = set()
    untied = 0
    for mail in kept:
        for name in mail.answers:
            candidate = by_id.get(name)
            if candidate is None or candidate.place == mail.place:
                continue
            # Only what is answered already can hang on itself: walking up is rare, and lists of any depth go fast.
            if mail.place in answered and _is_above(mail, candidate, parents):
                untied += 1
                continue
            parents[mail.place] = candidate
            answered.add(candidate.place)
            break
    missing = {mail.answers[0] for mail in kept if mail.answers and mail.answers[0] not in by_id}
    return Threads(_in_order(kept, parents, by_id), tuple(duplicates), len(missing), untied)


def _each_once(mails: Iterable[Traced]) -> tuple[list[Traced], list[tuple[str, str]]]:
    """The same mail twice is one; two different mails that bear the same Message-ID are two, and both are kept."""
    first: dict[bytes, str] = {}
    dated: dict[tuple[str, int], str] = {}
    kept: list[Traced] = []
    duplicates: list[tuple[str, str]] = []
    for mail in mails:
        known = first.get(mail.fingerprint)
        # A list adds a footer or a tag to one of two copies: then its name and its date are the same.
        if known is None and mail.message_id and mail.date is not None:
            known = dated.get((mail.message_id, mail.date))
        if known is not None:
            duplicates.append((mail.place, known))
            continue
        first[mail.fingerprint] = mail.place
        if mail.message_id and mail.date is not None:
            dated[mail.message_id, mail.date] = mail.place
        kept.append(mail)
    return kept, duplicates


def _is_above(mail: Traced, below: Traced, parents: dict[str, Traced]) -> bool:
    """Whether ``below`` already hangs, over however many, on ``mail``."""
    above: Traced | None = below
    while above is not None:
        if above.place == mail.place:
            return True
        above = parents.get(above.place)
    return False


def _in_order(kept: list[Traced], parents: dict[str, Traced], by_id: dict[str, Traced]) -> tuple[Placed, ...]:
    by_date = sorted(kept, key=lambda mail: (mail.date is None, mail.date or 0))
    below: dict[str, list[Traced]] = {}
    for mail in by_date:
        if mail.place in parents:
            below.setdefault(parents[mail.place].place, []).append(mail)
    placed: list[Placed] = []
    for thread, beginning in enumerate(_beginnings(by_date, parents)):
        waiting = [(mail, 1) for mail in reversed(beginning)]
        while waiting:
            mail, depth = waiting.pop()
            parent = parents.get(mail.place)
            over_missing = bool(mail.answers) and (parent is None or by_id.get(mail.answers[0]) is not parent)
            placed.append(Placed(mail, parent.place if parent else None, over_missing, thread, depth))
            waiting += [(answer, depth + 1) for answer in reversed(below.get(mail.place, []))]
    return tuple(placed)


def _beginnings(by_date: list[Traced], parents: dict[str, Traced]) -> list[list[Traced]]:
    """What begins each thread: one mail, or those that name the same missing one above them."""
    threads: list[list[Traced]] = []
    by_missing: dict[str, list[Traced]] = {}
    for mail in by_date:
        if mail.place in parents:
            continue
        beginning = next((by_missing[name] for name in mail.answers if name in by_missing), None)
        if beginning is None:
            beginning = []
            threads.append(beginning)
        beginning.append(mail)
        for name in mail.answers:
            by_missing.setdefault(name, beginning)
    return threads
