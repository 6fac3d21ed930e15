"""*Already tried* in the browser: gone through by theme, unit, reason and year; written, changed, woken and fetched."""

import json
import xml.etree.ElementTree as tree
from dataclasses import replace

from django.test import Client

from communis.answers.answering import Given, Wording, give_answer
from communis.answers.trials.changing import say_changed
from communis.answers.trials.models import Change, Trial
from communis.answers.trials.writing import Around, write_trial
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations.lines import address_of
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.stewarding import set_protected
from tests.answers.town import Answering
from tests.answers.trials.test_trials import POOL
from tests.clock import Clock
from tests.web.forms import client_of, page

ATOM = "{http://www.w3.org/2005/Atom}"
LETTER = {
    "what": "Praktikdag",
    "place": "Biblioteket",
    "year": "2023",
    "reason": "Ingen täckte.",
    "reason_kind": "7",
    "would_change": "Någon täcker två timmar.",
    "audience": "organisation",
}


def test_it_is_gone_through_by_what_it_is(answering: Answering) -> None:
    people = answering.people
    unit = actions.found_circle("Gata och park", by=people.leyla, unit=True, authority="Tekniska nämnden")
    write_trial(POOL, Around(Rung.PUBLIC, unit, people.nadja), by=people.karin)
    other = replace(POOL, what="Kvällsöppet <b>", theme="Tid", year=2021, reason_kind=ReasonKind.MONEY)
    write_trial(replace(other, declined=True, period=""), Around(), by=people.karin)
    signed_in, signed_out = client_of(people.amina), Client()
    assert "Tried 2023–2024 in Gata och park" in page(signed_in, "/already-tried")
    assert "Declined 2021 in Gata och park" in page(signed_in, "/already-tried")
    for query, finds in (
        ("theme=Tid", "Kvällsöppet &lt;b&gt;"),
        ("reason=1", "Kvällsöppet &lt;b&gt;"),
        ("year=2021", "Kvällsöppet &lt;b&gt;"),
        (f"unit={unit.public_id}", "Gemensam cykelpool"),
    ):
        shown = page(signed_in, f"/already-tried?{query}")
        assert finds in shown and shown.count('class="words"') == 1, query
    for query in ("year=x", "year=99999", "reason=²", "unit=x", "theme=Annat", "page=9"):
        assert 'class="words"' not in page(signed_in, f"/already-tried?{query}")
    shown = page(signed_out, "/already-tried")
    assert "Gemensam cykelpool" in shown and "Kvällsöppet" not in shown and "Tid" not in shown
    for name, client in (("Nadja", signed_in), ("", signed_out)):
        made = Trial.everything.get(what="Gemensam cykelpool").public_id
        shown = page(client, f"/already-tried/{made}")
        assert "Lås utan nyckel." in shown and ("Nadja" in shown) == bool(name) and "Karin" not in shown
    hidden = Trial.everything.get(what="Kvällsöppet <b>").public_id
    assert signed_out.get(f"/already-tried/{hidden}").status_code == 404


