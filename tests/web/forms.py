"""What the tests of forms have in common: a signed-in browser, and what stands on its pages."""

import re
from typing import Any

from django.test import Client

from communis.conversations.listing import conversations
from communis.conversations.reading import shares_of
from communis.people.accounts import Account
from communis.people.holdings import viewer_for
from communis.people.models import Person


def client_of(person: Person, **more: Any) -> Client:
    client = Client(headers={"accept-language": "en"}, **more)
    client.force_login(Account.objects.get(person=person))
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def key_on(html: str) -> str:
    return re.search(r'name="key" value="([0-9a-f]{32})"', html)[1]


def send(client: Client, address: str, text: str, **fields: Any) -> Any:
    return client.post(address, {"key": key_on(page(client, address)), "text": text, "do": "send", **fields})


def typed(html: str) -> str:
    return re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', html, re.S)[1]


def seen_by(person: Person) -> list[str]:
    """The words of every conversation the person sees."""
    viewer = viewer_for(person.id)
    return [
        re.sub("<[^>]+>", "", seen.html).strip()
        for item in conversations(viewer)
        for seen in shares_of(item.conversation, viewer)
    ]
