"""Mail from outside to the address of a question: held for stewards, let in to those who answer it, claimed (R81)."""

import os
import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communis.attention.models import Notice
from communis.channels.email.destinations import destination_at, is_ours
from communis.channels.email.digests import queue_digests
from communis.channels.email.intake.holding import held_for
from communis.channels.email.intake.listening import Intake, Lmtp
from communis.channels.email.intake.receiving import receive, spool, sweep
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.models import Arrived, Outgoing, OutsideAddress
from communis.channels.email.outside import held
from communis.channels.email.outside.addresses import close_address, open_address
from communis.channels.email.outside.held import forget_old, throw_away
from communis.channels.email.outside.limits import MOST_IN_AN_HOUR, takes_more
from communis.channels.email.outside.telling import tell_of_outside
from communis.channels.email.reconciling import differences
from communis.channels.email.sending import send_due
from communis.channels.importers.models import NameClaim
from communis.channels.importers.name_claiming import claim_name
from communis.channels.importers.settling import settle
from communis.cli.commands.mail import has_room, known
from communis.conversations.contributing import start
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Line, Share
from communis.conversations.revising import take_back
from communis.conversations.words import Terms
from communis.journal import moments
from communis.journal.models import Entry
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.models import OutsideName, Person
from communis.widening.models import Consent
from communis.widening.proposing import propose
from tests.addresses import LEFT_OUT, Known, patterns, plain_looks
from tests.cast import Cast
from tests.channels.email.listener import Listener
from tests.channels.email.test_listening import Told
from tests.channels.email.test_receiving import arrives, said, takes_mail
from tests.channels.email.test_written import file, mail_with
from tests.clock import Clock
from tests.events import Event, Replay, secret
from tests.small_world import small_world
from tests.test_noninterference import nothing_interferes
from tests.web.forms import client_of, key_on, page

# Used as a fixture by pytest.
assert takes_mail
Outcome, Reason = Arrived.Outcome, Arrived.Reason
QUESTION = "Hur ska parken vid ån se ut?"
WORDS = "Sätt en bänk vid Kanariefågeln."
PAGE = "/stewards/mail/outside"
BERIT = "berit@epost.example"
PROVED = "mx.avinge.example; dmarc=pass header.from=epost.example"


def asked(people: Cast, rung: Rung = Rung.PUBLIC) -> Share:
    """Karin and Sofia answer it."""
    terms = Terms(Level.CONSULTATION, "Ramen ligger fast.", hosts=(people.sofia.id,))
    return start(Kind.QUESTION, QUESTION, by=people.karin, choice=Choice(rung), terms=terms)


def opened(people: Cast) -> tuple[Share, str]:
    """The question, and the address at which anybody may write about it."""
    share = asked(people)
    return share, open_address(address_of(share)[1], by=people.leyla)


def from_outside(
    text: str = WORDS, *, name: str = "Berit Ek", sender: str = BERIT, found: str = PROVED, number: int = 1
) -> bytes:
    results = f"Authentication-Results: {found}\r\n" if found else ""
    head = f"{results}From: {name} <{sender}>\r\nSubject: Parken\r\nMessage-ID: <{number}@epost.example>\r\n"
    return f"{head}\r\n{text}\r\n".encode()


def let_in(people: Cast, arrived: Arrived) -> Share:
    assert client_of(people.leyla).post(f"{PAGE}/{arrived.public_id}/lettings-in").status_code == 302
    arrived.refresh_from_db()
    return Share.everything.get(contribution_id=arrived.contribution_id)


def told() -> list[tuple[int, int]]:
    """Who was told of what, but of the circles they are in."""
    rows = Notice.everything.exclude(reason=Notice.Reason.WELCOME).order_by("person_id")
    return list(rows.values_list("person_id", "reason"))


