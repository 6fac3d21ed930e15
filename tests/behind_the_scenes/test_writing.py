"""A key with the name, the words without it, and the day's batch."""

import pytest

from communis.attention.models import Notice
from communis.behind_the_scenes import keys, reconciling, release, writing
from communis.behind_the_scenes.days import local_day, noon_of
from communis.behind_the_scenes.keys import key_for, place_of
from communis.behind_the_scenes.models import Crowd, Spent, Waiting
from communis.behind_the_scenes.places import Place
from communis.behind_the_scenes.writing import keep
from communis.conversations import reconciling as everything
from communis.conversations.contributing import start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Contribution, Mark, Revision, Share
from communis.conversations.reading import newer_than
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import take_back
from communis.journal.idempotency import Done
from communis.journal.models import Entry
from communis.journal.moments import HOUR
from communis.openness.bylines import Authorship, Byline
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import NotAReceipt, lookup_hash, new_code, parse
from communis.openness.receipts import Receipt
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from tests.behind_the_scenes.unit import ORIGIN, Unit

ALL = Choice(Rung.ORGANISATION)


def rows() -> tuple[int, ...]:
    """How many rows an act could leave that knows who acted, and when."""
    return tuple(
        table.count() for table in (Entry.objects, Done.objects, Mark.objects, Authorship.everything)
    )


def test_nothing_is_kept_of_who_asked_for_a_key_or_when_the_words_came(unit: Unit) -> None:
    before = rows()
    key = key_for(unit.place, by=unit.members[0])
    assert rows() == before and Waiting.everything.count() == 0
    kept = keep(key, ORIGIN)
    assert rows() == before
    waiting = Waiting.everything.get()
    assert waiting.day == local_day() == kept.day
    assert bytes(waiting.receipt_hash) == lookup_hash(parse(kept.receipt))
    assert kept.receipt not in str(vars(waiting)) and key not in str(vars(Spent.objects.get()))
    assert Contribution.everything.count() == 0


def test_it_appears_at_noon_and_says_the_day_alone(unit: Unit) -> None:
    unit.write(unit.members[0])
    assert release.release() == 0
    unit.noon()
    unit.clock.forward(3 * HOUR)
    assert release.release() == 1 and release.release() == 0
    share = Share.everything.get()
    assert share.opened_at == noon_of(local_day())
    assert Revision.everything.get().written_at == noon_of(local_day())
    said = Contribution.everything.get()
    assert said.authorship_id is None and said.receipt_id is not None
    entry = Entry.objects.get(verb="appeared")
    assert entry.person_id is None
    assert reconciling.differences() == everything.differences() == []
    for reader in (unit.manager, *unit.members):
        seen = line_seen(unit.line(), viewer_for(reader.id)).share
        assert seen.byline == Byline.Kind.BEHIND_THE_SCENES and not seen.own and seen.person is None
    with pytest.raises(NotThere):
        line_seen(unit.line(), viewer_for(unit.outsider.id))


def test_what_is_written_after_noon_appears_the_next_day(unit: Unit) -> None:
    unit.noon()
    kept = unit.write(unit.members[0])
    assert kept.day == local_day() + 1
    unit.clock.forward(11 * HOUR)
    assert release.release() == 0
    unit.noon()
    assert release.release() == 1


def test_a_batch_is_in_no_order_of_writing(unit: Unit) -> None:
    texts = [f"Tanke {n}." for n in range(10)]
    for text in texts:
        unit.write(unit.members[0], text)
    unit.noon()
    release.release()
    shown = list(Revision.everything.order_by("id").values_list("source", flat=True))
    assert sorted(shown) == texts
    # One in 3.6 million is in order by chance.
    assert shown != texts


def test_the_same_form_twice_is_one_contribution_and_one_receipt(unit: Unit) -> None:
    key = key_for(unit.place, by=unit.members[0])
    first = keep(key, ORIGIN)
    assert keep(key, "Andra ord.") == first
    assert Waiting.everything.get().text == ORIGIN
    unit.noon()
    release.release()
    assert keep(key, ORIGIN).receipt == first.receipt
    assert Waiting.everything.count() == 0 and Contribution.everything.count() == 1


def test_a_receipt_from_the_browser_is_taken_as_it_is(unit: Unit) -> None:
    code = new_code()
    assert keep(key_for(unit.place, by=unit.members[0]), ORIGIN, code=code).receipt == code
    assert bytes(Waiting.everything.get().receipt_hash) == lookup_hash(parse(code))
    with pytest.raises(NotAReceipt):
        keep(key_for(unit.place, by=unit.members[0]), ORIGIN, code="ABC")


def test_a_key_is_one_of_ours_and_of_today_or_yesterday(unit: Unit) -> None:
    key = key_for(unit.place, by=unit.members[0])
    assert place_of(key) == unit.place
    for forged in ("", "x", key[:-1], key + "x", key.replace(":", "")):
        with pytest.raises(Refused):
            keep(forged, ORIGIN)
    unit.days(1)
    place_of(key)
    unit.days(1)
    with pytest.raises(Refused):
        keep(key, ORIGIN)
    assert Waiting.everything.count() == 0


def test_a_key_says_nothing_of_who_asked(unit: Unit) -> None:
    """But for a number that only this server can open, and that is another one each time."""
    askers = [unit.members[0], unit.members[0], unit.members[1]]
    held = [keys._signer().unsign_object(key_for(unit.place, by=by)) for by in askers]
    numbers = {one.pop("number") for one in held} | {one.pop("author") for one in held}
    assert len(numbers) == 6 and not numbers & {by.public_id for by in askers}
    assert held[0] == held[1] == held[2]


