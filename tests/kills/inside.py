"""What the tests ask of the installation, in a process of its own: ``python -m tests.kills.inside WORD …``.

The answer is one line of JSON.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import asdict

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402

from communis.behind_the_scenes import keys  # noqa: E402
from communis.behind_the_scenes import reconciling as behind_the_scenes  # noqa: E402
from communis.behind_the_scenes.holding import held_by  # noqa: E402
from communis.behind_the_scenes.keys import key_for  # noqa: E402
from communis.behind_the_scenes.places import Place  # noqa: E402
from communis.behind_the_scenes.release import release  # noqa: E402
from communis.behind_the_scenes.writing import keep  # noqa: E402
from communis.channels.importers.models import Held, Imported  # noqa: E402
from communis.conversations import reconciling  # noqa: E402
from communis.conversations.contributing import contribute  # noqa: E402
from communis.conversations.gate import seen_in  # noqa: E402
from communis.conversations.kinds import Kind  # noqa: E402
from communis.conversations.lines import address_of  # noqa: E402
from communis.conversations.models import Contribution, Conversation, Line, Moved, Share  # noqa: E402
from communis.conversations.moving import move  # noqa: E402
from communis.conversations.reading import shares_of  # noqa: E402
from communis.conversations.reconciling import Difference  # noqa: E402
from communis.journal.models import Entry  # noqa: E402
from communis.journal.moments import DAY, use_clock, wall_clock  # noqa: E402
from communis.looking.viewers import PUBLIC_VIEWER  # noqa: E402
from communis.openness.choosing import Choice  # noqa: E402
from communis.openness.receipt_codes import parse  # noqa: E402
from communis.openness.rungs import Rung  # noqa: E402
from communis.people.accounts import Account  # noqa: E402
from communis.people.holdings import viewer_for  # noqa: E402
from communis.people.models import Person  # noqa: E402
from communis.widening import reconciling as openings  # noqa: E402
from communis.widening.completing import choose_to_open, open_due  # noqa: E402
from communis.widening.models import Consent, Widening  # noqa: E402
from communis.widening.proposing import propose  # noqa: E402
from tests.cast import cast, letter, to_all  # noqa: E402


def prepare() -> dict[str, object]:
    """A new database with the cast, one conversation, and a session for each of four persons."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    people = cast()
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    writers = [people.elin, people.karin, people.amina, people.johan]
    return {
        "line": address_of(opening)[1],
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "sessions": [session_of(person) for person in writers],
        "persons": [person.public_id for person in writers],
    }


def session_of(person: Person) -> str:
    account = Account.objects.get(person=person)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


def verdict() -> dict[str, object]:
    """What a reader sees, ``{text: its addresses}`` without the first opening; and whether everything agrees."""
    elin = viewer_for(Person.everything.get(name="Elin Forsgren").id)
    numbers = list(Conversation.everything.values_list("id", flat=True))
    texts: dict[str, list[str]] = {}
    for seen in seen_in(numbers, elin):
        texts.setdefault(seen.html, []).append(seen.line)
    del texts["<p>Byt stol.</p>\n"]
    return {
        "texts": texts,
        "integrity": integrity(),
        "differences": [asdict(difference) for difference in differences()],
    }


def integrity() -> str:
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


def write(line: str, seconds: str) -> dict[str, object]:
    """Answer again and again, each time through the action."""
    writer = Person.everything.get(name="Karin Sundvall")
    waits: list[float] = []
    errors: Counter[str] = Counter()
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            contribute(line, "Ett svar av många.", by=writer, key=f"{time.monotonic_ns()}")
        except OperationalError as error:
            errors[str(error)] += 1
        waits.append(time.monotonic() - began)
    return {"written": len(waits) - errors.total(), "longest": max(waits), "errors": dict(errors)}


def read(line: str, seconds: str) -> dict[str, object]:
    """Look at the page again and again; what was seen never becomes less. Now and then a checkpoint."""
    elin = viewer_for(Person.everything.get(name="Elin Forsgren").id)
    errors: Counter[str] = Counter()
    looks, before = 0, 0
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        try:
            seen = len(shares_of(1, elin))
            if looks % 20 == 0 and connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    cursor.fetchone()
        except OperationalError as error:
            errors[str(error)] += 1
            continue
        if seen < before:
            errors["fewer than before"] += 1
        looks, before = looks + 1, seen
    return {"looks": looks, "errors": dict(errors)}


def imported() -> dict[str, object]:
    """What an import has left: how much of each, and whether everything agrees."""
    rows = list(Imported.objects.values_list("key", "contribution_id"))
    said = {number for _key, number in rows if number is not None}
    public = set(Share.visible.to(PUBLIC_VIEWER).values_list("contribution_id", flat=True))
    return {
        "rows": len(rows),
        "keys": len({key for key, _number in rows}),
        "said": len(said),
        "public": len(public & said),
        "other": len(public - said),
        "held": Held.objects.count(),
        "integrity": integrity(),
        "differences": [asdict(difference) for difference in differences()],
    }


