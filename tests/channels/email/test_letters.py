"""The plain mail about a letter: without its words, asked of the gate again when it leaves."""

import logging

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from communis.attention.plain_mail import want_letters
from communis.channels.email.models import Outgoing
from communis.channels.email.sending import TRIES, Sent, send_due
from communis.conversations.contributing import contribute
from communis.conversations.following import follow
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Following
from communis.conversations.revising import take_back
from communis.journal.models import Entry
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from tests.cast import Cast, letter, to_all, to_circle
from tests.clock import Clock


class Failing(EmailBackend):
    """A mail server that refuses and repeats the address, as they do."""

    def send_messages(self, messages: object) -> int:
        raise OSError("550 <karin@avinge.example> hemlig")


class Killed(EmailBackend):
    """Takes the mail, and then the process is gone."""

    def send_messages(self, messages: object) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


def test_a_letter_is_told_of_without_its_words(people: Cast, clock: Clock) -> None:
    share = letter("Tänk om Kanariefågel.", people.elin, people.karin)
    assert send_due() == Sent(0, 0, 0)
    clock.news()
    assert send_due() == Sent(1, 0, 0)
    assert send_due() == Sent(0, 0, 0)
    (sent,) = mail.outbox
    raw = sent.message().as_string()
    assert sent.to == ["karin@avinge.example"] and not sent.cc and not sent.bcc
    assert "Kanariefågel" not in raw and "Elin" not in sent.body and "Forsgren" not in raw
    assert address_of(share)[1] in sent.body and address_of(share)[0] not in raw
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    assert sent.message().get_content_type() == "text/plain"


def test_each_receiver_has_a_mail_of_her_own(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    both = Choice(Rung.DIRECT, persons=(people.karin.public_id, people.elin.public_id))
    contribute(address_of(opening)[1], "Till er två.", by=people.amina, choice=both)
    clock.news()
    assert send_due().sent == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["elin@avinge.example", "karin@avinge.example"]
    assert len({one.message()["Message-ID"] for one in mail.outbox}) == 2


def test_only_letters_are_mailed(people: Cast, clock: Clock) -> None:
    to_all(Kind.IDEA, "Byt stol.", people.elin)
    to_circle("Halva portionen.", people.amina, people.food_waste)
    clock.news()
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize("what", ["taken back", "closed", "unwanted", "silent"])
def test_what_changed_since_it_was_queued_cancels_it(people: Cast, clock: Clock, what: str) -> None:
    conversation, line = address_of(letter("Tänk om.", people.elin, people.karin))
    clock.news()
    assert Outgoing.objects.count() == 1
    if what == "taken back":
        take_back(line, by=people.elin)
    elif what == "closed":
        actions.close_sign_in(people.karin, by=people.leyla)
    elif what == "unwanted":
        want_letters(False, by=people.karin)
    else:
        follow(conversation, Following.Way.SILENT, by=people.karin)
    assert send_due() == Sent(0, 1, 0)
    assert mail.outbox == [] and send_due() == Sent(0, 0, 0)


def test_who_wants_none_gets_none(people: Cast, clock: Clock) -> None:
    want_letters(False, by=people.karin)
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    assert not Outgoing.objects.exists()


def test_queued_twice_it_is_sent_once(people: Cast, clock: Clock) -> None:
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    Entry.objects.update(reacted_at=None)
    clock.news()
    assert send_due() == Sent(1, 0, 0)


def test_a_failing_server_is_asked_again_ever_later_and_then_no_more(
    people: Cast, clock: Clock, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    settings.EMAIL_BACKEND = f"{__name__}.Failing"  # type: ignore[attr-defined]
    with caplog.at_level(logging.DEBUG):
        assert send_due() == Sent(0, 0, 1)
        assert send_due() == Sent(0, 0, 0)
        clock.minutes(2.5)
        assert send_due() == Sent(0, 0, 1)
        clock.minutes(2.5)
        assert send_due() == Sent(0, 0, 0)
        for _ in range(TRIES - 2):
            clock.minutes(6 * 60 + 1)
            assert send_due() == Sent(0, 0, 1)
        clock.minutes(24 * 60)
        assert send_due() == Sent(0, 0, 0)
    assert Outgoing.objects.get().state == Outgoing.State.GIVEN_UP
    assert "karin@" not in caplog.text and "hemlig" not in caplog.text
    assert all("karin@" not in str(vars(record)) for record in caplog.records)


def test_killed_after_sending_it_goes_again_as_the_same_mail(
    people: Cast, clock: Clock, settings: object
) -> None:
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    settings.EMAIL_BACKEND = f"{__name__}.Killed"  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert send_due() == Sent(0, 0, 0)
    clock.minutes(3)
    assert send_due() == Sent(1, 0, 0)
    first, second = (one.message()["Message-ID"] for one in mail.outbox)
    assert first == second and len(first) > 32
