"""Asking as someone, and comparing two answers byte for byte."""

import re

from django.http import HttpResponse
from django.test import Client

from communis.people.accounts import Account
from communis.people.models import Person

# 128 bits that are nobody's and nothing's.
RANDOM = "5" * 32


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def shape(answer: HttpResponse, *asked_for: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and bytes, without the token against forged forms and without what was asked for."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)
    headers = dict(answer.headers)
    for word in asked_for:
        body = body.replace(word.encode(), b"")
        headers = {name: value.replace(word, "") for name, value in headers.items()}
    if asked_for:
        # What was asked for may be longer in one than in the other; the rest has to be as long.
        headers.pop("Content-Length", None)
    headers.pop("Expires", None)
    return answer.status_code, headers, body
