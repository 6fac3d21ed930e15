"""The kinds of contribution, how an author wants to be answered, and a question's levels of influence."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.IntegerChoices):
    """What a contribution is. More kinds come with the packages that need them."""

    QUESTION = 1, _("question")
    IDEA = 2, _("idea")
    FRAGMENT = 3, _("fragment")
    POST = 4, _("post")
    COMMENT = 5, _("comment")
    # Comes with an imported blog: someone elsewhere linked to the post.
    MENTION = 6, _("mention elsewhere")
    # The question or idea in simpler words, proposed by whoever reads it (R102).
    RESTATEMENT = 7, _("plain restatement")
    # What stands in the old place of a branch that moved to its own conversation (R104).
    SUMMARY = 8, _("summary")
    # A verdict and its reason, from someone with the mandate (R55).
    ANSWER = 9, pgettext_lazy("a verdict and its reason", "answer")
    # What was done after a yes, and what came of it (R59, R96).
    OUTCOME = 10, pgettext_lazy("what was done, and what came of it", "outcome")


OPENINGS = {Kind.QUESTION, Kind.IDEA, Kind.FRAGMENT, Kind.POST}
RESTATED = {Kind.QUESTION, Kind.IDEA}
# A mention is said elsewhere, and where a branch moved from, the conversation goes on in the other place.
NOT_ANSWERED = {Kind.MENTION, Kind.SUMMARY}


class Sign(models.IntegerChoices):
    """The reactions there are: named, never counted (R77)."""

    THANKS = 1, _("thanks")
    POINT = 2, _("you have a point")
    FRIENDLY_NO = 3, _("I disagree, but thanks")


class Wish(models.IntegerChoices):
    """How an author wants to be answered (R26). Any number of them, chosen for one message."""

    STRAIGHT = 1, _("Straight")
    GENTLE = 2, _("Gently")
    SPOKEN = 3, _("Spoken first")
    WRITTEN = 4, _("In writing")


class Level(models.IntegerChoices):
    """How much those who answer a question can influence: the ladder of participation (D47)."""

    INFORMATION = 1, _("Information: it is decided, and we explain why")
    CONSULTATION = 2, _("Consultation: we decide, after hearing you")
    PARTICIPATION = 3, _("Participation: we shape the proposal together")
    CODECISION = 4, _("Co-decision: you decide with us")
