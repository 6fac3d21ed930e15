"""The verdicts there are, each with its plain meaning; and the kinds of reason for a no (R19, R23)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.IntegerChoices):
    """A closed set: free text without a verdict answers nothing."""

    YES = 1, _("Yes")
    YES_IF = 2, _("Yes, if")
    NOT_NOW = 3, _("Not now")
    NO = 4, _("No, because")
    NOT_MINE = 5, _("Not mine to decide")
    NEED_TO_KNOW = 6, _("Need to know more")


# What can be done, helped with and told of afterwards.
ACCEPTED = {Verdict.YES, Verdict.YES_IF}

MEANINGS = {
    Verdict.YES: _("We do it."),
    Verdict.YES_IF: _("We do it when this is in place."),
    Verdict.NOT_NOW: _("We take it up again on a day that is said here."),
    Verdict.NO: _("We do not do it, and the reason is said."),
    Verdict.NOT_MINE: _("Someone else decides, and it is said who."),
    Verdict.NEED_TO_KNOW: _("Nothing is decided before a question is answered."),
}


class ReasonKind(models.IntegerChoices):
    """What kind of reason it is. A no has one."""

    MONEY = 1, _("money")
    LAW = 2, _("law")
    MANDATE = 3, _("mandate")
    TRIED = 4, _("already tried")
    PRIORITY = 5, _("something else comes first")
    EXISTS = 6, _("it exists already")
    OTHER = 7, _("other")
