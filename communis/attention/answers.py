"""Notices about answers: one is asked, reminded once, answered; another day is promised, or someone else answers."""

from communis.answers import telling
from communis.answers.cutting_down import receiver_of, reporter_of, reports_seen
from communis.answers.helping import sees_helpers
from communis.attention.models import Notice
from communis.attention.telling import note, tell_by_itself
from communis.conversations.telling import author_of, seen_by_author
from communis.conversations.wider import lines_beside
from communis.journal.finding import done_by
from communis.journal.models import Entry
from communis.journal.reactions import react_to
from communis.people.holdings import viewer_for

Reason = Notice.Reason


@react_to("asked for answer")
def someone_is_asked(entry: Entry) -> None:
    """Tell those who can answer, while it waits."""
    ask = entry.about["ask"]
    if telling.still_waits(ask):
        tell_by_itself(entry, telling.receivers_of(ask), Reason.TO_ANSWER)


@react_to("handed over ask")
def someone_else_is_asked(entry: Entry) -> None:
    """Tell who has it now, and who asked."""
    ask = entry.about["ask"]
    if telling.still_waits(ask):
        tell_by_itself(entry, telling.asker_of(ask), Reason.HANDED_OVER)
        tell_by_itself(entry, telling.receivers_of(ask) - telling.asker_of(ask), Reason.TO_ANSWER)


@react_to("promised new day")
def another_day_is_promised(entry: Entry) -> None:
    """Tell who asked."""
    tell_by_itself(entry, telling.asker_of(entry.about["ask"]), Reason.NEW_DAY)


@react_to("gave answer")
def an_answer_was_given(entry: Entry) -> None:
    """Tell who wrote what is answered, and reads it first. Nobody else learns of it yet (R18)."""
    tell_by_itself(entry, author_of(entry.about["line"]), Reason.ANSWER_GIVEN)


@react_to("opened answer")
def an_answer_can_be_read(entry: Entry) -> None:
    """Tell who asked about the words of another."""
    ask = entry.about["ask"]
    tell_by_itself(entry, telling.asker_of(ask) - author_of(telling.line_of(ask)), Reason.ANSWER_GIVEN)


@react_to("offered help")
def someone_wants_to_help(entry: Entry) -> None:
    """Tell who wrote the idea and who said yes to it: once for each who offers, however often they come back (R60)."""
    line, person = entry.about["line"], entry.person_id
    if person is None or not telling.still_helps(line, person):
        return
    earlier = Notice.everything.filter(line_id__in=lines_beside([line]), reason=Reason.HELP)
    if done_by(person, "offered help", earlier.exclude(entry=entry.id).values_list("entry", flat=True)):
        return
    for told in sorted((author_of(line) | telling.givers_of_yes(line)) - {person}):
        # At the words as they read them, which may be on a narrower line; and only where they read the name.
        seen = seen_by_author(line, told)
        if seen is not None and sees_helpers(line, viewer_for(told)):
            tell_by_itself(entry, {told}, Reason.HELP, line=seen)


@react_to("kept answer")
def an_answer_stands(entry: Entry) -> None:
    """Tell who answered the reason. Nobody else learns that it was thought over."""
    tell_by_itself(entry, author_of(entry.about["line"]), Reason.ANSWER_KEPT)


@react_to("reported cutting down")
def someone_was_cut_down(entry: Entry) -> None:
    """Tell the one person it goes to, who need not see the line."""
    _tell_of_report(entry, receiver_of(entry.about["report"]), Reason.REPORTED)


@react_to("handled report")
def a_report_was_handled(entry: Entry) -> None:
    """Tell who made it."""
    _tell_of_report(entry, reporter_of(entry.about["report"]), Reason.REPORT_HANDLED)


def _tell_of_report(entry: Entry, persons: set[int], reason: Notice.Reason) -> None:
    for person in sorted(persons - {entry.person_id}):
        seen = reports_seen([entry.about["report"]], viewer_for(person))
        for public_id in seen.values():
            note(entry, person, public_id, reason=reason)


@react_to("reminded of ask")
def the_day_is_near(entry: Entry) -> None:
    """Tell those who promised, while it still waits."""
    ask = entry.about["ask"]
    if telling.still_waits(ask):
        tell_by_itself(entry, telling.receivers_of(ask), Reason.ANSWER_DUE)
