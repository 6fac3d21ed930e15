"""The queue, the answer form and asking, through their pages."""

import datetime

from django.test import Client

from communis.answers.answering import open_answers
from communis.answers.models import Answer, Ask
from communis.answers.promises import today
from communis.answers.verdicts import Verdict
from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.journal import moments
from tests.answers.town import Answering
from tests.cast import to_all
from tests.clock import Clock
from tests.web.forms import client_of, key_on, page

NO = {"verdict": "4", "words": "Nej, inte i år.", "reason": "Pengarna räcker inte.", "reason_kind": "1"}


def give(client: Client, ask: str, **fields: str) -> object:
    address = f"/asks/{ask}"
    return client.post(address, {"key": key_on(page(client, address)), "do": "send", **fields})


def test_from_the_ask_to_the_answer(answering: Answering, clock: Clock) -> None:
    people = answering.people
    conversation, line = address_of(to_all(Kind.IDEA, "Tänk om vi bytte stol.", people.elin))
    elin, karin, amina = client_of(people.elin), client_of(people.karin), client_of(people.amina)
    # Before anything was ever asked of her there is an example; for who holds no mandate there is none.
    assert "This is an example" in page(karin, "/to-answer")
    assert "This is an example" not in page(elin, "/to-answer")
    ask_page = page(elin, f"/lines/{line}/asks")
    assert "Promises an answer within 14 days." in ask_page and "Johan" in ask_page
    form = {"key": key_on(ask_page), "mandate": answering.karins.public_id, "because": "det brådskar"}
    assert elin.post(f"/lines/{line}/asks", form)["Location"].startswith(f"/conversations/{conversation}")
    for client in (elin, amina):
        assert "Answer promised by" in page(client, f"/conversations/{conversation}")
    # Why it is important is for the one who is asked alone.
    assert "det brådskar" not in page(amina, f"/conversations/{conversation}")
    assert "One waits for your answer." in page(karin, "/")
    queue = page(karin, "/to-answer")
    assert "det brådskar" in queue and "Tänk om vi bytte stol." in queue
    assert "This is an example" not in queue
    assert "Nothing waits." in page(elin, "/to-answer")
    [ask] = Ask.everything.values_list("public_id", flat=True)
    give(karin, ask, **NO)
    assert "Nothing waits." in page(karin, "/to-answer")
    early = page(elin, f"/conversations/{conversation}")
    assert "Only you read this yet." in early and "Nej, inte i år." in early
    assert "Nej, inte i år." not in page(amina, f"/conversations/{conversation}")
    clock.forward(25 * moments.HOUR)
    open_answers()
    shown = page(amina, f"/conversations/{conversation}")
    assert (
        shown.index('id="straight-answer"')
        < shown.index("Nej, inte i år.")
        < shown.index('<article class="c')
    )
    assert "Kind of reason: money." in shown and "No, because" in shown


def test_a_refusal_keeps_all_that_was_typed(answering: Answering) -> None:
    people = answering.people
    _share, ask = answering.letter()
    karin = client_of(people.karin)
    refused = give(karin, ask, **{**NO, "reason": "", "unknown": "Taket läcker."})
    html = refused.content.decode()  # type: ignore[attr-defined]
    assert refused.status_code == 422 and "A no needs its reason." in html  # type: ignore[attr-defined]
    assert "Nej, inte i år." in html and "Taket läcker." in html
    assert 'value="4" checked' in html and not Answer.everything.exists()


def test_shown_as_it_will_be_read_and_what_blurs(answering: Answering) -> None:
    _share, ask = answering.letter()
    karin = client_of(answering.people.karin)
    address = f"/asks/{ask}"
    form = {**NO, "key": key_on(page(karin, address)), "do": "show", "reason": "Vi tittar på det framöver."}
    html = karin.post(address, form).content.decode()
    assert "As the one who asked will read it" in html and "Words that blur" in html
    assert not Answer.everything.exists()
    piece = karin.post("/to-answer/blurs", form).content.decode()
    assert "Words that blur" in piece and "<html" not in piece


def test_handed_over_another_day_and_a_stake(answering: Answering) -> None:
    people = answering.people
    share, ask = answering.idea()
    karin, johan = client_of(people.karin), client_of(people.johan)
    day = (today() + datetime.timedelta(days=40)).isoformat()
    refused = karin.post(f"/asks/{ask}/days", {"day": day, "because": "", "key": ""})
    assert refused.status_code == 422 and day in refused.content.decode()
    karin.post(f"/asks/{ask}/days", {"day": day, "because": "Budgeten tas i maj.", "key": ""})
    assert Ask.everything.get().promised.isoformat() == day
    # Why is for who asked, and for who has the ask.
    conversation = f"/conversations/{address_of(share)[0]}"
    for person, told in ((people.elin, True), (people.karin, True), (people.amina, False)):
        html = page(client_of(person), conversation)
        assert "promised another day" in html and ("Budgeten tas i maj." in html) is told
    karin.post(f"/asks/{ask}/conflicts", {})
    assert "you have a stake in it" in page(karin, "/to-answer")
    assert "Give the answer" not in page(karin, f"/asks/{ask}")
    karin.post(f"/asks/{ask}/hand-overs", {"mandate": answering.johans.public_id, "key": ""})
    assert karin.get(f"/asks/{ask}").status_code == 404
    assert "Give the answer" in page(johan, f"/asks/{ask}")