def test_programs_fetch_what_is_open_to_anyone(answering: Answering) -> None:
    people = answering.people
    empty = Client().get("/already-tried/feed.atom").content
    assert tree.fromstring(empty).findall(f"{ATOM}entry") == []
    made = write_trial(
        replace(POOL, what="Cykel & <pool>"), Around(Rung.PUBLIC, None, people.nadja), by=people.karin
    )
    write_trial(replace(POOL, what="Kanariefågel"), Around(), by=people.karin)
    say_changed(made, "Kanariefågel.", by=people.amina)
    for client in (Client(), client_of(people.karin)):
        answer = client.get("/already-tried/feed.atom")
        [entry] = tree.fromstring(answer.content).findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "Cykel & <pool>"
        again = client.get("/already-tried/feed.atom", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
        found = client.get("/already-tried.json")
        [said] = json.loads(found.content)["trials"]
        assert said["what"] == "Cykel & <pool>" and said["reason_kind"] == "other" and said["year"] == 2023
        for name in (b"Nadja", b"Karin", "Kanariefågel".encode()):
            assert name not in answer.content + found.content


def test_what_is_written_is_kept_when_something_is_missing_or_found(answering: Answering) -> None:
    people = answering.people
    assert client_of(people.amina).get("/already-tried/new").status_code == 404
    client = client_of(people.karin)
    answer = client.post("/already-tried/new", {**LETTER, "year": "22", "theme": "Byten"})
    assert answer.status_code == 422 and "Byten" in answer.content.decode()
    named = {**LETTER, "result": "Elin Forsgren kom inte iväg."}
    answer = client.post("/already-tried/new", {**named, "key": "k"})
    shown = answer.content.decode()
    assert "Elin Forsgren</q>" in shown and not Trial.everything.exists()
    token, mask = (
        shown.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("checked", "mask")
    )
    answer = client.post("/already-tried/new", {**named, "mask": mask})
    assert "a colleague kom inte iväg." in answer.content.decode().lower()
    answer = client.post("/already-tried/new", {**named, "key": "k", "checked": token})
    trial = Trial.everything.get()
    assert answer["Location"] == f"/already-tried/{trial.public_id}" and trial.theme == ""
    changed = {**LETTER, "guardian": people.nadja.public_id, "review_on": "2030-03-31", "key": "c"}
    assert client.get(f"{answer['Location']}/revisions").status_code == 200
    assert client.post(f"{answer['Location']}/revisions", changed).status_code == 302
    trial = Trial.everything.get()
    assert trial.guardian_id == people.nadja.id and trial.result == ""
    # Whoever was chosen stays when no list has her any more.
    set_protected(people.nadja, True, by=people.leyla)
    assert client.post(f"{answer['Location']}/revisions", {**LETTER, "guardian": ":same"}).status_code == 302
    assert Trial.everything.get().guardian_id == people.nadja.id
    client_of(people.leyla).post(f"{answer['Location']}/takings-back")
    assert client.get(answer["Location"]).status_code == 404


def test_an_answer_leads_there(answering: Answering) -> None:
    people = answering.people
    letter, asked = answering.letter()
    given = give_answer(
        asked, Given(Verdict.NO, Wording("Nej.", "Ingen täcker."), ReasonKind.OTHER), by=people.karin
    )
    conversation = f"/conversations/{address_of(letter)[0]}"
    assert f"/answers/{given}/trials" in page(client_of(people.karin), conversation)
    assert f"/answers/{given}/trials" not in page(client_of(people.elin), conversation)
    assert client_of(people.elin).get(f"/answers/{given}/trials").status_code == 404
    shown = page(client_of(people.karin), f"/answers/{given}/trials")
    assert "Tänk om vi satt hos någon annan en förmiddag." in shown and "Ingen täcker." in shown
    answer = client_of(people.karin).post(f"/answers/{given}/trials", LETTER)
    assert answer.status_code == 302
    for person in (people.karin, people.elin):
        assert answer["Location"] in page(client_of(person), conversation)
    assert client_of(people.amina).get(answer["Location"]).status_code == 404


def test_something_has_changed_wakes_it(answering: Answering, clock: Clock) -> None:
    people = answering.people
    made = write_trial(POOL, Around(Rung.PUBLIC, None, people.nadja), by=people.karin)
    amina, address = client_of(people.amina), f"/already-tried/{made}/changes"
    assert amina.post(address, {"text": " "}).status_code == 422
    found = amina.post(address, {"text": "Elin Forsgren har köpt lås."}).content.decode()
    assert "Elin Forsgren har köpt lås." in found and not Change.everything.exists()
    for _ in range(2):
        assert amina.post(address, {"text": "Nu finns lås.", "key": "k"}).status_code == 302
    assert Change.everything.count() == 1
    assert "Nu finns lås." in page(amina, f"/already-tried/{made}")
    assert "Nu finns lås." not in page(Client(), f"/already-tried/{made}")
    clock.news()
    nadja = client_of(people.nadja)
    assert "Something has changed about what" in page(nadja, "/for-you") and POOL.what in page(
        nadja, "/for-you"
    )
    page(nadja, f"/already-tried/{made}")
    assert "Something has changed" not in page(nadja, "/")
    change = Change.everything.get().public_id
    assert nadja.post(f"/already-tried/changes/{change}/takings-back").status_code == 404
    assert amina.post(f"/already-tried/changes/{change}/takings-back").status_code == 302
    assert "Nu finns lås." not in page(amina, f"/already-tried/{made}")
