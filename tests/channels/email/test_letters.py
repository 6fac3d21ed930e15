"""Mail at once: with the words its one reader may see, asked of the gate again when it leaves."""

import logging
import re
from contextlib import nullcontext
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpResponse
from django.test import Client

from communis.answers.asking import ask
from communis.answers.mandates import give_mandate
from communis.attention.mail_choices import choose_mail, may_be_mailed, want_mail
from communis.attention.models import Notice
from communis.channels.email.digests import queue_digests
from communis.channels.email.models import Outgoing
from communis.channels.email.sending import TRIES, Sent, send_due
from communis.channels.email.templates import HELD
from communis.conversations.contributing import contribute
from communis.conversations.following import follow
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Following
from communis.conversations.revising import revise, take_back
from communis.journal.models import Entry
from communis.journal.moments import DAY
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


def test_a_letter_comes_with_its_words_in_the_shape_of_every_mail(people: Cast, clock: Clock) -> None:
    share = letter("Tänk om **Kanariefågel** <b>.\n\nEtt stycke till.", people.elin, people.karin)
    conversation, line = address_of(share)
    assert send_due() == Sent(0, 0, 0)
    clock.news()
    assert send_due() == Sent(1, 0, 0)
    assert send_due() == Sent(0, 0, 0)
    (sent,) = mail.outbox
    message = sent.message()
    assert sent.to == ["karin@avinge.example"] and not sent.cc and not sent.bcc
    assert "Elin Forsgren har skrivit till dig." in sent.body and "Tänk om Kanariefågel <b>." in sent.body
    assert f"/conversations/{conversation}#{line}" in sent.body
    # Text first, and the same as light HTML that fetches nothing.
    text, light = message.get_payload()
    assert text.get_content_type() == "text/plain" and light.get_content_type() == "text/html"
    html = light.get_payload(decode=True).decode()
    assert "Kanariefågel &lt;b&gt;." in html and not re.search(r"<(?:img|link|style|script)|src=", html)
    # Narrow words, and the name, are nowhere but in the body.
    head = message.as_string().partition("\n\n")[0]
    assert sent.subject == "Någon har skrivit till dig"
    assert not [word for word in ("Kanarie", "Elin", "Forsgren", conversation, line) if word in head]
    assert message["Auto-Submitted"] == "auto-generated" and message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and message["List-Id"]
    assert message["In-Reply-To"] == message["References"] != message["Message-ID"]
    # The same words are the same bytes.
    assert sent.message().as_bytes() == message.as_bytes()


def test_answers_are_in_one_thread_of_each_reader_and_long_words_are_cut(people: Cast, clock: Clock) -> None:
    opening = letter("Tänk om.", people.elin, people.karin)
    clock.news()
    send_due()
    contribute(address_of(opening)[1], "Ja. " * 2000 + "Slutet.", by=people.karin)
    letter("Något annat.", people.elin, people.karin)
    clock.news()
    assert send_due().sent == 2
    to_karin, to_elin, _of_another = mail.outbox
    threads = [one.message()["References"] for one in mail.outbox]
    assert len(set(threads)) == 3 and to_elin.to == ["elin@avinge.example"]
    assert "Slutet" not in to_elin.body and "Resten finns på sidan." in to_elin.body
    assert len(to_elin.body) < 5000
    contribute(address_of(opening)[1], "En sak till.", by=people.elin)
    clock.news()
    assert send_due().sent == 1
    assert mail.outbox[-1].to == to_karin.to and mail.outbox[-1].message()["References"] == threads[0]


@pytest.mark.parametrize("who", ["the person", "the organisation"])
def test_without_words_a_mail_tells_only_that_something_is_there(
    people: Cast, clock: Clock, settings: Any, who: str
) -> None:
    if who == "the person":
        choose_mail(words=False, at_once=10, digests=1, by=people.karin)
    else:
        settings.MAIL_WORDS = False
    share = letter("Tänk om Kanariefågel.", people.elin, people.karin)
    clock.news()
    send_due()
    (sent,) = mail.outbox
    raw = sent.message().as_string() + sent.body
    assert not [word for word in ("Kanarie", "Elin", "Forsgren") if word in raw]
    assert "Någon har skrivit till dig i" in sent.body and address_of(share)[1] in sent.body


