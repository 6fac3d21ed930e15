"""The form of *Already tried*: what was typed, what it means, and what the check found in it."""

from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from communis.answers.trials.drawing import Drawn
from communis.answers.trials.models import Trial
from communis.answers.trials.words import TEXTS, Words
from communis.answers.trials.writing import Around
from communis.answers.verdicts import ReasonKind
from communis.conversations.refusals import Refused
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.models import Circle, Person
from communis.web import before_it_goes
from communis.web.found_rows import FoundRow
from communis.web.typed_days import day_written, year_of

RUNGS = {"organisation": Rung.ORGANISATION, "public": Rung.PUBLIC}
# Instead of a person: whoever it is now, where the one who looks cannot list the person.
SAME = ":same"
_CHOSEN = ("year", "reason_kind", "review_on", "declined", "unit", "guardian", "audience", "wider")
_EMPTY = {name: "" for name in (*TEXTS, *_CHOSEN)}


class Typed(NamedTuple):
    """Everything a form holds, by name."""

    fields: dict[str, str]

    @property
    def rung(self) -> Rung:
        """The rung chosen; all employees when it is none that there is."""
        return RUNGS.get(self.fields["audience"], Rung.ORGANISATION)

    def words(self) -> Words:
        """The words of it. Raises Refused where a day or a year is none."""
        said = self.fields
        kinds = {str(kind.value): kind for kind in ReasonKind}
        return Words(
            **{name: said[name] for name in TEXTS},
            year=year_of(said["year"]),
            reason_kind=kinds.get(said["reason_kind"], ReasonKind.OTHER),
            review_on=day_written(said["review_on"], "review_on"),
            declined=bool(said["declined"]),
        )

    def around(self, viewer: Viewer, before: Person | None = None) -> Around:
        """What was chosen beside the words. ``before``: the guardian until now, who can stay without being in any list.

        Raises Refused for someone or something that is not in the list.
        """
        if self.fields["audience"] not in RUNGS:
            raise Refused(_("Choose all employees, or anyone."), "audience")
        unit, guardian = None, None
        if self.fields["unit"]:
            units = Circle.visible.to(viewer).filter(unit=True)
            unit = units.filter(public_id=self.fields["unit"]).first()
            if unit is None:
                raise Refused(_("Choose a unit from the list, or none."), "unit")
        if self.fields["guardian"] == SAME:
            guardian = before
        elif self.fields["guardian"]:
            guardian = Person.visible.to(viewer).filter(public_id=self.fields["guardian"]).first()
            if guardian is None:
                raise Refused(_("Choose someone from the list, or nobody."), "guardian")
        return Around(self.rung, unit, guardian)

    def found(self, post: QueryDict, viewer: Viewer) -> list[FoundRow]:
        """What the check finds in all of it together."""
        text = "\n\n".join(self.fields[name] for name in TEXTS if self.fields[name])
        return before_it_goes.Words(text, self.rung, viewer).rows(before_it_goes.left_in(post))

    def with_masked(self, token: str, viewer: Viewer) -> "Typed":
        """With one thing that was found masked, in whichever field it stands."""
        masked = {
            name: before_it_goes.Words(self.fields[name], self.rung, viewer).with_masked(token)
            for name in TEXTS
            if self.fields[name]
        }
        return Typed({**self.fields, **masked})


def typed_in(post: QueryDict) -> Typed:
    """As it was sent."""
    return Typed({name: post.get(name, "").replace("\r\n", "\n") for name in _EMPTY})


def empty() -> Typed:
    """Before anything is written."""
    return Typed({**_EMPTY, "audience": "organisation"})


def begun_with(drawn: Drawn) -> Typed:
    """With what an answer says; who had the idea and who answered do not go along."""
    said = {
        "what": drawn.what,
        "year": str(drawn.year),
        "reason": drawn.reason,
        "reason_kind": str(drawn.reason_kind.value),
        "declined": "yes",
    }
    return Typed({**empty().fields, **said})


def as_it_stands(trial: Trial, unit: Circle | None, guardian: Person | None) -> Typed:
    """With what was written before. ``unit`` and ``guardian``: as the one who looks may see them."""
    said = {name: getattr(trial, name) for name in TEXTS}
    chosen = {
        "year": str(trial.year),
        "reason_kind": str(trial.reason_kind),
        "review_on": trial.review_on.isoformat() if trial.review_on else "",
        "declined": "yes" if trial.declined else "",
        "unit": unit.public_id if unit else "",
        "guardian": guardian.public_id if guardian else SAME if trial.guardian_id else "",
        "audience": "public" if trial.rung == Rung.PUBLIC else "organisation",
        "wider": "",
    }
    return Typed({**said, **chosen})
