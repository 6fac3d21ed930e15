"""Forms about persons. They check shape only; what may be done is for the actions to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communis.people.refusals import PeopleRefused

_NAME = {
    "required": _("Write the name others are to see."),
    "max_length": _("Make it at most 120 characters."),
}
_ADDRESS = {
    "required": _("Write the e-mail address."),
    "invalid": _("Write the whole address, such as name@example.org."),
}


class Form(forms.Form):
    """A form that can show what an action refused, beside its field and with all that was typed."""

    use_required_attribute = False

    def refused(self, refusal: PeopleRefused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


class OwnPage(Form):
    name = forms.CharField(label=_("Your name"), max_length=120, error_messages=_NAME)
    about = forms.CharField(
        label=_("About you"),
        help_text=_("What you work with, and what people may ask you about. At most 500 characters."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Make it at most 500 characters. All you wrote is here.")},
    )


class FirstSteward(Form):
    organisation = forms.CharField(
        label=_("What your organisation is called"),
        max_length=120,
        error_messages={"required": _("Write what your organisation is called.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages=_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        help_text=_("Codes to sign in are mailed here."),
        error_messages=_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class Acceptance(Form):
    name = forms.CharField(
        label=_("The name others are to see"),
        max_length=120,
        error_messages=_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class Invitation(Form):
    name = forms.CharField(label=_("Name"), max_length=120, error_messages=_NAME)
    email = forms.EmailField(label=_("E-mail address at work"), error_messages=_ADDRESS)
    circle = forms.ChoiceField(label=_("Let into a circle"), required=False)
    steward = forms.BooleanField(label=_("As a steward, who invites people too"), required=False)

    def __init__(self, *arguments: Any, circles: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["circle"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", str(_("None"))), *circles]
        field.error_messages |= {
            "invalid_choice": _("Choose a circle that you may let people into, or none.")
        }


class RoleTitle(Form):
    title = forms.CharField(
        label=_("Title"),
        help_text=_("The person can speak in the role from now on."),
        max_length=120,
        error_messages={"required": _("Write the title of the role.")},
    )
