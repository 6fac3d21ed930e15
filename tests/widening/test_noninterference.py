"""What is asked, answered and declined about an opening: seen by those it concerns, and the same for all others."""

from collections.abc import Sequence
from random import Random

import pytest
from django.db import transaction

from communis.journal.moments import DAY, MINUTE
from communis.widening.models import Consent
from tests.addresses import Known, plain_looks, requests_for
from tests.events import Event, Replay, secret
from tests.organisations import Organisation
from tests.reference_model import Told
from tests.small_world import small_world
from tests.test_noninterference import difference, observe

pytestmark = [pytest.mark.django_db, pytest.mark.compared]
Way = Consent.Way
PROPOSER, AUTHOR, LATE, OUTSIDER = "p2", "p1", "p5", "p3"


def words(key: str) -> str:
    return f"{secret('opening', key)} halva portionen"


class Talk:
    """In ``garden``, which the outsider is not in: a talk of three with an aside that one of them cannot see."""

    def __init__(self) -> None:
        self.events = small_world()

    def done(self, key: str, verb: str, by: str, after: int = MINUTE, **about: object) -> "Talk":
        self.events.append(Event(key, self.events[-1].at + after, verb, by, about))
        return self

    def without(self, *keys: str) -> list[Event]:
        return [event for event in self.events if event.key not in keys]


def talk() -> Talk:
    told = Talk()
    told.done("late-in", "let_in", "p1", person=LATE, circle="garden")
    told.done("talk", "start", PROPOSER, text=words("talk"), rung=2, circles=("garden",))
    told.done("by-author", "contribute", AUTHOR, answered="talk", text=words("by-author"))
    told.done(
        "word-aside",
        "contribute",
        AUTHOR,
        answered="talk",
        text=words("word-aside"),
        rung=1,
        persons=(PROPOSER,),
    )
    told.done(
        "below-word-aside", "contribute", PROPOSER, answered="word-aside", text=words("below-word-aside")
    )
    told.done("by-late", "contribute", LATE, answered="talk", text=words("by-late"))
    told.done("below-late", "contribute", AUTHOR, answered="by-late", text=words("below-late"))
    return told.done("proposal", "propose", PROPOSER, line="talk", rung=3)


def same(
    full: Sequence[Event], other: Sequence[Event], viewer: str, later: int = 2 * MINUTE, most: int | None = 1
) -> None:
    """Whatever the viewer asks in both, the answers and mails are the same."""
    with transaction.atomic():
        replay = Replay(full)
        assert not replay.refused, replay.refused
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    moment = max(full[-1].at, other[-1].at) + later
    # Other addresses each time: all of them together meet many.
    asked = requests_for(known, Random(f"{viewer} {len(full)} {later}"), most)
    about = plain_looks(
        known, ("widening", "widenings", "propose-opening", "narrowing", "conversation", "for-you")
    )
    one, two = (observe(events, viewer, [*asked, *about], moment) for events in (full, other))
    for request, mine, others in zip([*asked, *about], one.answers, two.answers, strict=True):
        assert mine.status < 500, request
        assert mine == others, f"{viewer or 'signed out'}: {request}\n{difference(mine, others)}"
    assert one.mails == two.mails


@pytest.mark.parametrize("viewer", ["", "p0", OUTSIDER])
def test_outsiders_learn_of_no_proposal(viewer: str) -> None:
    told = talk()
    told.done("yes", "consent", AUTHOR, to="proposal", way=int(Way.YES))
    told.done("no", "consent", LATE, to="proposal", way=int(Way.NO))
    same(told.events, told.without("proposal", "yes", "no"), viewer)


@pytest.mark.parametrize("later", [2 * MINUTE, 20 * DAY])
def test_a_no_is_as_silence_to_who_proposed(later: int) -> None:
    told = talk()
    told.done("yes", "consent", AUTHOR, to="proposal", way=int(Way.YES))
    told.done("no", "consent", LATE, to="proposal", way=int(Way.NO))
    same(told.events, told.without("no"), PROPOSER, later)


@pytest.mark.parametrize(
    ("viewer", "chosen"), [(PROPOSER, False), (PROPOSER, True), (AUTHOR, True), (OUTSIDER, True)]
)
def test_what_waits_is_as_silence(viewer: str, chosen: bool) -> None:
    """Neither what somebody waits for nor that she does, before and after the rest has opened."""
    told = talk()
    told.done("yes", "consent", AUTHOR, to="proposal", way=int(Way.YES))
    told.done("waits", "consent", LATE, to="proposal", way=int(Way.AFTER), waits_for=words("waits"))
    if chosen:
        told.done("chosen", "choose", PROPOSER, after=15 * DAY, to="proposal")
    same(told.events, told.without("waits"), viewer, 2 * MINUTE if chosen else 20 * DAY)