def test_without_an_address_nobody_outside_can_write(people: Cast) -> None:
    share = asked(people)
    conversation, line = address_of(share)
    assert not is_ours(f"u.{'a' * 26}@svar.avinge.example")
    before = [page(one, f"/conversations/{conversation}") for one in (Client(), client_of(people.amina))]
    # Not the end of another address, which may well have a u before its dot.
    anybodys = re.compile(r"(?<![a-z2-7])u\.[a-z2-7]{26}@svar")
    assert not any(anybodys.search(one) for one in before)
    address = open_address(line, by=people.leyla)
    assert open_address(line, by=people.leyla) == address and OutsideAddress.objects.count() == 1
    assert is_ours(address) and is_ours(address.upper())
    # Everybody is shown it, also from a page that was kept.
    for client in (Client(), Client(headers={"accept-language": "sv"}), client_of(people.amina)):
        shown = page(client, f"/conversations/{conversation}")
        assert shown.count(f"mailto:{address}") == 1 and anybodys.search(shown)
    close_address(OutsideAddress.objects.get().public_id, by=people.leyla)
    close_address(OutsideAddress.objects.get().public_id, by=people.leyla)
    assert not is_ours(address) and destination_at(address) is None
    for client in (Client(), client_of(people.amina)):
        assert address not in page(client, f"/conversations/{conversation}")
    # Opened again it is another one.
    assert open_address(line, by=people.leyla) != address
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-3:] == ["opened outside address", "closed outside address", "opened outside address"]


def test_only_a_question_that_anyone_reads_is_offered_and_only_to_stewards(people: Cast) -> None:
    inside, public = asked(people, Rung.ORGANISATION), asked(people)
    leyla = client_of(people.leyla)
    shown = page(leyla, PAGE)
    assert address_of(public)[1] in shown and address_of(inside)[1] not in shown
    for line in (address_of(inside)[1], "0" * 32, ""):
        refused = leyla.post(PAGE, {"line": line})
        assert refused.status_code == 422 and b"Choose a question that anyone can read." in refused.content
    assert not OutsideAddress.objects.exists()
    assert leyla.post(PAGE, {"line": address_of(public)[1]}).status_code == 302
    row = OutsideAddress.objects.get()
    address = re.search(r"mailto:(u\.[^\"]+)", page(leyla, PAGE))[1]
    arrived = arrives(address, from_outside(), sender=BERIT)
    for person in (people.karin, people.elin, None):
        client = client_of(person) if person else Client()
        for way, where in (
            ("get", ""),
            ("post", ""),
            ("post", f"/addresses/{row.public_id}/ends"),
            ("post", f"/{arrived.public_id}/lettings-in"),
            ("post", f"/{arrived.public_id}/removals"),
            ("post", f"/{arrived.public_id}/names"),
        ):
            answer = getattr(client, way)(f"{PAGE}{where}")
            # Who is signed out is sent to sign in, whatever it is.
            assert answer.status_code == (404 if person else 302) and WORDS.encode() not in answer.content
    assert Arrived.objects.get().outcome == Outcome.HELD and is_ours(address)
    # Where the question is open to nobody outside any more, the address takes nothing.
    take_back(address_of(public)[1], by=people.karin)
    assert not is_ours(address) and "The address takes nothing" in page(leyla, PAGE)
    assert QUESTION not in page(leyla, PAGE)


@pytest.mark.parametrize("found", [PROVED, "", "mx.avinge.example; spf=pass smtp.mailfrom=epost.example"])
def test_it_is_held_for_stewards_and_tells_nobody(people: Cast, clock: Clock, found: str) -> None:
    share, address = opened(people)
    conversation = address_of(share)[0]
    everywhere = ["/", "/questions", f"/conversations/{conversation}", "/feed.atom", "/for-you", "/murmur"]
    persons = (people.karin, people.sofia, people.amina)
    clients = [Client(), *map(client_of, persons)]

    def look() -> list[bytes]:
        pages = [client.get(where).content for client in clients for where in everywhere]
        # Keys of forms differ from look to look.
        return [re.sub(rb'(value|nonce)="[^"]{22,}"|\{&quot;[^}]*\}', b"", one) for one in pages]

    look()
    before = look()
    arrived = arrives(address, from_outside(found=found), sender=BERIT)
    assert (arrived.outcome, arrived.reason) == (Outcome.HELD, Reason.FROM_OUTSIDE)
    assert arrived.person_id is None and arrived.proved is (found == PROVED)
    assert look() == before
    clock.news()
    send_due()
    assert mail.outbox == [] and not Outgoing.objects.exists() and told() == []
    leyla = client_of(people.leyla)
    shown = page(leyla, PAGE)
    assert WORDS in shown and "Berit Ek &lt;berit@epost.example&gt;" in shown and "Parken" in shown
    assert ("Nothing proves who sent it." in shown) is (found != PROVED)
    assert "Mail from outside waits for a steward." in page(leyla, "/stewards/mail")
    # The same mail again, by another way.
    assert arrives(address, b"Received: x\r\n" + from_outside(found=found)).outcome == Outcome.DUPLICATE


