"""What was tried before is offered while one writes: to those who may see it, by its words of now."""

from dataclasses import replace

import pytest

from communis.answers.trials.models import Trial
from communis.answers.trials.writing import Around, change_trial, take_trial_back, write_trial
from communis.cli.demonstration.texts import text_file
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.search.models import TrialPiece
from communis.search.trials import catch_up_with_trials, similar_trials
from tests.answers.town import Answering
from tests.answers.trials.test_trials import POOL, drawn_by_karin
from tests.cast import Cast
from tests.clock import Clock
from tests.web.forms import client_of


def found(text: str, person: Person | None) -> list[str]:
    viewer = viewer_for(person.id) if person else PUBLIC_VIEWER
    return [one.what for one in similar_trials(text, viewer=viewer)]


def test_each_finds_what_each_may_see_by_its_words_of_now(answering: Answering, clock: Clock) -> None:
    people = answering.people
    asked = "Tänk om vi satt hos någon annan en förmiddag"
    _letter, _made = drawn_by_karin(answering)
    pool = replace(POOL, premise="Folk cyklar om cykeln finns.")
    made = write_trial(pool, Around(Rung.PUBLIC), by=people.karin)
    assert found("gemensamma cyklar", people.amina) == []
    clock.news()
    for person in (people.karin, people.elin):
        assert found(asked, person) == ["Tänk om vi satt hos någon annan en förmiddag."]
    for other in (people.amina, people.leyla, None):
        assert found(asked, other) == []
        assert found("Kan vi ha gemensamma cyklar?", other) == [POOL.what]
    assert found("hej", people.amina) == found("", people.amina) == []
    change_trial(made, replace(pool, what="Elbil att låna", premise=""), Around(Rung.PUBLIC), by=people.karin)
    clock.news()
    assert found("Kan vi ha gemensamma cyklar?", people.amina) == []
    assert found("En elbil till alla som vill låna", people.amina) == ["Elbil att låna"]
    take_trial_back(made, by=people.karin)
    assert found("En elbil till alla som vill låna", people.amina) == []
    clock.news()
    assert not TrialPiece.everything.filter(trial_id=Trial.everything.get(public_id=made).id).exists()


def test_what_was_written_before_there_were_hints_is_found(people: Cast, clock: Clock) -> None:
    write_trial(POOL, Around(), by=people.leyla)
    clock.news()
    TrialPiece.everything.all().delete()
    assert (catch_up_with_trials(), catch_up_with_trials()) == (1, 0)
    assert found("gemensam cykelpool", people.amina) == [POOL.what]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_letter_like_elins_meets_the_trainee_day(people: Cast, clock: Clock, language: str) -> None:
    """R17, R86: whoever begins such a letter reads what was tried before, in one line with its year and place."""
    for about in text_file("trials").values():
        said = {name: about[name][language] for name in ("what", "place", "period", "theme", "premise")}
        write_trial(replace(POOL, **said), Around(), by=people.leyla)
    clock.news()
    letter = text_file("letter")["said"][0][language]
    answer = client_of(people.elin).post(
        "/similar-thoughts", {"text": letter}, headers={"HX-Request": "true"}
    )
    shown = answer.content.decode()
    assert text_file("trials")["trainee_day"]["what"][language] in shown
    assert text_file("trials")["bicycles"]["what"][language] not in shown
    assert f"Tried {said['period']} in {said['place']}" in shown