def test_what_it_waited_for_is_told_to_nobody() -> None:
    """Also when it has happened: it opens, and the words for it are hers alone."""
    received = []
    for event in ("waits", "other"):
        told = talk()
        told.done("yes", "consent", AUTHOR, to="proposal", way=int(Way.YES))
        told.done("waits", "consent", LATE, to="proposal", way=int(Way.AFTER), waits_for=words(event))
        told.done("chosen", "choose", PROPOSER, after=15 * DAY, to="proposal")
        told.done("happened", "happen", LATE, after=3 * DAY, to="proposal")
        received.append(told.events)
    same(received[0], received[1], PROPOSER)


def test_taken_back_while_it_waits_it_leaves_no_trace_outside() -> None:
    told = talk()
    told.done("yes", "consent", AUTHOR, to="proposal", way=int(Way.YES))
    told.done("waits", "consent", LATE, to="proposal", way=int(Way.AFTER), waits_for=words("waits"))
    told.done("back", "consent", LATE, to="proposal", way=int(Way.NO))
    told.done("chosen", "choose", PROPOSER, after=15 * DAY, to="proposal")
    same(told.events, told.without("waits", "back", "by-late", "below-late"), OUTSIDER)


@pytest.mark.parametrize("viewer", [PROPOSER, LATE])
def test_what_one_answers_by_mail_is_told_to_nobody(viewer: str) -> None:
    """A no by mail, and a line that is no word at all; both bring the one who sent them a mail, and nobody else."""
    told = talk()
    proposal = told.events.pop()
    # She has had as many mails as she wants in that day.
    told.done("before", "deliver", "", after=2 * MINUTE)
    told.events.append(proposal._replace(at=told.events[-1].at + 2 * DAY))
    told.done("out", "deliver", "", after=2 * MINUTE)
    told.done("no", "answer_mail", AUTHOR, text="nej")
    told.done("unclear", "answer_mail", AUTHOR, text=f"Jag vet inte {secret('unclear')}.")
    with transaction.atomic():
        replay = Replay(told.events)
        own = Consent.everything.filter(person_id=replay.persons[AUTHOR])
        assert not replay.refused and set(own.values_list("way", flat=True)) == {Way.NO}
        transaction.set_rollback(True)
    same(told.events, told.without("no", "unclear"), viewer)


@pytest.mark.parametrize(("viewer", "unknown"), [(AUTHOR, "no"), (LATE, "back"), (OUTSIDER, "back")])
def test_before_it_opens_nobody_learns_who_takes_what_back(viewer: str, unknown: str) -> None:
    """Who said yes is mailed that it will open, and takes it back by a word; another has said no.

    Whoever proposed it, and who else said yes, see on its page what will open.
    """
    told = talk()
    told.done("yes", "consent", AUTHOR, to="proposal", way=int(Way.YES))
    told.done("no", "consent", LATE, to="proposal", way=int(Way.NO))
    told.done("before", "deliver", "", after=2 * MINUTE)
    told.done("chosen", "choose", PROPOSER, after=15 * DAY, to="proposal", hours=24)
    told.done("out", "deliver", "", after=2 * MINUTE)
    if unknown == "back":
        told.done("back", "answer_mail", AUTHOR, text="nej")
        with transaction.atomic():
            replay = Replay(told.events)
            own = Consent.everything.filter(person_id=replay.persons[AUTHOR])
            assert not replay.refused and Way.NO in set(own.values_list("way", flat=True))
            transaction.set_rollback(True)
    same(told.events, told.without(unknown), viewer)


def test_how_others_answer_is_told_to_nobody_asked() -> None:
    told = talk()
    told.done("theirs", "consent", LATE, to="proposal", way=int(Way.OTHER_WORDS), text="Andra ord.")
    same(told.events, told.without("theirs"), AUTHOR)


def test_what_one_does_not_see_is_not_on_ones_page() -> None:
    """The aside is part of the proposal; who cannot see it is asked as if it were not there."""
    told = talk()
    same(told.events, told.without("word-aside", "below-word-aside"), LATE)


@pytest.mark.parametrize("viewer", [OUTSIDER, "p0"])
def test_what_stays_leaves_no_trace_outside(viewer: str) -> None:
    told = talk()
    told.done("yes", "consent", AUTHOR, to="proposal", way=int(Way.YES))
    told.done("no", "consent", LATE, to="proposal", way=int(Way.NO))
    told.done("hers", "consent", PROPOSER, to="proposal", way=int(Way.WITHOUT_NAME))
    told.done("chosen", "choose", PROPOSER, after=15 * DAY, to="proposal")
    same(told.events, told.without("by-late", "below-late", "no"), viewer)