@pytest.mark.parametrize("more", ["Auto-Submitted: auto-replied", "List-Id: <a.b.c>", "Precedence: bulk"])
def test_what_no_person_wrote_is_let_be(people: Cast, more: str) -> None:
    _share, address = opened(people)
    raw = from_outside().replace(b"Subject:", f"{more}\r\nSubject:".encode())
    assert arrives(address, raw, sender=BERIT).outcome == Outcome.IGNORED
    assert "No mail from outside waits." in page(client_of(people.leyla), PAGE)


def test_let_in_it_is_a_letter_to_those_who_answer_under_the_name_from_outside(
    people: Cast, clock: Clock
) -> None:
    share, address = opened(people)
    quoted = f"{WORDS}\r\n\r\nDen mån 30 nov. 2026 kl 14:02 skrev X <x@x.se>:\r\n> Hemligt."
    arrived = arrives(address, from_outside(quoted, found=""), sender=BERIT)
    assert "Hemligt" not in page(client_of(people.leyla), PAGE)
    letter = let_in(people, arrived)
    # They are told as of any letter, and nobody else; Berit is sent nothing.
    clock.news()
    send_due()
    assert told() == [(people.karin.id, Notice.Reason.ANSWERED), (people.sofia.id, Notice.Reason.LETTER)]
    assert sorted(one.to[0] for one in mail.outbox) == ["karin@avinge.example", "sofia@avinge.example"]
    assert all("Berit Ek" in one.body and WORDS in one.body for one in mail.outbox)
    for person in (people.karin, people.sofia):
        words = said(share, person)[-1]
        assert "Parken" in words and WORDS in words and "Hemligt" not in words
        assert "Nothing proves" in words or "Inget visar" in words
        shown = page(client_of(person), f"/conversations/{address_of(share)[0]}")
        assert '<span class="name">Berit Ek</span>' in shown
    # The steward who let it in does not read it, nor does anybody else.
    for person in (people.leyla, people.amina):
        assert len(said(share, person)) == 1
        assert client_of(person).get(f"/lines/{address_of(letter)[1]}").status_code == 404
    assert "Berit" not in Client().get(f"/conversations/{address_of(share)[0]}").content.decode()
    assert WORDS not in page(client_of(people.leyla), PAGE)
    # The name is kept, and no address.
    name = OutsideName.objects.get()
    assert (name.name, name.site) == ("Berit Ek", "") and BERIT not in str(OutsideName.objects.values())
    # Pressed again, or by another steward at once, it is one letter.
    again = client_of(people.leyla).post(f"{PAGE}/{arrived.public_id}/lettings-in")
    assert again.status_code == 302 and Contribution.everything.count() == 2
    assert differences() == []
    refused = client_of(people.leyla).post(f"{PAGE}/{arrived.public_id}/removals", follow=True)
    assert b"It has been let in." in refused.content and Share.everything.filter(ended_at=None).count() == 2


