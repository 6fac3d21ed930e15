"""What a mail says to all employees or anyone is looked through by its sender first, as on the page."""

import re

from django.core import mail

from communis.channels.email.destinations import conversation_address, letter_address
from communis.channels.email.intake.holding import say_unconfirmed
from communis.channels.email.models import Arrived
from communis.channels.email.reply_addresses import Does, reply_address
from communis.channels.email.sending import send_due
from communis.conversations.gate import seen_in
from communis.conversations.kinds import Kind
from communis.conversations.models import Contribution, Revision, Share
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.channels.email.test_receiving import said, takes_mail
from tests.channels.email.test_what_mails_become import from_elin
from tests.channels.email.test_written import mail_with, words
from tests.clock import Clock
from tests.web.forms import client_of, page

# Used as a fixture by pytest.
assert takes_mail
Outcome, Reason = Arrived.Outcome, Arrived.Reason
NAMES_ONE = "Karin Sundvall sover på möten."
NUMBER = "Fråga den med 19121212-1212."


def sends(people: Cast, arrived: Arrived, **fields: object) -> tuple[int, str]:
    answer = client_of(people.elin).post(f"/held-mail/{arrived.public_id}/sendings", fields)
    arrived.refresh_from_db()
    return answer.status_code, answer.content.decode()


def checked(html: str) -> str:
    (found,) = re.findall(r'name="checked" value="([^"]+)"', html)
    return found


def test_a_name_waits_for_its_sender_to_look_at_it(people: Cast, clock: Clock) -> None:
    at = letter_address(people.amina, by=people.elin)
    (arrived,) = from_elin(at, raw=mail_with(words(NAMES_ONE), subject="[till: alla] Möten"))
    assert arrived.reason == Reason.LOOK_AT
    send_due()
    (told,) = mail.outbox
    assert "Titta först på något i det" in told.body and "Ditt mejl väntar på dig." in told.body
    clock.minutes(24 * 60)
    assert say_unconfirmed() == 0 and Contribution.everything.count() == 0

    shown = page(client_of(people.elin), "/held-mail")
    assert "<q>Karin Sundvall</q>" in shown and f">\nMöten\n\n{NAMES_ONE}</textarea>" in shown
    # An old page, a press without the words, or other words that nobody has looked at.
    for fields in ({}, {"text": NAMES_ONE}, {"text": "Amina Warsame också.", "checked": checked(shown)}):
        status, html = sends(people, arrived, **fields)
        assert status == 200 and "<q>" in html and arrived.outcome == Outcome.HELD
    status, html = sends(people, arrived, text=NAMES_ONE, mask=checked(shown))
    assert status == 200 and "Karin" not in html.partition("<textarea")[2].partition("</textarea>")[0]
    status, _html = sends(people, arrived, text=NAMES_ONE, checked=checked(shown), do="send")
    assert status == 302 and arrived.outcome == Outcome.PUBLISHED
    share = Share.everything.get(contribution_id=arrived.contribution_id)
    assert share.rung == Rung.ORGANISATION and said(share, people.johan) == [f"<p>{NAMES_ONE}</p>"]


def test_words_without_anything_to_look_at_go_by_themselves(people: Cast, clock: Clock) -> None:
    """And a letter may name a colleague; whose words are answered knows that she is named."""
    idea = to_all(Kind.IDEA, "Mötena är långa.", people.karin)
    (opening,) = seen_in([idea.conversation_id], viewer_for(people.elin.id))
    at_conversation = conversation_address(opening, by=people.elin)
    for address, raw, reason in (
        (letter_address(people.amina, by=people.elin), mail_with(words(NAMES_ONE)), Reason.NONE),
        (at_conversation, mail_with(words("Helt rätt, Karin Sundvall.")), Reason.WIDER),
        (at_conversation, mail_with(words("Helt rätt, Amina Warsame.")), Reason.LOOK_AT),
    ):
        (arrived,) = from_elin(address, raw=raw)
        assert arrived.reason == reason
    send_due()
    clock.minutes(11)
    assert say_unconfirmed() == 1


