"""Conversation 2: the letter, opened to all employees as far as both said yes; and asked about once more."""

from collections.abc import Iterator

from communis.cli.demonstration.spoken import spoken
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.lines import line_seen
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.widening.answering import Answered, answer
from communis.widening.completing import choose_to_open, open_due
from communis.widening.future import asked_of
from communis.widening.models import Consent, Widening
from communis.widening.proposing import propose

# What Elin answers for her own two contributions: her letter without her name; the other stays between the two.
ELIN_ANSWERS = {"letter.opening": Consent.Way.WITHOUT_NAME, "letter.stand-ins": Consent.Way.NO}
# What Karin wants to show to anyone: the letter and what she said to it.
FOR_ANYONE = ("letter.opening", "letter.glad", "letter.hesitation", "letter.answer")


def happenings(town: Town) -> Iterator[Happening]:
    yield from spoken(town, "letter")
    # Between one working day and the next there may be a weekend: four days are enough and not too many.
    yield Happening(town.at("12 10:00"), lambda: _propose(town, "employees", Rung.ORGANISATION, days=4))
    yield Happening(town.at("11 20:30"), lambda: _elin_answers(town))
    # A no looks like silence, so the time has to run out before Karin can choose.
    yield Happening(town.at("8 11:00"), lambda: _karin_chooses(town))
    yield Happening(town.at("7 11:15"), open_due)
    # Elin has not answered this one: nothing has moved.
    yield Happening(
        town.at("2 11:05"), lambda: _propose(town, "anyone", Rung.PUBLIC, days=14, only=FOR_ANYONE)
    )


def _propose(town: Town, key: str, rung: Rung, *, days: int, only: tuple[str, ...] = ()) -> None:
    karin = town.persons["karin"]
    here = line_seen(town.line("letter.opening", "karin"), viewer_for(karin.id)).conversation_public_id
    reason = in_language(text_file("letter")["reasons"][key], town.language)
    lines = [town.line(one, "karin") for one in only] or None
    town.widenings[key] = propose(here, Choice(rung), reason, by=karin, days=days, lines=lines)


def _elin_answers(town: Town) -> None:
    elin = town.persons["elin"]
    widening = Widening.visible.to(viewer_for(elin.id)).get(public_id=town.widenings["employees"])
    ways = {town.said[key]: way for key, way in ELIN_ANSWERS.items()}
    answers = [
        Answered(asked.consent.line_id, ways[asked.shown.contribution], page=asked.page)
        for asked in asked_of(widening, elin)
    ]
    answer(widening.public_id, answers, by=elin)


def _karin_chooses(town: Town) -> None:
    choose_to_open(town.widenings["employees"], by=town.persons["karin"])
