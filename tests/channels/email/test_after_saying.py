"""After a mail was said: who reads it, how it is corrected by mail, and what becomes of what others were mailed."""

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from communis.answers.answering import Given, Wording, give_answer, open_answers, replace_answer
from communis.answers.asking import ask
from communis.answers.drafts import drafted
from communis.answers.mandates import give_mandate
from communis.answers.models import Answer, Ask
from communis.answers.verdicts import ReasonKind, Verdict
from communis.attention.mail_choices import choose_mail
from communis.channels.email.destinations import circle_address, conversation_address, letter_address
from communis.channels.email.intake.holding import say_unconfirmed, send_held
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.offered_words import word_first_in
from communis.channels.email.sending import send_due
from communis.channels.email.verdict_words import verdicts_by_word
from communis.conversations.contributing import contribute
from communis.conversations.following import follow
from communis.conversations.gate import seen_in
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Following, Share
from communis.conversations.moving import move
from communis.conversations.revising import revise, take_back
from communis.journal.moments import HOUR
from communis.people.holdings import viewer_for
from tests.cast import Cast, letter, to_all
from tests.channels.email.test_receiving import KARIN, answered_at, arrives, said, takes_mail, written
from tests.channels.email.test_what_mails_become import from_elin
from tests.channels.email.test_written import mail_with, words
from tests.clock import Clock
from tests.web.forms import client_of, page

# Used as a fixture by pytest.
assert takes_mail
Outcome, Reason = Arrived.Outcome, Arrived.Reason


def mailed(clock: Clock, to: str) -> list[EmailMessage]:
    """What has gone to the address since."""
    clock.news()
    send_due()
    sent = [one for one in mail.outbox if one.to == [to]]
    mail.outbox.clear()
    return sent


@pytest.mark.django_db
def test_who_wrote_by_mail_is_told_who_reads_it_and_corrects_it(people: Cast, clock: Clock) -> None:
    share, address = answered_at(people, clock)
    arrives(address, written("Det gör vi inte.\n"))
    (receipt,) = mailed(clock, KARIN)
    assert "läsas av: Elin Forsgren." in receipt.body and "Det gör vi inte." in receipt.body
    assert "gör vi" not in receipt.subject and receipt.message()["Auto-Submitted"] == "auto-generated"
    (at,) = receipt.reply_to
    # Without the word nothing is done: it waits, and could be sent as a reply.
    thanks = arrives(at, written("Tack!\n"))
    assert (thanks.outcome, thanks.reason) == (Outcome.HELD, Reason.NOT_THE_WORD)
    assert arrives(at, written("rätta\n")).reason == Reason.NO_WORDS
    assert arrives(at, written("rätta\n\nDet gör vi.\n", found="")).reason == Reason.NOT_PROVED
    assert said(share, people.elin)[-1] == "<p>Det gör vi inte.</p>"
    mailed(clock, KARIN)
    arrived = arrives(at, written("Rätta\n\nDet gör vi.\n\nPå tisdag.\n\nMed vänlig hälsning\nKarin\n"))
    assert arrived.outcome == Outcome.PUBLISHED
    assert said(share, people.elin)[1:] == ["<p>Det gör vi.</p>\n<p>På tisdag.</p>"]
    clock.news()
    send_due()
    (to_elin,) = (one for one in mail.outbox if one.to == ["elin@avinge.example"])
    assert "har rättat det du fick" in to_elin.body and "På tisdag." in to_elin.body
    (again,) = (one for one in mail.outbox if one.to == [KARIN])
    mail.outbox.clear()
    take_back(address_of_own(arrived), by=people.karin)
    assert arrives(again.reply_to[0], written("correct\n\nEn gång till.\n")).reason == Reason.REFUSED
    choose_mail(words=True, at_once=10, digests=1, by=people.karin, receipts=False)
    assert arrives(address, written("Och en sak till.\n")).outcome == Outcome.PUBLISHED
    assert not Outgoing.objects.filter(template="said", state=Outgoing.State.WAITING).exists()