def test_only_what_all_employees_may_read_stands_in_the_subject(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Byt stol en förmiddag.", people.elin)
    follow(address_of(opening)[0], Following.Way.MAILED, by=people.nadja)
    contribute(address_of(opening)[1], "Det gör vi.", by=people.amina)
    only_nadja = Choice(Rung.DIRECT, persons=(people.nadja.public_id,))
    contribute(address_of(opening)[1], "Mellan oss.", by=people.amina, choice=only_nadja)
    clock.news()
    send_due()
    wide, narrow = (one for one in mail.outbox if one.to == ["nadja@avinge.example"])
    assert wide.subject == "Byt stol en förmiddag." and "Det gör vi." in wide.body
    assert narrow.subject == "Någon har skrivit till dig" and "Mellan oss." in narrow.body
    # Elin follows it in no such way: an answer to all waits for her digest.
    assert not [one for one in mail.outbox if one.to == ["elin@avinge.example"]]


def test_so_many_at_once_and_no_more(people: Cast, clock: Clock) -> None:
    choose_mail(words=True, at_once=2, digests=1, by=people.karin)
    for number in range(4):
        letter(f"Brev {number}.", people.elin, people.karin)
    clock.news()
    assert send_due() == Sent(2, 0, 0, left=2)
    clock.minutes(25 * 60)
    letter("Brev 4.", people.elin, people.karin)
    clock.news()
    assert send_due() == Sent(1, 0, 0)
    assert Outgoing.objects.filter(state=Outgoing.State.LEFT_TO_DIGEST).count() == 2


def test_a_correction_follows_the_mail_that_it_corrects(people: Cast, clock: Clock) -> None:
    _conversation, line = address_of(letter("Fyra kök.", people.elin, people.karin))
    clock.news()
    send_due()
    revise(line, "Fem kök.", by=people.elin, correction=True)
    clock.news()
    assert send_due() == Sent(1, 0, 0)
    first, second = mail.outbox
    assert second.to == first.to and "Fem kök." in second.body and "Elin" in second.body
    assert first.message()["References"] == second.message()["References"]
    assert first.message()["Message-ID"] != second.message()["Message-ID"]
    take_back(line, by=people.elin)
    Outgoing.objects.update(state=Outgoing.State.WAITING, due_at=0)
    assert send_due() == Sent(0, 2, 0)


def test_an_ask_comes_at_once_with_the_words_it_is_about(people: Cast, clock: Clock) -> None:
    about = to_all(Kind.IDEA, "Byt stol en förmiddag.", people.elin)
    mandate = give_mandate(people.karin, "Schema", by=people.leyla)
    ask(address_of(about)[1], mandate.public_id, by=people.elin, because="Du bestämmer.")
    clock.news()
    send_due()
    (sent,) = mail.outbox
    assert sent.to == ["karin@avinge.example"] and "Elin Forsgren:" in sent.body
    assert "Byt stol en förmiddag." in sent.body and "/to-answer" in sent.body and sent.reply_to


def test_each_receiver_has_a_mail_of_her_own(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    both = Choice(Rung.DIRECT, persons=(people.karin.public_id, people.elin.public_id))
    contribute(address_of(opening)[1], "Till er två.", by=people.amina, choice=both)
    clock.news()
    assert send_due().sent == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["elin@avinge.example", "karin@avinge.example"]
    assert len({one.message()["Message-ID"] for one in mail.outbox}) == 2


def test_what_nobody_waits_for_is_not_mailed_at_once(people: Cast, clock: Clock) -> None:
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
        want_mail(False, by=people.karin)
    else:
        follow(conversation, Following.Way.SILENT, by=people.karin)
    assert send_due() == Sent(0, 1, 0)
    assert mail.outbox == [] and send_due() == Sent(0, 0, 0)


def test_who_wants_none_gets_none(people: Cast, clock: Clock) -> None:
    want_mail(False, by=people.karin)
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
    people: Cast, clock: Clock, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
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


def test_a_fault_in_one_mail_holds_up_no_other(people: Cast, clock: Clock) -> None:
    broken = Outgoing.objects.create(
        person_id=people.elin.id, entry=0, template=HELD, message_id="<1@avinge.example>"
    )
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    assert send_due() == Sent(1, 0, 1)
    Outgoing.objects.filter(id=broken.id).update(tries=TRIES - 1, due_at=0)
    assert send_due() == Sent(0, 0, 1)
    assert Outgoing.objects.get(id=broken.id).state == Outgoing.State.GIVEN_UP


def test_killed_after_sending_it_goes_again_as_the_same_mail(
    people: Cast, clock: Clock, settings: Any
) -> None:
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    settings.EMAIL_BACKEND = f"{__name__}.Killed"
    with pytest.raises(KeyboardInterrupt):
        send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due() == Sent(0, 0, 0)
    clock.minutes(3)
    assert send_due() == Sent(1, 0, 0)
    first, second = (one.message()["Message-ID"] for one in mail.outbox)
    assert first == second and len(first) > 32


def test_a_death_is_no_failed_try(people: Cast, clock: Clock, settings: Any) -> None:
    """However often whoever sends it dies, and the server fails as often as it may besides."""
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    sent_by = settings.EMAIL_BACKEND
    for _ in range(TRIES - 1):
        for backend in ("Killed", "Killed", "Failing"):
            settings.EMAIL_BACKEND = f"{__name__}.{backend}"
            with pytest.raises(KeyboardInterrupt) if backend == "Killed" else nullcontext():
                send_due()
            clock.minutes(6 * 60 + 1)
    waiting = Outgoing.objects.get()
    assert (waiting.state, waiting.tries, waiting.deaths) == (Outgoing.State.WAITING, TRIES - 1, 0)
    settings.EMAIL_BACKEND = f"{__name__}.Killed"
    for _ in range(TRIES * 2):
        with pytest.raises(KeyboardInterrupt):
            send_due()
        clock.minutes(6 * 60 + 1)
    mail.outbox.clear()
    settings.EMAIL_BACKEND = sent_by
    assert send_due() == Sent(1, 0, 0)
    sent = Outgoing.objects.get()
    assert (sent.state, sent.tries, sent.deaths) == (Outgoing.State.SENT, TRIES - 1, 0)


def test_one_press_stops_all_mail_and_tells_nothing(people: Cast, clock: Clock) -> None:
    letter("Tänk om Kanariefågel.", people.elin, people.karin)
    letter("Kvar.", people.elin, people.amina)
    clock.news()
    send_due()
    told, _other = mail.outbox
    address = told.message()["List-Unsubscribe"].strip("<>").removeprefix(settings.BASE_URL)
    assert address in told.body
    browser, unknown = Client(enforce_csrf_checks=True), f"/stop-mail/{'a' * 26}"
    one_click = {"List-Unsubscribe": "One-Click"}

    def same_but_for_the_key(path: str, answer: HttpResponse) -> tuple[int, str]:
        page = answer.content.decode().replace(path, "")
        return answer.status_code, re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page)

    looks = [same_but_for_the_key(where, browser.get(where)) for where in (unknown, address)]
    assert looks[0] == looks[1] and may_be_mailed(people.karin.id)
    presses = [same_but_for_the_key(where, browser.post(where, one_click)) for where in (unknown, address)]
    assert presses[0] == presses[1] and presses[0][0] == 200 and "Kanarie" not in str(looks + presses)
    assert not may_be_mailed(people.karin.id) and may_be_mailed(people.amina.id)
    letter("Igen.", people.elin, people.karin)
    clock.news()
    assert send_due() == Sent(0, 0, 0)
    # After half a year the link stops nothing, and looks the same.
    want_mail(True, by=people.karin)
    clock.minutes(181 * 24 * 60)
    assert browser.post(address, one_click).status_code == 200 and may_be_mailed(people.karin.id)


@pytest.mark.parametrize("what", ["taken back", "closed"])
def test_killed_after_sending_it_goes_never_again_to_who_lost_access(
    people: Cast, clock: Clock, settings: Any, what: str
) -> None:
    """K9: a letter and a digest, killed between the server's yes and the note of it."""
    sent_by = settings.EMAIL_BACKEND
    _conversation, line = address_of(letter("Kanariefågel.", people.elin, people.karin))
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    answer = contribute(address_of(idea)[1], "Kanariefågel.", by=people.elin)
    clock.news()
    clock.minutes(24 * 60)
    queue_digests()
    settings.EMAIL_BACKEND = f"{__name__}.Killed"
    while Outgoing.objects.filter(deaths=0).exists():
        with pytest.raises(KeyboardInterrupt):
            send_due()
    to_karin = [one for one in mail.outbox if one.to == ["karin@avinge.example"]]
    assert len(to_karin) == 2 and len({one.message()["Message-ID"] for one in to_karin}) == 2
    mail.outbox.clear()
    settings.EMAIL_BACKEND = sent_by
    if what == "taken back":
        take_back(line, by=people.elin)
        take_back(address_of(answer)[1], by=people.elin)
    else:
        actions.close_sign_in(people.karin, by=people.leyla)
    clock.minutes(3)
    send_due()
    again = [one for one in mail.outbox if one.to == ["karin@avinge.example"]]
    assert "Kanarie" not in str([one.body for one in again])
    # Of the digest what she may still see goes again, as the same mail.
    assert {one.message()["Message-ID"] for one in again} <= {one.message()["Message-ID"] for one in to_karin}
    assert not again if what == "closed" else len(again) <= 1


def test_what_is_days_old_is_left_to_the_digest(people: Cast, clock: Clock) -> None:
    """So after a worker that stood still, and in the demonstration, whose past is weeks long."""
    letter("Tänk om.", people.elin, people.karin)
    clock.forward(3 * DAY)
    clock.news()
    assert Notice.everything.filter(person_id=people.karin.id).exists()
    assert not Outgoing.objects.exists()
