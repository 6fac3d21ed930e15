"""A letter answered by mail: said where it leads when its sender is proved, else held for her alone."""

import itertools
import os
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core import mail

from communis.channels.email.destinations import circle_address, is_ours, letter_address, was_given_to
from communis.channels.email.intake import receiving
from communis.channels.email.intake.holding import held_for, say_unconfirmed, send_held, throw_held_away
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.mail_ids import LASTS
from communis.channels.email.models import Arrived, ReplyAddress
from communis.channels.email.reply_addresses import reply_address_at
from communis.channels.email.sending import send_due
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Line, Revision, Share
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere
from communis.conversations.revising import take_back
from communis.conversations.sharing import open_line
from communis.conversations.words import Terms
from communis.journal import moments
from communis.openness.audiences import audience_of
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.actions import found_circle
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from tests.cast import Cast, letter, to_all
from tests.clock import Clock
from tests.web.forms import client_of, page

KARIN = "karin@avinge.example"
QUOTED = (
    "Den mån 30 nov. 2026 kl 14:02 skrev Communis <svar@avinge.example>:\n> Någon har skrivit till dig.\n"
)
Outcome, Reason = Arrived.Outcome, Arrived.Reason


@pytest.fixture(autouse=True)
def takes_mail(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_DOMAIN = "svar.avinge.example"
    settings.MAIL_AUTHENTICATED_BY = "mx.avinge.example"
    settings.DATA = tmp_path


def answered_at(people: Cast, clock: Clock) -> tuple[Share, str]:
    """Elin writes to Karin, who is told by mail; the letter, and the address at which that mail is answered."""
    share = letter("Tänk om vi satt hos någon annan en förmiddag.", people.elin, people.karin)
    clock.news()
    send_due()
    (told,) = mail.outbox
    mail.outbox.clear()
    (address,) = told.reply_to
    return share, address


def written(
    text: str = f"Det gör vi gärna.\n\n{QUOTED}",
    sender: str = KARIN,
    found: str = "dmarc=pass header.from=avinge.example",
    more: str = "",
) -> bytes:
    results = f"Authentication-Results: mx.avinge.example; {found}\r\n" if found else ""
    head = f"{results}From: Karin <{sender}>\r\nSubject: Sv\r\nMessage-ID: <1@avinge.example>\r\n{more}"
    return (head + "\r\n" + text.replace("\n", "\r\n")).encode()


def arrives(address: str, raw: bytes, *, trusted: bool = True, sender: str = KARIN) -> Arrived:
    name = spool().keep(Envelope(address, sender, "127.0.0.1", trusted, moments.now()), raw)
    assert receive() == 1 and list(spool().waiting()) == []
    return Arrived.objects.get(file=name)


def said(share: Share, person: Person) -> list[str]:
    return [one.html.strip() for one in shares_of(share.conversation_id, viewer_for(person.id))]


def test_answered_by_mail_as_on_the_page(people: Cast, clock: Clock) -> None:
    share, address = answered_at(people, clock)
    token = address.partition("@")[0].removeprefix("r.")
    # What is kept does not tell the address.
    assert token not in str(ReplyAddress.objects.values()) and is_ours(address.upper())
    arrived = arrives(address, written())
    assert arrived.outcome == Outcome.PUBLISHED and arrived.person_id == people.karin.id
    for person in (people.elin, people.karin):
        assert said(share, person)[-1] == "<p>Det gör vi gärna.</p>"
    answer = Contribution.everything.get(id=arrived.contribution_id)
    assert [one.html for one in shares_of(share.conversation_id, viewer_for(people.amina.id))] == []
    # The same mail by another way, and in another order, is the same mail.
    again = written(more="Received: by another way\r\n")
    assert arrives(address, again).outcome == Outcome.DUPLICATE
    assert Contribution.everything.filter(conversation_id=answer.conversation_id).count() == 2
    clock.news()
    send_due()
    # Elin is told, and Karin that it is said: nobody else.
    assert sorted(one.to[0] for one in mail.outbox) == ["elin@avinge.example", KARIN]


RESULTS = ("pass", "fail", "none")


def test_only_what_is_proved_and_hers_is_said(people: Cast, clock: Clock) -> None:
    """MAUTH-1: SPF, DKIM and DMARC in three states each, the address in three, the sender in two: 162 cells."""
    share, address = answered_at(people, clock)
    someone_elses = f"r.{'a' * 26}@svar.avinge.example"
    cells = published = 0
    for number, (spf, dkim, dmarc, token, own) in enumerate(
        itertools.product(RESULTS, RESULTS, RESULTS, ("good", "unknown", "run out"), (True, False))
    ):
        sender = KARIN if own else "elin@avinge.example"
        found = (
            f"spf={spf} smtp.mailfrom={sender}; dkim={dkim} header.d=avinge.example;"
            f" dmarc={dmarc} header.from=avinge.example"
        )
        cells += 1
        if token == "run out":
            ReplyAddress.objects.update(made_at=moments.now() - LASTS)
        to = someone_elses if token == "unknown" else address
        known = token == "good"
        assert is_ours(to) is known
        outcome = arrives(to, written(f"Svar {number}.", sender, found), sender=sender).outcome
        ReplyAddress.objects.update(made_at=moments.now())
        expected = known and own and "pass" in (dkim, dmarc)
        assert (outcome == Outcome.PUBLISHED) is expected, (spf, dkim, dmarc, token, own)
        published += expected
    assert cells == 162 and published == 15
    assert len(said(share, people.elin)) == 1 + published


@pytest.mark.parametrize(
    ("found", "trusted"),
    [
        ("dkim=pass header.d=angripare.example", True),
        ("dkim=pass header.d=example", True),
        ("dkim=pass header.d=ge.example", True),
        ("dmarc=pass header.from=angripare.example", True),
        ("dmarc=pass header.from=avinge.example", False),
        ("spf=pass smtp.mailfrom=avinge.example", True),
        ("none", True),
        ("", True),
        ("dkim=pass header.d=avinge.example; skräp=", True),
    ],
)
def test_what_vouches_for_another_vouches_for_nothing(
    people: Cast, clock: Clock, found: str, trusted: bool
) -> None:
    share, address = answered_at(people, clock)
    arrived = arrives(address, written(found=found), trusted=trusted)
    assert (arrived.outcome, arrived.reason) == (Outcome.HELD, Reason.NOT_PROVED)
    assert len(said(share, people.elin)) == 1


def test_what_a_stranger_writes_of_our_server_is_below_what_it_wrote(people: Cast, clock: Clock) -> None:
    _share, address = answered_at(people, clock)
    forged = "Authentication-Results: mx.avinge.example; dmarc=pass header.from=avinge.example\r\n"
    assert (
        arrives(address, written(found="dmarc=fail header.from=avinge.example", more=forged)).outcome
        == Outcome.HELD
    )
    other = written(
        "Ett annat.",
        found="",
        more="Authentication-Results: other.example; dmarc=pass header.from=avinge.example\r\n",
    )
    assert arrives(address, other).outcome == Outcome.HELD


def test_held_for_her_alone_who_sends_it_or_throws_it_away(people: Cast, clock: Clock) -> None:
    share, address = answered_at(people, clock)
    for words in ("Ett hemligt svar.", "Ett till."):
        arrives(
            address, written(words, sender="karin.hemma@epost.example", found=""), sender="x@epost.example"
        )
    send_due()
    # One mail, to the address she signs in with, without a word of it.
    (told,) = mail.outbox
    assert told.to == [KARIN] and "/held-mail" in told.body
    assert "hemligt" not in str(told.message()) and "epost" not in str(told.message())
    karin, elin = client_of(people.karin), client_of(people.elin)
    shown = page(karin, "/held-mail")
    assert "Ett hemligt svar." in shown and "karin.hemma@epost.example" in shown
    assert "hemligt" not in page(elin, "/held-mail")
    first, second = held_for(people.karin)
    for one in (first, second):
        for way in ("sendings", "removals"):
            assert elin.post(f"/held-mail/{one.arrived.public_id}/{way}").status_code == 404
    karin.post(f"/held-mail/{first.arrived.public_id}/sendings")
    karin.post(f"/held-mail/{second.arrived.public_id}/removals")
    assert said(share, people.elin)[1:] == ["<p>Ett hemligt svar.</p>"]
    assert held_for(people.karin) == [] and os.listdir(spool().folder / "held") == []
    for act in (send_held, throw_held_away):
        with pytest.raises(NotThere):
            act(first.arrived.public_id, by=people.karin)


@pytest.mark.parametrize(
    ("raw", "outcome", "reason"),
    [
        (written(more="Auto-Submitted: auto-replied\r\n"), Outcome.IGNORED, Reason.AUTOMATIC),
        (written(more="Precedence: bulk\r\n"), Outcome.IGNORED, Reason.AUTOMATIC),
        (
            written(
                "Den mån 30 nov. 2026 kl 14:02 skrev Communis <svar@avinge.example>:\n> Någon har skrivit till dig.\n"
            ),
            Outcome.HELD,
            Reason.NO_WORDS,
        ),
        (b"", Outcome.HELD, Reason.UNREADABLE),
        (written("x" * 200_000), Outcome.HELD, Reason.REFUSED),
        (
            b"Authentication-Results: mx.avinge.example; dmarc=pass header.from=avinge.example\r\n"
            b"From: karin@avinge.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
            b"--x\r\n\r\nSe bilden.\r\n--x\r\nContent-Type: image/png\r\n"
            b"Content-Disposition: attachment; filename=a.png\r\n\r\nx\r\n--x--\r\n",
            Outcome.HELD,
            Reason.FILE_REFUSED,
        ),
    ],
)
def test_what_is_not_said_is_accounted_for(
    people: Cast, clock: Clock, raw: bytes, outcome: Arrived.Outcome, reason: Arrived.Reason
) -> None:
    share, address = answered_at(people, clock)
    arrived = arrives(address, raw)
    assert (arrived.outcome, arrived.reason) == (outcome, reason)
    assert len(said(share, people.elin)) == 1
    assert "<article" in page(client_of(people.karin), "/held-mail") or outcome == Outcome.IGNORED


def test_bounces_and_what_is_gone(people: Cast, clock: Clock) -> None:
    share, address = answered_at(people, clock)
    assert arrives(address, written(more="Return-Path: <>\r\n"), sender="").outcome == Outcome.IGNORED
    # What she answers is taken back meanwhile.
    take_back(address_of(share)[1], by=people.elin)
    arrived = arrives(address, written("Ett annat svar."))
    assert (arrived.outcome, arrived.reason) == (Outcome.HELD, Reason.REFUSED)
    # Sent from the page it is refused in words, and still there.
    karin = client_of(people.karin)
    answer = karin.post(f"/held-mail/{arrived.public_id}/sendings", follow=True)
    assert "what you answered is gone" in answer.content.decode()
    assert "Ett annat svar." in page(karin, "/held-mail")


def test_opened_to_all_meanwhile_the_answer_is_still_for_the_two(people: Cast, clock: Clock) -> None:
    share, address = answered_at(people, clock)
    everyone = audience_of(Rung.ORGANISATION)
    contribution = Contribution.everything.get(id=share.contribution_id)
    revision = Revision.everything.get(id=share.revision_id)
    open_line(contribution, revision, everyone, Byline.everything.get(id=share.byline_id), moments.now())
    assert len(said(share, people.amina)) == 1
    assert arrives(address, written()).outcome == Outcome.PUBLISHED
    assert len(said(share, people.amina)) == 1 and len(said(share, people.elin)) == 2


def test_an_address_writes_and_never_reads_and_runs_out(people: Cast, clock: Clock) -> None:
    _share, address = answered_at(people, clock)
    assert reply_address_at(address) is not None
    for wrong in (
        f"r.{'b' * 26}@svar.avinge.example",
        address.replace("svar.", "annan."),
        "r.@svar.avinge.example",
        "",
    ):
        assert reply_address_at(wrong) is None
    clock.forward(LASTS + 1)
    assert reply_address_at(address) is None


class Killed(BaseException):
    """The process is gone here."""


@pytest.mark.parametrize("where", ["_decided", "read_in_child", "settled"])
def test_killed_while_it_is_decided_it_is_said_once(
    people: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """K2, the part after the 250: before it is read, while it is decided, and before it is moved away."""
    share, address = answered_at(people, clock)
    name = spool().keep(Envelope(address, KARIN, "127.0.0.1", True, moments.now()), written())

    def gone(*arguments: object, **named: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(receiving.Spool if where == "settled" else receiving, where, gone)
        with pytest.raises(Killed):
            receive()
    assert list(spool().waiting()) == [name]
    assert receive() == 1 and receive() == 0
    assert said(share, people.elin)[1:] == ["<p>Det gör vi gärna.</p>"]
    assert Arrived.objects.count() == 1


def test_a_fault_of_ours_holds_up_no_other_mail(
    people: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    share, address = answered_at(people, clock)

    def fault(*arguments: object) -> None:
        raise RuntimeError("a fault")

    with monkeypatch.context() as patch:
        patch.setattr(receiving, "say", fault)
        arrived = arrives(address, written())
    assert (arrived.outcome, arrived.reason) == (Outcome.HELD, Reason.UNREADABLE)
    assert arrives(address, written("Ett annat svar.")).outcome == Outcome.PUBLISHED
    assert said(share, people.elin)[1:] == ["<p>Ett annat svar.</p>"]


def test_without_a_domain_no_mail_is_asked_for(people: Cast, clock: Clock, settings: Any) -> None:
    settings.MAIL_DOMAIN = ""
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    send_due()
    assert mail.outbox[0].reply_to == [] and not is_ours(f"r.{'a' * 26}@")


def test_a_letter_begun_by_mail(people: Cast, clock: Clock) -> None:
    """Elin finds the address on Karin's page; what she writes to it is a letter, and is answered by mail in turn."""
    at = letter_address(people.karin, by=people.elin)
    assert f"mailto:{at}" in page(client_of(people.elin), f"/people/{people.karin.public_id}")
    assert is_ours(at.upper()) and not is_ours(at.replace("p.", "p.a"))
    assert len(at.partition("@")[0]) <= 64
    raw = written("Vi kunde byta stol en förmiddag.\n\n-- \nElin", "elin@avinge.example").replace(
        b"Subject: Sv", b"Subject: En tanke"
    )
    arrived = arrives(at, raw, sender="elin@avinge.example")
    assert (arrived.outcome, arrived.person_id) == (Outcome.PUBLISHED, people.elin.id)
    assert arrived.receiver_id == people.karin.id
    share = Share.everything.get(contribution_id=arrived.contribution_id)
    for person in (people.elin, people.karin):
        assert said(share, person) == ["<p>En tanke</p>\n<p>Vi kunde byta stol en förmiddag.</p>"]
    assert said(share, people.leyla) == []
    clock.news()
    send_due()
    _receipt, told = sorted(mail.outbox, key=lambda one: one.to == [KARIN])
    assert told.to == [KARIN] and "Vi kunde byta stol" in told.body and "En tanke" not in told.subject
    assert arrives(told.reply_to[0], written()).outcome == Outcome.PUBLISHED
    assert len(said(share, people.elin)) == 2


def test_an_address_is_hers_who_was_given_it(people: Cast, clock: Clock) -> None:
    """A colleague whose mail is signed by the same domain is not her: without her key what says to be hers waits."""
    elin = "elin@avinge.example"
    for at in (
        letter_address(people.karin, by=people.johan),
        circle_address(people.food_waste, by=people.johan),
    ):
        raw = written(f"Jag säger upp mig. {at}", elin).replace(b"<1@", f"<{at[:9]}@".encode())
        forged = arrives(at, raw, sender=elin)
        assert (forged.outcome, forged.reason) == (Outcome.HELD, Reason.NOT_PROVED)
        assert forged.person_id == people.elin.id
    assert letter_address(people.karin, by=people.elin) != letter_address(people.karin, by=people.johan)
    send_due()
    clock.minutes(11)
    assert say_unconfirmed() == 0 and len(held_for(people.elin)) == 2


def test_a_letter_that_is_not_proved_waits_for_whom_it_says_to_be_from(people: Cast, clock: Clock) -> None:
    at = letter_address(people.karin, by=people.elin)
    before = Contribution.everything.count()
    raw = written("Avgå!", "elin@avinge.example", found="dmarc=fail header.from=avinge.example")
    forged = arrives(at, raw, sender="elin@avinge.example")
    assert (forged.outcome, forged.reason, forged.person_id) == (
        Outcome.HELD, Reason.NOT_PROVED, people.elin.id,
    )  # fmt: skip
    stranger = arrives(at, written("Hej.", "okand@epost.example"), sender="okand@epost.example")
    assert (stranger.outcome, stranger.reason, stranger.person_id) == (
        Outcome.HELD, Reason.NOBODY_WE_KNOW, None,
    )  # fmt: skip
    assert Contribution.everything.count() == before
    (waiting,) = held_for(people.elin)
    assert waiting.words == "Avgå!" and held_for(people.karin) == []
    line = send_held(waiting.arrived.public_id, by=people.elin)
    share = Share.everything.get(line_id__in=Line.everything.filter(public_id=line).values("id"))
    assert said(share, people.karin) == ["<p>Sv</p>\n<p>Avgå!</p>"]
    # To oneself, and to someone whose sign-in is closed, there is no letter.
    raw = written("Till mig.", "elin@avinge.example")
    own = arrives(letter_address(people.elin, by=people.elin), raw, sender="elin@avinge.example")
    assert (own.outcome, own.reason) == (Outcome.HELD, Reason.REFUSED)
    assert not is_ours(letter_address(people.stina, by=people.elin))


def test_to_a_circle_it_goes_after_ten_minutes_unless_thrown_away(
    people: Cast, clock: Clock, settings: Any
) -> None:
    at = circle_address(people.food_waste, by=people.amina)
    assert at in page(client_of(people.amina), f"/circles/{people.food_waste.public_id}")
    amina = "amina@avinge.example"

    def mailed(text: str, sender: str = amina) -> Arrived:
        raw = written(text, sender).replace(b"<1@", f"<{text[:4]}@".encode())
        return arrives(at, raw, sender=sender)

    first, second = mailed("Halva portionen först."), mailed("Fel krets!")
    assert (first.outcome, first.reason) == (Outcome.HELD, Reason.WIDER)
    assert say_unconfirmed() == 0
    send_due()
    told = [one for one in mail.outbox if one.to == [amina]]
    assert len(told) == 2 and all(people.food_waste.name in one.body for one in told)
    assert "ten minutes" in told[0].body or "tio minuter" in told[0].body
    by_itself = "It is sent ten minutes after the mail that tells you of it"
    assert page(client_of(people.amina), "/held-mail").count(by_itself) == 2
    settings.MAIL_MUST_BE_CONFIRMED = True
    assert by_itself not in page(client_of(people.amina), "/held-mail")
    settings.MAIL_MUST_BE_CONFIRMED = False
    throw_held_away(second.public_id, by=people.amina)
    clock.minutes(9)
    assert say_unconfirmed() == 0
    clock.minutes(2)
    settings.MAIL_MUST_BE_CONFIRMED = True
    assert say_unconfirmed() == 0
    settings.MAIL_MUST_BE_CONFIRMED = False
    assert say_unconfirmed() == 1 and say_unconfirmed() == 0
    first.refresh_from_db()
    assert first.outcome == Outcome.PUBLISHED and not list((spool().folder / "held").iterdir())
    share = Share.everything.get(contribution_id=first.contribution_id)
    for person in (people.amina, people.nadja):
        assert said(share, person) == ["<p>Sv</p>\n<p>Halva portionen först.</p>"]
    assert said(share, people.karin) == []
    # Johan is in neither. He may write to the one that all employees know of, as on the page; of the other he learns
    # nothing by writing.
    johan = "johan@avinge.example"
    secret = found_circle("Hemlig krets", by=people.amina, sight=Circle.Sight.SECRET)
    mail.outbox.clear()
    outside = {}
    for circle in (people.food_waste, secret):
        raw = written("Släpp in mig.", johan).replace(b"<1@", f"<{circle.public_id}@".encode())
        outside[circle.name] = arrives(circle_address(circle, by=people.johan), raw, sender=johan)
        assert outside[circle.name].reason == Reason.WIDER
    send_due()
    clock.minutes(11)
    assert say_unconfirmed() == 1
    told_johan = "".join(one.body for one in mail.outbox if one.to == [johan])
    assert people.food_waste.name in told_johan and "Hemlig" not in told_johan
    for one in outside.values():
        one.refresh_from_db()
    assert outside[people.food_waste.name].outcome == Outcome.PUBLISHED
    refused = outside[secret.name]
    assert (refused.outcome, refused.reason) == (Outcome.HELD, Reason.REFUSED)


def test_a_mail_about_a_question_is_for_those_who_answer_it(people: Cast, clock: Clock) -> None:
    terms = Terms(Level.CONSULTATION, "Ramen ligger fast.", hosts=(people.sofia.id,))
    choice = Choice(Rung.ORGANISATION)
    question = start(Kind.QUESTION, "Hur blir vi nya?", by=people.karin, choice=choice, terms=terms)
    line = address_of(question)[1]
    shown = page(client_of(people.elin), f"/lines/{line}")
    at = shown.partition("mailto:q.")[2].partition('"')[0]
    raw = written("Jag vågar inte säga det högt.", "elin@avinge.example")
    arrived = arrives(f"q.{at}", raw, sender="elin@avinge.example")
    assert arrived.outcome == Outcome.PUBLISHED
    for person, many in ((people.elin, 2), (people.karin, 2), (people.sofia, 2), (people.amina, 1)):
        assert len(said(question, person)) == many
    idea = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))[1]
    assert "mailto:q." not in page(client_of(people.karin), f"/lines/{idea}")


@pytest.mark.parametrize("many", [1000, pytest.param(1_000_000, marks=pytest.mark.nightly)])
def test_no_guess_is_an_address(people: Cast, clock: Clock, many: int) -> None:
    """TOK-1: a known address in any letters is one, run out it is none, and none is found by guessing."""
    _share, address = answered_at(people, clock)
    assert is_ours(address) and is_ours(address.upper())
    ReplyAddress.objects.update(made_at=moments.now() - LASTS)
    assert not is_ours(address)
    random = Random(1)
    known = letter_address(people.karin, by=people.elin).partition("@")[0].rpartition(".")[0]
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    for _ in range(many):
        kind, token, key = (
            random.choice("rpcqtb"),
            *("".join(random.choices(letters, k=26)) for _ in range(2)),
        )
        local = f"{kind}.{token}" if kind in "rb" else f"{kind}.{token}.{key}"
        assert not is_ours(f"{local}@svar.avinge.example"), local
        guessed = f"{known}.{key}@svar.avinge.example"
        assert not was_given_to(guessed, people.elin.id), guessed


def test_mails_do_not_go_round(people: Cast, clock: Clock) -> None:
    """LOOP-1: for an hour Karin's program answers each of our mails, and so does another installation."""
    share, _address = answered_at(people, clock)
    contribute(address_of(share)[1], "Vad säger du?", by=people.elin)
    programs = {
        "away": "Auto-Submitted: auto-replied\r\n",
        "old": "Precedence: bulk\r\nX-Autoreply: yes\r\n",
        "ours": "Auto-Submitted: auto-generated\r\nX-Loop: svar.avinge.example\r\n",
        "theirs": "Auto-Submitted: auto-generated\r\nX-Loop: annan.example\r\nList-Id: <notices.annan.example>\r\n",
    }
    answered = sent = 0
    for minute in range(60):
        clock.minutes(1)
        clock.news()
        send_due()
        told, mail.outbox = list(mail.outbox), []
        sent += len(told)
        for number, one in enumerate(told):
            for name, more in programs.items():
                raw = written("Jag är borta.", more=more).replace(
                    b"<1@", f"<{name}{minute}.{number}@".encode()
                )
                arrived = arrives(one.reply_to[0], raw)
                answered += 1
                assert arrived.outcome == Outcome.IGNORED, name
    assert sent == 1 and answered == 4
    assert said(share, people.karin) == [
        "<p>Tänk om vi satt hos någon annan en förmiddag.</p>",
        "<p>Vad säger du?</p>",
    ]


def test_programs_that_say_nothing_of_themselves_come_to_an_end(people: Cast, clock: Clock) -> None:
    at = letter_address(people.karin, by=people.elin)
    became = [
        arrives(
            at,
            written(f"Tack för ditt brev {number}.", "elin@avinge.example").replace(
                b"<1@", f"<{number}@".encode()
            ),
            sender="elin@avinge.example",
        )
        for number in range(22)
    ]
    assert [one.outcome for one in became] == [Outcome.PUBLISHED] * 20 + [Outcome.HELD] * 2
    assert became[-1].reason == Reason.MANY and len(held_for(people.elin)) == 2
    clock.minutes(61)
    raw = written("En timme senare.", "elin@avinge.example")
    assert arrives(at, raw, sender="elin@avinge.example").outcome == Outcome.PUBLISHED