def test_ten_keys_a_day_each(unit: Unit) -> None:
    for _ in range(keys.MOST_A_DAY):
        key_for(unit.place, by=unit.members[0])
    with pytest.raises(Refused):
        key_for(unit.place, by=unit.members[0])
    key_for(unit.place, by=unit.members[1])
    unit.days(1)
    key_for(unit.place, by=unit.members[0])


def test_spent_keys_are_forgotten_when_they_are_no_longer_good(unit: Unit) -> None:
    unit.write(unit.members[0])
    for _ in range(keys.DAYS):
        assert keys.forget_spent() == 0
        unit.days(1)
    unit.days(1)
    assert keys.forget_spent() == 1


def test_eight_besides_the_one_asked(unit: Unit) -> None:
    unit.appears(unit.members[0])
    crowd = Crowd.objects.get()
    assert (crowd.number, crowd.besides_id) == (8, unit.manager.id)
    actions.leave(unit.members[7], unit.circle, by=unit.members[7])
    with pytest.raises(Refused, match="7 "):
        key_for(unit.place, by=unit.members[0])
    # Without someone who is asked the manager is one of those it can be.
    key_for(Place(circle=unit.circle.public_id), by=unit.members[0])


def test_where_it_is_refused(unit: Unit, settings) -> None:
    few = actions.found_circle("Tre", by=unit.members[0])
    letter = start(
        Kind.IDEA, "Bara du.", by=unit.members[0], choice=Choice(Rung.DIRECT, (unit.manager.public_id,))
    )
    for place, by in (
        (Place(circle=few.public_id), unit.members[0]),
        (unit.answer_to(address_of(letter)[1]), unit.manager),
        (unit.place, unit.manager),
        (Place(kind=Kind.QUESTION), unit.members[0]),
    ):
        with pytest.raises(Refused):
            key_for(place, by=by)
    for place, by in (
        (unit.place, unit.outsider),
        (unit.answer_to(address_of(letter)[1]), unit.members[1]),
        (Place(circle="5" * 32), unit.members[0]),
        (Place(asked="5" * 32), unit.members[0]),
    ):
        with pytest.raises(NotThere):
            key_for(place, by=by)
    settings.BEHIND_THE_SCENES = False
    with pytest.raises(NotThere):
        key_for(unit.place, by=unit.members[0])


def test_an_answer_is_read_where_what_it_answers_is_read(unit: Unit) -> None:
    open_post = start(Kind.POST, "Till alla.", by=unit.manager, choice=Choice(Rung.PUBLIC))
    unit.appears(unit.members[0], "Ett svar.", unit.answer_to(address_of(open_post)[1]))
    share = Share.everything.latest("id")
    # Never wider than all employees at once, also below what anyone may read.
    assert share.audience.rung == Rung.ORGANISATION
    assert share.conversation_id == open_post.conversation_id
    # Everybody but the one who wrote the post.
    assert Crowd.objects.get().number == 10
    assert reconciling.differences() == everything.differences() == []


def test_what_it_answers_is_taken_back_meanwhile(unit: Unit) -> None:
    idea = start(Kind.IDEA, "En tanke.", by=unit.manager, choice=unit.choice)
    line = address_of(idea)[1]
    key = key_for(unit.answer_to(line), by=unit.members[0])
    unit.write(unit.members[0], "Ett svar.", unit.answer_to(line))
    take_back(line, by=unit.manager)
    unit.noon()
    assert release.release() == 0
    # It waits on: nothing accepted is lost, and who holds the receipt reads why.
    assert "no longer" in release.why_not(Waiting.everything.get()) or release.why_not(
        Waiting.everything.get()
    )
    with pytest.raises(Refused):
        keep(key, "För sent.")


def test_too_few_are_left_when_it_should_appear(unit: Unit) -> None:
    unit.write(unit.members[0])
    actions.leave(unit.members[7], unit.circle, by=unit.members[7])
    unit.noon()
    assert release.release() == 0
    actions.let_in(unit.members[7], unit.circle, by=unit.manager)
    assert release.release() == 1


def test_no_self_exclusion(unit: Unit) -> None:
    """The author is told like the others, has it unread like the others, and may do with it what the others may."""
    author = unit.members[0]
    idea = start(Kind.IDEA, "En tanke.", by=author, choice=unit.choice)
    since = unit.clock()
    unit.appears(author, "Ett svar på mina egna ord.", Place(circle=unit.circle.public_id))
    for reader in (author, unit.members[1]):
        viewer = viewer_for(reader.id)
        conversation = Share.everything.latest("id").conversation_id
        assert newer_than(conversation, viewer, since) == 1
    other = start(Kind.IDEA, "En annan tanke.", by=unit.members[1], choice=unit.choice)
    unit.appears(author, "Ja.", unit.answer_to(address_of(other)[1]))
    unit.clock.news()
    assert Notice.everything.filter(person=unit.members[1]).exists()
    assert idea.conversation_id != other.conversation_id


def test_empty_words_and_a_strange_choice_are_refused(unit: Unit) -> None:
    key = key_for(unit.place, by=unit.members[0])
    for text, opens_to in (("  ", 0), (ORIGIN, 2), ("x" * 400_000, 0)):
        with pytest.raises(Refused):
            keep(key, text, opens_to=opens_to)
    # The key is still good.
    assert keep(key, ORIGIN, opens_to=int(Rung.PUBLIC))
    unit.noon()
    release.release()
    assert Receipt.everything.get().opens_to == Rung.PUBLIC
    assert writing.OPENS_TO == (0, 3, 4)
