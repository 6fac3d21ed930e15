"""Digests: what is new, the most important first, to each only what she may see when it leaves."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communis.answers.asking import ask
from communis.answers.mandates import give_mandate
from communis.attention.mail_choices import choose_mail, pause_mail, resume_mail, want_mail
from communis.attention.models import MailChoice, Notice
from communis.channels.email.digests import queue_digests
from communis.channels.email.models import DigestRound, Outgoing
from communis.channels.email.sending import Sent, send_due
from communis.conversations.contributing import contribute
from communis.conversations.following import follow
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Following
from communis.conversations.revising import take_back
from communis.journal.moments import DAY
from tests.cast import Cast, letter, to_all
from tests.clock import Clock


@pytest.fixture(autouse=True)
def what_came_before_is_told(people: Cast, clock: Clock) -> None:
    """That they were let into their circles."""
    next_day(clock)
    mail.outbox.clear()


def next_day(clock: Clock) -> int:
    """Everybody reacts, what cannot wait is sent, and a day later the digests are; returns how many of them."""
    clock.news()
    send_due()
    mail.outbox.clear()
    clock.minutes(24 * 60)
    queue_digests()
    return send_due().sent


def test_a_digest_gathers_what_is_new_the_most_important_first(people: Cast, clock: Clock) -> None:
    idea = to_all(Kind.IDEA, "Byt stol en förmiddag.", people.elin)
    follow(address_of(idea)[0], Following.Way.LISTENING, by=people.nadja)
    contribute(address_of(idea)[1], "Det gör vi.", by=people.amina)
    own = to_all(Kind.IDEA, "Halva portionen.", people.nadja)
    contribute(address_of(own)[1], "Ja.", by=people.johan)
    gone = contribute(address_of(idea)[1], "Kanariefågel.", by=people.amina)
    choose_mail(words=True, at_once=0, digests=1, by=people.nadja)
    letter("Ett brev.", people.karin, people.nadja)
    clock.news()
    assert send_due() == Sent(0, 0, 0, left=1)
    # Taken back after it was queued, before it was put together.
    clock.minutes(24 * 60)
    assert queue_digests() == 2
    take_back(address_of(gone)[1], by=people.amina)
    assert send_due() == Sent(2, 0, 0)
    told = next(one for one in mail.outbox if one.to == ["nadja@avinge.example"])
    lines = ["Ett brev.", "Ja.", "Det gör vi."]
    assert [told.body.index(words) for words in lines] == sorted(told.body.index(words) for words in lines)
    assert "Du är en av dem det är skrivet till." in told.body and "Kanarie" not in str(told.message())
    assert "Fler mejl kom än du vill ha på en dag" in told.body and "Det finns mer" not in told.body
    assert told.subject == "Nytt för dig"
    # Nothing new, nothing sent; and nothing twice, though it was never read.
    mail.outbox.clear()
    assert next_day(clock) == 0 and queue_digests() == 0
    assert DigestRound.objects.count() > 1


def test_a_round_killed_on_its_way_goes_on_and_tells_nobody_twice(
    people: Cast, clock: Clock, settings: Any
) -> None:
    settings.DIGEST_HOURS = [7]
    for person in (people.elin, people.amina):
        contribute(address_of(to_all(Kind.IDEA, "Byt stol.", person))[1], "Ja!", by=people.karin)
    clock.news()
    clock.minutes(24 * 60)
    assert queue_digests() == 2
    # As if it had been killed after the first.
    DigestRound.objects.order_by("at").last().delete()  # type: ignore[union-attr]
    Outgoing.objects.filter(template="digest", person_id=people.amina.id).delete()
    MailChoice.objects.filter(person_id=people.amina.id).update(gathered_until=0)
    assert queue_digests() == 1 and send_due().sent == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["amina@avinge.example", "elin@avinge.example"]


def test_what_was_mailed_is_in_no_digest(people: Cast, clock: Clock) -> None:
    letter("Ett brev.", people.elin, people.karin)
    assert next_day(clock) == 0
    assert Outgoing.objects.filter(template="digest", state=Outgoing.State.CANCELLED).count() == 1


@pytest.mark.parametrize("why", ["unwanted", "no digest", "paused"])
def test_who_wants_none_gets_none_and_loses_nothing(people: Cast, clock: Clock, why: str) -> None:
    if why == "unwanted":
        want_mail(False, by=people.elin)
    elif why == "no digest":
        choose_mail(words=True, at_once=10, digests=0, by=people.elin)
    else:
        pause_mail(people.elin.id)
    idea = to_all(Kind.IDEA, "Byt stol.", people.elin)
    contribute(address_of(idea)[1], "Ja!", by=people.karin)
    assert next_day(clock) == 0
    want_mail(True, by=people.elin)
    choose_mail(words=True, at_once=10, digests=1, by=people.elin)
    resume_mail(by=people.elin)
    assert next_day(clock) == 1 and "Ja!" in mail.outbox[0].body


def test_as_many_a_day_as_wanted(people: Cast, clock: Clock, settings: Any) -> None:
    settings.DIGEST_HOURS = [7, 12, 16]
    choose_mail(words=False, at_once=10, digests=3, by=people.elin)
    ideas = [to_all(Kind.IDEA, "Byt stol.", person) for person in (people.elin, people.amina)]
    # The cast is there from now on: no hour of the day may lie before that.
    clock.at += DAY - clock.at % DAY
    for _hour in range(48):
        for idea in ideas:
            contribute(address_of(idea)[1], "Kanariefågel!", by=people.karin)
        clock.minutes(60)
        clock.news()
        queue_digests()
        send_due()
    to = [one.to[0].partition("@")[0] for one in mail.outbox]
    assert to.count("elin") in (5, 6, 7) and to.count("amina") in (1, 2, 3)
    # Without words there are none, nor anybody's name.
    elins = [one for one in mail.outbox if one.to == ["elin@avinge.example"]]
    assert all("Kanarie" not in one.body and "Karin" not in one.body for one in elins)


def test_fourteen_days_away_in_fifty_conversations_are_forty_lines(people: Cast, clock: Clock) -> None:
    choose_mail(words=True, at_once=0, digests=1, by=people.nadja)
    lines = []
    for number in range(50):
        idea = to_all(Kind.IDEA, f"Tanke {number}.", people.elin)
        follow(address_of(idea)[0], Following.Way.LISTENING, by=people.nadja)
        contribute(address_of(idea)[1], f"Svar {number}.", by=people.amina)
        lines.append(address_of(idea)[1])
    mandate = give_mandate(people.nadja, "Schema", by=people.leyla)
    ask(lines[0], mandate.public_id, by=people.elin, because="Du bestämmer.")
    clock.news()
    send_due()
    clock.forward(14 * DAY)
    queue_digests()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        send_due()
    told = next(one for one in mail.outbox if one.to == ["nadja@avinge.example"])
    text, _light = (part.get_payload(decode=True).decode() for part in told.message().get_payload())
    assert text.count("Du har valt att lyssna på samtalet.") == 39
    assert text.index("Du är tillfrågad om besked.") < text.index("Svar 49.")
    assert "Det finns mer" in text and "Svar 10." not in text
    # No number says how much there is.
    assert not re.search(r"\b5[01]\b", re.sub(r"http\S+|Svar \d+", "", text))
    assert len(queries) < 60, len(queries)
    # Sent is not read.
    unread = Notice.everything.filter(person_id=people.nadja.id, read_at=None, line_id__isnull=False)
    assert unread.count() == 51