def test_thrown_away_or_left_alone_it_is_gone_after_thirty_days(people: Cast, clock: Clock) -> None:
    _share, address = opened(people)
    thrown, old = (arrives(address, from_outside(number=number)) for number in (1, 2))
    leyla = client_of(people.leyla)
    # One press opens what is said before it, and the second does it.
    asks = re.search(r"<details>.*?</details>", page(leyla, PAGE), re.DOTALL)[0]
    assert "An official document may only be thrown away" in asks and f"{thrown.public_id}/removals" in asks
    for _ in range(2):
        answer = leyla.post(f"{PAGE}/{thrown.public_id}/removals", follow=True)
        assert b"Thrown away." in answer.content
    assert [path.name for path in (spool().folder / "held").iterdir()] == [old.file]
    refused = leyla.post(f"{PAGE}/{thrown.public_id}/lettings-in", follow=True)
    assert b"It has been thrown away." in refused.content
    clock.minutes(29 * 24 * 60)
    assert forget_old() == 0
    clock.minutes(2 * 24 * 60)
    assert (forget_old(), forget_old()) == (1, 0)
    assert "No mail from outside waits." in page(leyla, PAGE) and differences() == []
    # Who threw it away, and what nobody decided about, is written down once, without words.
    written = Entry.objects.filter(verb__endswith="mail from outside").exclude(verb__startswith="told")
    about = [{"mail": one.id, "line": one.line_id, "proved": 1} for one in (thrown, old)]
    assert list(written.order_by("id").values_list("verb", "person_id", "about")) == [
        ("threw away mail from outside", people.leyla.id, about[0]),
        ("deleted mail from outside", None, about[1]),
    ]
    assert not list((spool().folder / "held").iterdir())
    os.utime(spool().folder / "done" / thrown.file, (0, 0))
    assert sweep() == 1 and not list((spool().folder / "done").iterdir())
    assert Contribution.everything.count() == 1


def told_of_outside(person: Person) -> list[str]:
    """What stands at the top of the person's notices about mail from outside."""
    return re.findall(r"<a [^>]*>([^<]*from outside wait[^<]*)</a>", page(client_of(person), "/for-you"))


def test_stewards_are_told_once_a_day_how_many_wait(people: Cast, clock: Clock) -> None:
    _share, address = opened(people)
    assert not tell_of_outside()
    first = arrives(address, from_outside(), sender=BERIT)
    # Of two workers, or one that is killed and begins anew, one tells.
    assert [tell_of_outside() for _ in range(3)] == [True, False, False]
    assert told_of_outside(people.leyla) == ["1 mail from outside waits"]
    second = arrives(address, from_outside(number=2), sender=BERIT)
    assert told_of_outside(people.leyla) == ["2 mails from outside wait"]
    shown = page(client_of(people.leyla), "/for-you")
    assert f'href="{PAGE}"' in shown and "You are a steward" in shown
    assert not any(word in shown for word in (WORDS, "Berit", BERIT, "Parken", QUESTION))
    assert told() == [(people.leyla.id, Notice.Reason.OUTSIDE_WAITS)]
    # Nothing at once; with the digest her number, and nobody else anything.
    clock.news()
    send_due()
    assert mail.outbox == []
    clock.minutes(24 * 60)
    queue_digests()
    send_due()
    told_by_mail = {one.to[0]: one.body for one in mail.outbox}
    assert "2 mejl utifrån väntar" in told_by_mail.pop("leyla@avinge.example")
    assert not any("utifrån" in body or "outside" in body for body in told_by_mail.values())
    # Whoever has looked at the page has read it. A day later what still waits is told again, in place of that.
    page(client_of(people.leyla), PAGE)
    told_so = Notice.everything.filter(reason=Notice.Reason.OUTSIDE_WAITS)
    assert not told_so.filter(read_at=None).exists()
    assert [tell_of_outside(), tell_of_outside()] == [True, False]
    assert told_so.filter(read_at=None).count() == 1
    assert told_of_outside(people.leyla) == ["2 mails from outside wait"]
    # It ends by itself.
    throw_away(first.public_id, by=people.leyla)
    assert told_of_outside(people.leyla) == ["1 mail from outside waits"]
    held.let_in(second.public_id, by=people.leyla)
    assert told_of_outside(people.leyla) == []
    clock.minutes(25 * 60)
    assert not tell_of_outside()


def test_told_of_it_for_many_days_a_page_asks_no_more_often(people: Cast, clock: Clock) -> None:
    _share, address = opened(people)
    arrives(address, from_outside())
    asked = []
    leyla = client_of(people.leyla)
    for _day in range(6):
        assert tell_of_outside()
        page(leyla, "/for-you")
        with CaptureQueriesContext(connection) as queries:
            page(leyla, "/for-you")
        asked.append(len(queries))
        assert told_of_outside(people.leyla) == ["1 mail from outside waits"]
        clock.minutes(24 * 60 + 1)
    assert Notice.everything.filter(reason=Notice.Reason.OUTSIDE_WAITS).count() == 6
    assert asked == [asked[0]] * 6


