"""What was tried here before, as the steward wrote it down; and what someone says has changed since."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from communis.answers.trials.changing import say_changed
from communis.answers.trials.words import TEXTS, Words
from communis.answers.trials.writing import Around, write_trial
from communis.cli.demonstration.days import next_day
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import STEWARD, Town
from communis.openness.rungs import Rung


def happenings(town: Town) -> Iterator[Happening]:
    for key, about in text_file("trials").items():
        yield Happening(town.at(about["at"]), partial(_write, town, key, about))
        if "wakes" in about:
            yield Happening(town.at(about["wakes"]["at"]), partial(_wake, town, key, about["wakes"]))


def _write(town: Town, key: str, about: dict[str, Any]) -> None:
    said: dict[str, Any] = {name: in_language(about[name], town.language) for name in TEXTS}
    words = Words(
        **said,
        year=about["year"],
        review_on=next_day(about["again"], town.begins) if "again" in about else None,
    )
    rung = Rung.PUBLIC if about.get("open") else Rung.ORGANISATION
    around = Around(rung, guardian=town.persons[about["guardian"]])
    town.trials[key] = write_trial(words, around, by=town.persons[STEWARD])


def _wake(town: Town, key: str, about: dict[str, Any]) -> None:
    say_changed(town.trials[key], in_language(about, town.language), by=town.persons[about["who"]])
