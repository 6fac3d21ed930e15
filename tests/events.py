"""What was done, as a list; and doing it again through the product's own actions, clock and ids held still.

A world is a list of events. Played again without some of them, the others get the same ids and times, so that
two worlds can be compared byte by byte (trust G16).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from email.utils import formatdate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest import mock

from django.core import mail
from django.test import override_settings

from communis.answers.absences import say_away
from communis.answers.answering import Given, Wording, give_answer, open_answers
from communis.answers.asking import ask, askable
from communis.answers.clarity import tap
from communis.answers.cutting_down import hide_reported, report
from communis.answers.drafts import keep_draft
from communis.answers.helping import offer_help, take_help_back
from communis.answers.mandates import give_mandate
from communis.answers.models import Answer, Ask
from communis.answers.outcomes import Outcome, tell_outcome
from communis.answers.promises import today
from communis.answers.reasons import answer_reason, keep_answer
from communis.answers.resting import let_rest, wake
from communis.answers.showing import contribution_of
from communis.answers.trials.changing import say_changed
from communis.answers.trials.words import Words
from communis.answers.trials.writing import Around, write_trial
from communis.answers.verdicts import ReasonKind, Verdict
from communis.behind_the_scenes import claiming, holding, keys
from communis.behind_the_scenes.keys import key_for
from communis.behind_the_scenes.models import Waiting
from communis.behind_the_scenes.places import Place
from communis.behind_the_scenes.release import release
from communis.behind_the_scenes.writing import keep
from communis.channels.email.destinations import circle_address, letter_address
from communis.channels.email.intake.holding import say_unconfirmed, send_held
from communis.channels.email.intake.passing import answer_passing, ask_author
from communis.channels.email.intake.passing import asked_of as passings_of
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.outside.addresses import open_address
from communis.channels.email.outside.held import let_in
from communis.channels.email.pieces import pieces_of
from communis.channels.email.reply_addresses import Does, reply_address
from communis.channels.email.sending import send_due
from communis.channels.email.templates import SAID
from communis.channels.importers import kept_exports, name_claiming, running, settling
from communis.channels.importers.mailbox.importing import MailboxRefused, import_mailbox
from communis.channels.importers.mailbox.places import MAIL
from communis.channels.importers.models import Import, Imported
from communis.conversations import drafting, following, sharing
from communis.conversations.contributing import contribute, start
from communis.conversations.crediting import take_credit
from communis.conversations.files import store
from communis.conversations.hiding import Hiding, hide, show_again
from communis.conversations.kinds import Kind, Level, Sign, Wish
from communis.conversations.lines import line_seen
from communis.conversations.models import (
    Contribution,
    Conversation,
    Following,
    Line,
    Moved,
    Revision,
    Share,
)
from communis.conversations.moving import move
from communis.conversations.outing import flag_outing
from communis.conversations.reacting import react, take_sign_back
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.restating import adopt, stand_alone_again
from communis.conversations.revising import revise, take_back
from communis.conversations.simpler import wish_no_longer, wish_simpler
from communis.conversations.thanking import thank
from communis.conversations.words import Attachment, Quoted, Terms, write
from communis.journal import ids, moments
from communis.journal.reactions import react as tell_what_happened
from communis.openness.audiences import audience_of
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import parse
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from communis.people.refusals import PeopleRefused
from communis.web import often_asked
from communis.widening.answering import Answered, answer
from communis.widening.completing import choose_to_open, open_due
from communis.widening.future import asked_of
from communis.widening.happening import say_it_has_happened
from communis.widening.lessons import answer_lesson, propose_lesson
from communis.widening.models import Consent, Widening
from communis.widening.proposing import propose
from tests.blogs import blog

START = 1_800_000_000_000_000


class Event(NamedTuple):
    """One thing that was done: by whom (a person's key), when, and with which other keys and words."""

    key: str
    at: int
    verb: str
    by: str
    about: Mapping[str, Any]


def outbox() -> list[Any]:
    """The mails that have gone out, the oldest first."""
    return list(getattr(mail, "outbox", []))


def secret(*words: str) -> str:
    """128 bits that stand nowhere else, made from a key, so that every world has the same."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]


@contextmanager
def held_still(moment: int, *key: str) -> Iterator[None]:
    """The clock stands, and the ids made meanwhile follow from the key.

    The system's clock too: Django signs cookies and dates answers by it.
    """
    made = 0

    def next_id() -> str:
        nonlocal made
        made += 1
        return secret("id", *key, str(made))

    before = moments._clock, ids._source
    moments.use_clock(lambda: moment)
    ids.use_ids(next_id)
    try:
        with mock.patch("time.time", lambda: moment / moments.SECOND):
            yield
    finally:
        moments.use_clock(before[0])
        ids.use_ids(before[1])


class Replay:
    """The events done again, in the database that is there. Refused ones are left out of ``accepted``."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.persons: dict[str, int] = {}
        self.circles: dict[str, int] = {}
        # Public ids by the key of the event that made them.
        self.lines: dict[str, str] = {}
        self.drafts: dict[str, str] = {}
        self.imports: dict[str, str] = {}
        self.widenings: dict[str, str] = {}
        self.lessons: dict[str, str] = {}
        self.name_claims: dict[str, str] = {}
        self.mandates: dict[str, str] = {}
        self.asks: dict[str, str] = {}
        self.answers: dict[str, str] = {}
        self.reports: dict[str, str] = {}
        self.hidings: dict[str, str] = {}
        self.mails: dict[str, str] = {}
        # What stands in a mail that is not sent yet: the key of each piece, what it answers, and its words.
        self.pieces: dict[str, list[tuple[str, str, str]]] = {}
        self.outside: dict[str, str] = {}
        self.trials: dict[str, str] = {}
        self.changes: dict[str, str] = {}
        # What came of writing behind the scenes, which nobody but its author has.
        self.receipts: dict[str, str] = {}
        # How many keys each has been given is kept in memory, and a world begins with none.
        keys.given = keys.Given()
        # So is how often each has asked for similar thoughts.
        often_asked.asked = often_asked.Asked()
        self.accepted: list[Event] = []
        self.refused: list[Event] = []
        self.play(events)

    def play(self, events: Sequence[Event]) -> None:
        """Do more."""
        for event in events:
            do: Callable[..., None] = getattr(self, f"_{event.verb}")
            try:
                with held_still(event.at, event.key):
                    do(event, **event.about)
            except (Refused, NotThere, PeopleRefused, KeyError):
                self.refused.append(event)
            else:
                self.accepted.append(event)

    def person(self, key: str) -> Person:
        return Person.everything.get(id=self.persons[key])

    def circle(self, key: str) -> Circle:
        return Circle.everything.get(id=self.circles[key])

    def share(self, key: str) -> Share:
        line = Line.everything.get(public_id=self.lines[key])
        return Share.everything.filter(line_id=line.id).latest("id")

    def conversation(self, key: str) -> str:
        return Conversation.everything.get(id=self.share(key).conversation_id).public_id

    def _welcome(self, event: Event, name: str, **more: bool) -> None:
        by = self.person(event.by) if event.by else None
        made = actions.welcome(name, f"{event.key}@avinge.example", by=by, **more)
        self.persons[event.key] = made.id

    def _close(self, event: Event, person: str) -> None:
        actions.close_sign_in(self.person(person), by=self.person(event.by))

    def _open(self, event: Event, person: str) -> None:
        actions.open_sign_in(self.person(person), by=self.person(event.by))

    def _found(self, event: Event, name: str, **more: Any) -> None:
        self.circles[event.key] = actions.found_circle(name, by=self.person(event.by), **more).id

    def _let_in(self, event: Event, person: str, circle: str) -> None:
        actions.let_in(self.person(person), self.circle(circle), by=self.person(event.by))

    def _leave(self, event: Event, person: str, circle: str) -> None:
        actions.leave(self.person(person), self.circle(circle), by=self.person(event.by))

    def _nest(self, event: Event, inner: str, outer: str | None) -> None:
        around = self.circle(outer) if outer else None
        actions.nest(self.circle(inner), around, by=self.person(event.by))

    def _turn_off_history(self, event: Event, circle: str) -> None:
        actions.turn_off_history(self.circle(circle), by=self.person(event.by))

    def _take_role(self, event: Event, person: str, title: str) -> None:
        actions.hold_role(self.person(person), title, by=self.person(event.by))

    def _start(
        self,
        event: Event,
        text: str,
        rung: int,
        kind: int = int(Kind.IDEA),
        hosts: Sequence[str] = (),
        file: str = "",
        wishes: Sequence[int] = (),
        hidden: int | None = None,
        **chosen: Sequence[str],
    ) -> None:
        terms = None
        if kind == Kind.QUESTION:
            hosting = tuple(self.persons[host] for host in hosts)
            # Words of its own: they stay when those of the question are changed.
            terms = Terms(Level.CONSULTATION, f"Om {secret('scope', event.key)}", hosts=hosting)
        share = start(
            Kind(kind),
            text,
            by=self.person(event.by),
            choice=self._choice(rung, **chosen),
            hidden=Byline.Kind(hidden) if hidden else None,
            terms=terms,
            files=self._files(event, file),
            wishes=[Wish(wish) for wish in wishes],
            key=event.key,
        )
        self.lines[event.key] = self._address(share)

    def _contribute(
        self,
        event: Event,
        answered: str,
        text: str,
        rung: int | None = None,
        quoted: str = "",
        file: str = "",
        plain: bool = False,
        hidden: int | None = None,
        **chosen: Sequence[str],
    ) -> None:
        quotes = [Quoted(self.lines[answered], quoted)] if quoted else []
        share = contribute(
            self.lines[answered],
            text,
            by=self.person(event.by),
            kind=Kind.RESTATEMENT if plain else Kind.COMMENT,
            choice=None if rung is None else self._choice(rung, **chosen),
            hidden=Byline.Kind(hidden) if hidden else None,
            quotes=quotes,
            files=self._files(event, file),
            key=event.key,
        )
        self.lines[event.key] = self._address(share)

    def _behind(
        self,
        event: Event,
        text: str,
        noon: int,
        answered: str = "",
        circle: str = "",
        opens_to: int = 0,
    ) -> None:
        """Written behind the scenes, and shown with the next batch, at noon."""
        place = Place(
            self.lines[answered] if answered else "",
            self.circle(circle).public_id if circle else "",
            kind=Kind.COMMENT if answered else Kind.IDEA,
        )
        with override_settings(BEHIND_THE_SCENES=True, LEAST_BEHIND_THE_SCENES=2):
            kept = keep(key_for(place, by=self.person(event.by)), text, opens_to=opens_to)
            self.receipts[event.key] = kept.receipt
            self._noon(event, noon)
        newest = Contribution.everything.filter(receipt_id__isnull=False).latest("id")
        self.lines[event.key] = Line.everything.get(contribution_id=newest.id).public_id

    def _by_receipt(
        self, event: Event, noon: int, line: str, answers: str = "", rewords: str = "", ends: bool = False
    ) -> None:
        """The author of ``line`` comes back: answers what hangs on it, changes it, or takes it back."""
        code = parse(self.receipts[line])
        with override_settings(LEAST_BEHIND_THE_SCENES=2):
            if answers:
                holding.answer(code, self.lines[answers], "Ett svar till.")
            if rewords:
                holding.reword(code, self.lines[line], rewords)
            if ends:
                holding.take_back(code, self.lines[line])
            self._noon(event, noon)

    def _claim(self, event: Event, line: str, rung: int, word: str = "", **chosen: Sequence[str]) -> None:
        """The author of ``line`` shows who it was."""
        code = parse(self.receipts[line])
        claiming.claim(code, self._choice(rung, **chosen), word, by=self.person(event.by))

    def _noon(self, event: Event, noon: int) -> None:
        with held_still(noon, event.key, "noon"):
            waiting = Waiting.everything.count()
            assert release() == waiting, "what was written has to appear"

    def _widen(self, event: Event, line: str, rung: int, text: str = "", **chosen: Sequence[str]) -> None:
        """A second line of the same contribution: what a widening opens when every author said yes."""
        share = self.share(line)
        contribution = Contribution.everything.get(id=share.contribution_id)
        shown = Revision.everything.get(id=share.revision_id)
        audience = audience_of(Rung(rung), self._principals(**chosen))
        opened = sharing.open_line(
            contribution,
            write(contribution, text) if text else shown,
            audience,
            Byline.everything.get(id=share.byline_id),
            moments.now(),
        )
        self.lines[event.key] = self._address(opened)

    def _revise(
        self,
        event: Event,
        line: str,
        text: str,
        correction: bool = False,
        mail: str = "",
        piece: int = 0,
    ) -> None:
        """On the page; or by answering the mail that says that ``mail`` is said, with the number of the piece."""
        if mail:
            arrived = Arrived.objects.get(public_id=self.mails[mail])
            told = Outgoing.objects.get(template=SAID, entry=arrived.id)
            first = Line.everything.get(contribution_id=arrived.contribution_id)
            made_of = {"mail": told.message_id, "outgoing": told.id, "does": Does.CORRECTS}
            address = reply_address(told.person_id, first.id, **made_of)
            became = self._arrives(event, [address], f"correct {piece}\r\n\r\n{text}")
            if became.outcome != Arrived.Outcome.PUBLISHED:
                raise Refused("not corrected")
            return
        revise(self.lines[line], text, by=self.person(event.by), correction=correction)

    def _take_back(self, event: Event, line: str) -> None:
        take_back(self.lines[line], by=self.person(event.by))

    def _sign(self, event: Event, line: str, sign: int) -> None:
        if sign:
            react(self.lines[line], Sign(sign), by=self.person(event.by))
        else:
            take_sign_back(self.lines[line], by=self.person(event.by))

    def _wish(self, event: Event, line: str, wanted: bool = True) -> None:
        (wish_simpler if wanted else wish_no_longer)(self.lines[line], by=self.person(event.by))

    def _thank(self, event: Event, line: str, text: str) -> None:
        thank(self.lines[line], text, by=self.person(event.by))

    def _credit(self, event: Event, line: str, form: int | None) -> None:
        """Be mentioned so at one's own words, in the role held; None takes it back."""
        by = self.person(event.by)
        role = actions.roles_now(by)[0] if form == Byline.Kind.ROLE and actions.roles_now(by) else None
        take_credit(self.lines[line], None if form is None else Byline.Kind(form), by=by, role=role)

    def _flag(self, event: Event, line: str) -> None:
        flag_outing(self.lines[line], by=self.person(event.by))

    def _adopt(self, event: Event, line: str) -> None:
        adopt(self.lines[line], by=self.person(event.by))

    def _stand_alone(self, event: Event, line: str) -> None:
        stand_alone_again(self.lines[line], by=self.person(event.by))

    def _move(self, event: Event, line: str, text: str) -> None:
        number = self.share(line).contribution_id
        move(self.lines[line], text, by=self.person(event.by), key=event.key)
        summary = Moved.objects.get(root_id=number).summary_id
        self.lines[event.key] = Line.everything.get(contribution_id=summary).public_id

    def _begin(self, event: Event, text: str, answered: str = "", asked: str = "") -> None:
        if asked:
            kept = keep_draft(self.asks[asked], {"words": text, "verdict": "4"}, by=self.person(event.by))
            assert kept is not None
            self.drafts[event.key] = kept.public_id
            return
        place = f"reply:{self.lines[answered]}" if answered else "new"
        draft = drafting.save_draft(place, text, by=self.person(event.by))
        self.drafts[event.key] = draft.public_id

    def _propose(self, event: Event, line: str, rung: int, **chosen: Sequence[str]) -> None:
        made = propose(
            self.conversation(line),
            self._choice(rung, **chosen),
            "Fler borde läsa.",
            by=self.person(event.by),
        )
        self.widenings[event.key] = made

    def _consent(self, event: Event, to: str, way: int, text: str = "", waits_for: str = "") -> None:
        """The same answer for all of one's own words."""
        person = self.person(event.by)
        found = Widening.everything.get(public_id=self.widenings[to])
        own = [
            Answered(one.consent.line_id, Consent.Way(way), text, waits_for=waits_for)
            for one in asked_of(found, person)
        ]
        answer(found.public_id, own, by=person)

    def _happen(self, event: Event, to: str) -> None:
        """What all of one's own words waited for has happened; and what can open by then is opened at once."""
        person = self.person(event.by)
        found = Widening.everything.get(public_id=self.widenings[to])
        with override_settings(HOURS_TO_TAKE_BACK=0):
            for one in asked_of(found, person):
                say_it_has_happened(found.public_id, one.consent.line_id, by=person)
            open_due()

    def _draw(self, event: Event, line: str, text: str, rung: int) -> None:
        by = self.person(event.by)
        self.lessons[event.key] = propose_lesson(self.lines[line], text, Rung(rung), by=by)

    def _agree(self, event: Event, to: str, agrees: bool) -> None:
        answer_lesson(self.lessons[to], agrees, by=self.person(event.by))

    def _mandate(self, event: Event, person: str, subject: str, hosts: Sequence[str] = ()) -> None:
        along = [self.person(host) for host in hosts]
        made = give_mandate(self.person(person), subject, by=self.person(event.by), hosts=along)
        self.mandates[event.key] = made.public_id

    def _ask_for(self, event: Event, line: str, of: str, because: str) -> None:
        """Ask whoever holds the mandate ``of`` for an answer to the words on the line, and who was shown meanwhile."""
        by, viewer = self.person(event.by), viewer_for(self.persons[event.by])
        shown = {
            one.held.mandate.public_id: one.stand_in
            for one in askable(line_seen(self.lines[line], viewer).share.audience, viewer)
        }
        mandate = self.mandates[of]
        self.asks[event.key] = ask(
            self.lines[line], mandate, by=by, because=because, stand_in=shown.get(mandate, "")
        )

    def _absent(self, event: Event, stand_in: str = "") -> None:
        """Away for ten days."""
        by, first = self.person(event.by), today()
        chosen = self.person(stand_in).public_id if stand_in else ""
        say_away(first, first + timedelta(days=10), chosen, viewer_for(by.id), by=by)

    def _give(self, event: Event, line: str, to: str, text: str, for_all: str, by_mail: bool = False) -> None:
        """A no, which only the author of the words on ``line`` reads until the heads-up is over.

        ``by_mail``: with one of the words in the mail that asks. Others then read the same as the author.
        """
        if by_mail:
            asked = Ask.everything.get(public_id=self.asks[to])
            by = self.persons[event.by]
            verdict = {"does": Does.GIVES_VERDICT, "ask": asked.id}
            address = reply_address(by, asked.line_id, mail=event.key, **verdict)
            became = self._arrives(event, [address], f"nej: pengar\r\n\r\nNej.\r\n\r\n{text}")
            if (became.outcome, became.reason) != (Arrived.Outcome.OFFERED_WORD, Arrived.Reason.NONE):
                raise Refused("not given")
            self.answers[event.key] = Answer.everything.latest("id").public_id
            return
        wording = Wording("Nej.", text)
        other = Wording("Nej.", for_all)
        given = Given(Verdict.NO, wording, ReasonKind.MONEY, for_all=other)
        self.answers[event.key] = give_answer(self.asks[to], given, by=self.person(event.by))

    def _say_yes(self, event: Event, answered: str, to: str, text: str) -> None:
        """A yes to the words on the line ``answered``, which all who read them read at once."""
        with override_settings(HOURS_OF_HEADS_UP=0):
            given = Given(Verdict.YES, Wording("Ja.", text))
            made = give_answer(self.asks[to], given, by=self.person(event.by))
            open_answers()
        said = contribution_of(made)
        self.answers[event.key] = made
        self.lines[event.key] = Line.everything.get(contribution_id=said).public_id

    def _tell_outcome(self, event: Event, answered: str, text: str, effect: str, goal: str) -> None:
        told = Outcome("Gjort.", text, effect, goal)
        self.lines[event.key] = tell_outcome(self.lines[answered], told, by=self.person(event.by))

    def _rest(self, event: Event, line: str) -> None:
        let_rest(self.lines[line], by=self.person(event.by))

    def _wake(self, event: Event, line: str) -> None:
        wake(self.lines[line], by=self.person(event.by))

    def _help(self, event: Event, line: str, yes: str) -> None:
        """Want to help with the idea on the line, of which ``yes`` is the answer."""
        offer_help(self.lines[line], by=self.person(event.by))

    def _help_no_longer(self, event: Event, line: str, yes: str) -> None:
        take_help_back(self.lines[line], by=self.person(event.by))

    def _counter(self, event: Event, line: str, to: str, text: str) -> None:
        """The author of the words on ``line`` answers the reason of the answer ``to``."""
        answer_reason(self.answers[to], text, by=self.person(event.by))

    def _keep(self, event: Event, line: str, to: str) -> None:
        """Whoever gave the answer says that it stands."""
        keep_answer(self.answers[to], by=self.person(event.by))

    def _tap(self, event: Event, line: str, to: str, clear: bool) -> None:
        """Find the answer ``to`` clear or not; ``line`` has the words it answers."""
        tap(self.answers[to], clear=clear, by=self.person(event.by))

    def _mail(
        self, event: Event, line: str, text: str, file: str = "", passed_on: str = "", proved: bool = False
    ) -> None:
        """A mail to the address at which this person answers the line, that waits.

        Nothing proves who sent it; or it is ``proved`` to be hers, and has no words of her own.
        """
        number = self.share(line).line_id
        address = reply_address(self.persons[event.by], number, mail=event.key)
        if proved:
            self.mails[event.key] = self._arrives(event, [address], text, passed_on=passed_on).public_id
            return
        sender = f"{secret('mail', event.key)}@epost.example"
        mail = _as_mail(sender, event.key, text, file=file, passed_on=passed_on)
        spool().keep(Envelope(address, sender, "local", False, event.at), mail)
        receive()
        self.mails[event.key] = Arrived.objects.latest("id").public_id

    def _deliver(self, event: Event) -> None:
        """All that has waited out its minute is told, and the mails go out.

        What waits ten minutes after its sender was told is said. In no world is there anything: the ids of what is
        said here would follow from how much of it there is.
        """
        tell_what_happened()
        say_unconfirmed()
        send_due()

    def _answer_mail(self, event: Event, text: str) -> None:
        """The newest mail to this person that can be answered is answered; our own mail server vouches for her."""
        address = f"{event.by}@avinge.example"
        to = [one.reply_to[0] for one in outbox() if one.reply_to and address in one.to][-1]
        self._arrives(event, [to], text)

    def _ask_author(self, event: Event, mail: str) -> None:
        """Whoever wrote what the letter passed on is asked."""
        ask_author(self.mails[mail], by=self.person(event.by))

    def _let_pass(self, event: Event, answered: str, text: str) -> None:
        """A yes to what the letter ``answered`` passed on, whose words are ``text``."""
        (asked,) = passings_of(self.person(event.by))
        share = answer_passing(asked.public_id, agree=True, seen=asked.seen, by=self.person(event.by))
        if share is None:
            raise Refused("no")
        self.lines[event.key] = self._address(share)

    def _mail_letter(
        self,
        event: Event,
        text: str,
        rung: int,
        persons: Sequence[str],
        passed_on: str = "",
        whose: str = "",
    ) -> None:
        """A letter begun by mail, to the addresses on the persons' pages; it comes once for each of them."""
        to = [letter_address(self.person(one), by=self.person(event.by)) for one in persons]
        self._mailed(event, to, text, passed_on=passed_on, whose=whose)

    def _mail_answer(self, event: Event, answered: str, text: str, quoted: str) -> None:
        """An answer by mail, below words of what it answers."""
        number = self.share(answered).line_id
        address = reply_address(self.persons[event.by], number, mail=event.key)
        self._mailed(event, [address], f"> {quoted}\r\n\r\n{text}")

    def _mail_piece(self, event: Event, mail: str, answered: str, text: str, quoted: str = "") -> None:
        """Written into the mail that ``_mail_pieces`` sends, below these words of what it answers."""
        self.pieces.setdefault(mail, []).append((event.key, quoted, text))

    def _mail_pieces(self, event: Event, answered: str, pieces: Sequence[str]) -> None:
        """One mail that answers in several places."""
        written = self.pieces[event.key]
        number = self.share(answered).line_id
        address = reply_address(self.persons[event.by], number, mail=event.key)
        text = "\r\n\r\n".join(
            f"> {quoted}\r\n\r\n{words}" if quoted else words for _, quoted, words in written
        )
        self._mailed(event, [address], text)
        arrived = Arrived.objects.get(public_id=self.mails[event.key])
        more = [Line.everything.get(id=line).public_id for line in pieces_of(arrived).values()]
        lines = [self.lines.pop(event.key), *more]
        self.lines |= dict(zip([key for key, _, _ in written], lines, strict=True))

    def _mail_circle(self, event: Event, text: str, rung: int, circles: Sequence[str]) -> None:
        """A mail to a circle, which waits until its sender says that it is hers."""
        (circle,) = circles
        by = self.person(event.by)
        arrived = self._arrives(event, [circle_address(self.circle(circle), by=by)], text)
        self.mails[event.key] = arrived.public_id
        self.lines[event.key] = send_held(arrived.public_id, by=by)

    def _mail_to_all(self, event: Event, text: str, through: str, looked_at: bool = True) -> None:
        """A mail for all employees, to the address of a person. It waits, with an address in it to be looked at."""
        to = letter_address(self.person(through), by=self.person(event.by))
        text = f"{text}\r\n\r\nSkriv till siv@epost.example." if looked_at else text
        self.mails[event.key] = self._arrives(event, [to], text, subject="[till: alla] Bänkar").public_id

    def _mail_mixed(self, event: Event, text: str, persons: Sequence[str], circles: Sequence[str]) -> None:
        """A mail to addresses that different people read. It waits at each of them."""
        by = self.person(event.by)
        to = [letter_address(self.person(one), by=by) for one in persons]
        to += [circle_address(self.circle(one), by=by) for one in circles]
        self.mails[event.key] = self._arrives(event, to, text).public_id

    def _mailed(
        self, event: Event, to: Sequence[str], text: str, passed_on: str = "", whose: str = ""
    ) -> None:
        arrived = self._arrives(event, to, text, passed_on=passed_on, whose=whose)
        said, self.mails[event.key] = arrived.contribution_id, arrived.public_id
        if said is None:
            raise Refused("held")
        self.lines[event.key] = Line.everything.get(contribution_id=said).public_id

    def _arrives(
        self,
        event: Event,
        to: Sequence[str],
        text: str,
        passed_on: str = "",
        whose: str = "",
        subject: str = "",
    ) -> Arrived:
        """A mail for whose sender our own mail server vouches; what became of it at the first of the addresses."""
        sender = f"{event.by}@avinge.example"
        found = "mx.avinge.example; dmarc=pass header.from=avinge.example"
        head = f"Authentication-Results: {found}\r\nTo: {', '.join(to)}\r\n"
        head += f"Subject: {subject}\r\n" if subject else ""
        mail = _as_mail(sender, event.key, text, head=head, passed_on=passed_on, whose=whose)
        before = Arrived.objects.count()
        with override_settings(MAIL_AUTHENTICATED_BY="mx.avinge.example"):
            for address in to:
                spool().keep(Envelope(address, sender, "local", True, event.at), mail)
            receive()
        return Arrived.objects.order_by("id")[before]

    def _open_outside(self, event: Event, line: str) -> None:
        """The steward opens an address at which anybody may write about the question."""
        self.outside[event.key] = open_address(self.lines[line], by=self.person(event.by))

    def _mail_outside(self, event: Event, to: str, text: str, name: str) -> None:
        """Somebody outside writes to the address; it waits."""
        address = f"{secret('mail', event.key)}@epost.example"
        mail = _as_mail(f"{name} <{address}>", event.key, text, head=f"Subject: {name}\r\n")
        spool().keep(Envelope(self.outside[to], address, "local", False, event.at), mail)
        receive()
        self.mails[event.key] = Arrived.objects.latest("id").public_id

    def _let_in_mail(
        self, event: Event, answered: str, to: str, text: str, name: str, rung: int, persons: Sequence[str]
    ) -> None:
        """The same, and the steward lets it in to ``persons``, who answer the question ``answered``."""
        self._mail_outside(event, to, text, name)
        let_in(self.mails[event.key], by=self.person("p0"))
        said = Arrived.objects.latest("id").contribution_id
        self.lines[event.key] = Line.everything.get(contribution_id=said).public_id

    def _report(self, event: Event, line: str, text: str) -> None:
        """The steward receives it, who has no part in the words on the line."""
        by = self.person(event.by)
        with override_settings(RECEIVES_REPORTS=["p0@avinge.example"]):
            receiver = self.person("p0").public_id
            self.reports[event.key] = report(self.lines[line], receiver, text, by=by)

    def _hide(self, event: Event, text: str, line: str = "", report: str = "") -> None:
        """The steward hides what stands on the line; or whoever received the report, what it is about."""
        by = self.person(event.by)
        if report:
            hide_reported(self.reports[report], text, by=by)
        else:
            hide(self.lines[line], text, by=by)
        self.hidings[event.key] = Hiding.everything.latest("id").public_id

    def _show_again(self, event: Event, hiding: str, line: str) -> None:
        show_again(self.hidings[hiding], by=self.person(event.by))

    def _trial(
        self, event: Event, text: str, rung: int, guardian: str = "", to: str = "", line: str = ""
    ) -> None:
        """Written down by hand; or drawn from the answer ``to``, to the words on ``line``."""
        words = Words(text, f"Hos {text}", 2023, text, text, ReasonKind.MONEY, premise=text, theme=text[:60])
        around = Around(Rung(rung), None, self.person(guardian) if guardian else None)
        answer = self.answers[to] if to else ""
        self.trials[event.key] = write_trial(words, around, by=self.person(event.by), answer=answer)

    def _say_changed(self, event: Event, trial: str, text: str) -> None:
        self.changes[event.key] = say_changed(self.trials[trial], text, by=self.person(event.by))

    def _choose(self, event: Event, to: str, hours: int = 0) -> None:
        """Chosen, and opened at once, or so many hours later."""
        with override_settings(HOURS_TO_TAKE_BACK=hours):
            choose_to_open(self.widenings[to], by=self.person(event.by))
            open_due()

    def _bring_in(
        self, event: Event, name: str, text: str, answer: str, public: bool, decided: bool = True
    ) -> None:
        """A blog: open to everyone, or all of it for the steward alone. ``decided``: not only looked at."""
        steward = self.person(event.by)
        data = blog(event.key, text, answer, public=public)
        asked = running.ask_for_import([data], name, by=steward)
        running.run_next()
        if decided:
            running.bring_it_in(asked, by=steward)
            running.run_next()
        else:
            kept_exports.forget(Import.objects.get(public_id=asked).stored_as)
        self.imports[event.key] = asked
        if public:
            post = Imported.objects.get(source=f"Blogg {event.key}", key="entry:1").contribution_id
            self.lines[event.key] = Line.everything.get(contribution_id=post).public_id

    def _bring_in_list(self, event: Event, text: str, name: str, rung: int, circles: Sequence[str]) -> None:
        """A mailing list of one mail, which came to it twice, for those in the circle."""
        (circle,) = circles
        date = formatdate(event.at // moments.SECOND)
        head = f"From: Siv {name} <siv@lista.example>\nSubject: Lista\nDate: {date}\nMessage-ID: <{event.key}@x>\n\n"
        with TemporaryDirectory() as folder:
            for copy in ("1.eml", "2.eml"):
                Path(folder, copy).write_bytes(f"{head}{text}\n".encode())
            chosen = self.circle(circle).public_id if circle in self.circles else "none"
            try:
                import_mailbox(Path(folder), by=self.person(event.by), circle=chosen)
            except MailboxRefused as refusal:
                raise Refused(str(refusal)) from refusal
        mail = Imported.objects.filter(source=f"circle {chosen}", kind=MAIL).latest("id").contribution_id
        self.lines[event.key] = Line.everything.get(contribution_id=mail).public_id

    def _fetch_pictures(self, event: Event, blog: str) -> None:
        """Pressed, and tried by the worker; nothing comes, for the address is none that is ever asked."""
        asked = running.ask_for_pictures(self.imports[blog], by=self.person(event.by))
        running.run_next()
        self.imports[event.key] = asked

    def _claim_name(self, event: Event, line: str, word: str) -> None:
        self.name_claims[event.key] = name_claiming.claim_name(
            self.lines[line], word, by=self.person(event.by)
        )

    def _settle(self, event: Event, name_claim: str, agree: bool, reason: str) -> None:
        settling.settle(self.name_claims[name_claim], agree, reason, by=self.person(event.by))

    def _end_name_claim(self, event: Event, name_claim: str) -> None:
        name_claiming.take_name_claim_back(self.name_claims[name_claim], by=self.person(event.by))

    def _follow(self, event: Event, line: str, way: int) -> None:
        following.follow(self.conversation(line), Following.Way(way), by=self.person(event.by))

    def _look(self, event: Event, line: str) -> None:
        share = self.share(line)
        following.mark_seen(share.conversation_id, moments.now(), by=self.person(event.by))

    def _choice(self, rung: int, persons: Sequence[str] = (), circles: Sequence[str] = ()) -> Choice:
        return Choice(
            Rung(rung),
            tuple(self.person(key).public_id for key in persons),
            tuple(self.circle(key).public_id for key in circles),
        )

    def _principals(self, persons: Sequence[str] = (), circles: Sequence[str] = ()) -> list[int]:
        named = [self.person(key).principal_id for key in persons]
        return named + [self.circle(key).principal_id for key in circles]

    def _files(self, event: Event, name: str) -> list[Attachment]:
        if not name:
            return []
        # The name it is kept under takes no id from what is said with it: without the file the ids are the same.
        with held_still(event.at, event.key, "file"):
            stored = store(name.encode())
        return [Attachment(name, "application/pdf", stored, alternative=f"Om {name}")]

    def _address(self, share: Share) -> str:
        return Line.everything.get(id=share.line_id).public_id


def _as_mail(
    sender: str, key: str, text: str, *, head: str = "", file: str = "", passed_on: str = "", whose: str = ""
) -> bytes:
    """A mail with a file, and with somebody else's words below its own, as programs pass them on."""
    subject = "Subject: VB: Stolar\r\n" if passed_on else ""
    top = f"{head}From: {sender}\r\n{subject}Message-ID: <{key}@{sender.partition('@')[2].rstrip('>')}>\r\n"
    author = f"{whose}@avinge.example" if whose else sender
    below = (
        f"\r\n\r\n-------- Vidarebefordrat brev --------\r\nFrån: {author}\r\nÄmne: Stolar\r\n\r\n{passed_on}"
    )
    words = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}{below if passed_on else ''}\r\n"
    if not file:
        return f"{top}MIME-Version: 1.0\r\n{words}".encode()
    named = f'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="{file}"\r\n'
    mixed = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n"
    return f"{top}{mixed}\r\n--x\r\n{words}\r\n--x\r\n{named}\r\n%PDF-1.4\r\n--x--\r\n".encode()