def test_taken_back_and_changed(answering: Answering) -> None:
    people = answering.people
    _share, ask = answering.letter()
    elin, karin = client_of(people.elin), client_of(people.karin)
    give(karin, ask, **NO)
    answer = Answer.everything.get().public_id
    assert elin.get(f"/answers/{answer}/replacements").status_code == 404
    address = f"/answers/{answer}/replacements"
    key = key_on(page(karin, address))
    karin.post(address, {"key": key, "do": "send", "verdict": "1", "words": "Ja, jag har ändrat mig."})
    assert [one.verdict for one in Answer.everything.order_by("id")] == [Verdict.NO, Verdict.YES]
    _share, other = answering.idea()
    elin.post(f"/asks/{other}/takings-back", {})
    assert karin.get(f"/asks/{other}").status_code == 302
    assert elin.post(f"/asks/{ask}/takings-back", {}).status_code == 302
    assert Ask.everything.get(public_id=ask).state == Ask.State.ANSWERED


def test_a_promise_and_mandates(answering: Answering) -> None:
    people = answering.people
    karin, leyla = client_of(people.karin), client_of(people.leyla)
    assert karin.post("/to-answer/promise", {"days": "x"}).status_code == 422
    karin.post("/to-answer/promise", {"days": "7", "closed_until": "", "because": ""})
    assert "within 7 days" in page(karin, "/to-answer")
    assert "Write down a mandate" not in page(karin, "/mandates")
    form = {
        "subject": "parker",
        "person": people.amina.public_id,
        "unit": "",
        "hosts": [people.nadja.public_id],
    }
    leyla.post("/mandates", form)
    html = page(karin, "/mandates")
    assert "parker" in html and "Nadja" in html
    assert leyla.post("/mandates", {**form, "person": ""}).status_code == 422
    karin.post(f"/mandates/{answering.karins.public_id}/ends", {})
    assert "arbetssätt" in page(karin, "/mandates")
    leyla.post(f"/mandates/{answering.karins.public_id}/ends", {})
    assert "arbetssätt" not in page(karin, "/mandates")


def test_asked_for_while_one_writes(answering: Answering) -> None:
    """Sent first, then whom one asks and by when: the promise is seen before asking, and undoing stays possible."""
    people = answering.people
    elin = client_of(people.elin)
    html = page(elin, "/write?kind=idea")
    form = {
        "key": key_on(html),
        "kind": "idea",
        "text": "Tänk om vi bytte stol.",
        "audience": "direct",
        "persons": [people.karin.public_id],
        "said_persons": people.karin.public_id,
        "wants_answer": "yes",
        "do": "send",
    }
    sent = elin.post("/write", form)
    assert sent.status_code == 302 and "/asks?sent=" in sent["Location"]
    asking = page(elin, sent["Location"])
    assert "Promises an answer within 14 days." in asking and "Undo" in asking and "Johan" not in asking
    line = sent["Location"].split("/")[2]
    elin.post(f"/lines/{line}/asks", {"key": key_on(asking), "mandate": answering.karins.public_id})
    assert "One waits for your answer." in page(client_of(people.karin), "/")


def test_an_answer_to_a_comment_is_read_first_by_who_wrote_it(answering: Answering, clock: Clock) -> None:
    """Also when another one asked: whoever looks after the conversation learns nothing before the others."""
    people = answering.people
    conversation, line = address_of(to_all(Kind.IDEA, "Tänk om vi bytte stol.", people.elin))
    comment = contribute(line, "Parvis, då.", by=people.amina)
    own = address_of(comment)[1]
    ask = answering.ask(comment, people.elin)
    clock.news()
    give(client_of(people.karin), ask, **NO)
    clock.news()
    told = Notice.everything.filter(reason=Notice.Reason.ANSWER_GIVEN)
    assert [one.person_id for one in told] == [people.amina.id]
    early = page(client_of(people.amina), f"/lines/{own}")
    assert "Only you read this yet." in early and "Nej, inte i år." in early
    waits = page(client_of(people.elin), f"/lines/{own}")
    assert "Answer promised by" in waits and "Nej, inte i år." not in waits
    clock.forward(25 * moments.HOUR)
    open_answers()
    clock.news()
    persons = told.order_by("id").values_list("person_id", flat=True)
    assert list(persons) == [people.amina.id, people.elin.id]
    assert "Nej, inte i år." in page(client_of(people.elin), f"/conversations/{conversation}")


def test_far_too_long_is_shown_as_far_as_it_could_be_given(answering: Answering) -> None:
    _share, ask = answering.letter()
    karin = client_of(answering.people.karin)
    form = {**NO, "key": key_on(page(karin, f"/asks/{ask}")), "do": "show", "reason": "ord " * 60_000}
    assert karin.post(f"/asks/{ask}", form).status_code == 200
    assert give(karin, ask, **{**NO, "reason": "ord " * 60_000}).status_code == 422  # type: ignore[attr-defined]
