"""What a mail becomes: answers beside the words they answer, files, what is passed on, one letter to several."""

import re
from typing import Any

from django.core import mail

from communis.channels.email.destinations import circle_address, letter_address
from communis.channels.email.intake.holding import held_for, say_unconfirmed, send_held
from communis.channels.email.intake.passed_on import kept_for
from communis.channels.email.intake.passing import asked_of
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.models import Arrived
from communis.channels.email.sending import send_due
from communis.conversations.anchoring import anchored
from communis.conversations.files import files_of, folder
from communis.conversations.gate import seen_in
from communis.conversations.lines import address_of
from communis.conversations.markdown import plain
from communis.conversations.models import Contribution, Line, Revision, Share
from communis.conversations.revising import revise
from communis.journal import moments
from communis.people.actions import found_circle
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from tests.cast import Cast, letter
from tests.channels.email.test_receiving import arrives, said, takes_mail, written
from tests.channels.email.test_written import FORWARDED, file, mail_with, png, words
from tests.clock import Clock
from tests.web.forms import client_of, page

# Used as a fixture by pytest.
assert takes_mail
Outcome, Reason = Arrived.Outcome, Arrived.Reason
ELIN = "elin@avinge.example"


def from_elin(*addresses: str, raw: bytes) -> list[Arrived]:
    """The mail as the mail server hands it over: once for each of its recipients."""
    names = [
        spool().keep(Envelope(address, ELIN, "127.0.0.1", True, moments.now()), raw) for address in addresses
    ]
    assert receive() == len(names)
    return [Arrived.objects.get(file=name) for name in names]


