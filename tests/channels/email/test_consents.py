"""A yes or a no by mail: one of the words alone on the first line, for the exact page that was sent, and no other."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils.translation import override, pgettext

from communis.channels.email.consents import WORDS
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.offered_words import below_the_word, word_first_in
from communis.channels.email.sending import send_due
from communis.conversations.models import Line
from communis.conversations.revising import revise
from communis.journal.moments import DAY, HOUR
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.widening.completing import choose_to_open, open_due
from communis.widening.models import Consent, Widening
from tests.cast import Cast
from tests.channels.email.test_receiving import arrives, takes_mail, written
from tests.clock import Clock
from tests.web.forms import client_of, page
from tests.widening.test_widening import Letter

# Used as a fixture by pytest.
assert takes_mail
Outcome, Reason, Way = Arrived.Outcome, Arrived.Reason, Consent.Way
ELIN = "elin@avinge.example"
ALL = Choice(Rung.ORGANISATION)


def test_the_words_of_both_languages_are_those_that_count() -> None:
    for language in ("sv", "en"):
        with override(language):
            offered = [pgettext("word in a mail", word) for word in ("open", "without name", "no")]
        assert [WORDS[word] for word in offered] == [Way.YES, Way.WITHOUT_NAME, Way.NO]
    assert word_first_in("  *Utan  namn*.\n\nMvh", WORDS) == "utan namn"
    # Nothing is guessed.
    for other in ("ja", "Ja, öppna", "öppna inte", "Hej!\nöppna", "", "öppna?"):
        assert not word_first_in(other, WORDS)
    assert below_the_word("rätta\n\nEn rad.\n\nEn till.\n") == "En rad.\n\nEn till."


class Asked:
    """Karin proposes to open the letter to all; Elin, who wrote two of its four, is asked by mail."""

    def __init__(self, people: Cast, clock: Clock) -> None:
        self.people, self.clock = people, clock
        self.letter = Letter(people)
        clock.news()
        send_due()
        mail.outbox.clear()
        self.widening = self.letter.propose(ALL)
        self.first = self.mailed()

    def mailed(self) -> EmailMessage:
        """The one mail that has gone to Elin since."""
        self.clock.news()
        send_due()
        (sent,) = (one for one in mail.outbox if one.to == [ELIN])
        mail.outbox.clear()
        return sent

    def sends(self, words: str, to: EmailMessage | None = None, **more: Any) -> Arrived:
        (address,) = (to or self.first).reply_to
        return arrives(address, written(words, sender=ELIN, **more), sender=ELIN)

    def ways(self) -> list[int]:
        own = Consent.everything.filter(widening=self.widening, person=self.people.elin)
        return list(own.order_by("id").values_list("way", flat=True))


@pytest.fixture
def asked(people: Cast, clock: Clock) -> Asked:
    return Asked(people, clock)


@pytest.mark.django_db
def test_asked_with_the_page_and_answered_with_a_word(asked: Asked, people: Cast, clock: Clock) -> None:
    body = asked.first.body
    for shown in ("Karin Sundvall vill att fler", "Fler borde läsa det.", "läsas av: Alla anställda."):
        assert shown in body
    assert "Elin Forsgren – dina ord:\n\nTänk om vi satt hos någon annan." in re.sub(r"\n+", "\n\n", body)
    assert "Karin Sundvall – visas om den som skrev säger ja:" in body
    for word in ("öppna – ", "utan namn – ", "nej – "):
        assert f"\n{word}" in body
    assert "borde" not in asked.first.subject and "Elin" not in str(asked.first.extra_headers)

    # Nothing counts that is not proved, and then the page is not sent again.
    held = asked.sends("öppna", found="")
    assert (held.outcome, held.reason, asked.ways()) == (Outcome.HELD, Reason.NOT_PROVED, [0, 0])
    assert "borde" not in asked.mailed().body
    assert "/sendings" not in page(client_of(people.elin), "/held-mail")
    assert client_of(people.elin).post(f"/held-mail/{held.public_id}/sendings").status_code == 302
    assert len(asked.letter.seen(people.elin)) == 4

    assert asked.sends("Öppna\n\nMvh Elin\n").outcome == Outcome.OFFERED_WORD
    assert asked.ways() == [Way.YES, Way.YES]
    told = asked.mailed()
    assert "Ditt svar är sparat." in told.body and "Ditt svar nu: ja, som det står." in told.body
    # The same mail twice, another of the words, and the first address once more.
    assert asked.sends("Öppna\n\nMvh Elin\n").outcome == Outcome.DUPLICATE
    assert asked.sends("utan namn", told).outcome == Outcome.OFFERED_WORD
    assert asked.ways() == [Way.WITHOUT_NAME, Way.WITHOUT_NAME]
    asked.mailed()
    more = asked.sends("nej\n\nInte än i alla fall, för vi har inte frågat de andra.\n")
    assert (more.outcome, more.reason) == (Outcome.HELD, Reason.MORE_THAN_A_WORD)
    assert asked.ways() == [Way.NO, Way.NO]
    asked.mailed()
    # No word, and so nothing: the mail waits for her, with the page once more.
    before = asked.sends("Ja, gör det.\n")
    assert (before.outcome, before.reason, asked.ways()) == (Outcome.HELD, Reason.NOT_THE_WORD, [Way.NO] * 2)
    again = asked.mailed()
    assert (
        "inget av orden" in again.body
        and "dina ord:" in again.body
        and again.reply_to != asked.first.reply_to
    )
    asked.sends("open", again)
    asked.mailed()

    clock.forward(14 * DAY)
    choose_to_open(asked.widening.public_id, by=people.karin)
    clock.news()
    # Too late for another yes; a yes can be taken back until it opens.
    late = asked.sends("utan namn", again)
    assert (late.outcome, late.reason, asked.ways()) == (Outcome.OFFERED_WORD, Reason.TOO_LATE, [Way.YES] * 2)
    assert asked.sends("no", again).reason == Reason.NONE and asked.ways() == [Way.NO] * 2
    clock.forward(24 * HOUR)
    open_due()
    assert asked.letter.seen(people.amina) == []


@pytest.mark.django_db
def test_a_yes_is_taken_back_by_mail_until_it_opens(asked: Asked, people: Cast, clock: Clock) -> None:
    asked.sends("öppna")
    asked.mailed()
    clock.forward(14 * DAY)
    choose_to_open(asked.widening.public_id, by=people.karin)
    told = asked.mailed()
    assert "ja till ska öppnas" in told.body and "\nnej – " in told.body and "öppna – " not in told.body
    assert "Det öppnas " in told.body and told.reply_to != asked.first.reply_to
    # The same refusals as before: what is not proved waits, and no other word does anything.
    assert asked.sends("nej", told, found="").reason == Reason.NOT_PROVED
    asked.mailed()
    other = asked.sends("Nej, vänta lite.", told)
    assert (other.outcome, other.reason, asked.ways()) == (Outcome.HELD, Reason.NOT_THE_WORD, [Way.YES] * 2)
    again = asked.mailed()
    assert "\nnej – " in again.body
    assert asked.sends("utan namn", again).reason == Reason.TOO_LATE and asked.ways() == [Way.YES] * 2
    asked.mailed()
    # What has opened stays so; what has not, does not open.
    own = Consent.everything.filter(widening=asked.widening, person=people.elin).order_by("id")
    opened = own[0].id
    own.filter(id=opened).update(opened=own[0].line_id)
    assert asked.sends("nej\n\nMvh Elin\n", told).reason == Reason.NONE
    assert asked.ways() == [Way.YES, Way.NO]
    taken = asked.mailed()
    assert "nej – " not in taken.body and not taken.reply_to
    own.filter(id=opened).update(opened=None)
    assert asked.sends("no", again).reason == Reason.NONE and asked.ways() == [Way.NO, Way.NO]
    clock.forward(24 * HOUR)
    open_due()
    assert asked.letter.seen(people.amina) == []
    assert asked.sends("nej", told, more="X-Other: 1\r\n").outcome == Outcome.OFFERED_WORD


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["hers", "another's", "the name"])
def test_another_page_than_the_one_sent_is_not_agreed_to(
    asked: Asked, people: Cast, clock: Clock, whose: str
) -> None:
    seen = asked.letter
    if whose == "hers":
        own = Consent.everything.filter(widening=asked.widening, person=people.elin).first()
        assert own is not None
        revise(address_of_line(own.line_id), "Tänk om vi inte satt här.", by=people.elin)
    elif whose == "another's":
        karins = Consent.everything.filter(widening=asked.widening, person=people.karin).first()
        assert karins is not None
        revise(address_of_line(karins.line_id), "Vem i all världen?", by=people.karin)
    else:
        people.elin.name = "Elin Berg"
        people.elin.save()
    clock.news()
    send_due()
    mail.outbox.clear()
    arrived = asked.sends("öppna")
    assert (arrived.outcome, arrived.reason, asked.ways()) == (
        Outcome.OFFERED_WORD,
        Reason.PAGE_CHANGED,
        [0, 0],
    )
    again = asked.mailed()
    assert "ser annorlunda ut nu" in again.body
    assert asked.sends("öppna", again).reason == Reason.NONE and asked.ways() == [Way.YES] * 2
    assert len(seen.seen(people.elin)) == 4
    # A no needs no page.
    assert asked.sends("nej").reason == Reason.NONE and asked.ways() == [Way.NO] * 2


def address_of_line(number: int) -> str:
    return Line.everything.get(id=number).public_id


@pytest.mark.django_db
def test_what_a_mail_cannot_show_is_answered_on_the_page(people: Cast, clock: Clock, settings: Any) -> None:
    settings.MAIL_WORDS = False
    without = Asked(people, clock).first
    assert "borde" not in without.body and "öppna –" not in without.body and not without.reply_to
    Widening.everything.update(state=Widening.State.LEFT, answer_by=0)
    settings.MAIL_WORDS = True
    again = Asked(people, clock)
    # Two programs that answer each other come to an end.
    for number in range(8):
        again.sends(f"Hej {number}!")
    clock.news()
    send_due()
    assert Outgoing.objects.filter(template="opening").count() == 5
    assert again.sends("Hej!", more="Auto-Submitted: auto-replied\r\n").outcome == Outcome.IGNORED
