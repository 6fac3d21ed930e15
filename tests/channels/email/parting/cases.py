"""The mails that parting is measured on, and what counts as right. Run as a module it prints the figures."""

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

from communis.channels.email.parting.forwards import Forwarded, forwarded
from communis.channels.email.parting.html_text import text_of_html
from communis.channels.email.parting.parting import part

NORDIC = Path(__file__).parents[3] / "data" / "mail"
LANGUAGES = ("sv", "nb", "da", "fi")
# A subject that decides nothing, where a mail of ours has none.
ANSWER = "Re: x"


class Figures(NamedTuple):
    """``right`` and ``wrong`` name the mails; ``leaked`` those where words of others came out as written."""

    right: list[str]
    wrong: list[str]
    leaked: list[str]

    @property
    def share(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong))

    def __str__(self) -> str:
        count = len(self.right) + len(self.wrong)
        return f"{len(self.right)} of {count} right, {len(self.leaked)} with words of others"


def nordic(*, unseen: bool) -> Figures:
    """How our own mails fare: those that were looked at while the rules were made, or the others."""
    figures = Figures([], [], [])
    for name, case in _nordic_cases():
        if case.get("unseen", False) is not unseen:
            continue
        text = text_of_html(case["html"]) if "html" in case else case["text"]
        parted = part(text)
        leaked = any(words.strip() in parted.written for words in case["never"])
        answers = [[piece.answers, bare(piece.text)] for piece in parted.pieces if piece.answers]
        found = forwarded(text, case.get("subject", ANSWER))
        right = (
            not leaked
            and bare(parted.written) == bare(case["written"])
            and answers == case.get("answers", [])
            and _as_told(found) == _as_wanted(case.get("forwarded"))
        )
        (figures.right if right else figures.wrong).append(name)
        if leaked:
            figures.leaked.append(name)
    return figures


def leaking(change: Callable[[str], str]) -> list[str]:
    """Our own mails that tell words of others, when their text was changed on its way."""
    return [
        name
        for name, case in _nordic_cases()
        for text in [text_of_html(case["html"]) if "html" in case else case["text"]]
        if any(words.strip() in _unbroken(part(change(text)).written) for words in case["never"])
    ]


def answers(folder: Path) -> Figures:
    """The answers that others collected. A signature that they count as written may be there or not."""
    figures = Figures([], [], [])
    for case in _rows(folder / "cases.jsonl"):
        if not case.keys() & {"expected_reply", "must_contain", "must_not_contain"}:
            continue
        parted = part(_text(folder / case["file"], case["format"]))
        written, signed = bare(parted.written), bare(f"{parted.written}\n{parted.signature}")
        leaked = any(bare(words) in written for words in case.get("must_not_contain", []))
        right = (
            not leaked
            and all(bare(words) in written for words in case.get("must_contain", []))
            and bare(case.get("expected_reply", written)) in {written, signed}
        )
        (figures.right if right else figures.wrong).append(f"{case['lang']} {case['id']}")
        if leaked:
            figures.leaked.append(case["id"])
    return figures


def forwards(folder: Path) -> Figures:
    """The forwarded mails that others collected, and some that are none. What they name has to be found."""
    figures = Figures([], [], [])
    for case in _rows(folder / "cases.jsonl"):
        subject = (folder / case["subject_file"]).read_text(encoding="utf-8") if case["subject_file"] else ""
        found = forwarded((folder / case["body_file"]).read_text(encoding="utf-8"), subject)
        right = _as_wanted_there(found, case)
        (figures.right if right else figures.wrong).append(f"{case['lang']} {case['body_file']}")
    return figures


def bare(text: str) -> str:
    """The lines without space around them, and without blank ones."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _unbroken(text: str) -> str:
    """On one line: what is broken there differs from what was broken in the mail."""
    return " ".join(text.split())


def _nordic_cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for language in LANGUAGES:
        for case in tomllib.loads((NORDIC / f"{language}.toml").read_text(encoding="utf-8"))["case"]:
            yield f"{language}: {case['name']}", case


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _text(path: Path, form: str) -> str:
    if form == "text":
        return path.read_text(encoding="utf-8", errors="replace")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    assert body is not None
    content = body.get_content()
    return text_of_html(content) if body.get_content_subtype() == "html" else content


def _as_told(found: Forwarded | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "name": found.sender.name,
        "address": found.sender.address,
        "to": [person.address for person in found.to],
        "cc": [person.address for person in found.copy],
        "date": found.date,
        "subject": found.subject,
        "message": bare(found.message),
        "body": bare(found.body),
    }


def _as_wanted(told: dict[str, Any] | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {"cc": [], **told, "message": bare(told["message"]), "body": bare(told["body"])}


def _as_wanted_there(found: Forwarded | None, case: dict[str, Any]) -> bool:
    if found is None or not case["forwarded"]:
        return (found is not None) == case["forwarded"]
    told = {
        "subject": found.subject,
        "from_address": found.sender.address,
        "from_name": found.sender.name,
        "message": bare(found.message),
        "body": bare(found.body),
    }
    return all(
        told[key] == (bare(case[key]) if key in {"message", "body"} else case[key])
        for key in told
        if case.get(key)
    )


if __name__ == "__main__":
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print("our own, looked at:", nordic(unseen=False))
    print("our own, not looked at:", nordic(unseen=True))
    if shared is not None:
        print("answers of others:", answers(shared / "replies"))
        print("forwarded mails of others:", forwards(shared / "forwards"))