def without_token(shown: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', "", shown)


def beside(share: Share, person: Person) -> list[tuple[str, str]]:
    """``(what is said, the words it stands beside)`` in the conversation, as the person reads it."""
    seen = seen_in([share.conversation_id], viewer_for(person.id))
    texts = {one.contribution: plain(one.html) for one in seen}
    answers = anchored(seen)
    return [
        (
            texts[one.contribution],
            texts[found.target][found.start : found.end]
            if (found := answers.get(one.contribution)) is not None
            else "",
        )
        for one in seen
    ]


def test_answers_between_the_lines_stand_beside_them(people: Cast, clock: Clock) -> None:
    paragraphs = ("Tänk om vi satt hos någon annan.", "Vem skulle **vilja** byta?", "Vi kunde börja i mars.")
    share = letter("\n\n".join(paragraphs), people.elin, people.karin)
    clock.news()
    send_due()
    (told,) = mail.outbox
    (address,) = told.reply_to
    quoted = "\n".join(f"> {line}".rstrip() for line in str(told.body).split("\n"))
    for paragraph, answer in (
        (paragraphs[0], "Det vill jag."),
        ("Vem skulle vilja byta?", "Jag, *gärna*."),
        (paragraphs[2], "Hellre i maj."),
    ):
        quoted = quoted.replace(f"> {paragraph}", f"> {paragraph}\n\n{answer}\n")
    raw = written(f"Hej!\n\nDen mån 30 nov. 2026 kl 14:02 skrev Communis <svar@avinge.example>:\n{quoted}")
    # What she reads now counts: one paragraph reads otherwise since she was told.
    revise(address_of(share)[1], "\n\n".join((*paragraphs[:2], "Vi kunde börja i april.")), by=people.elin)
    before = Contribution.everything.latest("id").id
    arrived = arrives(address, raw)
    assert arrived.outcome == Outcome.PUBLISHED
    assert arrived.contribution_id == Contribution.everything.filter(id__gt=before).earliest("id").id
    for person in (people.elin, people.karin):
        assert beside(share, person)[1:] == [
            ("Hej!\nHellre i maj.", ""),
            ("Det vill jag.", "Tänk om vi satt hos någon annan."),
            ("Jag, gärna.", "Vem skulle vilja byta?"),
        ]
    assert said(share, people.amina) == []
    assert arrives(address, raw).outcome == Outcome.DUPLICATE and len(said(share, people.elin)) == 4
    # Words of another conversation are nowhere pointed at, nor repeated.
    secret = letter("Jag säger upp mig.", people.johan, people.karin)
    other = written("Ja!\n\n> Jag säger upp mig.\n\nOj.\n\n> Tänk om vi satt hos någon annan.\n\nSå sant.\n")
    assert arrives(address, other).outcome == Outcome.PUBLISHED
    assert beside(share, people.elin)[4:] == [
        ("Ja!\nOj.", ""),
        ("Så sant.", "Tänk om vi satt hos någon annan."),
    ]
    assert len(said(secret, people.johan)) == 1


def test_what_is_passed_on_stays_with_its_sender(people: Cast, clock: Clock) -> None:
    at, circle_at = (
        letter_address(people.karin, by=people.elin),
        circle_address(people.food_waste, by=people.elin),
    )
    raw = mail_with(words(FORWARDED), file("a.png", png()), subject="VB: Stolar")
    to_karin, to_circle = from_elin(at, circle_at, raw=raw)
    assert to_karin.reason == Reason.NONE and to_karin.passed_on
    share = Share.everything.get(contribution_id=to_karin.contribution_id)
    (text,) = said(share, people.karin)
    assert (
        text.startswith("<p>Se nedan.</p>")
        and "Stolar" not in text
        and "den som skrev det" in text
        and "orkar" not in text
        and "Sofia" not in text
    )
    assert files_of([share.revision_id]) == {}
    assert to_circle.outcome == Outcome.HELD
    # With nothing of her own above, it waits.
    (empty,) = from_elin(
        at,
        raw=mail_with(
            words(FORWARDED.removeprefix("Se nedan.")), subject="VB: Stolar", head="X-Other: 1\r\n"
        ),
    )
    assert (empty.outcome, empty.reason) == (Outcome.HELD, Reason.FORWARDED)
    send_due()
    told = [one for one in mail.outbox if one.to == [ELIN]]
    assert len(told) == 3 and not any("orkar" in str(one.message()) for one in mail.outbox)
    elin = page(client_of(people.elin), "/held-mail")
    assert elin.count("Jag orkar inte mer.") == 3 and "sofia@avinge.example" in elin
    for other in (people.karin, people.sofia, people.leyla):
        assert "orkar" not in page(client_of(other), "/held-mail") and kept_for(other) == []
    clock.minutes(11)
    say_unconfirmed()
    to_circle.refresh_from_db()
    assert to_circle.outcome == Outcome.PUBLISHED and to_circle.passed_on
    everything = "".join(Revision.everything.values_list("html", flat=True))
    assert "Se nedan." in everything and "orkar" not in everything and len(kept_for(people.elin)) == 2


def test_own_words_are_written_to_what_is_only_passed_on(people: Cast, clock: Clock) -> None:
    at = letter_address(people.karin, by=people.elin)
    raw = mail_with(words(FORWARDED.removeprefix("Se nedan.")), subject="VB: Stolar")
    (held,) = from_elin(at, raw=raw)
    assert (held.outcome, held.reason) == (Outcome.HELD, Reason.FORWARDED)
    elin, sendings = client_of(people.elin), f"/held-mail/{held.public_id}/sendings"
    shown = page(elin, "/held-mail")
    assert "Send your words" in shown and "It is mine, send it" not in shown
    assert f"It is for: {people.karin.name}." in shown
    before = Contribution.everything.count()
    # Without words nothing is sent, nor what is too long; what was typed stands there still.
    for typed, fault in ((" \r\n", "Write words of your own first."), ("x" * 100_001, "100000 fit")):
        refused = elin.post(sendings, {"text": typed})
        answer = refused.content.decode()
        assert refused.status_code == 422 and fault in answer and typed.strip() in answer
        assert f'aria-describedby="fault-{held.public_id}"' in answer
    assert elin.post(sendings).status_code == 302
    assert client_of(people.karin).post(sendings, {"text": "Läs det här."}).status_code == 404
    assert Contribution.everything.count() == before
    assert elin.post(sendings, {"text": "Läs det här.\r\n\r\nOch svara."}).status_code == 302
    assert elin.post(sendings, {"text": "En gång till."}).status_code == 404
    held.refresh_from_db()
    assert held.outcome == Outcome.PUBLISHED and held.passed_on
    share = Share.everything.get(contribution_id=held.contribution_id)
    (text,) = said(share, people.karin)
    assert text.startswith("<p>Läs det här.</p>\n<p>Och svara.</p>") and "den som skrev det" in text
    everything = "".join(Revision.everything.values_list("html", flat=True))
    assert "orkar" not in everything and "Stolar" not in everything
    (kept,) = kept_for(people.elin)
    assert "Jag orkar inte mer." in kept.passed_on.words
    # What she writes on the page stands for what came.
    raw = mail_with(words("Halva portionen.")).replace(b"dmarc=pass", b"dmarc=fail")
    (waits,) = from_elin(at, raw=raw)
    elin.post(f"/held-mail/{waits.public_id}/sendings", {"text": "Något annat."})
    waits.refresh_from_db()
    share = Share.everything.get(contribution_id=waits.contribution_id)
    assert said(share, people.karin) == ["<p>Något annat.</p>"]


def test_files_come_along_or_are_said_to_be_left_out(people: Cast, clock: Clock) -> None:
    at = letter_address(people.karin, by=people.elin)
    (arrived,) = from_elin(at, raw=mail_with(words("Se bilden."), file("vagn.gif", png(), "image/gif")))
    assert arrived.outcome == Outcome.PUBLISHED
    share = Share.everything.get(contribution_id=arrived.contribution_id)
    (carried,) = files_of([share.revision_id])[share.revision_id]
    assert (carried.name, carried.media_type) == ("vagn.png", "image/png")
    raw = mail_with(words("Två filer."), file("plan.txt", b"Plan"), file("spel.exe", b"MZ"))
    (held,) = from_elin(at, raw=raw)
    assert (held.outcome, held.reason) == (Outcome.HELD, Reason.FILE_REFUSED)
    # Nothing is left behind of what was tried.
    stored = {carried.stored_as, carried.small_stored_as}
    assert {one.name for one in folder().iterdir()} == stored
    elin = client_of(people.elin)
    shown = page(elin, "/held-mail")
    assert "With it: plan.txt." in shown and "<li>spel.exe: " in shown and "send it without" in shown
    elin.post(f"/held-mail/{held.public_id}/sendings")
    held.refresh_from_db()
    share = Share.everything.get(contribution_id=held.contribution_id)
    assert [one.name for one in files_of([share.revision_id])[share.revision_id]] == ["plan.txt"]
    # What waits for another reason is asked about first, and a wide mail brings its file when it goes.
    unproved = mail_with(words("Är det jag?"), file("spel.exe", b"MZ")).replace(b"dmarc=pass", b"dmarc=fail")
    (waits,) = from_elin(at, raw=unproved)
    assert waits.reason == Reason.NOT_PROVED
    answer = elin.post(f"/held-mail/{waits.public_id}/sendings", follow=True).content.decode()
    assert "Not every file can come along" in answer and "<li>spel.exe: " in answer
    elin.post(f"/held-mail/{waits.public_id}/sendings")
    waits.refresh_from_db()
    assert waits.outcome == Outcome.PUBLISHED
    circle_at = circle_address(people.food_waste, by=people.elin)
    (wide,) = from_elin(circle_at, raw=mail_with(words("Till kretsen."), file("plan.txt", b"Plan")))
    assert wide.reason == Reason.WIDER
    send_due()
    clock.minutes(11)
    assert say_unconfirmed() == 1
    wide.refresh_from_db()
    share = Share.everything.get(contribution_id=wide.contribution_id)
    assert [one.name for one in files_of([share.revision_id])[share.revision_id]] == ["plan.txt"]


def test_a_mail_to_several_persons_is_one_letter(people: Cast, clock: Clock) -> None:
    karin, sofia = (letter_address(one, by=people.elin) for one in (people.karin, people.sofia))
    johan, not_hers = (
        letter_address(people.johan, by=people.elin),
        letter_address(people.nadja, by=people.amina),
    )
    head = f"To: Karin <{karin}>\r\nCc: {sofia.upper()}, {not_hers}, x@epost.example\r\n"
    raw = mail_with(words("Till er båda."), head=head)
    first, second, secretly = from_elin(sofia, karin, johan, raw=raw)
    assert [one.outcome for one in (first, second)] == [Outcome.PUBLISHED, Outcome.DUPLICATE]
    share = Share.everything.get(contribution_id=first.contribution_id)
    for person, many in (
        (people.elin, 1),
        (people.karin, 1),
        (people.sofia, 1),
        (people.johan, 0),
        (people.nadja, 0),
    ):
        assert len(said(share, person)) == many, person
    # Whom the head does not name gets a letter of his own: the others do not learn of him.
    assert secretly.outcome == Outcome.PUBLISHED
    own = Share.everything.get(contribution_id=secretly.contribution_id)
    assert len(said(own, people.johan)) == 1 and said(own, people.karin) == []


def test_a_mail_to_few_and_many_is_its_sender_s_to_say(people: Cast, clock: Clock) -> None:
    """L22: the narrowest, and asked."""
    karin, sofia = (letter_address(one, by=people.elin) for one in (people.karin, people.sofia))
    circle = circle_address(people.food_waste, by=people.elin)
    raw = mail_with(words("Till er alla."), head=f"To: {karin}, {sofia}\r\nCc: {circle}\r\n")
    before = Contribution.everything.count()
    to_circle, to_karin, to_sofia = from_elin(circle, karin, sofia, raw=raw)
    assert [one.reason for one in (to_circle, to_karin)] == [Reason.MIXED] * 2
    assert to_sofia.outcome == Outcome.DUPLICATE
    send_due()
    (told,) = mail.outbox
    assert told.to == [ELIN]
    for readers in (people.food_waste.name, f"{people.karin.name}, {people.sofia.name}"):
        assert f"Det är till: {readers}." in told.body and f"It is for: {readers}." in page(
            client_of(people.elin), "/held-mail"
        )
    clock.minutes(24 * 60)
    assert say_unconfirmed() == 0 and Contribution.everything.count() == before
    send_held(to_karin.public_id, by=people.elin)
    to_karin.refresh_from_db()
    share = Share.everything.get(contribution_id=to_karin.contribution_id)
    for person, many in ((people.karin, 1), (people.sofia, 1), (people.amina, 0)):
        assert len(said(share, person)) == many
    (left,) = held_for(people.elin)
    assert left.arrived.circle_id == people.food_waste.id
    # Told to a person in secret, what waits for a circle goes by itself no more.
    hidden = mail_with(words("Och så här."), head=f"To: {circle}\r\n")
    assert [one.reason for one in from_elin(circle, raw=hidden)] == [Reason.WIDER]
    assert [one.reason for one in from_elin(karin, raw=hidden)] == [Reason.MIXED]
    assert not Arrived.objects.filter(reason=Reason.WIDER).exists()


def test_words_choose_who_reads_and_nothing_is_guessed(people: Cast, clock: Clock, settings: Any) -> None:
    at = letter_address(people.karin, by=people.elin)
    secret = found_circle("Hemlig krets", by=people.amina, sight=Circle.Sight.SECRET)
    name = people.food_waste.name
    (circle,) = from_elin(at, raw=mail_with(words(f"Till: kretsen {name.upper()}\n\nHalva portionen.")))
    (everyone,) = from_elin(at, raw=mail_with(words("Byt stol."), subject="[till: alla] En tanke"))
    assert [one.reason for one in (circle, everyone)] == [Reason.WIDER] * 2
    unclear = [
        from_elin(at, raw=mail_with(words("Hej."), subject=f"[krets: {one}] x"))[0]
        for one in (secret.name, "Finns inte")
    ]
    assert [one.reason for one in unclear] == [Reason.UNCLEAR] * 2
    send_due()
    told = "".join(str(one.body) for one in mail.outbox if one.to == [ELIN])
    assert f"Det är till: {name}." in told and "Alla anställda" in told and "Hemlig" not in told
    clock.minutes(11)
    assert say_unconfirmed() == 2
    for one, reads, not_read, text in (
        (circle, people.amina, people.karin, "<p>En tanke</p>\n<p>Halva portionen.</p>"),
        (everyone, people.johan, None, "<p>En tanke</p>\n<p>Byt stol.</p>"),
    ):
        one.refresh_from_db()
        share = Share.everything.get(contribution_id=one.contribution_id)
        assert said(share, reads) == [text]
        assert not_read is None or said(share, not_read) == []
    # What is unclear goes to whom it was sent, and only when she says so.
    line = send_held(unclear[0].public_id, by=people.elin)
    share = Share.everything.get(line_id=Line.everything.get(public_id=line).id)
    assert len(said(share, people.karin)) == 1 and said(share, people.amina) == []


def test_whoever_wrote_it_is_asked_and_only_a_yes_is_heard_of(people: Cast, clock: Clock) -> None:
    """Sofia's words came to Elin, who passes them on to Karin. Elin lets her be asked."""
    at = letter_address(people.karin, by=people.elin)
    mails = [
        from_elin(at, raw=mail_with(words(text), subject=subject))[0]
        for text, subject in (
            (FORWARDED, "VB: Stolar"),
            (FORWARDED.replace("orkar", "vill"), "VB: En till"),
            (FORWARDED.replace("sofia@", "ingen@"), "VB: Från någon annan"),
        )
    ]
    first, second, of_nobody = mails
    send_due()
    mail.outbox.clear()
    elin, sofia, karin = (client_of(one) for one in (people.elin, people.sofia, people.karin))
    assert asked_of(people.sofia) == [] and page(elin, "/held-mail").count("Ask whoever wrote it") == 3
    assert karin.post(f"/held-mail/{first.public_id}/askings").status_code == 404
    said_to_elin = set()
    for one in (*mails, first):
        answer = elin.post(f"/held-mail/{one.public_id}/askings", follow=True).content.decode()
        said_to_elin.add("If its author is here" in answer)
    # Whether somebody here has the address, she does not learn.
    assert said_to_elin == {True} and page(elin, "/held-mail").count("has been asked") == 3
    send_due()
    assert [one.to for one in mail.outbox] == [["sofia@avinge.example"]] * 2
    assert not any(word in str(mail.outbox[0].message()) for word in ("orkar", "Elin", "Karin"))
    shown = page(sofia, "/passings")
    readers = f"wants these to read it: {people.karin.name}, {people.elin.name}"
    assert "Jag orkar inte mer." in shown and readers in shown
    assert "orkar" not in page(karin, "/passings")
    yes, no = asked_of(people.sofia)
    # A yes is to what was shown, and hers alone to say.
    for client, seen in ((karin, yes.seen), (sofia, no.seen)):
        client.post(f"/passings/{yes.public_id}/answers", {"do": "agree", "seen": seen})
    share = Share.everything.get(contribution_id=first.contribution_id)
    assert len(said(share, people.karin)) == 1
    sofia.post(f"/passings/{yes.public_id}/answers", {"do": "agree", "seen": yes.seen})
    before = without_token(page(elin, "/held-mail"))
    sofia.post(f"/passings/{no.public_id}/answers", {"do": "no", "seen": no.seen})
    for person in (people.elin, people.karin):
        (_own, passed) = seen_in([share.conversation_id], viewer_for(person.id))
        assert (
            plain(passed.html).startswith("Jag orkar inte mer.") and passed.person_name == people.sofia.name
        )
    other = Share.everything.get(contribution_id=second.contribution_id)
    assert len(said(other, people.karin)) == 1 and without_token(page(elin, "/held-mail")) == before
    assert asked_of(people.sofia) == [] and len(said(share, people.sofia)) == 0
    # Nor is anybody asked about what more than a letter's readers read.
    circle = circle_address(people.food_waste, by=people.elin)
    (wide,) = from_elin(circle, raw=mail_with(words(FORWARDED), subject="VB: Stolar"))
    send_held(wide.public_id, by=people.elin)
    assert elin.post(f"/held-mail/{wide.public_id}/askings").status_code == 404
    of_nobody.refresh_from_db()
    assert of_nobody.passed_on
