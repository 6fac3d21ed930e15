"""What the receipt opens: reading on, answering, other words, taking back, how far it opens, burning it."""

import pytest

from communis.behind_the_scenes import holding, reconciling
from communis.behind_the_scenes.days import local_day, noon_of
from communis.behind_the_scenes.models import Crowd, Waiting
from communis.behind_the_scenes.release import release
from communis.conversations import reconciling as everything
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Contribution, Share
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere, Refused
from communis.journal.models import Entry
from communis.journal.moments import HOUR
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import new_code, parse
from communis.openness.receipts import Receipt
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from tests.behind_the_scenes.unit import ORIGIN, Unit


def read(code: bytes) -> list[str]:
    """What is read with the receipt, in reading order; what is not shown is None."""
    found = holding.branches(holding.held_by(code))
    return [node.seen.html.strip() if node.seen else "–" for branch in found for node in branch]


def html(text: str) -> str:
    return f"<p>{text}</p>"


def test_the_author_reads_on_and_answers(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    reply = contribute(unit.line(), "Vilka sträckor är värst?", by=unit.manager)
    assert read(code) == [html(ORIGIN), html("Vilka sträckor är värst?")]
    before = Entry.objects.count()
    day = holding.answer(code, address_of(reply)[1], "Kyrkvägen–Strand.")
    assert Entry.objects.count() == before and day == local_day() + 1
    assert [one.text for one in holding.waits(holding.held_by(code))] == ["Kyrkvägen–Strand."]
    unit.noon()
    assert release() == 1
    assert read(code)[2:] == [html("Kyrkvägen–Strand.")]
    both = Contribution.everything.filter(receipt_id__isnull=False)
    assert both.values("receipt_id").distinct().count() == 1 and both.count() == 2
    # Of how many it is one is said once, where it began.
    assert Crowd.objects.count() == 1
    assert reconciling.differences() == everything.differences() == []


def test_the_same_answer_twice_waits_once(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    for _ in range(2):
        holding.answer(code, unit.line(), "Ett tillägg.")
    assert Waiting.everything.count() == 1


def test_only_the_branch_is_read(unit: Unit) -> None:
    idea = start(Kind.IDEA, "En tanke.", by=unit.manager, choice=unit.choice)
    beside = contribute(address_of(idea)[1], "En annan gren.", by=unit.members[1])
    elsewhere = start(Kind.IDEA, "Någon annanstans.", by=unit.members[1], choice=unit.choice)
    code = unit.appears(unit.members[0], "Mitt svar.", unit.answer_to(address_of(idea)[1]))
    contribute(unit.line(), "Till den som skrev.", by=unit.members[1])
    assert read(code) == [html("En tanke."), html("Mitt svar."), html("Till den som skrev.")]
    for share in (beside, elsewhere):
        with pytest.raises(NotThere):
            holding.answer(code, address_of(share)[1], "Ett svar.")


def test_narrower_answers_are_not_read(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    to_manager = Choice(Rung.DIRECT, persons=(unit.manager.public_id,))
    contribute(unit.line(), "Bara till Johan.", by=unit.members[1], choice=to_manager)
    assert read(code) == [html(ORIGIN)]


def test_other_words_come_with_the_batch(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    line = unit.line()
    holding.reword(code, line, "Tolv minuter.")
    holding.reword(code, line, "Elva minuter.")
    assert Waiting.everything.count() == 1
    assert read(code) == [html(ORIGIN)]
    unit.noon()
    release()
    assert read(code) == [html("Elva minuter.")]
    assert line_seen(line, viewer_for(unit.manager.id)).share.corrected
    share = Share.everything.latest("id")
    ended = Share.everything.exclude(ended_at=None).get()
    assert {ended.ended_at, share.opened_at + 24 * HOUR} == {noon_of(local_day())}
    assert Entry.objects.filter(verb="corrected", person_id=None).count() == 1
    for words in ("", "x" * 400_000):
        with pytest.raises(Refused):
            holding.reword(code, line, words)


def test_words_that_wait_can_be_changed_and_dropped(unit: Unit) -> None:
    code = parse(unit.write(unit.members[0]).receipt)
    other = parse(unit.write(unit.members[1], "En annans.").receipt)
    (waiting,) = holding.waits(holding.held_by(code))
    with pytest.raises(NotThere):
        holding.reword_waiting(other, waiting.number, "Kapat.")
    holding.drop_waiting(other, waiting.number)
    holding.reword_waiting(code, waiting.number, "Andra ord.")
    assert [one.text for one in holding.waits(holding.held_by(code))] == ["Andra ord."]
    holding.drop_waiting(code, waiting.number)
    unit.noon()
    assert release() == 1
    with pytest.raises(NotThere):
        holding.held_by(code)


def test_taken_back_at_once_and_told_the_journal_with_the_batch(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    line = unit.line()
    unit.clock.forward(3 * HOUR)
    before = Entry.objects.count()
    holding.take_back(code, line)
    assert Entry.objects.count() == before
    assert shares_of(Share.everything.get().conversation_id, viewer_for(unit.manager.id)) == []
    assert Share.everything.get().ended_at == noon_of(local_day())
    unit.noon()
    release()
    assert Entry.objects.get(verb="taken back").person_id is None
    assert holding.held_by(code).words == []
    with pytest.raises(NotThere):
        holding.take_back(code, line)


def test_how_far_it_opens_can_be_decided_later(unit: Unit) -> None:
    code = parse(unit.write(unit.members[0]).receipt)
    holding.open_to(code, int(Rung.ORGANISATION))
    unit.noon()
    release()
    assert Receipt.everything.get().opens_to == Rung.ORGANISATION
    holding.open_to(code, 0)
    assert Receipt.everything.get().opens_to == 0
    with pytest.raises(Refused):
        holding.open_to(code, 2)


def test_a_wrong_receipt_and_a_burnt_one_answer_alike(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    line = unit.line()
    holding.answer(code, line, "Ett tillägg.")
    holding.burn(code)
    assert Waiting.everything.count() == 0
    for burnt in (code, parse(new_code())):
        for act in (
            lambda one: holding.held_by(one),
            lambda one: holding.answer(one, line, "Ett svar."),
            lambda one: holding.reword(one, line, "Ett svar."),
            lambda one: holding.take_back(one, line),
            lambda one: holding.open_to(one, 0),
            lambda one: holding.burn(one),
        ):
            with pytest.raises(NotThere):
                act(burnt)
    # The words stay.
    assert line_seen(line, viewer_for(unit.manager.id)).share.html.strip() == html(ORIGIN)
    assert reconciling.differences() == everything.differences() == []


def test_burnt_before_it_appeared(unit: Unit) -> None:
    code = parse(unit.write(unit.members[0]).receipt)
    holding.burn(code)
    unit.noon()
    assert release() == 1
    with pytest.raises(NotThere):
        holding.held_by(code)
    assert Share.everything.count() == 1


def test_anothers_line_is_not_changed_by_ones_receipt(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    own = unit.line()
    other = unit.appears(unit.members[1], "En annans.")
    for act in (holding.take_back, lambda one, line: holding.reword(one, line, "Kapat.")):
        with pytest.raises(NotThere):
            act(other, own)
    assert read(code) == [html(ORIGIN)]
