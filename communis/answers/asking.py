"""Asking for an answer: of whom, by when, and what becomes of it on the way (R17, R26, R47, R51, R72, R73).

An ask never widens: it goes to someone who reads the words already, and handing it on does too (rulings.md).
"""

import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communis.answers import rules
from communis.answers.absences import away_now, stands_in
from communis.answers.mandates import Held, holds_any, mandates_now
from communis.answers.models import Ask, Mandate, Promise, Step
from communis.answers.promises import is_closed, promised_day, promises_of, today
from communis.answers.waking import end_rest
from communis.conversations import activity
from communis.conversations.gate import Seen
from communis.conversations.lines import line_open, line_seen, share_to_act_on
from communis.conversations.looking_after import looks_after
from communis.conversations.models import Share
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.describing import choosable_persons
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import person_with

LONGEST = 200
OPEN = (Ask.State.WAITING, Ask.State.AUTHORS_TURN)


class Away(NamedTuple):
    """The last day someone is away, and who answers meanwhile: someone the viewer knows to read the words too."""

    last: datetime.date
    stand_in: Person | None


class Askable(NamedTuple):
    """Someone who can be asked about these words: the mandate, what is promised, and by when an answer would come."""

    held: Held
    promise: Promise
    closed: bool
    # None for who is here today.
    away: Away | None
    day: datetime.date

    @property
    def stand_in(self) -> str:
        """The public id of who answers meanwhile; empty for nobody."""
        return self.away.stand_in.public_id if self.away and self.away.stand_in else ""


def askable(audience: int, viewer: Viewer, words: str = "") -> list[Askable]:
    """Whom the viewer can ask about words with this audience: those she knows to read it and who hold a mandate.

    ``words`` finds by subject, unit, authority or name. Never more than she may list anyhow (trust L58).
    """
    readers = choosable_persons(viewer, audience)
    wanted = words.casefold().split()
    found = [
        held
        for held in mandates_now(viewer, readers.values_list("id", flat=True))
        if all(word in _said_of(held) for word in wanted)
    ]
    promises = promises_of(held.person.id for held in found)
    away = _away([held.person.id for held in found], readers)
    return [_askable(held, promises[held.person.id], away.get(held.person.id)) for held in found]


def _away(persons: list[int], readers: QuerySet[Person]) -> dict[int, Away]:
    absences = away_now(persons)
    wanted = {one.stand_in_id for one in absences.values() if one.stand_in_id}
    reading = {one.id: one for one in readers.filter(id__in=wanted)} if wanted else {}
    reading = {number: one for number, one in reading.items() if holds_any(one)}
    return {
        person: Away(absence.last, reading.get(absence.stand_in_id or 0))
        for person, absence in absences.items()
    }


def _askable(held: Held, promise: Promise, away: Away | None) -> Askable:
    """What is promised counts from today, or from when the person is back where nobody answers meanwhile."""
    day = promised_day(promise)
    if away is not None and away.stand_in is None:
        day = away.last + datetime.timedelta(days=promise.days)
    return Askable(held, promise, is_closed(promise), away, day)


def _said_of(held: Held) -> str:
    unit = f"{held.unit.name} {held.unit.authority}" if held.unit else ""
    return f"{held.mandate.subject} {held.person.name} {unit}".casefold()


def may_ask_about(seen: Seen, *, by: Person) -> bool:
    """For the page that offers it."""
    return rules.may_ask(seen, looks_after=seen.own or looks_after(seen.conversation, by))


