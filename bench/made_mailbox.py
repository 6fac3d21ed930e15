"""Writes a made mailing list of any size as an mbox: for measuring, and for tests of long imports."""

from collections.abc import Sequence
from email.utils import formatdate
from pathlib import Path
from random import Random

_SENTENCE = (
    "vi kan prova en annan väg till mötet innan hösten kommer och alla har läst det som skrevs i våras"
)
_WORDS = _SENTENCE.split()
# 2 January 2020, in seconds; then a mail every twenty minutes.
_BEGINS, _STEP = 1_577_923_200, 1_200


def made_mail(
    number: int,
    answers: Sequence[str] = (),
    *,
    body: str = "",
    sender: str = "",
    more: str = "",
    date: str | None = None,
) -> bytes:
    """One mail of the list. ``answers``: the Message-IDs above it, the nearest last. ``more``: lines of headers."""
    above = f"In-Reply-To: {answers[-1]}\nReferences: {' '.join(answers)}\n" if answers else ""
    dated = formatdate(_BEGINS + number * _STEP) if date is None else date
    subject = "Re: " * bool(answers) + f"Ämne {number}"
    return (
        f"From: {sender or f'Person {number % 50} <person{number % 50}@lista.example>'}\n"
        f"To: lista@lista.example\nList-Id: <prat.lista.example>\nSubject: {subject}\n"
        + (f"Date: {dated}\n" if dated else "")
        + f"Message-ID: {message_id(number)}\n{above}{more}"
        + f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"{body or f'Ord {number}.'}\n"
    ).encode()


def message_id(number: int) -> str:
    return f"<{number}.made@lista.example>"


def write_mbox(path: Path, mails: Sequence[bytes]) -> Path:
    """These mails, in their order."""
    with path.open("wb") as file:
        for mail in mails:
            file.write(b"From lista@lista.example Thu Jan  2 00:00:00 2020\n")
            file.write(mail.replace(b"\nFrom ", b"\n>From ") + b"\n")
    return path


def write_list(path: Path, mails: int, seed: int = 1) -> Path:
    """A list of so many mails, the same each time: one in five begins a thread, the others quote what they answer."""
    random = Random(seed)
    above: list[list[str]] = []

    def written() -> list[bytes]:
        made: list[bytes] = []
        for number in range(mails):
            answers = [*random.choice(above[-40:])][-10:] if above and random.random() < 0.8 else []
            above.append([*answers, message_id(number)])
            text = "\n".join(" ".join(random.choices(_WORDS, k=12)) for _ in range(random.randint(3, 15)))
            quoted = (
                "Den 2 jan. 2020 skrev Någon <n@lista.example>:\n> " + " ".join(_WORDS) if answers else ""
            )
            made.append(made_mail(number, answers, body=f"{text}.\n\n{quoted}\n-- \nPerson\n070-123 45 67"))
        return made

    return write_mbox(path, written())
