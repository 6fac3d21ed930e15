"""A conversation's address: what she writes to it answers its opening, for those who read that where she reads it."""

from typing import Any

from django.core import mail

from communis.channels.email.destinations import circle_address, conversation_address, is_ours, letter_address
from communis.channels.email.intake.holding import say_unconfirmed
from communis.channels.email.models import Arrived
from communis.channels.email.reply_addresses import reply_address
from communis.channels.email.sending import send_due
from communis.conversations.gate import seen_in
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Revision, Share
from communis.conversations.revising import take_back
from communis.conversations.sharing import open_line
from communis.journal import moments
from communis.openness.audiences import audience_of
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, to_all
from tests.channels.email.test_receiving import arrives, said, takes_mail
from tests.channels.email.test_what_mails_become import from_elin
from tests.channels.email.test_written import mail_with, words
from tests.clock import Clock
from tests.web.forms import client_of, page

# Used as a fixture by pytest.
assert takes_mail
Outcome, Reason = Arrived.Outcome, Arrived.Reason
ELIN = "elin@avinge.example"


def address_shown(share: Share, person: Person) -> str:
    """As it stands on the conversation's page; empty where none does."""
    shown = page(client_of(person), f"/conversations/{address_of(share)[0]}")
    return shown.partition('"mailto:')[2].partition('"')[0]


def opening_address(share: Share, person: Person) -> str:
    (opening,) = seen_in([share.conversation_id], viewer_for(person.id), openings_only=True)
    return conversation_address(opening, by=person)


def test_a_letter_is_answered_at_its_address(people: Cast, clock: Clock) -> None:
    share = letter("Tänk om vi bytte stol.", people.karin, people.elin)
    at = address_shown(share, people.elin)
    assert at == opening_address(share, people.elin) != address_shown(share, people.karin)
    assert is_ours(at.upper()) and not is_ours(at.replace("t.", "t.a")) and len(at.partition("@")[0]) <= 64
    # The subject is no part of an answer.
    (arrived,) = from_elin(at, raw=mail_with(words("Det vill jag."), subject="En tanke"))
    assert arrived.outcome == Outcome.PUBLISHED and arrived.line_id == share.line_id
    for person in (people.elin, people.karin):
        assert said(share, person)[1:] == ["<p>Det vill jag.</p>"]
    assert said(share, people.amina) == []
    # Of somebody who does not read it, and at an address that was made for another, nothing is said.
    raw = mail_with(words("Släpp in mig.")).replace(b"elin@", b"amina@")
    (opening,) = seen_in([share.conversation_id], viewer_for(people.elin.id), openings_only=True)
    not_hers = arrives(at, raw, sender="amina@avinge.example")
    outside = arrives(conversation_address(opening, by=people.amina), raw, sender="amina@avinge.example")
    assert [(one.outcome, one.reason) for one in (not_hers, outside)] == [
        (Outcome.HELD, Reason.NOT_PROVED),
        (Outcome.HELD, Reason.REFUSED),
    ]
    # Opened to all meanwhile, it is still answered for the two.
    contribution = Contribution.everything.get(id=share.contribution_id)
    revision = Revision.everything.get(id=share.revision_id)
    byline, everyone = Byline.everything.get(id=share.byline_id), audience_of(Rung.ORGANISATION)
    open_line(contribution, revision, everyone, byline, moments.now())
    assert address_shown(share, people.elin) == at != address_shown(share, people.johan)
    (still,) = from_elin(at, raw=mail_with(words("I mars.")))
    assert still.outcome == Outcome.PUBLISHED and len(said(share, people.karin)) == 3
    assert len(said(share, people.johan)) == 1
    take_back(address_of(share)[1], by=people.karin)
    (late,) = from_elin(at, raw=mail_with(words("Hör du?")))
    assert (late.outcome, late.reason) == (Outcome.HELD, Reason.REFUSED)
    assert len(said(share, people.karin)) == 3


def test_where_more_read_it_goes_after_ten_minutes(people: Cast, clock: Clock, settings: Any) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    at = address_shown(idea, people.elin)
    assert at == opening_address(idea, people.elin)
    (arrived,) = from_elin(at, raw=mail_with(words("Halva dagen först.")))
    assert (arrived.outcome, arrived.reason) == (Outcome.HELD, Reason.WIDER)
    send_due()
    (told,) = (one for one in mail.outbox if one.to == [ELIN])
    assert "tio minuter" in told.body and "Alla anställda" in told.body
    clock.minutes(9)
    assert say_unconfirmed() == 0
    clock.minutes(2)
    assert say_unconfirmed() == 1
    assert said(idea, people.johan)[1:] == ["<p>Halva dagen först.</p>"]
    assert Share.everything.latest("id").audience.rung == Rung.ORGANISATION
    settings.MAIL_DOMAIN = ""
    assert "Answer by mail" not in page(client_of(people.elin), f"/conversations/{address_of(idea)[0]}")


def test_with_other_addresses_beside_it(people: Cast, clock: Clock) -> None:
    share = letter("Tänk om vi bytte stol.", people.karin, people.elin)
    here, karin = opening_address(share, people.elin), letter_address(people.karin, by=people.elin)
    circle = circle_address(people.food_waste, by=people.elin)
    for number, other in enumerate((karin, circle)):
        raw = mail_with(words("Till er."), head=f"To: {here}\r\nCc: {other}\r\nX-Other: {number}\r\n")
        assert [one.reason for one in from_elin(here, other, raw=raw)] == [Reason.MIXED] * 2
    # To the address of a mail about the same words it is the same answer.
    reply = reply_address(people.elin.id, share.line_id, mail="<1@avinge.example>")
    raw = mail_with(words("Gärna."), head=f"To: {reply}, {here}\r\n")
    assert [one.outcome for one in from_elin(reply, here, raw=raw)] == [Outcome.PUBLISHED, Outcome.DUPLICATE]
    assert said(share, people.karin)[1:] == ["<p>Gärna.</p>"]
