"""What a mail says for others: its sender's own words and her own files. The rest is for her alone (trust L21)."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote

from communis.channels.email.destinations import Destination
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.letter import Attachment, Letter
from communis.channels.email.parting.correspondents import Correspondent
from communis.channels.email.parting.forwards import Forwarded, forwarded
from communis.channels.email.parting.html_text import text_of_html
from communis.channels.email.parting.parting import Piece, part

# In characters; ten times what a contribution may be. Longer ones would keep the worker for seconds.
LONGEST_LETTER = 1_000_000
# Bytes. A picture inside the text that is smaller is a mark of a program or an office.
SMALLEST_PICTURE = 10_000
# What programs add to prove who wrote: nobody reads it.
_PROOFS = frozenset(
    [
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    ]
)
_MAIL = "message/rfc822"
_NAMED_PICTURE = re.compile(
    r"(?i)<img\b[^<>]{0,2000}?\bsrc\s{0,5}=\s{0,5}[\"']?cid:([^\"'<>\s]{1,300})[^<>]{0,2000}>"
)


class Written(NamedTuple):
    """``pieces`` are her words in the order of the mail, each with the words it stands under; ``words`` all of them.

    ``passed_on`` is the mail of somebody else that came along. ``files`` are those that she put in.
    """

    words: str
    pieces: tuple[Piece, ...] = ()
    passed_on: Forwarded | None = None
    files: tuple[Attachment, ...] = ()


NOTHING = Written("")


def written_in(letter: Letter, destination: Destination | None) -> Written:
    """What was written in the mail itself, without what it quotes, passes on and is signed with. Nothing of a huge one.

    ``destination``: where it leads. Without a subject, what leads to a mail of ours answers it.
    """
    if max(len(letter.text or ""), len(letter.html or "")) > LONGEST_LETTER:
        return NOTHING
    text = letter.text if letter.text is not None else text_of_html(letter.html or "")
    answers = destination is not None and destination.outgoing_id is not None
    found = None if answers and not letter.subject.strip() else forwarded(text, letter.subject)
    if found is not None:
        return Written(found.message, _whole(found.message), found)
    parted = part(text, letter.sender.name if letter.sender is not None else "")
    within = _mail_within(letter.attachments)
    if within is not None:
        # Files of a mail within came with it, or cannot be told from those that did.
        return Written(parted.written, parted.pieces, within)
    return Written(parted.written, parted.pieces, None, _own_files(letter))


def _whole(words: str) -> tuple[Piece, ...]:
    return (Piece(words, ""),) if words else ()


def _mail_within(attachments: Sequence[Attachment]) -> Forwarded | None:
    """The first mail that came along as a file, as one that was passed on."""
    raw = next((one.content for one in attachments if one.content_type == _MAIL), None)
    if raw is None:
        return None
    letter = read_in_child(raw)
    if not isinstance(letter, Letter) or max(len(letter.text or ""), len(letter.html or "")) > LONGEST_LETTER:
        return Forwarded(Correspondent("", ""), (), (), "", "", "", "", "")
    sender = letter.sender or Correspondent("", "")
    words = letter.text if letter.text is not None else text_of_html(letter.html or "")
    return Forwarded(Correspondent(*sender), (), (), "", letter.subject, words.strip(), "", "")


def _own_files(letter: Letter) -> tuple[Attachment, ...]:
    """Those that she put in: not what proves the mail, nor pictures of a signature or of what she quotes."""
    html = letter.html or ""
    inside = [unquote(one) for one in _NAMED_PICTURE.findall(html)]
    own = _in_own_words(html, inside) if inside else frozenset()
    files = (one for one in letter.attachments if one.content_type not in _PROOFS and one.content)
    return tuple(
        one
        for one in files
        if one.content_id not in inside or (one.content_id in own and len(one.content) >= SMALLEST_PICTURE)
    )


def _in_own_words(html: str, pictures: Sequence[str]) -> frozenset[str]:
    """Those of the pictures inside the text that stand among the sender's own words."""
    marks = {name: f"bild{number}inutitexten" for number, name in enumerate(dict.fromkeys(pictures))}
    marked = _NAMED_PICTURE.sub(lambda found: f" {marks[unquote(found[1])]} ", html)
    words = set(part(text_of_html(marked)).written.split())
    return frozenset(name for name, mark in marks.items() if mark in words)