def grow(branches: str, size: str) -> dict[str, object]:
    """Branches below the opening, each a root by Karin and what hangs on it one below the other."""
    karin = Person.everything.get(name="Karin Sundvall")
    amina = Person.everything.get(name="Amina Warsame")
    opening = address_of(Share.everything.get(opening=True))[1]
    roots = []
    for number in range(int(branches)):
        line = address_of(contribute(opening, f"Gren {number}.", by=karin))[1]
        roots.append(line)
        for deeper in range(int(size) - 1):
            line = address_of(contribute(line, f"Ord {deeper}.", by=(amina, karin)[deeper % 2]))[1]
    return {"roots": roots}


def move_all(*roots: str) -> dict[str, object]:
    """Move one branch after the other, those that are left; says so when the first of them has moved."""
    karin = Person.everything.get(name="Karin Sundvall")
    moved = set(Moved.objects.values_list("root_id", flat=True))
    contributions = dict(
        Line.everything.filter(public_id__in=roots).values_list("public_id", "contribution_id")
    )
    left = [root for root in roots if contributions[root] not in moved]
    for number, root in enumerate(left):
        move(root, "Fortsätter i eget samtal.", by=karin, key=root)
        if number == 0:
            print("begun", flush=True)
    return {"moved": len(left)}


def branches(*roots: str) -> dict[str, object]:
    """For each branch whether it has moved, and the conversations in which its contributions and shares stand."""
    found: dict[str, object] = {}
    for root in roots:
        line = Line.everything.get(public_id=root)
        below = [line.contribution_id]
        for number in below:
            hanging = Contribution.everything.filter(parent_id=number)
            below += list(hanging.values_list("id", flat=True))
        said = Contribution.everything.filter(id__in=below).values_list("conversation_id", flat=True)
        shown = Share.everything.filter(contribution_id__in=below).values_list("conversation_id", flat=True)
        found[root] = {
            "moved": Moved.objects.filter(root_id=line.contribution_id).exists(),
            "size": len(below),
            "stands_in": sorted({*said, *shown}),
        }
    return {
        "branches": found,
        "integrity": integrity(),
        "differences": [asdict(difference) for difference in differences()],
    }


def differences() -> list[Difference]:
    return [*reconciling.differences(), *openings.differences()]


def propose_all(letters: str, size: str) -> dict[str, object]:
    """Letters of so many contributions by one who says yes to all of each, chosen: they open when asked for."""
    karin, elin = (Person.everything.get(name=name) for name in ("Karin Sundvall", "Elin Forsgren"))
    proposed = []
    for number in range(int(letters)):
        conversation, line = address_of(letter(f"Brev {number}.", karin, elin))
        for deeper in range(int(size) - 1):
            line = address_of(contribute(line, f"Ord {deeper}.", by=karin))[1]
        made = propose(conversation, Choice(Rung.ORGANISATION), "Fler.", by=karin)
        choose_to_open(made, by=karin)
        proposed.append(made)
    return {"proposed": proposed}


def open_all() -> dict[str, object]:
    """Open everything that was chosen; says so when it begins."""
    Widening.everything.update(opens_at=0)
    print("begun", flush=True)
    return {"opened": open_due()}


def opened(*proposed: str) -> dict[str, object]:
    """For each proposal how many lines have opened, how many everyone sees, and whether it is over."""
    amina = viewer_for(Person.everything.get(name="Amina Warsame").id)
    found: dict[str, object] = {}
    for one in Widening.everything.filter(public_id__in=proposed):
        consents = Consent.everything.filter(widening_id=one.id).exclude(opened=None)
        found[one.public_id] = {
            "opened": consents.count(),
            "seen": len(shares_of(one.conversation_id, amina)),
            "over": one.state == Widening.State.OPENED,
        }
    return {
        "proposals": found,
        "integrity": integrity(),
        "differences": [asdict(difference) for difference in differences()],
    }


def wait_behind(number: str) -> dict[str, object]:
    """So many words that wait behind the scenes, and their receipts; they appear when asked for."""
    settings.LEAST_BEHIND_THE_SCENES = 2
    karin = Person.everything.get(name="Karin Sundvall")
    receipts = []
    for one in range(int(number)):
        keys.given = keys.Given()
        receipts.append(keep(key_for(Place(), by=karin), f"Tanke {one}.").receipt)
    return {"receipts": receipts}


def release_all() -> dict[str, object]:
    """Let all of them appear; says so when it begins."""
    settings.LEAST_BEHIND_THE_SCENES = 2
    at = wall_clock()
    use_clock(lambda: at + 2 * DAY)
    print("begun", flush=True)
    return {"appeared": release()}


def appeared(*receipts: str) -> dict[str, object]:
    """For each receipt how many lines stand under it and how many wait; never both, never neither."""
    found = {}
    for receipt in receipts:
        held = held_by(parse(receipt))
        found[receipt] = [len(held.words), len(held.waiting)]
    return {
        "found": found,
        "entries": Entry.objects.filter(verb="appeared").count(),
        "integrity": integrity(),
        "differences": [asdict(each) for each in [*differences(), *behind_the_scenes.differences()]],
    }


WORDS = {
    "wait_behind": wait_behind,
    "release_all": release_all,
    "appeared": appeared,
    "propose_all": propose_all,
    "open_all": open_all,
    "opened": opened,
    "grow": grow,
    "move_all": move_all,
    "branches": branches,
    "prepare": prepare,
    "verdict": verdict,
    "write": write,
    "read": read,
    "imported": imported,
}

if __name__ == "__main__":
    print(json.dumps(WORDS[sys.argv[1]](*sys.argv[2:])))
