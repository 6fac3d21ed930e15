"""A conversation as its text file has it: who says what, answers what, when and to whom; and saying it."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from communis.cli.demonstration.answered import answered, asked, helped, told
from communis.cli.demonstration.days import working_day
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind, Level, Sign, Wish
from communis.conversations.reacting import react
from communis.conversations.revising import revise
from communis.conversations.words import Quoted, Terms
from communis.journal.moments import MINUTE
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung

SIGNS = {"thanks": Sign.THANKS, "point": Sign.POINT, "friendly_no": Sign.FRIENDLY_NO}
# Whoever gives a sign has read first; the next a little later.
READING = 25 * MINUTE


class Said(NamedTuple):
    """One thing said. ``key`` is what it is called, ``answers`` what that is called which it answers."""

    key: str
    answers: str | None
    at: int
    about: dict[str, Any]


def said_in(name: str, town: Town) -> list[Said]:
    """All that is said in the conversation, in the order of its file."""
    found: list[Said] = []
    above: list[str] = []
    for number, about in enumerate(text_file(name)["said"]):
        key = f"{name}.{about.get('key', number)}"
        del above[about["level"] :]
        answers = above[-1] if above else None
        found.append(Said(key, answers, working_day(about["at"], town.begins), about))
        above.append(key)
    return found


def spoken(town: Town, name: str) -> Iterator[Happening]:
    """The whole conversation: what is said, the signs that are given, what is corrected."""
    yield from asked(town, name)
    yield from helped(town, name)
    for said in said_in(name, town):
        if "verdict" in said.about:
            yield from answered(town, name, said.key, said.about, said.at)
        elif said.about.get("outcome"):
            yield Happening(said.at, partial(_tell, town, said))
        else:
            yield Happening(said.at, partial(_say, town, name, said))
        givers = [(sign, who) for word, sign in SIGNS.items() for who in said.about.get(word, [])]
        for number, (sign, who) in enumerate(givers, start=1):
            yield Happening(said.at + number * READING, partial(_give, town, said, sign, who))
        if "corrected" in said.about:
            corrected = said.about["corrected"]
            yield Happening(town.at(corrected["at"]), partial(_correct, town, said))


def _say(town: Town, name: str, said: Said) -> None:
    who = said.about["who"]
    by, text = town.persons[who], in_language(said.about, town.language)
    role = town.roles[who] if said.about.get("in_role") else None
    if said.answers is None:
        share = start(
            Kind[text_file(name)["kind"].upper()],
            text,
            by=by,
            choice=_choice(text_file(name)["audience"], town),
            role=role,
            terms=_terms(text_file(name), town),
            wishes=[Wish[wish.upper()] for wish in text_file(name).get("wishes", [])],
        )
    else:
        line = town.line(said.answers, who)
        quotes = (
            [Quoted(line, in_language(said.about["about"], town.language))] if "about" in said.about else []
        )
        kind = Kind[said.about.get("kind", "comment").upper()]
        share = contribute(line, text, by=by, kind=kind, role=role, quotes=quotes)
    town.said[said.key] = share.contribution_id


def _tell(town: Town, said: Said) -> None:
    town.said[said.key] = told(town, said.about, said.answers or "")


def _choice(audience: str, town: Town) -> Choice:
    rung, _, named = (part.strip() for part in audience.partition(":"))
    if rung == "direct":
        return Choice(Rung.DIRECT, persons=(town.persons[named].public_id,))
    if rung == "circle":
        return Choice(Rung.CIRCLE, circles=(town.circles[named].public_id,))
    return Choice(Rung[rung.upper()])


def _terms(about: dict[str, Any], town: Town) -> Terms | None:
    if "influence" not in about:
        return None
    hosts = tuple(town.persons[who].id for who in about.get("hosts", []))
    scope = in_language(about["scope"], town.language)
    return Terms(Level[about["influence"].upper()], scope, hosts=hosts)


def _give(town: Town, said: Said, sign: Sign, who: str) -> None:
    react(town.line(said.key, who), sign, by=town.persons[who])


def _correct(town: Town, said: Said) -> None:
    who = said.about["who"]
    words = in_language(said.about["corrected"], town.language)
    revise(town.line(said.key, who), words, by=town.persons[who], correction=True)
