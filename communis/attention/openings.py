"""Notices about openings: one is asked, reminded once, told what will be opened; who proposed can choose."""

from communis.attention.models import Notice, address_of_notice
from communis.journal.models import Entry
from communis.journal.reactions import react_to
from communis.people.holdings import viewer_for
from communis.widening import telling
from communis.widening.models import Lesson, Widening

Reason = Notice.Reason


@react_to("proposed widening")
def someone_proposed(entry: Entry) -> None:
    """Tell everyone whose words it is about."""
    _tell(entry, telling.asked(entry.about["widening"]), Reason.ASKED)


@react_to("reminded of widening")
def time_runs(entry: Entry) -> None:
    """Tell those who have not answered, once."""
    _tell(entry, telling.silent(entry.about["widening"]), Reason.ASKED_AGAIN)


@react_to("chose to open")
@react_to("more will open")
def it_will_open(entry: Entry) -> None:
    """Tell those who said yes, so that they can look once more and take it back."""
    _tell(entry, telling.said_yes(entry.about["widening"]), Reason.WILL_OPEN)


@react_to("widening can be chosen")
def it_can_be_chosen(entry: Entry) -> None:
    """Tell who proposed it."""
    _tell(entry, telling.proposer(entry.about["widening"]), Reason.CAN_OPEN)


@react_to("proposed lesson")
def a_lesson_is_proposed(entry: Entry) -> None:
    """Tell the one who was answered, as long as it is asked about."""
    for person in sorted(telling.asked_about_lesson(entry.about["lesson"])):
        about = Lesson.visible.to(viewer_for(person)).filter(id=entry.about["lesson"]).first()
        if about is not None:
            defaults = {
                "public_id": address_of_notice(person, about.public_id, entry.at),
                "reason": Reason.LESSON,
                "made_at": entry.at,
            }
            Notice.everything.get_or_create(person_id=person, entry=entry.id, defaults=defaults)


def _tell(entry: Entry, persons: set[int], reason: Notice.Reason) -> None:
    for person in sorted(persons):
        about = Widening.visible.to(viewer_for(person)).filter(id=entry.about["widening"]).first()
        if about is not None:
            defaults = {
                "public_id": address_of_notice(person, f"{about.public_id}:{int(reason)}", entry.at),
                "reason": reason,
                "made_at": entry.at,
            }
            Notice.everything.get_or_create(person_id=person, entry=entry.id, defaults=defaults)