def ask(line: str, mandate: str, *, by: Person, because: str = "", stand_in: str = "", key: str = "") -> str:
    """Ask whoever holds the mandate for an answer to the words on the line; returns the ask's public id.

    ``stand_in`` is the public id of who was said to answer while that person is away: only what was shown before
    sending counts (R72). Raises NotThere; Refused when the person cannot ask this, the one asked does not read it or
    is closed to new asks, or has been asked already.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        share, _kind = share_to_act_on(line, viewer)
        seen = line_seen(line, viewer).share
        if not may_ask_about(seen, by=by):
            raise Refused(
                _("Whoever wrote this, or looks after the conversation, can ask for an answer to it.")
            )
        found = _held(mandate, share.audience_id, viewer)
        if found.held.person.id == by.id:
            raise Refused(
                _("That is you. Ask someone else, or write the answer as your own words."), "mandate"
            )
        if found.closed:
            raise Refused(
                _("%(name)s takes no new asks until %(day)s: %(why)s.")
                % {
                    "name": found.held.person.name,
                    "day": found.promise.closed_until,
                    "why": found.promise.closed_because,
                },
                "mandate",
            )
        if stand_in != found.stand_in:
            raise Refused(_("Who answers meanwhile has changed. Look once more before you ask."), "mandate")
        reason = _short(because)
        if _open_on(share.line_id).filter(person=found.held.person).exists():
            raise Refused(_("%(name)s has been asked already.") % {"name": found.held.person.name}, "mandate")
        made = Ask.everything.create(
            public_id=public_id(),
            line_id=share.line_id,
            person=found.held.person,
            mandate=found.held.mandate,
            asker=by,
            stand_in=found.away.stand_in if found.away else None,
            because=reason,
            asked_at=now(),
            promised=found.day,
        )
        if seen.own:
            # Whoever asks for an answer to own words has woken them, for those who see that she asks.
            end_rest({share.line_id: share.audience_id}, share.conversation_id)
        _note("asked for answer", made, share, by)
        return made.public_id

    return once(by.id, key, act)


def _held(mandate: str, audience: int, viewer: Viewer) -> Askable:
    for one in askable(audience, viewer):
        if one.held.mandate.public_id == mandate:
            return one
    raise Refused(_("Choose whom you ask: someone in the list, who reads this already."), "mandate")


def _short(because: str) -> str:
    because = " ".join(because.replace("\x00", "").split())
    if len(because) > LONGEST:
        raise Refused(_("Say it in at most 200 characters."), "because")
    return because


def _open_on(line: int) -> QuerySet[Ask]:
    return Ask.everything.filter(line_id=line, state__in=OPEN)


def hand_over(ask: str, mandate: str, *, by: Person, because: str = "", key: str = "") -> None:
    """Let someone else who holds a mandate and reads the words answer; the day that was promised stays.

    Raises NotThere; Refused when that person does not read it: showing it to more people is an opening, which its
    authors are asked about first.
    """

    def act() -> str:
        found, share = own_ask(ask, by=by)
        to = _held(mandate, share.audience_id, viewer_for(by.id))
        if to.held.person.id == found.person_id:
            raise Refused(_("You have it already. Choose someone else."), "mandate")
        if _open_on(share.line_id).filter(person=to.held.person).exclude(id=found.id).exists():
            raise Refused(_("%(name)s has been asked already.") % {"name": to.held.person.name}, "mandate")
        Step.objects.create(
            ask=found,
            kind=Step.Kind.HANDED_OVER,
            person=by,
            to=to.held.person,
            because=_short(because),
            at=now(),
        )
        changes = {
            "person": to.held.person,
            "mandate": to.held.mandate,
            # Who asked was not told of anybody who stands in for the new one.
            "stand_in": None,
            "conflict": False,
            "reminded_at": None,
        }
        Ask.everything.filter(id=found.id).update(**changes)
        _note("handed over ask", found, share, by, to=to.held.person.id)
        return found.public_id

    once(by.id, key, act)


def promise_new_day(ask: str, day: datetime.date, because: str, *, by: Person, key: str = "") -> None:
    """Promise another day, and say why: whoever asked is told. Raises NotThere and Refused."""

    def act() -> str:
        found, share = own_ask(ask, by=by)
        if day <= today():
            raise Refused(_("Choose a day that is still to come."), "day")
        reason = _short(because)
        if not reason:
            raise Refused(_("Say in a word or two why. Whoever asked reads it."), "because")
        Step.objects.create(
            ask=found, kind=Step.Kind.NEW_DAY, person=by, promised=found.promised, because=reason, at=now()
        )
        Ask.everything.filter(id=found.id).update(promised=day, reminded_at=None)
        _note("promised new day", found, share, by)
        return found.public_id

    once(by.id, key, act)


def declare_conflict(ask: str, *, by: Person, key: str = "") -> None:
    """Say that one has a stake in it: one hands it over and cannot answer (D43). Raises NotThere."""

    def act() -> str:
        found, share = own_ask(ask, by=by)
        if not found.conflict:
            Step.objects.create(ask=found, kind=Step.Kind.CONFLICT, person=by, at=now())
            Ask.everything.filter(id=found.id).update(conflict=True)
            _note("declared conflict", found, share, by)
        return found.public_id

    once(by.id, key, act)


def take_ask_back(ask: str, *, by: Person, key: str = "") -> None:
    """Ask no longer. Raises NotThere for all but who asked; Refused when it is answered."""

    def act() -> str:
        found, share = _locked(ask, by)
        if found.asker_id != by.id:
            raise NotThere
        if found.state == Ask.State.ANSWERED:
            raise Refused(_("It is answered already."))
        if found.state != Ask.State.TAKEN_BACK:
            Ask.everything.filter(id=found.id).update(state=Ask.State.TAKEN_BACK)
            _note("took ask back", found, share, by)
        return found.public_id

    once(by.id, key, act)


def own_ask(ask: str, *, by: Person, or_instead: bool = False) -> tuple[Ask, Share]:
    """An ask that waits for this person or those she answers along with, and the share it is about; both locked.

    ``or_instead``: also one that waits for someone who is away, and whom she stands in for.
    Raises NotThere for anyone else's; Refused when it waits no longer.
    """
    found, share = _locked(ask, by)
    mandate = mandate_of(found)
    if not (
        found.person_id == by.id
        or (mandate.person_id == found.person_id and rules.answers_within(mandate, by))
        or (or_instead and stands_in(found, by))
    ):
        raise NotThere
    if found.state == Ask.State.TAKEN_BACK:
        raise Refused(_("Whoever asked has taken it back."))
    if found.state == Ask.State.ANSWERED:
        raise Refused(_("It is answered already."))
    return found, share


def mandate_of(ask: Ask) -> Mandate:
    """Within which an ask is answered. The caller has the ask through the gate."""
    return Mandate.everything.get(id=ask.mandate_id)


def receiver_of(ask: Ask) -> Person:
    """Who is to answer. The caller has the ask through the gate, and with it the name."""
    return person_with(ask.person_id)


def _locked(ask: str, by: Person) -> tuple[Ask, Share]:
    """The ask and what it is about, as the person sees them. Raises NotThere."""
    viewer = viewer_for(by.id)
    found = Ask.visible.to(viewer).filter(public_id=ask).select_for_update().first()
    if found is None:
        raise NotThere
    return found, line_open(found.line_id, viewer).share


def _note(verb: str, ask: Ask, share: Share, by: Person, **about: int) -> None:
    """Journal it, and let those who see the words see what has changed around them."""
    activity.touch(share.conversation_id, share.audience)
    record(verb, by=by.id, ask=ask.id, line=share.line_id, conversation=share.conversation_id, **about)
