"""The five whom a visitor of the demonstration may try as."""

from django.conf import settings

from communis.people.accounts import Account

# By the first part of their addresses, in the order the page shows them.
TRY_AS = ("elin", "karin", "amina", "johan", "birgitta")


def account_to_try(who: str) -> Account | None:
    """The account of one of the five; None for anybody else, and everywhere but in the demonstration."""
    if not settings.DEMONSTRATION or who not in TRY_AS:
        return None
    return Account.objects.filter(email=f"{who}@avinge.example", is_active=True).first()
