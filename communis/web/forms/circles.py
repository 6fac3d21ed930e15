"""Forms about circles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communis.people.models import Circle
from communis.web.forms.people import Form

_SIGHTS = [
    (Circle.Sight.LISTED, _("All employees see its name and who is in it")),
    (Circle.Sight.NAMED, _("All employees see its name, not who is in it")),
    (Circle.Sight.SECRET, _("Only those in it know that it is there")),
]
_HISTORIES = [
    ("no", _("No, only what is said after they came in")),
    ("yes", _("Yes, all that was said before too")),
]


class Changing(Form):
    name = forms.CharField(
        label=_("What the circle is called"),
        max_length=120,
        error_messages={"required": _("Write a name for the circle.")},
    )
    purpose = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Make it at most 500 characters. All you wrote is here.")},
    )
    sight = forms.TypedChoiceField(
        label=_("Who may know of it?"),
        help_text=_("It can be made known to fewer later, never to more."),
        choices=_SIGHTS,
        coerce=lambda value: Circle.Sight(int(value)),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who may know of it."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    authority = forms.CharField(
        label=_("The authority or company it belongs to"),
        help_text=_("For units: whose records these are."),
        required=False,
        max_length=120,
    )

    def __init__(self, *arguments: Any, unit: bool, widest: int = Circle.Sight.LISTED, **named: Any) -> None:
        super().__init__(*arguments, **named)
        sight = self.fields["sight"]
        assert isinstance(sight, forms.TypedChoiceField)
        sight.choices = [(value, label) for value, label in _SIGHTS if value <= widest]
        if not unit:
            del self.fields["authority"]


class Founding(Changing):
    history = forms.ChoiceField(
        label=_("Do those who come in later see what was said before?"),
        help_text=_("A yes can be turned into a no later. A no stays, because people wrote under it."),
        choices=_HISTORIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no."), "invalid_choice": _("Choose yes or no.")},
    )
    unit = forms.BooleanField(
        label=_("It is a unit of the organisation. Stewards let people in; you stay outside."), required=False
    )

    field_order = ["name", "purpose", "history", "sight", "unit", "authority"]

    def __init__(self, *arguments: Any, unit: bool, **named: Any) -> None:
        super().__init__(*arguments, unit=unit, **named)
        self.initial.update({"sight": Circle.Sight.LISTED, "history": "no"})
        if not unit:
            del self.fields["unit"]


class Nesting(Form):
    outer = forms.ChoiceField(label=_("Which circle should it sit inside?"), required=False)

    def __init__(self, *arguments: Any, circles: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["outer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", str(_("None"))), *circles]
        field.error_messages |= {"invalid_choice": _("Choose a circle that you look after, or none.")}