@pytest.mark.django_db
def test_of_what_waited_she_is_told_too_and_corrects_it(people: Cast, clock: Clock) -> None:
    """Said after ten minutes, or by her press: once, and for who wants it."""
    at, elin = circle_address(people.food_waste, by=people.elin), "elin@avinge.example"
    (waited,) = from_elin(at, raw=mail_with(words("Halva portionen först.")))
    (told,) = mailed(clock, elin)
    assert "Halva" not in told.body and not told.reply_to
    clock.minutes(11)
    assert say_unconfirmed() == 1 and say_unconfirmed() == 0
    (receipt,) = mailed(clock, elin)
    assert f"läsas av: {people.food_waste.name}." in receipt.body and "Halva portionen först." in receipt.body
    waited.refresh_from_db()
    share = Share.everything.get(contribution_id=waited.contribution_id)
    # What more than a letter's readers read is corrected by mail after ten minutes too.
    (corrects,) = from_elin(receipt.reply_to[0], raw=mail_with(words("rätta\n\nHela portionen.")))
    assert (corrects.outcome, corrects.reason) == (Outcome.HELD, Reason.WIDER)
    mailed(clock, elin)
    clock.minutes(11)
    assert say_unconfirmed() == 1
    assert said(share, people.amina) == ["<p>Hela portionen.</p>"]
    assert "Hela portionen." in mailed(clock, elin)[0].body
    # What nothing proved, and she sends herself.
    to_karin = letter_address(people.karin, by=people.elin)
    for receipts, number in ((True, 1), (False, 0)):
        raw = mail_with(words(f"Är det {number}?")).replace(b"dmarc=pass", b"dmarc=fail")
        (unproved,) = from_elin(to_karin, raw=raw)
        choose_mail(words=True, at_once=10, digests=1, by=people.elin, receipts=receipts)
        mailed(clock, elin)
        send_held(unproved.public_id, by=people.elin)
        sent = mailed(clock, elin)
        assert len(sent) == number and all("Är det 1?" in one.body and one.reply_to for one in sent)


IN_PIECES = "Hej!\n\n> Vem vill byta?\n\nJag.\n\n> Vi kunde börja i mars.\n\nHellre i maj.\n"


@pytest.mark.django_db
def test_of_several_pieces_each_is_told_of_and_corrected_by_its_number(people: Cast, clock: Clock) -> None:
    share = letter("Vem vill byta?\n\nVi kunde börja i mars.\n\nSäg till.", people.elin, people.karin)
    (told,) = mailed(clock, KARIN)
    arrives(told.reply_to[0], written(IN_PIECES))
    (receipt,) = mailed(clock, KARIN)
    lines = [seen.line for seen in seen_in([share.conversation_id], viewer_for(people.karin.id))[1:]]
    assert len(lines) == 3
    for number, (text, line) in enumerate(
        zip(("Hej!", "Jag.", "Hellre i maj."), lines, strict=True), start=1
    ):
        shown = receipt.body.partition(f"\n\n{number}.\n\n")[2]
        assert shown.startswith(text) and f"/lines/{line}" in shown.split("\n\n")[1]
    assert "rätta 2" in receipt.body
    (at,) = receipt.reply_to
    for words_sent, standing in (
        ("Rätta 2\n\nJag och Sofia.\n", ["Hej!", "Jag och Sofia.", "Hellre i maj."]),
        ("correct 3.\n\nI juni.\n", ["Hej!", "Jag och Sofia.", "I juni."]),
        ("correct\n\nHej på dig!\n", ["Hej på dig!", "Jag och Sofia.", "I juni."]),
    ):
        assert arrives(at, written(words_sent)).outcome == Outcome.PUBLISHED
        assert said(share, people.elin)[1:] == [f"<p>{text}</p>" for text in standing]
    # Each correction is told of by itself.
    again = mailed(clock, KARIN)
    assert len(again) == 3 and not any("rätta 2" in one.body for one in again)
    # There is no fourth; and what she took back is gone.
    for none in ("rätta 4", "rätta 0", "rätta 21", "rätta två", "rätta 2 3"):
        assert arrives(at, written(f"{none}\n\nNej.\n")).reason == Reason.NOT_THE_WORD, none
    assert arrives(again[0].reply_to[0], written("rätta 2\n\nNej.\n")).reason == Reason.NOT_THE_WORD
    take_back(lines[1], by=people.karin)
    assert arrives(at, written("rätta 2\n\nÄn en gång.\n")).reason == Reason.REFUSED
    assert said(share, people.elin)[1:] == ["<p>Hej på dig!</p>", "<p>I juni.</p>"]


