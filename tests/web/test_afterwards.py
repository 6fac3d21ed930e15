"""Afterwards, through its pages: what came of it, who wants to help, what rests, and a question from end to end."""

import re

from django.test import Client

from communis.answers.answering import Given, Wording, give_answer, open_answers
from communis.answers.verdicts import Verdict
from communis.conversations.contributing import contribute, start
from communis.conversations.effects import Effect
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.moving import move
from communis.conversations.words import Terms
from communis.journal import moments
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from tests.answers.town import Answering
from tests.cast import to_all
from tests.clock import Clock
from tests.web.forms import client_of, key_on, page

YES = Given(Verdict.YES, Wording("Ja, vi gör det."))
TOLD = {
    "words": "Vi bytte stol i mars.",
    "effect": "Det går fortare.",
    "goal": "Kortare väntan",
    "do": "send",
}


def parts(shown: str) -> list[str]:
    """The three parts of the page about a question, without tags."""
    found = re.findall(r'<section class="became".*?</section>', shown, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_from_the_yes_to_what_came_of_it(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    conversation, line = address_of(share)
    elin, karin, amina = client_of(people.elin), client_of(people.karin), client_of(people.amina)
    here = f"/conversations/{conversation}"
    assert "Asked" in page(amina, here) and "I want to help" not in page(amina, here)
    give_answer(asked, YES, by=people.karin)
    # Nothing on the way shows to others: neither a state nor a way to help.
    assert 'class="state">Asked' in page(amina, here) and "I want to help" not in page(amina, here)
    clock.forward(25 * moments.HOUR)
    open_answers()
    assert 'class="state">Answered' in page(amina, here) and "Tell what came of it" not in page(amina, here)
    [form] = re.findall(r'href="(/lines/\w+/outcomes)"', page(karin, here))
    assert amina.get(form).status_code == elin.get(form).status_code == 404
    key = key_on(page(karin, form))
    refused = karin.post(form, {**TOLD, "key": key, "words": "Ett. Två. Tre."})
    assert refused.status_code == 422 and "Det går fortare." in refused.content.decode()
    # All employees read it, so that a name is asked about first.
    named = karin.post(form, {**TOLD, "key": key, "effect": "Johan Åkerlind blev snabbare."})
    assert "Before it goes" in named.content.decode() and not Effect.objects.exists()
    assert karin.post(form, {**TOLD, "key": key})["Location"] == here
    shown = page(amina, here)
    assert 'class="state">Done' in shown and "Toward the goal: Kortare väntan" in shown
    assert shown.index("Vi bytte stol i mars.") < shown.index('<article class="c')
    assert 'value="Kortare väntan"' in page(karin, form)
    # Who wants to help stands there for those who work here, and one press takes it away.
    assert amina.post(f"/lines/{line}/helpers", {"wanted": "yes"})["Location"].startswith(here)
    assert "Want to help: Amina Warsame" in page(elin, here) and "Take my name off" in page(amina, here)
    amina.post(f"/lines/{line}/helpers", {"wanted": "no"})
    assert "Amina Warsame" not in page(elin, here)


def test_it_rests_in_the_same_ink(answering: Answering) -> None:
    people = answering.people
    conversation, line = address_of(to_all(Kind.IDEA, "Tänk om vi bytte stol.", people.elin))
    elin, amina = client_of(people.elin), client_of(people.amina)
    assert "Let it rest" in page(elin, f"/lines/{line}") and "Let it rest" not in page(
        amina, f"/lines/{line}"
    )
    amina.post(f"/lines/{line}/rests", {"wanted": "yes"})
    assert 'class="state"' not in page(amina, f"/conversations/{conversation}")
    elin.post(f"/lines/{line}/rests", {"wanted": "yes", "key": "r"})
    shown = page(amina, f"/conversations/{conversation}")
    assert '<p class="state">Rests</p>' in shown and f"/lines/{line}/answers" in shown
    elin.post(f"/lines/{line}/rests", {"wanted": "no", "key": "w"})
    assert 'class="state"' not in page(amina, f"/conversations/{conversation}")


def test_a_question_from_end_to_end(answering: Answering, clock: Clock) -> None:
    people = answering.people
    terms = Terms(Level.CONSULTATION, "Vad vi provar.")
    question = start(
        Kind.QUESTION, "Vad gör vi på måndag?", by=people.karin, choice=Choice(Rung.PUBLIC), terms=terms
    )
    conversation, line = address_of(question)
    here = f"/conversations/{conversation}/what-became"
    assert here in page(Client(), f"/conversations/{conversation}")
    empty = page(client_of(people.amina), here)
    assert "Nobody has answered the question here yet." in empty and "Nothing is told yet" in empty
    idea = contribute(line, "Byt stol en dag. Det räcker.", by=people.elin)
    narrow = contribute(line, "Bara internt.", by=people.amina, choice=Choice(Rung.ORGANISATION))
    contribute(line, "Jag läser allt.", by=people.karin)
    moved = contribute(line, "Frågan om tid.", by=people.nadja)
    move(address_of(moved)[1], "Nadja undrar om tid.", by=people.nadja)
    first, second = (answering.ask(one, by) for one, by in ((idea, people.elin), (narrow, people.amina)))
    give_answer(first, YES, by=people.karin)
    karin, amina, public = (
        client_of(people.karin),
        client_of(people.amina),
        Client(headers={"accept-language": "en"}),
    )
    asked, said, did = parts(page(amina, here))
    assert "Vad gör vi på måndag?" in asked and "Vad vi provar." in asked
    # In the order it was said; what the host says between is no idea; the branch that moved is.
    assert re.findall(r"(Byt stol en dag\.|Bara internt\.|Jag läser allt|Frågan om tid)", said) == [
        "Byt stol en dag.",
        "Bara internt.",
        "Frågan om tid",
    ]
    assert said.count("Asked") == 2 and did.count("Answer promised by") == 2 and "Ja, vi gör det" not in said
    clock.forward(25 * moments.HOUR)
    open_answers()
    [form] = re.findall(r'href="(/lines/\w+/outcomes)"', page(karin, f"/lines/{address_of(idea)[1]}"))
    # Anyone would read it: the finished page is shown first.
    first_look = karin.post(form, {**TOLD, "key": key_on(page(karin, form))}).content.decode()
    assert "As anyone will read it" in first_look and not Effect.objects.exists()
    karin.post(form, {**TOLD, "key": key_on(first_look), "do": "confirm"})
    assert second
    asked, said, did = parts(page(public, here))
    assert "Bara internt." not in said + did and "Yes" in said and "Done" in said
    # By goal, and nobody is named with it.
    assert did.startswith("We did Kortare väntan Vi bytte stol i mars. Det går fortare. It began with:")
    assert "Karin" not in did and "promised" not in did
    assert "Answer promised by" in parts(page(amina, here))[2]
    # Where nothing is asked there is no such page.
    other = address_of(to_all(Kind.IDEA, "En idé.", people.elin))[0]
    assert client_of(people.amina).get(f"/conversations/{other}/what-became").status_code == 404
