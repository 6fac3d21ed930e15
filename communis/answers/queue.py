"""What waits for one's answer, by the day that was promised. Nobody else sees it, nor how long it is (rulings.md)."""

import datetime
from typing import NamedTuple

from django.db.models import Q

from communis.answers.absences import instead, stands_in
from communis.answers.answering import only_the_two
from communis.answers.models import Ask, CoHost, Mandate
from communis.answers.promises import today
from communis.conversations.kinds import Wish
from communis.conversations.lines import LineSeen, lines_open
from communis.conversations.refusals import NotThere
from communis.conversations.wishing import wishes_on
from communis.looking.viewers import Viewer
from communis.people.models import Person
from communis.people.naming import names_of

WEEK = datetime.timedelta(days=7)


class Waiting(NamedTuple):
    """An ask in one's queue, with the words it is about as one may see them."""

    ask: Ask
    about: LineSeen
    wishes: list[Wish]
    # The audience of the line it was asked on, for the program; and whether others than the two read along.
    audience: int
    others_read: bool
    # The name of who was asked and is away, where one stands in; empty for what is one's own.
    instead_of: str

    @property
    def late(self) -> int:
        """Whole days since the promised day; 0 when it has not passed."""
        return max(0, (today() - self.ask.promised).days)


class Queue(NamedTuple):
    """In groups: due today or before, within a week, later, and where the author has to say more first."""

    today: list[Waiting]
    week: list[Waiting]
    later: list[Waiting]
    others_turn: list[Waiting]

    @property
    def all_open(self) -> list[Waiting]:
        """Those that wait for someone else too."""
        return [*self.waiting, *self.others_turn]

    @property
    def waiting(self) -> list[Waiting]:
        """All that waits for the one who looks, in the order of the promised days."""
        return [*self.today, *self.week, *self.later]


def queue_of(viewer: Viewer, *, by: Person) -> Queue:
    """The person's own queue, about words she still reads: to her, to whom she answers along with or stands in for."""
    open_states = (Ask.State.WAITING, Ask.State.AUTHORS_TURN)
    rows = Ask.visible.to(viewer).filter(_hers(by), state__in=open_states).order_by("promised", "id")
    waiting = _waiting(list(rows), viewer, by)
    own = [one for one in waiting if one.ask.state == Ask.State.WAITING]
    day = today()
    return Queue(
        [one for one in own if one.ask.promised <= day],
        [one for one in own if day < one.ask.promised <= day + WEEK],
        [one for one in own if one.ask.promised > day + WEEK],
        [one for one in waiting if one.ask.state == Ask.State.AUTHORS_TURN],
    )


def was_ever_asked(viewer: Viewer, *, by: Person) -> bool:
    """Whether there is an ask of the person's own to see, in whatever state."""
    return Ask.visible.to(viewer).filter(_hers(by)).exists()


def ask_waiting(ask: str, viewer: Viewer, *, by: Person) -> Waiting:
    """One ask of the person's own, also when it is answered or taken back. Raises NotThere for anyone else's."""
    waiting = _waiting(list(Ask.visible.to(viewer).filter(_hers(by), public_id=ask)), viewer, by)
    if not waiting:
        raise NotThere
    return waiting[0]


def _hers(by: Person) -> Q:
    """Asks to the person, within a mandate she answers along in, or to whom she stands in for today."""
    along = Mandate.everything.filter(id__in=CoHost.objects.filter(person=by).values("mandate_id"))
    return Q(person=by) | Q(mandate_id__in=along.values("id")) | instead(by)


def _waiting(asks: list[Ask], viewer: Viewer, by: Person) -> list[Waiting]:
    if not asks:
        return []
    names = names_of(ask.person_id for ask in asks if ask.stand_in_id == by.id and stands_in(ask, by))
    about = lines_open([ask.line_id for ask in asks], viewer)
    return [
        Waiting(
            ask,
            about[ask.line_id].seen,
            wishes_on(ask.line_id),
            about[ask.line_id].audience,
            not only_the_two(ask, about[ask.line_id].audience),
            names[ask.person_id][1] if ask.stand_in_id == by.id and ask.person_id in names else "",
        )
        for ask in asks
        if ask.line_id in about
    ]


def how_many_wait(viewer: Viewer, *, by: Person) -> tuple[int, int, int]:
    """``(all, promised today, late)`` of what waits for the person: for her own sentence on the front page."""
    queue = queue_of(viewer, by=by)
    late = sum(one.late > 0 for one in queue.today)
    return len(queue.waiting), len(queue.today) - late, late
