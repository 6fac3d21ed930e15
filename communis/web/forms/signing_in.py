"""The two forms of signing in: the address, then the code."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _


class Address(RequestLoginCodeForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["email"]
        field.label = _("Your e-mail address at work")
        field.error_messages |= {
            "required": _("Write your e-mail address."),
            "invalid": _("Write the whole address, such as name@example.org."),
        }
        field.widget = forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True})


class Code(ConfirmLoginCodeForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["code"]
        field.label = _("The six digits in the mail")
        field.error_messages |= {"required": _("Write the six digits from the mail.")}
        field.widget = forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "maxlength": 12,
            }
        )
