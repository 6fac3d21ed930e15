"""Answers on public mailing lists whose original is there too: then it is known what they quote."""

import mailbox
import re
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from communis.channels.email.parting.parting import part

# Shorter lines are said twice by chance, and lines of more mails than these are footers of the list or of a program.
SHORTEST = 25
MOST_MAILS = 2


def answers_and_what_they_repeat(folder: Path) -> tuple[int, list[str]]:
    """How many answers there are, and the lines that count as written in one and were written in its original."""
    texts = {message["message-id"].strip(): message for message in _messages(folder) if message["message-id"]}
    written = {
        number: _lines(part(text).written) for number, message in texts.items() if (text := _text(message))
    }
    common = Counter(line for lines in written.values() for line in lines)
    count = 0
    repeated: list[str] = []
    for number in written:
        said = f"{texts[number]['in-reply-to'] or ''} {texts[number]['references'] or ''}"
        originals = {original for original in re.findall(r"<[^>\s]+>", said)} & written.keys() - {number}
        count += bool(originals)
        lines = set().union(*(written[original] for original in originals))
        repeated += [line for line in written[number] & lines if common[line] <= MOST_MAILS]
    return count, repeated


def _messages(folder: Path) -> list[EmailMessage]:
    raw = [path.read_bytes() for path in (folder / "notmuch").rglob("*_2,")]
    for path in (folder / "apache").glob("*.mbox"):
        raw += [message.as_bytes() for message in mailbox.mbox(path, create=False)]
    messages = [message_from_bytes(some, policy=policy.default) for some in raw]
    return [message for message in messages if isinstance(message, EmailMessage)]


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    try:
        return body.get_content() if body is not None else ""
    except (LookupError, UnicodeError):
        return ""


def _lines(text: str) -> set[str]:
    lines = {re.sub(r"\W+", " ", line).strip().casefold() for line in text.splitlines()}
    return {line for line in lines if len(line) > SHORTEST}
