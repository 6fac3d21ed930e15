"""Reconciling finds each kind of damage, and nothing after a busy day."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from communis.conversations import activity, files
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import (
    Activity,
    Anchor,
    Contribution,
    Conversation,
    File,
    Moved,
    Place,
    Revision,
    Share,
)
from communis.conversations.reconciling import FIRST, OFTEN_FAILED, differences
from communis.conversations.revising import revise, take_back
from communis.conversations.words import Attachment, Quoted
from communis.journal.models import Entry
from communis.journal.seals import seal
from communis.openness.audiences import AudiencePrincipal
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from tests.cast import Cast, letter, open_post, to_all, to_circle


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


def a_conversation(people: Cast) -> Share:
    """A letter of two paragraphs, answered on its words with a picture, and corrected."""
    opening = letter("Tänk om vi bytte stol.\n\nJag vet inte.", people.elin, people.karin)
    line = address_of(opening)[1]
    picture = Attachment("stol.png", "image/png", files.store(b"bytes"), files.store(b"small"))
    contribute(line, "Jo.", by=people.karin, quotes=[Quoted(line, "Jag vet inte")], files=[picture])
    return revise(line, "Tänk om vi bytte stolar.\n\nJag vet inte.", by=people.elin, correction=True)


def an_old_file() -> None:
    path = files.folder() / files.store(b"nobody's")
    yesterday = time.time() - 25 * 60 * 60
    os.utime(path, (yesterday, yesterday))


def a_bare_contribution() -> None:
    Contribution.everything.create(conversation=Conversation.everything.create(public_id="b" * 32), kind=1)


def a_reply_wider_than_the_letter() -> None:
    reply = Contribution.everything.exclude(parent=None).get()
    Share.everything.filter(contribution=reply).update(rung=Rung.PUBLIC)


def a_move_that_stayed() -> None:
    reply = Contribution.everything.exclude(parent=None).get()
    summary = Contribution.everything.create(
        conversation_id=reply.conversation_id, parent_id=reply.parent_id, kind=Kind.SUMMARY
    )
    Moved.objects.create(root=reply, summary=summary)


def another_conversation() -> Conversation:
    return Conversation.everything.create(public_id="a" * 32)


DAMAGES: dict[str, Callable[[], object]] = {
    "contribution without a line": a_bare_contribution,
    "contribution without a revision": a_bare_contribution,
    "contribution without a share": a_bare_contribution,
    "line without a share": lambda: Share.everything.filter(opening=False).delete(),
    "share of another contribution than its line or revision": lambda: Share.everything.filter(
        opening=False
    ).update(revision=Revision.everything.order_by("id").first()),
    "share with another conversation than its contribution": lambda: Share.everything.update(
        conversation=another_conversation()
    ),
    "share with another rung than its audience": a_reply_wider_than_the_letter,
    "share that is wrong about being the opening": lambda: Share.everything.update(opening=False),
    "share that is wrong about being alone": lambda: Share.everything.update(alone=False),
    "audience that names nobody, or an open one that names somebody": lambda: (
        AudiencePrincipal.objects.all().delete()
    ),
    "answer in another conversation than what it answers": lambda: Contribution.everything.exclude(
        parent=None
    ).update(conversation=another_conversation()),
    "moved branch that stands where it stood": a_move_that_stayed,
    "answer that was wider than anything it could answer": a_reply_wider_than_the_letter,
    "anchor without a place in a revision of its target": lambda: Place.objects.order_by("-id")[0].delete(),
    "conversation with no contribution": another_conversation,
    "conversation whose activity is not what its shares say": lambda: Activity.everything.update(last_at=1),
    "file without its bytes": lambda: (files.folder() / File.everything.get().small_stored_as).unlink(),
    "stored file that nothing refers to": an_old_file,
    "journal entry not as it was written": lambda: Entry.objects.filter(verb="corrected").update(person_id=1),
    "journal entry that nobody could be told of": lambda: Entry.objects.update(failures=OFTEN_FAILED),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_found(people: Cast, what: str) -> None:
    a_conversation(people)
    assert differences() == []
    DAMAGES[what]()
    assert what in [difference.what for difference in differences()]


def test_every_place_of_an_anchor_gone_is_found(people: Cast) -> None:
    a_conversation(people)
    Place.objects.all().delete()
    assert [(found.what, found.first) for found in differences()] == [
        ("anchor without a place in a revision of its target", [str(Anchor.objects.get().id)])
    ]


def test_activity_too_much_and_too_little_is_found(people: Cast) -> None:
    share = a_conversation(people)
    Activity.everything.create(conversation_id=share.conversation_id, principal_id=1, last_at=1)
    assert [(found.count, found.first) for found in differences()] == [(1, [str(share.conversation_id)])]
    Activity.everything.filter(conversation_id=share.conversation_id).delete()
    assert [(found.count, found.first) for found in differences()] == [(1, [str(share.conversation_id)])]


def test_two_live_shares_on_a_line_cannot_even_be_written(people: Cast) -> None:
    """The database refuses them; without its index reconciling would still see them."""
    share = a_conversation(people)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX line_has_one_live_share")
    Share.everything.filter(line_id=share.line_id).update(ended_at=None)
    assert "line with two live shares" in [found.what for found in differences()]


def test_a_sealed_entry_changed_is_found_too(people: Cast) -> None:
    Entry.objects.update(at=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM communis_entry")
        (entries,) = cursor.fetchone()
    (found,) = differences()
    assert (found.count, len(found.first)) == (entries, FIRST)
    seal()
    assert (differences()[0].count, len(differences()[0].first)) == (entries, FIRST)


def test_a_file_stored_just_now_may_wait_for_its_words(people: Cast) -> None:
    files.store(b"waiting")
    assert differences() == []


@pytest.mark.parametrize("seed", range(3))
def test_nothing_differs_after_a_busy_day(people: Cast, seed: int) -> None:
    """Random acts of every kind; the activity in one statement is also that of ``expected_rows``."""
    chance = random.Random(seed)
    shares = [
        letter("Tänk om.", people.elin, people.karin),
        to_circle("Halva portionen.", people.amina, people.food_waste),
        to_all(Kind.IDEA, "Byt stol.", people.elin),
        open_post("Till alla.", people.karin),
    ]
    writers = {people.elin.id: people.elin, people.karin.id: people.karin, people.amina.id: people.amina}
    for turn in range(40):
        share = chance.choice(shares)
        line = address_of(share)[1]
        writer = chance.choice(list(writers.values()))
        narrow = Choice(Rung.DIRECT, persons=(chance.choice([people.sofia, people.johan]).public_id,))
        try:
            act = chance.random()
            if act < 0.6:
                shares.append(contribute(line, f"Svar {turn}.", by=writer))
            elif act < 0.7:
                shares.append(contribute(line, f"Bara du {turn}.", by=writer, choice=narrow))
            elif act < 0.9:
                revise(line, f"Ändrat {turn}.", by=writer, correction=turn % 2 == 0)
            else:
                take_back(line, by=writer)
        except Exception as refusal:
            assert type(refusal).__name__ in {"NotThere", "Refused"}
    assert differences() == []
    kept = Activity.everything.values_list("conversation_id", "principal_id", "last_at")
    live = Share.everything.filter(ended_at=None)
    assert {(where, who): at for where, who, at in kept} == activity.expected_rows(live)
