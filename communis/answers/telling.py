"""Whom an ask and its answer concern: persons as plain ids, for telling and never for showing."""

from communis.answers.absences import stands_in
from communis.answers.models import Answer, Ask, CoHost, Helper
from communis.answers.verdicts import ACCEPTED
from communis.conversations.kinds import Kind
from communis.conversations.lines import said_on
from communis.conversations.telling import answered_by, author_of, kind_on
from communis.conversations.wider import lines_beside
from communis.people.naming import person_with


def receivers_of(ask: int) -> set[int]:
    """Who is to answer, who answers along within the mandate, and who stands in today."""
    found = Ask.everything.filter(id=ask).first()
    if found is None:
        return set()
    along = CoHost.objects.filter(mandate_id=found.mandate_id).values_list("person_id", flat=True)
    instead = {found.stand_in_id} if found.stand_in_id and _stands_in(found) else set()
    return {found.person_id, *along, *instead}


def _stands_in(ask: Ask) -> bool:
    return stands_in(ask, person_with(ask.stand_in_id or 0))


def asker_of(ask: int) -> set[int]:
    """Who asked."""
    return set(Ask.everything.filter(id=ask).values_list("asker_id", flat=True))


def line_of(ask: int) -> int:
    """The number of the line it was asked on."""
    return Ask.everything.values_list("line_id", flat=True).get(id=ask)


def still_waits(ask: int) -> bool:
    """Whether it is neither answered nor taken back."""
    return Ask.everything.filter(id=ask, state=Ask.State.WAITING).exists()


def tells_outcome(line: int) -> bool:
    """Whether what stands on the line tells what came of an answer."""
    return kind_on(line) == Kind.OUTCOME


def authors_of_idea(outcome: int) -> set[int]:
    """Who wrote what was answered, where the line with this number tells what came of the answer."""
    answer = answered_by(outcome)
    if answer is None:
        return set()
    asks = Answer.everything.filter(contribution_id=answer).values("ask_id")
    lines = Ask.everything.filter(id__in=asks).values_list("line_id", flat=True)
    return {person for line in lines for person in author_of(line)}


def givers_of_yes(line: int) -> set[int]:
    """Who has said yes to the words on the line, so that it can be read."""
    asks = Ask.everything.filter(line_id__in=lines_beside([line])).values("id")
    given = Answer.everything.filter(ask_id__in=asks, verdict__in=ACCEPTED, contribution_id__isnull=False)
    return set(given.values_list("person_id", flat=True))


def told_by_itself(line: int) -> set[int]:
    """Who wrote what the answer on the line is to, and who asked: both are told of it when it is theirs to read."""
    said = said_on([line]).values()
    asks = Answer.everything.filter(contribution_id__in=said).values("ask_id")
    found = list(Ask.everything.filter(id__in=asks).values_list("line_id", "asker_id"))
    return {person for about, asker in found for person in {asker, *author_of(about)}}


def still_helps(line: int, person: int) -> bool:
    """Whether the person has not taken the offer back."""
    return Helper.everything.filter(line_id=line, person_id=person).exists()
