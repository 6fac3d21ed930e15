"""The gate, and all that repeats its rule for speed, equal a reference model that knows none of our code."""

import ast
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from django.db.models import BigIntegerField, Count, F, Max, Q, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communis.conversations import gate, listing
from communis.conversations.activity import expected_rows
from communis.conversations.kinds import Kind
from communis.conversations.models import Activity, Contribution, Conversation, Line, Share
from communis.conversations.news import newest_in
from communis.journal.moments import now
from communis.looking.viewers import PUBLIC_VIEWER, Viewer
from communis.openness.audiences import Audience
from communis.openness.open_to import open_to
from communis.people.holdings import viewer_for
from tests.events import Event, Replay, held_still
from tests.organisations import Organisation
from tests.reference_model import Told, may_see

pytestmark = pytest.mark.django_db


def test_the_reference_is_small_and_stands_alone() -> None:
    source = Path(__file__).with_name("reference_model.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    described = {line for line in range(1, tree.body[0].end_lineno + 1)}  # type: ignore[operator]
    code = [
        line
        for number, line in enumerate(source.splitlines(), start=1)
        if line.strip() and not line.strip().startswith("#") and number not in described
    ]
    assert len(code) <= 60


def lines_of(replay: Replay, share_ids: set[int]) -> set[str]:
    """The keys of the lines that these shares stand on.

    The answer to a letter and the reply to its reason are no event of their own: the letter's two readers see them.
    """
    keys = {public_id: key for key, public_id in replay.lines.items()}
    answers = Contribution.everything.filter(kind=Kind.ANSWER)
    beside = Contribution.everything.filter(
        Q(id__in=answers.values("id")) | Q(parent_id__in=answers.values("id"))
    )
    numbers = Share.everything.filter(id__in=share_ids).values("line_id")
    lines = dict(Line.everything.filter(id__in=numbers).values_list("public_id", "contribution_id"))
    apart = set(beside.values_list("id", flat=True))
    return {keys[one] for one, said in lines.items() if one in keys or said not in apart}


def compare(events: list[Event]) -> Replay:
    """Play the events and compare everything that says who sees what, for everybody in them and the public."""
    replay = Replay(events)
    end = events[-1].at + 1
    told = Told(replay.accepted)
    conversations = list(Conversation.everything.values_list("id", flat=True))
    with held_still(end, "looking"):
        for key in ["", *replay.persons]:
            viewer = viewer_for(replay.persons[key]) if key else PUBLIC_VIEWER
            expected = told.sees(key)
            visible = set(Share.visible.to(viewer).values_list("id", flat=True))
            assert lines_of(replay, visible) == expected, key
            assert {one.share for one in gate.seen_in(conversations, viewer)} == visible, key
            openings = gate.seen_in(conversations, viewer, openings_only=True)
            assert {one.share for one in openings} == {
                one.share for one in gate.seen_in(conversations, viewer) if one.opening
            }
            the_fold_holds(viewer, visible)
            the_list_is_what_is_open(viewer, conversations)
        readers_are_those_it_is_open_to(replay)
    live = expected_rows(Share.everything.filter(ended_at=None))
    kept = Activity.everything.values_list("conversation_id", "principal_id", "last_at")
    assert {(conversation, principal): at for conversation, principal, at in kept} == live
    return replay


def the_fold_holds(viewer: Viewer, visible: set[int]) -> None:
    """What was folded away stays away under every later filter, count and order (gate rule 2)."""
    shown = Share.visible.to(viewer)
    for rung in (2, 3, 4):
        assert set(shown.filter(rung__gte=rung).values_list("id", flat=True)) <= visible
        assert set(shown.exclude(rung__lt=rung).values_list("id", flat=True)) <= visible
    assert shown.count() == len(visible) == len(shown.order_by("-rung", "opened_at"))
    assert shown.aggregate(number=Count("id"))["number"] == len(visible)
    assert set(shown.order_by("-rung")[: len(visible)].values_list("id", flat=True)) == visible
    latest = shown.aggregate(latest=Max("rung"))["latest"]
    assert latest == max((one.rung for one in Share.everything.filter(id__in=visible)), default=None)


def the_list_is_what_is_open(viewer: Viewer, conversations: list[int]) -> None:
    """The list equals a group-by over everything open to the viewer, for every length."""
    found: dict[int, int] = {}
    for share in Share.everything.filter(open_to(viewer), ended_at=None):
        found[share.conversation_id] = max(found.get(share.conversation_id, 0), share.opened_at)
    naive = sorted((-at, number) for number, at in found.items())
    for limit in (1, 2, 3, 30):
        assert listing.newest(viewer, limit) == [(number, -at) for at, number in naive[:limit]], limit
    for number in conversations:
        public_id = Conversation.everything.get(id=number).public_id
        assert newest_in(public_id, viewer) == found.get(number)
    assert set(Conversation.visible.to(viewer).values_list("id", flat=True)) == set(found)


def readers_are_those_it_is_open_to(replay: Replay) -> None:
    viewers = {number: viewer_for(number) for number in replay.persons.values()}
    now_opened = Audience.objects.annotate(
        audience_id=F("id"), opened_at=Value(now(), output_field=BigIntegerField())
    )
    opened = {
        number: set(now_opened.filter(open_to(viewer)).values_list("id", flat=True))
        for number, viewer in viewers.items()
    }
    public = set(now_opened.filter(open_to(PUBLIC_VIEWER)).values_list("id", flat=True))
    for audience in Audience.objects.all():
        readers = audience.readers()
        assert (readers is None) == (audience.id in public)
        if readers is not None:
            assert readers == {number for number in viewers if audience.id in opened[number]}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(3, 6), st.integers(1, 4), st.integers(4, 25))
def test_random_organisations(random: Random, persons: int, circles: int, done: int) -> None:
    with transaction.atomic():
        compare(Organisation(random).make(persons, circles, done))
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", range(12))
def test_larger_organisations(seed: int) -> None:
    compare(Organisation(Random(seed)).make(7, 5, 60))


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1000, 2000))
def test_many_organisations(seed: int) -> None:
    compare(Organisation(Random(seed)).make(8, 6, 80))


def test_enough_happens_in_them() -> None:
    """Organisations in which most is refused, or nobody sees anything, would prove little."""
    verbs: dict[str, int] = {}
    folded = hidden = 0
    for seed in range(15):
        with transaction.atomic():
            replay = Replay(Organisation(Random(seed)).make(7, 5, 80))
            transaction.set_rollback(True)
        told = Told(replay.accepted)
        for event in replay.accepted:
            verbs[event.verb] = verbs.get(event.verb, 0) + 1
        for person in replay.persons:
            seen = told.sees(person)
            opened = {key for key, line in told.lines.items() if told.is_open(line, person)}
            folded += len(opened - seen)
            hidden += len(told.lines.keys() - opened)
            assert all(may_see(replay.accepted, person, line) for line in seen)
    needed = "start contribute widen revise take_back let_in leave nest close turn_off_history"
    assert all(verbs.get(verb, 0) >= 5 for verb in needed.split()), verbs
    assert folded >= 50 and hidden >= 500
