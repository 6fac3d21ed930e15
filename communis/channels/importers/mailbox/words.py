"""What a mail of an archive says, and who says it: what a contribution needs, and no address of anybody."""

import re
from typing import NamedTuple

from django.utils.html import escape

from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parting.forwards import forwarded
from communis.channels.email.parting.html_text import text_of_html
from communis.channels.email.parting.mail_words import ANSWERED_SUBJECT
from communis.channels.email.parting.parting import part
from communis.conversations.markdown import from_html, plain, render
from communis.conversations.safe_html import LONGEST as LONGEST_MARKDOWN
from communis.widening.email_addresses import email_addresses

# A log that somebody sent along is long; what a person may write here is not the measure.
LONGEST = 2_000_000
LONGEST_TITLE = 500
# What stands for a mail address among the words.
ADDRESS = "…@…"
# What stands where a mail has no words of its own.
NOTHING = "<p>…</p>"

_ANSWER = re.compile(r"\s*([^\W\d_]{1,20})\s?(?:\[\d{1,3}\])?\s?[:：]\s*")
# Archives on the web write the at sign as a word.
_WRITTEN_OUT = re.compile(r"\S+\s(?:at|\(at\)|\[at\])\s\S+\.\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*@\S*")
_IN_QUOTES = re.compile(r"^'([^']+)'")
_AROUND = " \t\"'<>()[],;"
_MAIL_LINK = re.compile(r"\[([^\]\n]{0,500})\]\(mailto:[^)\s]{0,500}\)", re.IGNORECASE)
_RULE = re.compile(r"[-=*~]{10,}")
_FOOTER = re.compile(r"unsubscribe|mailman/listinfo|avregistrera|avsluta prenumerationen", re.IGNORECASE)
_LONGEST_FOOTER = 15  # lines
_LIST = re.compile(r"<([A-Za-z0-9][A-Za-z0-9._-]{0,150})>")


class Said(NamedTuple):
    """``text`` is Markdown: what was written in the mail itself, else what it passed on, as a quote."""

    title: str
    text: str

    def html(self, *, opens: bool) -> str:
        """Safe HTML, for what ``opens`` a conversation below its title. Raises TextTooLong."""
        body = _html(self.text) if self.text else ""
        if opens and self.title:
            return f"<h3>{escape(self.title)}</h3>\n{body}"
        return body if plain(body).strip() else NOTHING


def name_of(letter: Letter) -> str:
    """The name of whoever wrote; empty where only an address says who it was, or nothing."""
    if not letter.senders:
        return ""
    name, address = letter.senders[0]
    said = _ADDRESS.sub(" ", _WRITTEN_OUT.sub(" ", name))
    said = _IN_QUOTES.sub(r"\1", " ".join(said.split())).strip(_AROUND)
    # Some programs put there what stands before the at sign.
    before = address.rpartition("@")[0]
    return "" if said.casefold() == before.casefold() else said


def list_of(letter: Letter) -> str:
    """What the list calls itself, as ``dev.example.org``; empty where the mail names none."""
    named = [match for value in letter.header("list-id") if (match := _LIST.search(value))]
    return named[0][1].lower() if named else ""


def title_of(subject: str) -> str:
    """The subject without the words that mail programs put before it when somebody answers, and without addresses."""
    said = " ".join(subject.split())
    while (match := _ANSWER.match(said)) and match[1].casefold() in ANSWERED_SUBJECT:
        said = said[match.end() :]
    return _without_addresses(said)[:LONGEST_TITLE].strip()


def said_in(subject: str, text: str | None, html: str | None) -> Said:
    """``text`` and ``html`` as a Letter has them."""
    whole = text if text is not None else text_of_html(html or "")
    whole = _without_footer(whole)
    parted = part(whole)
    words = parted.written.strip()
    if not words:
        passed_on = forwarded(whole, subject)
        others = passed_on.body if passed_on else parted.elided.replace(parted.signature, "", 1)
        words = _quote(others.strip())
    return Said(title_of(subject), _without_addresses(words))


def _without_footer(text: str) -> str:
    """Without what the list put below the mail: a line of dashes, and how to leave the list."""
    lines = text.rstrip().split("\n")
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - _LONGEST_FOOTER), -1):
        if _RULE.fullmatch(lines[place].strip()):
            below = "\n".join(lines[place + 1 :])
            return "\n".join(lines[:place]) if _FOOTER.search(below) else text
    return text


def _quote(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n")) if text else ""


def _without_addresses(text: str) -> str:
    if "@" not in text:
        return text
    text = _MAIL_LINK.sub(r"\1", text)
    pieces: list[str] = []
    ended = 0
    for start, end, _kind in email_addresses(text):
        if start >= ended:
            pieces += [text[ended:start], ADDRESS]
            ended = end
    return "".join(pieces) + text[ended:]


def _html(text: str) -> str:
    if len(text) <= LONGEST_MARKDOWN:
        return render(text)
    return from_html(str(escape(text)), limit=LONGEST)
