"""Files of a mail on their way into a contribution: as on the page, each is tried and cleaned (trust T24)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from communis.channels.email.parsing.letter import Attachment
from communis.conversations.documents import FileRefused
from communis.conversations.drafting import MOST_FILES
from communis.conversations.files import discard
from communis.conversations.pictures import Prepared, prepare
from communis.conversations.storing import keep
from communis.conversations.words import Attachment as Carried


class Tried(NamedTuple):
    """The files that can come along, and for each other one a sentence that says which and why."""

    can: tuple[Prepared, ...]
    refused: tuple[str, ...]


NO_FILES = Tried((), ())


def try_files(files: Sequence[Attachment]) -> Tried:
    """Judge the files by what is in them. Takes up to a second for a large picture: not within a transaction."""
    can: list[Prepared] = []
    refused: list[str] = []
    for file in files:
        if len(can) == MOST_FILES:
            refused.append(f"{file.name}: {_('There can be ten files. Take one away first.')}")
            continue
        try:
            can.append(prepare(file.content, file.name))
        except FileRefused as refusal:
            refused.append(f"{file.name}: {refusal}")
    return Tried(tuple(can), tuple(refused))


def keep_files(files: Sequence[Prepared]) -> list[Carried]:
    """Keep them durably, for a contribution to carry."""
    return [keep(file) for file in files]


def let_go(files: Sequence[Carried]) -> None:
    """Forget the bytes of those that no contribution carries."""
    discard([name for file in files for name in (file.stored_as, file.small_stored_as)])
