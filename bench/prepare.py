"""Makes the installation that pages are read from: ``python -m bench.prepare``; says where everything is."""

import json
import random
from html import unescape
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.worlds import World  # noqa: E402
from communis.conversations.reconciling import differences  # noqa: E402
from communis.openness.rungs import Rung  # noqa: E402
from communis.people.models import Person  # noqa: E402
from tests.kills.inside import session_of  # noqa: E402
from tests.kills.installation import HIDDEN  # noqa: E402

READER = 1
CONTRIBUTIONS = 500
WRITERS = 16


def main() -> dict[str, object]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    world = World(random.Random(1))
    with transaction.atomic():
        world.people(persons=500, circles=100, heavy=20)
        inside = world.page(CONTRIBUTIONS, Rung.ORGANISATION, READER)
        public = world.page(CONTRIBUTIONS, Rung.PUBLIC, READER)
        world.page(1, Rung.ORGANISATION, READER)
        line = str(world.lines.rows[-1][1])
        world.write()
    assert differences() == []
    client = client_of(READER)
    pages = {
        "signed in": client.get(f"/conversations/{inside}").content,
        "public": Client(SERVER_NAME="127.0.0.1").get(f"/conversations/{public}").content,
    }
    for page in pages.values():
        assert page.count(b'<article class="c ') == CONTRIBUTIONS, page.count(b"<article")
    assert client.get(f"/bench/template/{inside}").content.count(b"<article") == CONTRIBUTIONS
    answer = f"/lines/{line}/answers"
    return {
        "signed in": f"/conversations/{inside}",
        "public": f"/conversations/{public}",
        "template": f"/bench/template/{inside}",
        "answer": answer,
        "forms": [form_of(client_of(person), answer) for person in range(1, WRITERS + 1)],
        "cookie": cookies_of(client),
        "pages": {name: page.decode() for name, page in pages.items()},
    }


def client_of(person: int) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(Person.everything.get(id=person))
    return client


def cookies_of(client: Client) -> str:
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def form_of(client: Client, answer: str) -> str:
    """A person's cookies, a tab, and the form as a browser sends it, with KEY where each sending has its own."""
    _, _, form = client.get(answer).content.decode().partition('id="compose"')
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(form)}
    fields = hidden | {"key": "KEY", "text": " ".join(["ord"] * 40), "audience": "same", "do": "send"}
    return f"{cookies_of(client)}\t{urlencode(fields)}"


if __name__ == "__main__":
    print(json.dumps(main()))
