"""The adviser beside the page one writes on. What it is told lives in that form alone and is stored nowhere."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from communis.conversations import markdown
from communis.conversations.first_rungs import first_rungs
from communis.conversations.kinds import Wish
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.web import advice
from communis.web.advice import Belief
from communis.web.audience_words import first_names, joined
from communis.web.desks import Row
from communis.web.forms.writing import DRAFT
from communis.widening.check import check

# Fields of the form that are answered on the same page and kept by nobody. Wishes are: they go with the words.
NOT_KEPT = ("believes", "urgent")
WISHES = {wish.name.lower(): wish for wish in Wish}


class Told(NamedTuple):
    """What the writer has told, and what else the advice hangs on."""

    believes: str
    urgent: str
    wishes: Sequence[str]
    text: str


class Advised(NamedTuple):
    """One rung as the page shows it."""

    rung: Rung
    label: str
    who_reads: str
    answer: str
    can_change: str
    research: str
    source: str
    figure: str


def adviser_context(
    viewer: Viewer, told: Told, picked: Sequence[Person], rows: Iterable[Row], *, asked: bool
) -> dict[str, Any]:
    """What the template needs; the advice itself only when it was asked for."""
    names = joined(first_names([person.name for person in picked]))
    return {
        "adviser": True,
        "adviser_open": asked or bool(told.believes or told.urgent or told.wishes),
        "who_answers": names,
        "beliefs": [("", _("Skip")), *Belief.choices],
        "urgencies": [("", _("Skip")), ("no", _("No")), ("yes", _("Yes"))],
        "wish_choices": [(value, wish.label) for value, wish in WISHES.items()],
        "believes": told.believes if told.believes in Belief.values else "",
        "urgent": told.urgent if told.urgent in ("no", "yes") else "",
        "advice": advised(told, rows) if asked else [],
        "start_with": start_with(viewer, told, names) if asked else "",
    }


def advised(told: Told, rows: Iterable[Row]) -> list[Advised]:
    """For each audience that can be chosen here, what it would mean."""
    figures = first_rungs()
    belief = _belief(told)
    made: list[Advised] = []
    for row in rows:
        if row.value == DRAFT:
            continue
        rung = Rung(row.rung)
        cell = advice.CELLS[belief, rung]
        made.append(
            Advised(
                rung,
                row.words.label,
                str(advice.WHO_READS[rung]),
                str(cell.answer),
                str(advice.CAN_CHANGE[rung]),
                str(cell.research),
                cell.source,
                _figure(figures.get(rung)),
            )
        )
    return made


def start_with(viewer: Viewer, told: Told, names: str) -> str:
    """The last line: a suggestion, and whose choice it is."""
    rung = advice.suggested(
        _belief(told),
        urgent=told.urgent == "yes",
        spoken_first=Wish.SPOKEN.name.lower() in told.wishes,
        clean=_belief(told) == Belief.VERY_GOOD and _clean(told.text, viewer),
    )
    if rung == Rung.ORGANISATION:
        return _("We would start with all employees. You choose.")
    return _("We would start with %(who)s. You choose.") % {"who": names or _("the one you ask")}


def _belief(told: Told) -> Belief:
    return Belief(told.believes) if told.believes in Belief.values else Belief.UNKNOWN


def _figure(persons: int | None) -> str:
    if persons is None:
        return _("We do not know yet here.")
    return _("Here, at least %(number)d people have begun like this.") % {"number": persons}


def _clean(text: str, viewer: Viewer) -> bool:
    """Whether there are words, and nothing in them that their writer would be asked about at all employees."""
    try:
        plain = markdown.plain(markdown.render(text))
    except markdown.TextTooLong:
        return False
    # Only those the writer may list: nobody else is found out by what is suggested.
    names = Person.visible.to(viewer).exclude(id=viewer.person_id).values_list("name", flat=True)
    return bool(plain.strip()) and not check(plain, rung=Rung.ORGANISATION, names=names)