def test_the_check_tells_of_nothing_that_its_sender_may_not_know(people: Cast) -> None:
    """Not that somebody is here who is in no list, nor that words stand where she does not read."""
    lately = "Vi kunde låta lärlingarna laga bänkarna i parken varje vår med eget virke"
    letter(f"{lately}. Säg inget än.", people.karin, people.elin)
    elsewhere = "Kaffet i personalrummet smakar som om någon hade glömt kannan över helgen igen"
    to_circle(f"{elsewhere}. Säg inget än.", people.amina, people.care_home)
    at = letter_address(people.amina, by=people.elin)
    assert people.vera.protected
    for text, reason in (
        (f"{people.vera.name} sover på möten.", Reason.WIDER),
        (f"{elsewhere}.", Reason.WIDER),
        (f"{lately}.", Reason.LOOK_AT),
    ):
        (arrived,) = from_elin(at, raw=mail_with(words(text), subject="[till: alla] Möten"))
        assert arrived.reason == reason, text
    shown = page(client_of(people.elin), "/held-mail")
    assert f"<q>{people.vera.name}" not in shown and "<q>Kaffet" not in shown


def test_a_personal_number_does_not_go_to_anyone(people: Cast, clock: Clock) -> None:
    idea = open_post("Mötena är långa.", people.karin)
    (opening,) = seen_in([idea.conversation_id], viewer_for(people.elin.id))
    (arrived,) = from_elin(conversation_address(opening, by=people.elin), raw=mail_with(words(NUMBER)))
    assert arrived.reason == Reason.LOOK_AT
    shown = page(client_of(people.elin), "/held-mail")
    status, html = sends(people, arrived, text=NUMBER, checked=checked(shown), do="send")
    assert status == 200 and arrived.outcome == Outcome.HELD and "19121212-1212" in html
    status, _html = sends(people, arrived, text="Fråga någon.", checked=checked(shown), do="send")
    assert status == 302 and arrived.outcome == Outcome.PUBLISHED
    assert said(idea, people.amina)[-1] == "<p>Fråga någon.</p>"


def test_a_correction_is_looked_through_and_corrects(people: Cast, clock: Clock) -> None:
    own = to_all(Kind.IDEA, "Mötena är långa.", people.elin)
    at = reply_address(people.elin.id, own.line_id, mail="<one@avinge.example>", does=Does.CORRECTS)
    (arrived,) = from_elin(at, raw=mail_with(words(f"Rätta\n\n{NAMES_ONE}")))
    assert arrived.reason == Reason.LOOK_AT
    shown = page(client_of(people.elin), "/held-mail")
    assert f">\n{NAMES_ONE}</textarea>" in shown
    status, _html = sends(people, arrived, text=NAMES_ONE, checked=checked(shown), do="send")
    assert status == 302 and said(own, people.amina) == [f"<p>{NAMES_ONE}</p>"]
    assert Revision.everything.filter(contribution_id=own.contribution_id, correction=True).count() == 1


def test_what_waited_for_another_reason_is_looked_through_when_it_is_sent(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Mötena är långa.", people.johan)
    (opening,) = seen_in([idea.conversation_id], viewer_for(people.elin.id))
    unproved = mail_with(words(NAMES_ONE)).replace(b"dmarc=pass", b"dmarc=fail")
    (arrived,) = from_elin(conversation_address(opening, by=people.elin), raw=unproved)
    assert arrived.reason == Reason.NOT_PROVED and arrived.person_id == people.elin.id
    status, html = sends(people, arrived)
    assert status == 200 and "<q>Karin Sundvall</q>" in html and arrived.outcome == Outcome.HELD
    status, _html = sends(people, arrived, text=NAMES_ONE, checked=checked(html), do="send")
    assert status == 302 and said(idea, people.amina)[-1] == f"<p>{NAMES_ONE}</p>"