@pytest.mark.django_db
def test_pieces_that_waited_are_corrected_by_their_number_too(people: Cast, clock: Clock) -> None:
    idea = to_all(Kind.IDEA, "Vem vill byta?\n\nVi kunde börja i mars.\n\nSäg till.", people.karin)
    (opening,) = seen_in([idea.conversation_id], viewer_for(people.elin.id))
    at, elin = conversation_address(opening, by=people.elin), "elin@avinge.example"
    from_elin(at, raw=mail_with(words(IN_PIECES)))
    mailed(clock, elin)
    clock.minutes(11)
    assert say_unconfirmed() == 1
    (receipt,) = mailed(clock, elin)
    assert receipt.body.count("/lines/") == 3
    (corrects,) = from_elin(receipt.reply_to[0], raw=mail_with(words("rätta 2\n\nInte jag.")))
    assert corrects.reason == Reason.WIDER
    send_held(corrects.public_id, by=people.elin)
    assert said(idea, people.johan)[1:] == ["<p>Hej!</p>", "<p>Inte jag.</p>", "<p>Hellre i maj.</p>"]
    # Without words in mails there are the links alone.
    choose_mail(words=False, at_once=10, digests=1, by=people.elin, receipts=True)
    Outgoing.objects.filter(template="said").update(state=Outgoing.State.WAITING, due_at=0)
    first = next(one for one in mailed(clock, elin) if one.body.count("/lines/") == 3)
    assert "maj" not in first.body and "3.\n\n" in first.body


def address_of_own(arrived: Arrived) -> str:
    return address_of(Share.everything.get(contribution_id=arrived.contribution_id, ended_at=None))[1]


class AskedOf:
    """Elin asks Karin about her idea."""

    def __init__(self, people: Cast, clock: Clock, idea: Share) -> None:
        self.idea, self.line = idea, address_of(idea)[1]
        mandate = give_mandate(people.karin, "Schema", by=people.leyla)
        self.ask = ask(self.line, mandate.public_id, by=people.elin, because="Du bestämmer.")
        (self.mail,) = (one for one in mailed(clock, KARIN) if "ja / ja, om / " in one.body)


@pytest.mark.django_db
def test_whoever_was_mailed_is_told_what_becomes_of_it_in_the_thread(people: Cast, clock: Clock) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.elin)
    conversation, line = address_of(idea)
    for person in (people.nadja, people.johan, people.sofia):
        follow(conversation, Following.Way.MAILED, by=person)
    branch = contribute(line, "Det går inte.", by=people.amina)
    first = {one.to[0]: one for one in [*mailed_to_all(clock)]}
    # Since then only Sofia wants each; Johan wants silence; Nadja neither, but the words lie in her mail.
    follow(conversation, None, by=people.nadja)
    follow(conversation, Following.Way.SILENT, by=people.johan)
    mandate = give_mandate(people.karin, "Schema", by=people.leyla)
    asked = ask(line, mandate.public_id, by=people.elin)
    given = give_answer(asked, Given(Verdict.YES, Wording("Vi provar i mars.")), by=people.karin)
    assert "nadja@avinge.example" not in [one.to[0] for one in mailed_to_all(clock)]
    clock.forward(25 * HOUR)
    assert open_answers() == 1
    told = {one.to[0]: one for one in mailed_to_all(clock)}
    assert told.keys() == {"nadja@avinge.example", "sofia@avinge.example"}
    nadja = told["nadja@avinge.example"]
    assert "besked om det du fick med mejl: Ja." in nadja.body and "Vi provar i mars." in nadja.body
    assert nadja.message()["References"] == first["nadja@avinge.example"].message()["References"]
    replace_answer(
        given,
        Given(Verdict.NO, Wording("Vi provar inte.", "Lokalen är såld."), ReasonKind.OTHER),
        by=people.karin,
    )
    clock.forward(25 * HOUR)
    open_answers()
    (anew,) = (one for one in mailed_to_all(clock) if one.to == ["nadja@avinge.example"])
    assert "nytt besked om det du fick med mejl: Nej, därför att." in anew.body
    move(address_of(branch)[1], "Det handlade om lokalen.", by=people.amina)
    (moved,) = (one for one in mailed_to_all(clock) if one.to == ["nadja@avinge.example"])
    assert "ett eget samtal nu" in moved.body and "Det handlade om lokalen." in moved.body
    revise(address_of(branch)[1], "Det går nog inte.", by=people.amina)
    revise(address_of(branch)[1], "Det går nog.", by=people.amina)
    (changed,) = (one for one in mailed_to_all(clock) if one.to == ["nadja@avinge.example"])
    assert "har ändrat det du fick" in changed.body and "Det går nog." in changed.body
    # What she may not read any more is told in no mail.
    Outgoing.objects.filter(template="since").update(state=Outgoing.State.WAITING, due_at=0)
    choose_mail(words=False, at_once=50, digests=1, by=people.nadja)
    send_due()
    to_nadja = [one.body for one in mail.outbox if one.to == ["nadja@avinge.example"]]
    assert to_nadja and not [body for body in to_nadja if "lokalen" in body or "provar" in body]


