"""What is asked in a conversation, how it is answered and what comes of it, as its text file has it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from communis.answers.answering import Given, Wording, give_answer, open_answers, replace_answer
from communis.answers.asking import ask, promise_new_day
from communis.answers.helping import offer_help
from communis.answers.outcomes import Outcome, tell_outcome
from communis.answers.showing import contribution_of
from communis.answers.verdicts import Verdict
from communis.cli.demonstration.days import next_day
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.lines import line_seen
from communis.people.holdings import viewer_for


def asked(town: Town, name: str) -> Iterator[Happening]:
    """Whoever opened the conversation or said what is named asks for an answer; another day may be promised: today."""
    about = text_file(name).get("asked")
    if about is None:
        return
    yield Happening(town.at(about["at"]), partial(_ask, town, name, about))
    if "moved" in about:
        yield Happening(town.at(about["moved"]["at"]), partial(_promise_today, town, name, about))


def _ask(town: Town, name: str, about: dict[str, Any]) -> None:
    key = about.get("about", "opening")
    who = next(said["who"] for said in text_file(name)["said"] if said.get("key") == key)
    line = town.line(f"{name}.{key}", who)
    because = in_language(about, town.language) if "sv" in about else ""
    town.asks[name] = ask(line, town.mandates[about["of"]], by=town.persons[who], because=because)


def _promise_today(town: Town, name: str, about: dict[str, Any]) -> None:
    by = town.persons[about["of"]]
    promise_new_day(town.asks[name], town.begins, in_language(about["moved"], town.language), by=by)


def answered(town: Town, name: str, key: str, about: dict[str, Any], at: int) -> Iterator[Happening]:
    """Given at one moment, and read by all at another: after the heads-up."""
    given = town.at(about["given"]) if "given" in about else at
    yield Happening(given, partial(_answer, town, name, key, about))
    yield Happening(at, partial(_opens, town, key))


def _answer(town: Town, name: str, key: str, about: dict[str, Any]) -> None:
    words, _, reason = in_language(about, town.language).partition("\n\n")
    given = Given(
        Verdict[about["verdict"].upper()],
        Wording(words, reason),
        again=next_day(about["again"], town.begins) if "again" in about else None,
    )
    who = about["who"]
    by, role = town.persons[who], town.roles[who] if about.get("in_role") else None
    if "replaces" in about:
        earlier = town.answers[f"{name}.{about['replaces']}"]
        town.answers[key] = replace_answer(earlier, given, by=by, role=role)
    else:
        town.answers[key] = give_answer(town.asks[name], given, by=by, role=role)


def _opens(town: Town, key: str) -> None:
    open_answers()
    town.said[key] = contribution_of(town.answers[key])


def told(town: Town, about: dict[str, Any], answer: str) -> int:
    """What came of the answer of this name; returns the contribution that tells it."""
    who = about["who"]
    by, role = town.persons[who], town.roles[who] if about.get("in_role") else None
    said = (in_language(part, town.language) for part in (about, about["effect"], about["goal"]))
    words, effect, goal = said
    line = tell_outcome(town.line(answer, who), Outcome(words, effect=effect, goal=goal), by=by, role=role)
    return line_seen(line, viewer_for(by.id)).share.contribution


def helped(town: Town, name: str) -> Iterator[Happening]:
    """Someone wants to help with what got a yes."""
    about = text_file(name).get("helped")
    if about is not None:
        yield Happening(town.at(about["at"]), partial(_help, town, name, about))


def _help(town: Town, name: str, about: dict[str, Any]) -> None:
    who = about["who"]
    offer_help(town.line(f"{name}.{about.get('about', 'opening')}", who), by=town.persons[who])
