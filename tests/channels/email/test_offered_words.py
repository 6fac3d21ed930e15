"""A word that a mail offered, sent back alone: the conversation is silent, or told of again; nobody else knows."""

import pytest
from django.core import mail

from communis.channels.email.models import Arrived, Outgoing, ReplyAddress
from communis.channels.email.offered_words import is_alone, offered_word
from communis.channels.email.sending import Sent, send_due
from communis.conversations.contributing import contribute
from communis.conversations.following import follow, marks_of
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Following
from tests.cast import Cast, to_all
from tests.channels.email.test_receiving import answered_at, arrives, said, takes_mail, written
from tests.clock import Clock
from tests.web.forms import client_of, page

# Used as a fixture by pytest.
assert takes_mail
Outcome, Reason = Arrived.Outcome, Arrived.Reason


@pytest.mark.parametrize(
    ("written", "word", "alone"),
    [
        ("tyst", "tyst", True),
        ("  *Mute.*\n", "mute", True),
        ("SENARE!\n\nMvh Karin", "senare", False),
        ("Tyst är det här.", "", True),
        ("Jag svarar.\ntyst", "", False),
        ("", "", True),
    ],
)
def test_only_the_word_alone_on_the_first_line_counts(written: str, word: str, alone: bool) -> None:
    assert offered_word(written) == word and is_alone(written) is alone


@pytest.mark.django_db
def test_mute_and_later_are_done_and_said_to_nobody(people: Cast, clock: Clock) -> None:
    share, address = answered_at(people, clock)
    before = said(share, people.elin)
    # Not proved to be hers, it waits for her and does nothing.
    assert arrives(address, written("tyst\n", found="")).outcome == Outcome.HELD
    arrived = arrives(address, written("Senare\n"))
    assert (arrived.outcome, arrived.contribution_id) == (Outcome.OFFERED_WORD, None)
    assert arrives(address, written("tyst\n\nMen jag har en sak till.\n")).reason == Reason.MORE_THAN_A_WORD
    assert marks_of(share.conversation_id, by=people.karin).way == Following.Way.SILENT
    follow(address_of(share)[0], None, by=people.karin)
    mail.outbox.clear()
    assert send_due().sent == 2  # that mails wait: one a day where it may be another's, each where it is hers
    clock.minutes(24 * 60 + 1)
    mail.outbox.clear()
    assert send_due() == Sent(1, 0, 0)
    (again,) = mail.outbox
    assert again.to == ["karin@avinge.example"] and "Tänk om vi satt" in again.body
    assert again.extra_headers["Message-ID"] != Outgoing.objects.filter(template="told").get().message_id
    # It can be answered, and put off, once more.
    (address,) = again.reply_to
    assert arrives(address, written("later")).outcome == Outcome.OFFERED_WORD
    assert arrives(address, written("mute")).outcome == Outcome.OFFERED_WORD
    clock.minutes(24 * 60 + 1)
    assert send_due() == Sent(0, 1, 0)
    assert said(share, people.elin) == before
    contribute(address_of(share)[1], "En sak till.", by=people.elin)
    clock.news()
    assert send_due() == Sent(0, 0, 0)
    # A mail that offered no word means what it says.
    ReplyAddress.objects.update(outgoing=None)
    assert arrives(address, written("Senare", more="X-Other: 1\r\n")).outcome == Outcome.PUBLISHED


@pytest.mark.django_db
def test_an_answer_that_more_would_read_waits_for_a_yes(people: Cast, clock: Clock) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.elin)
    client_of(people.karin).post(f"/conversations/{address_of(idea)[0]}/following", {"way": "mailed"})
    for words in ("Det gör vi.", "Eller inte."):
        contribute(address_of(idea)[1], words, by=people.amina)
    clock.news()
    send_due()
    first, second = (one.reply_to[0] for one in mail.outbox if one.to == ["karin@avinge.example"])
    mail.outbox.clear()
    for number, address in enumerate((first, second)):
        arrived = arrives(address, written(f"Hellre så {number}.\n"))
        assert (arrived.outcome, arrived.reason) == (Outcome.HELD, Reason.WIDER)
    assert "Hellre" not in str(said(idea, people.elin))
    # She is told of each, for both are certainly hers.
    assert send_due().sent == 2 and {one.subject for one in mail.outbox} == {"Ditt mejl väntar på dig"}
    assert "all who read what you answered" in page(client_of(people.karin), "/held-mail")
    client_of(people.karin).post(f"/held-mail/{arrived.public_id}/sendings")
    assert said(idea, people.elin)[-1] == "<p>Hellre så 1.</p>"