def mailed_to_all(clock: Clock) -> list[EmailMessage]:
    clock.news()
    send_due()
    sent = list(mail.outbox)
    mail.outbox.clear()
    return sent


@pytest.mark.django_db
def test_who_is_asked_replies_or_gives_the_verdict_by_mail(people: Cast, clock: Clock, settings: Any) -> None:
    idea = letter("Tänk om vi bytte stol.", people.elin, people.karin)
    asked = AskedOf(people, clock, idea)
    assert "nej: pengar / nej: lag / " in asked.mail.body and "/ nej: finns redan /" in asked.mail.body
    assert "inte nu" not in asked.mail.body.casefold()
    (at,) = asked.mail.reply_to
    # A reply is said, and closes nothing.
    assert arrives(at, written("Ja, det låter bra, men vem täcker upp?\n")).outcome == Outcome.PUBLISHED
    assert said(idea, people.elin)[-1] == "<p>Ja, det låter bra, men vem täcker upp?</p>"
    assert Ask.everything.get().state == Ask.State.WAITING and not Answer.everything.exists()
    assert "väntar fortfarande på dig" in mailed(clock, KARIN)[0].body
    # A no without its reason is kept as the draft of the form.
    half = arrives(at, written("nej: pengar\n\nDet har vi inte råd med.\n"))
    assert (half.outcome, half.reason) == (Outcome.OFFERED_WORD, Reason.NOT_WHOLE)
    kept = drafted(asked.ask, by=people.karin)
    assert kept is not None and kept[1]["words"] == "Det har vi inte råd med." and kept[1]["verdict"] == "4"
    assert f"/asks/{asked.ask}" in mailed(clock, KARIN)[0].body
    # What she has begun is not written over.
    other = arrives(at, written("nej: lag\n\nDet får vi inte.\n"))
    assert (other.outcome, other.reason) == (Outcome.HELD, Reason.NOT_WHOLE)
    assert "/sendings" not in page(client_of(people.karin), "/held-mail")
    assert arrives(at, written("nej: pengar\n\nNej.\n\nDet kostar.\n", found="")).reason == Reason.NOT_PROVED
    assert not Answer.everything.exists()
    whole = arrives(
        at, written("Nej: pengar\n\nDet har vi inte råd med i år.\n\nFem stolar kostar mycket.\n")
    )
    assert (whole.outcome, whole.reason) == (Outcome.OFFERED_WORD, Reason.NONE)
    answer = Answer.everything.get()
    assert (answer.verdict, answer.reason_kind, answer.for_author) == (
        Verdict.NO,
        ReasonKind.MONEY,
        "Det har vi inte råd med i år.\n\nFem stolar kostar mycket.",
    )
    assert said(idea, people.elin)[-1].startswith("<p>Det har vi inte råd med i år.")
    assert any("Ditt besked är givet: Nej" in one.body for one in mailed(clock, KARIN))
    assert (
        arrives(at, written("ja\n\nVi gör det.\n")).reason == Reason.TOO_LATE
        and Answer.everything.count() == 1
    )


@pytest.mark.django_db
def test_a_verdict_that_more_will_read_needs_time_to_think_again(
    people: Cast, clock: Clock, settings: Any
) -> None:
    asked = AskedOf(people, clock, to_all(Kind.IDEA, "Byt stol.", people.elin))
    settings.MAIL_MUST_BE_CONFIRMED = True
    refused = arrives(asked.mail.reply_to[0], written("ja\n\nVi gör det.\n"))
    assert refused.reason == Reason.NOT_WHOLE and not Answer.everything.exists()
    settings.MAIL_MUST_BE_CONFIRMED = False
    assert arrives(asked.mail.reply_to[0], written("yes\n\nVi gör det i mars.\n")).reason == Reason.NONE
    answer = Answer.everything.get()
    assert answer.opens_at is not None and answer.contribution_id is None
    bodies = [one.body for one in mailed(clock, KARIN)]
    assert any("läser beskedet först" in body for body in bodies)


def test_a_verdict_is_one_of_a_closed_set_of_words() -> None:
    words = verdicts_by_word()
    assert len(words) == 2 * (4 + len(ReasonKind))
    assert words["nej: redan prövat"] == (Verdict.NO, ReasonKind.TRIED) == words["no: already tried"]
    assert words["behöver veta mer"].verdict == Verdict.NEED_TO_KNOW
    for other in ("nej", "no", "inte nu", "ja, kanske", "nej: för dyrt"):
        assert not word_first_in(other, words)
