"""What someone wrote, on its way into a contribution: the text, its anchors, quotes, files and terms."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from communis.conversations import markdown
from communis.conversations.kinds import Level
from communis.conversations.models import Contribution, Revision
from communis.conversations.refusals import Refused
from communis.journal.moments import now


@dataclass(frozen=True)
class Quoted:
    """Words of a line that a reply is about: as selected, which occurrence, and whether they are repeated."""

    line: str
    words: str
    occurrence: int = 0
    quote: bool = False


@dataclass(frozen=True)
class Attachment:
    """A file already prepared and stored (see storing.py), with what its sender said about it."""

    name: str
    media_type: str
    stored_as: str
    small_stored_as: str = ""
    width: int | None = None
    height: int | None = None
    alternative: str = ""
    creator: str = ""
    licence: str = ""
    # A picture that says nothing the words do not: those who cannot see it miss nothing.
    decoration: bool = False


@dataclass(frozen=True)
class Terms:
    """A question's level of influence, what can be influenced, until when, and who may answer (person ids)."""

    level: Level
    scope: str
    answer_by: datetime.date | None = None
    hosts: tuple[int, ...] = field(default=())


def write(
    contribution: Contribution, source: str, *, correction: bool = False, at: int | None = None
) -> Revision:
    """A new revision of the contribution from Markdown, written now or at a moment that says no more than the day.

    Raises Refused when empty or too long.
    """
    if not source.strip():
        raise Refused(_("There are no words yet. Write a few, then send."), "text")
    try:
        html = markdown.render(source)
    except markdown.TextTooLong as error:
        raise Refused(str(error), "text") from error
    return Revision.everything.create(
        contribution=contribution,
        source=source,
        html=html,
        correction=correction,
        written_at=now() if at is None else at,
    )
