"""Accounts: what signs in. An account has no words of its own; the person it belongs to has."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from communis.journal.moments import now
from communis.looking.guarding import Refers, RefersOne
from communis.people.models import Circle, Person


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """An address that can sign in as a person. There are no passwords: a code comes by mail."""

    person = RefersOne(Person)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    # The person's row as it was read with the account, on a request of someone signed in (signing_in.Backend).
    signed_in: Person | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = Accounts()

    def has_perm(self, permission: str, thing: Any = None) -> bool:
        """Nobody has Django's permissions: what may be done stands in each package's rules.py."""
        return False

    def has_module_perms(self, label: str) -> bool:
        return False

    def __str__(self) -> str:
        return f"account {self.pk}"


class Invitation(models.Model):
    """A link with which an address becomes a person. Kept as a hash, used once, until a moment.

    The first steward's has no inviter, and no address or name yet.
    """

    token = models.BinaryField(max_length=32, unique=True)
    # For the stewards' page; of no use without the token.
    public_id = models.CharField(max_length=32, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    invited_by = Refers(Person, null=True)
    circle = Refers(Circle, null=True)
    steward = models.BooleanField(default=False)
    made_at = models.BigIntegerField(default=now)
    valid_until = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)
