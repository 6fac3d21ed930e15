"""The form one writes in. It checks shape only; what may be done is for the actions to say."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communis.conversations.kinds import Level, Wish
from communis.conversations.words import Terms
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung

DRAFT, SAME = "draft", "same"
NARROW_AND_WIDE = {
    "direct": Rung.DIRECT,
    "circle": Rung.CIRCLE,
    "organisation": Rung.ORGANISATION,
    "public": Rung.PUBLIC,
}


class PublicIds(forms.Field):
    """Any number of public ids, as ticked; what is no id is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        return [one for one in dict.fromkeys(value or []) if re.fullmatch(r"[0-9a-f]{32}", one)]


class Writing(forms.Form):
    """Words, and who is to read them under which name."""

    text = forms.CharField(required=False, strip=False)
    audience = forms.CharField(required=False)
    persons = PublicIds(required=False)
    person_words = forms.CharField(required=False)
    circle = forms.CharField(required=False)
    # The title of a role held now, or one of HIDDEN; empty is one's own name.
    byline = forms.CharField(required=False)
    # How the author wants to be answered; for what begins a conversation.
    wishes = forms.TypedMultipleChoiceField(
        choices=[(wish.name.lower(), wish.label) for wish in Wish],
        coerce=lambda value: Wish[value.upper()],
        required=False,
    )
    # Whom the sentence and the button spoke of when the form was sent.
    said_persons = forms.CharField(required=False)
    said_circle = forms.CharField(required=False)

    def __init__(self, *arguments: Any, rows: tuple[str, ...], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.rows = rows

    def clean_text(self) -> str:
        """Browsers send lines ended by two characters; one is what was written."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_audience(self) -> str:
        chosen = str(self.cleaned_data["audience"])
        if chosen not in self.rows:
            raise forms.ValidationError(_("Choose who should read it."))
        return chosen

    def choice(self) -> Choice | None:
        """The audience chosen; None is the audience of what is answered. Not for a draft."""
        chosen = self.cleaned_data["audience"]
        if chosen == SAME:
            return None
        circle = self.cleaned_data["circle"]
        return Choice(
            NARROW_AND_WIDE[chosen],
            persons=tuple(self.cleaned_data["persons"]) if chosen == "direct" else (),
            circles=(circle,) if chosen == "circle" and circle else (),
        )

    def goes_to_others_than_said(self) -> bool:
        """Whether the persons or the circle chosen are others than the button named (trust T33)."""
        chosen = self.cleaned_data["audience"]
        said_persons, said_circle = self.cleaned_data["said_persons"], self.cleaned_data["said_circle"]
        if chosen == "direct" and said_persons:
            return bool(said_persons != ",".join(sorted(self.cleaned_data["persons"])))
        return bool(chosen == "circle" and said_circle and said_circle != self.cleaned_data["circle"])


class AskingQuestion(Writing):
    """A question says besides how much can be influenced, until when, and who may answer (R6, D47)."""

    level = forms.TypedChoiceField(
        choices=Level.choices,
        coerce=int,
        error_messages={
            "required": _("Choose how much can be influenced."),
            "invalid_choice": _("Choose how much can be influenced."),
        },
    )
    scope = forms.CharField(
        max_length=500,
        error_messages={
            "required": _("Say what can be influenced, and what is settled."),
            "max_length": _("Say it in 500 characters."),
        },
    )
    answer_by = forms.DateField(
        required=False, error_messages={"invalid": _("Write the day like this: 2026-03-31.")}
    )
    hosts = PublicIds(required=False)
    host_words = forms.CharField(required=False)

    def terms(self, hosts: tuple[int, ...]) -> Terms:
        """The question's terms; ``hosts`` are person ids."""
        data = self.cleaned_data
        return Terms(Level(data["level"]), data["scope"], data["answer_by"], hosts)
