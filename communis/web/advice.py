"""What the adviser says: plain words, one cell for each belief and rung (docs/domains/adviser.md).

A belief is what the writer thinks that the one who answers will think. A cell says how the answer tends to come,
and one line from research with its source. Nothing here says that one way is braver or better than another (R38).
"""

from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communis.openness.rungs import Rung


class Belief(models.TextChoices):
    """What the writer believes. One who skips the question is answered as one who does not know."""

    BAD = "bad", _("A bad idea")
    QUITE_GOOD = "quite-good", _("Quite good")
    VERY_GOOD = "very-good", _("Very good")
    UNKNOWN = "unknown", _("I do not know")


class Cell(NamedTuple):
    """How the answer tends to come, and what research says. The source is names and a year."""

    answer: Promise | str
    research: Promise | str
    source: str


WHO_READS: dict[Rung, Promise | str] = {
    Rung.DIRECT: _("Only you and those you choose read it."),
    Rung.CIRCLE: _("You and those in the circle read it."),
    Rung.ORGANISATION: _("Everyone who works here can read it, also those who come later."),
    Rung.PUBLIC: _("Anyone can read it, also without signing in."),
}

CAN_CHANGE: dict[Rung, Promise | str] = {
    Rung.DIRECT: _(
        "You can change it or take it back. It opens to more people only if everyone who wrote says yes."
    ),
    Rung.CIRCLE: _(
        "You can change it or take it back, and open it to more people if everyone who wrote says yes."
    ),
    Rung.ORGANISATION: _("You can change it or take it back. What people have read, they have read."),
    Rung.PUBLIC: _("You can change it or take it back, but what others have copied stays with them."),
}

CELLS: dict[tuple[Belief, Rung], Cell] = {
    (Belief.BAD, Rung.DIRECT): Cell(
        _("A no stays with those you wrote to, and there is room for the reason."),
        _("Newcomers who got a no came back with more ideas than those who got no answer."),
        "Piezunka & Dahlander 2019",
    ),
    (Belief.BAD, Rung.CIRCLE): Cell(
        _("Colleagues can turn the idea over before anyone says no."),
        _("Many wait for firm facts before they speak. It is a rule that nobody has said out loud."),
        "Detert & Edmondson 2011",
    ),
    (Belief.BAD, Rung.ORGANISATION): Cell(
        _("A no comes in front of colleagues. With good reasons it is easier to bear."),
        _("Managers took less to ideas that were raised in public than to those raised one to one."),
        "Isaakyan, Sherf, Tangirala & Guenter 2021",
    ),
    (Belief.BAD, Rung.PUBLIC): Cell(
        _("A no may come in front of anyone, and it can be found for years."),
        _("Who can see, for how long and who can search: that steers what people share."),
        "Laitinen & Sivunen 2020",
    ),
    (Belief.QUITE_GOOD, Rung.DIRECT): Cell(
        _("There is room for a yes with a condition: what is missing can be said straight."),
        _("A considerate reason made people feel safer, and they spoke up again later."),
        "King et al. 2019",
    ),
    (Belief.QUITE_GOOD, Rung.CIRCLE): Cell(
        _("Colleagues fill in what is missing, so the idea is riper when it is answered."),
        _("Those who first thought alone and then together had more ideas, and better ones."),
        "Girotra et al. 2010",
    ),
    (Belief.QUITE_GOOD, Rung.ORGANISATION): Cell(
        _("It is hard to say no in front of everyone. The answer may be softer than the thought."),
        _("People put off bad news, and soften it."),
        "Tesser & Rosen 1975",
    ),
    (Belief.QUITE_GOOD, Rung.PUBLIC): Cell(
        _("The one who answers is watched from outside. A yes can be half, and a no can be wrapped up."),
        _("Ideas raised in public had the hardest time where the two did not know each other well."),
        "Isaakyan, Sherf, Tangirala & Guenter 2021",
    ),
    (Belief.VERY_GOOD, Rung.DIRECT): Cell(
        _("A yes can be said at once, and you can agree on whom to tell next."),
        _("That nothing comes of it silences people more than fear does."),
        "Detert & Burris 2016",
    ),
    (Belief.VERY_GOOD, Rung.CIRCLE): Cell(
        _("More people can carry it from a word to a deed."),
        _("Ideas that were turned down needed people to carry them. A register was not enough."),
        "Karlsson & Törlind 2013",
    ),
    (Belief.VERY_GOOD, Rung.ORGANISATION): Cell(
        _("A yes in front of all is a promise, and more people can join in."),
        _("Taking part had effect where it led to a decision and people were told what came of it."),
        "Korthagen et al. 2018",
    ),
    (Belief.VERY_GOOD, Rung.PUBLIC): Cell(
        _("All see a yes. Think first: could it be an invention, or for someone else to launch?"),
        _("Taking the credit for an idea was judged worse than stealing money."),
        "Ellis 2022",
    ),
    (Belief.UNKNOWN, Rung.DIRECT): Cell(
        _("You hear what the one who answers thinks, before others read."),
        _("Managers who lack the room to decide avoid asking for ideas."),
        "Sherf, Tangirala & Venkataramani 2019",
    ),
    (Belief.UNKNOWN, Rung.CIRCLE): Cell(
        _("You hear what colleagues think, among people you know."),
        _("Where people felt safe, more was said and more was learnt."),
        "Frazier et al. 2017",
    ),
    (Belief.UNKNOWN, Rung.ORGANISATION): Cell(
        _("Many can answer. Those who answer first set the tone."),
        _("Those who saw what others had guessed came to think alike, and were no more right."),
        "Lorenz et al. 2011",
    ),
    (Belief.UNKNOWN, Rung.PUBLIC): Cell(
        _("Anyone can answer, also those who do not know your work. Perhaps nobody does."),
        _("Newcomers who got an answer wrote again more often: 56 of 100, against 44."),
        "Joyce & Kraut 2006",
    ),
}


def suggested(belief: Belief, *, urgent: bool, spoken_first: bool, clean: bool) -> Rung:
    """The rung to start at. It leans open where little is at risk (R37), and else to the one who answers.

    ``clean``: there are words, and the check before opening found nothing in them. Anyone is never suggested: that
    is opened later, when everyone who wrote says yes.
    """
    if belief == Belief.VERY_GOOD and clean and not urgent and not spoken_first:
        return Rung.ORGANISATION
    return Rung.DIRECT