def test_without_a_name_is_without_a_name() -> None:
    """Whoever is outside learns nothing of who wrote: another author, the same page."""
    told = talk()
    told.done("unnamed", "consent", PROPOSER, to="proposal", way=int(Way.WITHOUT_NAME))
    told.done("chosen", "choose", PROPOSER, after=15 * DAY, to="proposal")
    with transaction.atomic():
        replay = Replay(told.events)
        assert not replay.refused
        name = replay.person(PROPOSER).name.split()[1]
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    # What one sends may come back; here nothing is sent.
    asked = plain_looks(known, ("front", "murmur", "conversation", "line", "line-history"))
    seen = observe(told.events, "", asked, told.events[-1].at + 2 * MINUTE)
    received = b"".join(answer.body for answer in seen.answers).decode(errors="replace")
    assert secret("opening", "talk") not in received and name not in received
    inside = observe(told.events, OUTSIDER, asked, told.events[-1].at + 2 * MINUTE)
    shown = [
        answer.body.decode() for answer in inside.answers if secret("opening", "talk") in answer.body.decode()
    ]
    assert shown and not [page for page in shown if f"/people/{known.ids['person'][2]}" in page]


@pytest.mark.parametrize("viewer", ["", "p0", OUTSIDER, LATE])
def test_a_lesson_is_known_to_the_two_alone(viewer: str) -> None:
    told = talk()
    told.done("drawn", "draw", PROPOSER, line="below-word-aside", text=words("lesson"), rung=4)
    told.done("agreed", "agree", AUTHOR, to="drawn", agrees=True)
    same(told.events, told.without("drawn", "agreed"), viewer)


def test_a_no_to_a_lesson_is_as_silence() -> None:
    told = talk()
    told.done("drawn", "draw", PROPOSER, line="below-word-aside", text=words("lesson"), rung=3)
    told.done("declined", "agree", AUTHOR, to="drawn", agrees=False)
    same(told.events, told.without("declined"), PROPOSER)


class Proposed:
    """A random organisation in which somebody proposes to open what she sees, and an author answers."""

    def __init__(self, seed: int) -> None:
        # In some worlds nobody may open anything further; then the next is taken.
        for made in range(seed, seed + 10_000, 1_000):
            if self._made(Random(made), 3 + seed % 2):
                return
        raise AssertionError("no world where anything can be proposed")

    def _made(self, random: Random, rung: int) -> bool:
        """Whether somebody could propose to open something to that rung."""
        with transaction.atomic():
            replay = Replay(Organisation(random).make(6, 3, 30))
            self.without = list(replay.accepted)
            at = self.without[-1].at
            said = [event for event in self.without if event.verb in ("start", "contribute")]
            random.shuffle(said)
            told = Told(self.without)
            self.proposer, proposal = "", self.without[-1]
            for event in said:
                readers = sorted(person for person in replay.persons if event.key in told.sees(person))
                self.proposer = random.choice([one for one in readers if one != event.by] or [event.by])
                about = {"line": event.key, "rung": rung}
                proposal = Event("proposal", at + MINUTE, "propose", self.proposer, about)
                replay.play([proposal])
                if "proposal" in replay.widenings:
                    break
            keys = {number: key for key, number in replay.persons.items()}
            asked = {keys[one] for one in Consent.everything.values_list("person_id", flat=True)}
            self.asked = sorted(asked - {self.proposer})
            self.persons = sorted(replay.persons)
            transaction.set_rollback(True)
        ways = [Way.NO, Way.YES, Way.WITHOUT_NAME]
        self.proposed = [*self.without, proposal]
        self.answered = [
            *self.proposed,
            *(
                Event(
                    f"answer-{who}",
                    at + (2 + number) * MINUTE,
                    "consent",
                    who,
                    {"to": "proposal", "way": int(way)},
                )
                for number, (who, way) in enumerate(zip(self.asked, ways, strict=False))
            ),
        ]
        return "proposal" in replay.widenings


@pytest.mark.parametrize("seed", [0, 5])
def test_in_random_worlds_nobody_else_learns_of_a_proposal(seed: int) -> None:
    world = Proposed(seed)
    others = [one for one in ["", *world.persons] if one not in (world.proposer, *world.asked)]
    same(world.answered, world.without, Random(seed).choice(others))


@pytest.mark.parametrize("seed", [6, 11])
def test_in_random_worlds_nobody_learns_how_another_answers(seed: int) -> None:
    """Only a no of the first who is asked, so that not everybody has said yes."""
    world = Proposed(seed)
    assert world.asked, "no world where nobody but the proposer is asked shows anything"
    who = Random(seed).choice([world.proposer, *world.asked[1:]])
    mine = [event for event in world.answered if event.by == who and event.verb == "consent"]
    same(world.answered, [*world.proposed, *mine], who)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 200))
def test_in_many_random_worlds_proposals_are_nobody_elses(seed: int) -> None:
    world = Proposed(seed)
    for one in ["", *world.persons]:
        if one not in (world.proposer, *world.asked):
            same(world.answered, world.without, one)
