"""A mail is said where it leads: as an answer, piece by piece beside the words it answers, or as something new."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from communis.channels.email.correcting import correct, line_corrected
from communis.channels.email.destinations import Destination
from communis.channels.email.intake.placing import placed
from communis.channels.email.intake.written import Written
from communis.channels.email.reply_addresses import Does
from communis.channels.email.verdict_words import has_verdict
from communis.conversations.asking import question_of
from communis.conversations.contributing import contribute, start
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import LineOpen, address_of, line_open
from communis.conversations.markdown import plain
from communis.conversations.models import Share
from communis.conversations.refusals import NotThere
from communis.conversations.words import Attachment, Quoted
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import circle_with, person_with


class Said(NamedTuple):
    """What a mail has become: the number of its first contribution, and the public id of that one's line.

    ``more`` are the numbers of the lines on which the others stand.
    """

    contribution_id: int
    line: str
    more: tuple[int, ...] = ()


def answered_by(destination: Destination) -> LineOpen | None:
    """The line that the mail leads to, as who wrote it reads it now; None where it begins something new.

    Raises NotThere.
    """
    if destination.line_id is None or destination.person_id is None:
        return None
    return line_open(destination.line_id, viewer_for(destination.person_id))


@transaction.atomic
def say(
    written: Written,
    destination: Destination,
    answered: LineOpen | None,
    *,
    subject: str = "",
    files: Sequence[Attachment] = (),
) -> Said:
    """Answer where the mail leads, for those who read what is answered; or write the letter. All of it, or nothing.

    ``answered`` comes from ``answered_by``. ``files`` go with the first that is said. Raises NotThere and Refused.
    """
    assert destination.person_id is not None  # who wrote it is known by now
    by = person_with(destination.person_id)
    if cannot_be_said(written.words, destination):
        raise NotThere
    corrects = line_corrected(written.words, destination) if destination.does == Does.CORRECTS else None
    others: list[Share] = []
    if corrects is not None:
        share = correct(written.words, corrects, by=by)
    elif answered is not None:
        share, *others = _answer(written, answered.seen, by, to_hosts=destination.to_hosts, files=files)
    else:
        kind, choice = _begun(destination)
        # The subject of what she passes on is somebody else's too.
        about = subject if written.passed_on is None else ""
        words = _with_note(with_subject(about, written.words), written, by)
        share = start(kind, words, by=by, choice=choice, files=files)
    return Said(share.contribution_id, address_of(share)[1], tuple(other.line_id for other in others))


def cannot_be_said(text: str, destination: Destination) -> bool:
    """Whether it is no contribution: an answer about an opening, or a verdict. Both have pages of their own."""
    verdict = destination.does == Does.GIVES_VERDICT and has_verdict(text)
    return verdict or destination.does == Does.CONSENTS


def _answer(
    written: Written, answered: Seen, by: Person, *, to_hosts: bool, files: Sequence[Attachment]
) -> list[Share]:
    """All that the mail says; what it quotes is only pointed at, where it stands and she reads it now."""
    choice = _to_hosts(answered, by) if to_hosts else None
    shares: list[Share] = []
    for piece in placed(written.pieces, plain(answered.html)):
        beside = [Quoted(answered.line, piece.beside)] if piece.beside else []
        text = piece.text if shares else _with_note(piece.text, written, by)
        carried = () if shares else files
        shares.append(contribute(answered.line, text, by=by, choice=choice, quotes=beside, files=carried))
    if not shares:
        raise NotThere
    return shares


def _to_hosts(answered: Seen, by: Person) -> Choice:
    """For those who answer the question, as far as the person may know who they are. Raises NotThere."""
    question = question_of(answered, viewer_for(by.id))
    hosts = [host.public_id for host in question.hosts if host.id != by.id] if question else []
    if not hosts:
        raise NotThere
    return Choice(Rung.DIRECT, persons=tuple(hosts))


def _begun(destination: Destination) -> tuple[Kind, Choice]:
    if destination.to_all:
        return Kind.FRAGMENT, Choice(Rung.ORGANISATION)
    if destination.circle_id is not None:
        return Kind.FRAGMENT, Choice(Rung.CIRCLE, circles=(circle_with(destination.circle_id).public_id,))
    assert destination.receiver_id is not None  # every address leads somewhere
    receivers = (destination.receiver_id, *destination.others)
    return Kind.IDEA, Choice(Rung.DIRECT, persons=tuple(person_with(one).public_id for one in receivers))


def with_subject(subject: str, text: str) -> str:
    """A letter begins with what it is about, unless its words do already."""
    about = " ".join(subject.split())
    return (
        text if not about or text.lstrip().casefold().startswith(about.casefold()) else f"{about}\n\n{text}"
    )


def _with_note(words: str, written: Written, by: Person) -> str:
    """Where words of somebody else came along, their readers are told that there were some. Whose, nobody is told."""
    if written.passed_on is None:
        return words
    with override(by.language):
        note = _("Somebody else's mail came along with this. It is not shown without its author's yes.")
    return f"{words}\n\n*{note}*"
