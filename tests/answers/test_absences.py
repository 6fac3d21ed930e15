"""Someone who answers is away: who stands in is shown before one asks, and answers only what both read (R72)."""

import datetime

import pytest

from communis.answers.absences import absence_of, say_away, say_back, who_can_stand_in
from communis.answers.answering import Given, Wording, give_answer
from communis.answers.asking import Askable, ask, askable, hand_over, promise_new_day
from communis.answers.models import Ask
from communis.answers.promises import today
from communis.answers.queue import queue_of
from communis.answers.verdicts import Verdict
from communis.attention.models import Notice
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.refusals import NotThere, Refused
from communis.journal import moments
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.answers.town import Answering
from tests.cast import letter, to_all
from tests.clock import Clock
from tests.web.forms import client_of, key_on, page

YES = Given(Verdict.YES, Wording("Ja, vi gör det."))


def away(person: Person, stand_in: Person | None, days: int = 8) -> None:
    last = today() + datetime.timedelta(days=days)
    chosen = stand_in.public_id if stand_in else ""
    say_away(today(), last, chosen, viewer_for(person.id), by=person)


def johan_as_shown(share: Share, asker: Person) -> Askable:
    found = askable(share.audience_id, viewer_for(asker.id))
    return next(one for one in found if one.held.person.name.startswith("Johan"))


def waiting_for(person: Person) -> list[tuple[str, str]]:
    queue = queue_of(viewer_for(person.id), by=person)
    return [(one.ask.public_id, one.instead_of) for one in queue.waiting]


def test_shown_before_asking_and_answered_meanwhile(answering: Answering, clock: Clock) -> None:
    people, mandate = answering.people, answering.johans.public_id
    before = answering.ask(to_all(Kind.IDEA, "Sitt i fönstret.", people.elin), people.elin, answering.johans)
    away(people.johan, people.karin)
    share = to_all(Kind.IDEA, "Tänk om vi bytte stol.", people.elin)
    line = address_of(share)[1]
    shown = johan_as_shown(share, people.elin)
    assert shown.away and shown.away.stand_in == people.karin
    assert shown.day == today() + datetime.timedelta(days=14)
    elin = client_of(people.elin)
    drawn = page(elin, f"/lines/{line}/asks")
    assert "Karin Sundvall answers meanwhile." in drawn
    # What was shown is what counts: nobody stands in of whom the asker was not told.
    with pytest.raises(Refused, match="has changed"):
        ask(line, mandate, by=people.elin)
    form = {"key": key_on(drawn), "mandate": f"{mandate}:{people.karin.public_id}", "because": "det brådskar"}
    assert elin.post(f"/lines/{line}/asks", form).status_code == 302
    asked = Ask.everything.get(because="det brådskar").public_id
    assert waiting_for(people.karin) == [(asked, people.johan.name)]
    assert waiting_for(people.johan) == [(before, ""), (asked, "")]
    assert waiting_for(people.sofia) == []
    clock.news()
    told = Notice.everything.filter(person_id=people.karin.id, reason=Notice.Reason.TO_ANSWER)
    assert told.count() == 1
    karin, amina = client_of(people.karin), client_of(people.amina)
    assert f"in place of {people.johan.name}" in page(karin, "/to-answer")
    assert "who is away" in page(karin, f"/asks/{asked}")
    # Those who read the idea are told whom it waits for, and not that he is away.
    conversation = page(amina, f"/conversations/{address_of(share)[0]}")
    assert "Johan" in conversation and "away" not in conversation and "Karin" not in conversation
    # She answers, and does nothing else with what is his.
    with pytest.raises(NotThere):
        promise_new_day(asked, today() + datetime.timedelta(days=3), "Vi hinner inte.", by=people.karin)
    with pytest.raises(NotThere):
        give_answer(before, YES, by=people.karin)
    clock.forward(9 * moments.DAY)
    assert waiting_for(people.karin) == [] and absence_of(people.johan) is None
    with pytest.raises(NotThere):
        give_answer(asked, YES, by=people.karin)
    clock.forward(-9 * moments.DAY)
    give_answer(asked, YES, by=people.karin)
    assert waiting_for(people.johan) == [(before, "")]


def test_only_what_both_read_and_only_while_it_is_said(answering: Answering) -> None:
    people, mandate = answering.people, answering.johans.public_id
    # Amina holds no mandate and answers along with nobody.
    assert people.amina not in who_can_stand_in(viewer_for(people.johan.id), by=people.johan)
    with pytest.raises(Refused, match="takes a mandate"):
        away(people.johan, people.amina)
    with pytest.raises(Refused, match="still to come"):
        away(people.johan, people.karin, days=-1)
    away(people.johan, people.karin)
    share = letter("Bara du och jag.", people.elin, people.johan)
    shown = johan_as_shown(share, people.elin)
    assert shown.away and shown.away.stand_in is None
    assert shown.day == today() + datetime.timedelta(days=8 + 14)
    assert "the promise counts from then." in page(
        client_of(people.elin), f"/lines/{address_of(share)[1]}/asks"
    )
    asked = ask(address_of(share)[1], mandate, by=people.elin)
    assert Ask.everything.get(public_id=asked).promised == shown.day
    assert waiting_for(people.karin) == []
    # To all, and then handed over or back again: she answers no more.
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    open_ask = ask(address_of(share)[1], mandate, by=people.elin, stand_in=people.karin.public_id)
    assert waiting_for(people.karin) == [(open_ask, people.johan.name)]
    say_back(by=people.johan)
    assert waiting_for(people.karin) == []
    away(people.johan, people.karin)
    hand_over(open_ask, answering.karins.public_id, by=people.johan)
    assert waiting_for(people.karin) == [(open_ask, "")]
    assert share.rung == Rung.ORGANISATION


def test_said_on_the_page_of_the_promise(answering: Answering) -> None:
    people = answering.people
    johan = client_of(people.johan)
    form = {"away_from": "2026-01-01", "away_until": "i morgon", "stand_in": people.karin.public_id}
    refused = johan.post("/to-answer/absence", form)
    html = refused.content.decode()
    assert refused.status_code == 422 and 'value="2026-01-01"' in html and "Write the day like" in html
    last = today() + datetime.timedelta(days=3)
    form |= {"away_from": today().isoformat(), "away_until": last.isoformat()}
    assert johan.post("/to-answer/absence", form).status_code == 302
    assert "Karin Sundvall answers what you both read." in page(johan, "/to-answer")
    assert johan.post("/to-answer/absence", {"do": "here"}).status_code == 302
    assert "While you are away" not in page(johan, "/to-answer")