def test_three_days_before_it_is_deleted_they_are_told_so(people: Cast, clock: Clock) -> None:
    _share, address = opened(people)
    arrives(address, from_outside())
    assert tell_of_outside()
    clock.minutes(26.9 * 24 * 60)
    arrives(address, from_outside(number=2))
    assert tell_of_outside()
    assert told_of_outside(people.leyla) == ["2 mails from outside wait"]
    # At once, though they were told of what waits in the last day.
    clock.minutes(0.2 * 24 * 60)
    assert [tell_of_outside(), tell_of_outside()] == [True, False]
    soon = ["2 mails from outside wait. 1 of them is deleted within three days"]
    assert told_of_outside(people.leyla) == soon
    clock.minutes(3 * 24 * 60)
    assert forget_old() == 1 and told_of_outside(people.leyla) == ["1 mail from outside waits"]


def test_only_stewards_are_told_that_mail_from_outside_waits(people: Cast, clock: Clock) -> None:
    _share, address = opened(people)
    arrives(address, from_outside())
    tell_of_outside()
    assert all(told_of_outside(one) == [] for one in (people.karin, people.sofia, people.amina))
    # Nor who is no steward any more, though a notice of hers lies there.
    Person.everything.filter(id=people.leyla.id).update(steward=False)
    assert told_of_outside(people.leyla) == []
    clock.minutes(25 * 60)
    assert tell_of_outside() and told()[-1][1] == Notice.Reason.OUTSIDE_WAITS
    assert Notice.everything.filter(made_at__gt=moments.now() - moments.HOUR).count() == 0


def test_what_cannot_be_let_in_says_why(people: Cast) -> None:
    share, address = opened(people)
    leyla = client_of(people.leyla)
    nothing = arrives(address, from_outside("> Bara citat.\r\n"), sender=BERIT)
    assert "no words of its sender&#x27;s own" in page(leyla, PAGE)
    answer = leyla.post(f"{PAGE}/{nothing.public_id}/lettings-in", follow=True)
    assert b"no words of its sender" in answer.content
    throw = leyla.post(f"{PAGE}/{nothing.public_id}/removals")
    assert throw.status_code == 302
    broken = arrives(address, b"\x00" * 100)
    assert broken.outcome == Outcome.HELD and "It could not be read." in page(leyla, PAGE)
    leyla.post(f"{PAGE}/{broken.public_id}/removals")
    last = arrives(address, from_outside(number=3))
    take_back(address_of(share)[1], by=people.karin)
    assert "The question is not open to anyone any more." in page(leyla, PAGE)
    leyla.post(f"{PAGE}/{last.public_id}/lettings-in")
    assert Arrived.objects.get(id=last.id).outcome == Outcome.HELD and Contribution.everything.count() == 1


def test_files_do_not_come_along_and_a_mail_without_a_name_has_none(people: Cast) -> None:
    share, address = opened(people)
    raw = mail_with(WORDS, file("ritning.pdf", b"%PDF-1.4", "application/pdf"))
    arrived = arrives(address, raw.replace(b"From: ", b"From: Ingen <ingen@epost.example>\r\nX-From: ", 1))
    shown = page(client_of(people.leyla), PAGE)
    assert "Files in it, which do not come along: ritning.pdf." in shown
    let_in(people, arrived)
    assert "ritning" not in page(client_of(people.karin), f"/conversations/{address_of(share)[0]}")


def test_a_person_here_writes_to_it_as_to_the_address_of_her_own(people: Cast) -> None:
    share, address = opened(people)
    amina = "amina@avinge.example"
    found = "mx.avinge.example; dmarc=pass header.from=avinge.example"
    sure = arrives(address, from_outside(name="Amina", sender=amina, found=found), sender=amina)
    assert (sure.outcome, sure.person_id) == (Outcome.PUBLISHED, people.amina.id)
    assert [WORDS in said(share, one)[-1] for one in (people.karin, people.amina)] == [True, True]
    # Not proved it waits for her alone, as it does elsewhere: stewards do not read it.
    unsure = from_outside("Hemligt.", name="Amina", sender=amina, found="", number=2)
    waits = arrives(address, unsure, sender=amina)
    assert (waits.outcome, waits.reason) == (Outcome.HELD, Reason.NOT_PROVED)
    assert "Hemligt" not in page(client_of(people.leyla), PAGE) and len(held_for(people.amina)) == 1
    leyla = client_of(people.leyla)
    assert leyla.post(f"{PAGE}/{waits.public_id}/lettings-in").status_code == 404


def test_an_address_takes_so_many_and_the_next_come_again(
    people: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _share, address = opened(people)
    other = open_address(address_of(asked(people))[1], by=people.leyla)
    for number in range(MOST_IN_AN_HOUR - 1):
        arrives(address, from_outside(number=number))
    assert takes_more(address)
    # What nobody has looked at yet counts too.
    spool().keep(Envelope(address.upper(), BERIT, "local", False, moments.now()), from_outside(number=100))
    assert not takes_more(address) and takes_more(other) and takes_more("karin@avinge.example")
    receive()
    assert not takes_more(address)
    clock.minutes(61)
    assert takes_more(address)
    monkeypatch.setattr(held, "MOST_SHOWN", 2)
    assert page(client_of(people.leyla), PAGE).count("Throw away") == 2


WORLD = ("p0", "p2", "p5", "p6", "asked-outside", "outside", "from-outside", "let-in-from-outside")


@pytest.mark.compared
@pytest.mark.django_db
@pytest.mark.parametrize("viewer", ["", "p0", "p2", "p5"])
def test_nobody_learns_of_what_waits_but_stewards_and_they_not_of_the_letter(viewer: str) -> None:
    """Who is signed out, the steward, somebody here, and one who answers the question; all pages of each."""
    events = [event for event in small_world() if event.key in WORLD]
    about = {"answered": "let-in-from-outside", "text": f"{secret('text', 'reply')} halva portionen"}
    events.append(Event("reply", events[-1].at + moments.MINUTE, "contribute", "p5", about))
    with transaction.atomic():
        replay = Replay(events)
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    assert replay.accepted == events
    names = {name for _route, name in patterns()} - LEFT_OUT.keys()
    nothing_interferes(events, viewer, plain_looks(known, names))


@pytest.fixture
def listening(people: Cast) -> Iterator[int]:
    intake = Intake(spool(), is_ours=known, takes_more=has_room, trusted=["127.0.0.0/8"], least_free_mib=1)
    listener = Listener(intake, Lmtp)
    yield listener.port
    listener.close()


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_from_a_mail_server(people: Cast, listening: int) -> None:
    _share, address = opened(people)
    with Told(listening, Lmtp) as server:
        assert server.deliver([f"u.{'a' * 26}@svar.avinge.example"], from_outside(), BERIT) == ([550], [])
        assert server.deliver([address.upper()], from_outside(), BERIT) == ([250], [250])
        assert receive() == 1 and Arrived.objects.get().proved
        for number in range(2, MOST_IN_AN_HOUR + 1):
            assert server.deliver([address], from_outside(number=number), BERIT) == ([250], [250])
        assert server.deliver([address], from_outside(number=99), BERIT) == ([450], [])
        receive()
        assert server.deliver([address], from_outside(number=99), BERIT) == ([450], [])
        close_address(OutsideAddress.objects.get().public_id, by=people.leyla)
        assert server.deliver([address], from_outside(number=99), BERIT) == ([550], [])
    assert Arrived.objects.filter(outcome=Outcome.HELD, reason=Reason.FROM_OUTSIDE).count() == MOST_IN_AN_HOUR


def settled(people: Cast, person: Person, claim: NameClaim) -> None:
    leyla = client_of(people.leyla)
    desk = page(leyla, "/stewards/name-claims")
    assert "Berit Ek" in desk and "A mail from outside" in desk and person.name not in desk
    address = f"/stewards/name-claims/{claim.public_id}"
    form = page(leyla, address)
    assert WORDS not in form
    leyla.post(address, {"do": "agree", "reason": "", "key": key_on(form)})


def test_who_reads_the_letter_can_say_that_she_wrote_it(people: Cast, clock: Clock) -> None:
    """Sofia wrote it from home; it is claimed, agreed to and taken back as a name in a blog is."""
    share, address = opened(people)
    letter = let_in(people, arrives(address, from_outside(), sender=BERIT))
    other = let_in(people, arrives(address, from_outside("Annat.", number=2), sender=BERIT))
    line, sofia = f"/lines/{address_of(letter)[1]}", client_of(people.sofia)
    assert "I wrote this" in page(sofia, line)
    assert client_of(people.amina).get(f"{line}/name-claims").status_code == 404
    form = page(sofia, f"{line}/name-claims")
    assert sofia.post(f"{line}/name-claims", {"word": "Jag", "key": key_on(form)}).status_code == 302
    clock.news()
    # The steward is told, and of the letter nothing.
    for_you = page(client_of(people.leyla), "/for-you")
    assert "Someone says that they wrote this" in for_you and WORDS not in for_you
    settled(people, people.sofia, NameClaim.objects.get())
    conversation = f"/conversations/{address_of(share)[0]}"
    shown = page(client_of(people.karin), conversation)
    # Another mail under the same name may be somebody else's.
    assert shown.count("(outside Communis as Berit Ek)") == 1 and "Annat." in shown
    assert "Take back" in page(sofia, line)
    assert "Take back" not in page(sofia, f"/lines/{address_of(other)[1]}")
    claim = NameClaim.objects.get()
    own = page(sofia, "/name-claims")
    sofia.post(f"/name-claims/{claim.public_id}", {"do": "take-back", "key": key_on(own)})
    assert "(outside Communis" not in page(client_of(people.karin), conversation)


def test_a_steward_asks_who_signs_in_by_now_and_the_person_says(people: Cast, clock: Clock) -> None:
    share, address = opened(people)
    arrived = arrives(address, from_outside(), sender=BERIT)
    let_in(people, arrived)
    leyla, where = client_of(people.leyla), f"{PAGE}/{arrived.public_id}/names"
    form = page(leyla, PAGE)
    assert "Do you know who wrote?" in form and WORDS not in form
    refused = leyla.post(where, {"email": "ingen@x.se", "key": key_on(form)})
    assert refused.status_code == 422 and b'value="ingen@x.se"' in refused.content
    for _ in range(2):
        sent = leyla.post(where, {"email": "amina@avinge.example", "key": key_on(page(leyla, PAGE))})
        assert sent.status_code == 302
    claim = NameClaim.objects.get()
    clock.news()
    amina = client_of(people.amina)
    assert "A steward asks whether you wrote this" in page(amina, "/for-you")
    own = page(amina, "/name-claims")
    assert "Berit Ek" in own and "A mail from outside" in own and WORDS not in own
    # Nothing stands there before she says so.
    conversation = f"/conversations/{address_of(share)[0]}"
    assert "Amina" not in page(client_of(people.karin), conversation)
    amina.post(f"/name-claims/{claim.public_id}", {"do": "yes", "key": key_on(own)})
    assert "(outside Communis as Berit Ek)" in page(client_of(people.karin), conversation)
    # The letter is hers now; she does not come to read what others say there.
    line = Line.everything.get(contribution_id=Arrived.objects.get().contribution_id).public_id
    assert amina.get(f"/lines/{line}").status_code == 404
    assert "Do you know who wrote?" not in page(leyla, PAGE)


def test_it_is_opened_further_only_with_a_yes_of_who_claimed_it(people: Cast) -> None:
    share, address = opened(people)
    letter = let_in(people, arrives(address, from_outside(), sender=BERIT))
    conversation = address_of(share)[0]
    all_employees = Choice(Rung.ORGANISATION)
    propose(conversation, all_employees, "Fler borde läsa.", by=people.karin)
    assert not Consent.everything.exists()
    claim_name(address_of(letter)[1], "", by=people.sofia)
    settle(NameClaim.objects.get().public_id, True, "", by=people.leyla)
    propose(conversation, all_employees, "Fler borde läsa.", by=people.sofia)
    assert [one.person_id for one in Consent.everything.all()] == [people.sofia.id]
