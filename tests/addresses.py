"""Everything a viewer can ask for: every address of the resolver, every id known anywhere, every variant.

A new page enters by being in the resolver. What it takes in its address, its query and its forms has to be
named here, or the tests say what is missing (URL-GATE).
"""

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import product
from random import Random
from typing import Any, NamedTuple

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from communis.answers.trials.models import Change
from communis.attention.models import Notice
from communis.behind_the_scenes.models import Claim
from communis.channels.email.mail_ids import stops_key
from communis.channels.email.models import Outgoing, OutsideAddress, Passing
from communis.channels.importers.models import Held
from tests.events import Event, Replay, held_still, secret
from tests.test_gate_source import sources

MISSING = secret("an id that never was")

# Addresses that are not asked for, and why.
LEFT_OUT: dict[str, str] = {
    "try": "the demonstration alone has it: it signs in as one of its invented people",
    "try-as": "the same, as a link that the command prints",
    "try-at": "the same, and straight to something to try",
    "mails": "development alone has it: it shows every mail there is",
}

# What a page may be asked in its query; a value in braces stands for ids known in the world.
QUERIES: dict[str, list[str]] = {
    "all": ["yes", "no", "x"],
    "since": ["0", "{moment}", "-1", "x"],
    "to": ["{person}", MISSING],
    "circle": ["{circle}", MISSING],
    "sent": ["{line}", MISSING],
    "quote": ["1"],
    "draft": ["{draft}", MISSING],
    "kept": ["{draft}", MISSING],
    "words": ["{canary}", "halva"],
    "q": ["{canary}", "Pe", "Person", "a"],
    "person": ["{person}", MISSING],
    "persons": ["{person}", MISSING],
    "next": ["/", "/lines/{line}"],
    "page": ["1", "2"],
    "before": ["{moment}", "x"],
    "after": ["{moment}", "x"],
    "kind": ["question", "x"],
    "unit": ["{circle}", MISSING],
    "answered": ["{line}", MISSING],
    "occurrence": ["0", "9"],
    "part": ["0", "1", "x"],
    "version": ["1", "2"],
    "key": [""],
    "text": ["", "Halva portionen."],
    "n": ["1", "x"],
    "who": ["{person}", MISSING],
    "do": ["send", ""],
    "way": ["edit"],
    "role": ["1"],
    "seen": ["2-0", "0-0", "x"],
    "where": ["everyone", "{circle}", MISSING],
    "line": ["{line}", MISSING],
    "asked": ["", "{person}", MISSING],
    "theme": ["{canary} halva portionen", "x"],
    "reason": ["1", "x"],
    "year": ["2023", "x"],
}

# What a form may hold. Sent together, each with one value at a time.
FIELDS: dict[str, list[str]] = {
    "text": ["", "Ett svar.", "{canary} halva portionen"],
    "do": [
        "send",
        "preview",
        "keep",
        "advise",
        "close-adviser",
        "answer",
        "open",
        "let-be",
        "agree",
        "no",
        "look",
        "show",
        "similar",
        "confirm",
        "",
    ],
    "lines": ["{line}", MISSING],
    "reason": ["", "Fler borde läsa."],
    "days": ["14", "0", "x"],
    "which": ["{line}", MISSING],
    "kind": ["idea", "question", "fragment"],
    "audience": ["direct", "circle", "same", "organisation"],
    "persons": ["{person}", MISSING],
    "person_words": ["Person", "{canary}"],
    "circle": ["{circle}", MISSING],
    "names_seen": ["", "Person"],
    "checked": ["", "x"],
    "credit": ["", ":not", ":unnamed", "enhetschef"],
    "byline": ["", "enhetschef", ":unnamed", ":pseudonym"],
    "way": ["edit", "correction", "listen"],
    "place": ["new", "reply:{line}", "restate:{line}"],
    "sign": ["1", "2", "none"],
    "wanted": ["yes", "no"],
    "key": [""],
    "words": ["", "halva"],
    "quote": ["", "1"],
    "part": ["", "1"],
    "next": ["/"],
    "language": ["sv", "en"],
    "name": ["Ny krets", "{name}"],
    "person": ["{person}", MISSING],
    "email": ["p1@avinge.example", "ingen@avinge.example"],
    "remove-file": ["", "1"],
    "alternative-1": ["", "En vagn."],
    "decoration-1": ["on"],
    "notices": ["{notice}", MISSING],
    "mail_words": ["yes", "no"],
    "at_once": ["10", "x"],
    "digests": ["1", "9"],
    "receipts": ["yes", ""],
    "said_persons": ["", "{person}"],
    "said_circle": ["", "{circle}"],
    "level": ["1", "9"],
    "scope": ["", "Färgen"],
    "answer_by": ["", "2027-12-24"],
    "hosts": ["{person}", MISSING],
    "host_words": ["", "Person"],
    "title": ["", "enhetschef"],
    "about": ["", "Om mig."],
    "purpose": ["", "Vi ses."],
    "sight": ["0", "1", "2"],
    "authority": [""],
    "history": ["0", "1"],
    "unit": ["", "on"],
    "outer": ["", "{circle}", MISSING],
    "organisation": ["Åvinge"],
    "steward": ["", "on"],
    "looks_after": ["", "on"],
    "role": ["1", "999", "x"],
    "who": ["{person}", MISSING, "p1@avinge.example"],
    "q": ["Pe", "{canary}", ""],
    "n": ["1", "x"],
    "draft": ["{draft}", MISSING],
    "page": ["1", "2"],
    "code": ["", "ABC123"],
    "wishes": ["straight", "written", "x"],
    "believes": ["", "bad", "very-good", "x"],
    "urgent": ["", "no", "yes"],
    "adviser": ["on", "off"],
    "word": ["", "Jag minns raden."],
    "outside": ["Rolf", "Ingen"],
    "mask": ["", "{line}.0123456789abcdef", "0123456789abcdef"],
    "leave": ["", "{line}.0123456789abcdef"],
    "left": ["", "0123456789abcdef"],
    "where": ["everyone", "{circle}", MISSING],
    "line": ["", "{line}", MISSING],
    "asked": ["", "{person}", MISSING],
    "opens_to": ["0", "3", "x"],
    "receipt": ["", "ABC"],
    "looked": [""],
    "widening": ["{widening}", MISSING],
    "seen": ["", "x"],
    "to": ["one", "circle", "organisation", "x"],
    "in": ["{circle}", MISSING],
    "number": ["1", "x"],
    "sure": ["yes", ""],
    "mandate": ["{mandate}", MISSING],
    "wants_answer": ["", "yes"],
    "because": ["", "Det brådskar."],
    "day": ["2030-03-31", "x", ""],
    "closed_until": ["", "2030-03-31"],
    "clear": ["yes", "no"],
    "fair": ["yes", "no"],
    "receiver": ["{person}", MISSING],
    "away_from": ["2026-01-01", "x", ""],
    "away_until": ["2030-03-31", "x", ""],
    "stand_in": ["", "{person}", MISSING],
    "subject": ["", "Taken"],
    "verdict": ["1", "3", "4", "x"],
    "reason_kind": ["", "1", "x"],
    "again": ["", "2030-03-31", "x"],
    "unknown": ["", "Taket läcker."],
    "more": ["", "Tolv var med."],
    "effect": ["", "Det går fortare."],
    "goal": ["", "Kortare väntan"],
    "all_words": ["", "Nej."],
    "all_reason": ["", "Pengar."],
    "what": ["", "Cykelpool"],
    "period": ["", "hösten 2023"],
    "year": ["2023", "x"],
    "declined": ["", "yes"],
    "theme": ["", "Resor"],
    "premise": ["", "{canary}"],
    "result": ["", "Ingen kom."],
    "cost": ["", "Inget."],
    "would_change": ["", "Någon kommer."],
    "guardian": ["", "{person}", ":same", MISSING],
    "review_on": ["", "2030-03-31", "x"],
    "wider": ["", "yes"],
    "list": ["", MISSING],
}

HEADERS: list[dict[str, str]] = [
    {},
    {"HX-Request": "true"},
    {"Accept": "application/json"},
    {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT", "If-None-Match": '"0"'},
    {"Range": "bytes=0-10"},
]


class Asked(NamedTuple):
    """One request, as plain as it is sent."""

    method: str
    path: str
    data: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    pattern: str


def patterns() -> Iterator[tuple[str, str]]:
    """``(route, name)`` of every pattern, included ones with what stands before them."""

    def below(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from below(pattern, route)
            elif isinstance(pattern, URLPattern):
                yield route, pattern.name or route

    yield from below(get_resolver(), "")


class Known(NamedTuple):
    """Every id and word that exists anywhere in a world, visible or not."""

    ids: dict[str, list[str]]

    @classmethod
    def of(cls, replay: Replay, events: list[Event]) -> "Known":
        lines = list(replay.lines)
        texts = [event.about["text"].split()[0] for event in events if event.about.get("text")]
        names = [event.about["name"] for event in events if event.verb == "found"]
        return cls(
            {
                "line": [replay.lines[key] for key in lines],
                "conversation": sorted({replay.conversation(key) for key in lines}),
                "person": [replay.person(key).public_id for key in replay.persons],
                "circle": [replay.circle(key).public_id for key in replay.circles],
                "draft": list(replay.drafts.values()),
                "moment": [str(event.at) for event in events[-12:]],
                "notice": list(Notice.everything.order_by("id").values_list("public_id", flat=True)),
                "number": ["1", "2", "x"],
                "canary": texts,
                "name": names or ["x"],
                "lesson": list(replay.lessons.values()),
                "widening": list(replay.widenings.values()),
                "import_id": list(replay.imports.values()),
                "held": list(Held.objects.order_by("id").values_list("public_id", flat=True)),
                "invitation": [],
                "claim": list(Claim.everything.order_by("id").values_list("public_id", flat=True)),
                "ask": list(replay.asks.values()),
                "mandate": list(replay.mandates.values()),
                "answer": list(replay.answers.values()),
                "report": list(replay.reports.values()),
                "hiding": list(replay.hidings.values()),
                "mail": list(replay.mails.values()),
                "address": list(OutsideAddress.objects.order_by("id").values_list("public_id", flat=True)),
                "passing": list(Passing.objects.order_by("id").values_list("public_id", flat=True)),
                "key": [stops_key(one) for one in Outgoing.objects.values_list("message_id", flat=True)[:20]],
                "trial": list(replay.trials.values()),
                "change": list(Change.everything.order_by("id").values_list("public_id", flat=True)),
                "name_claim": list(replay.name_claims.values()),
                "secret": [],
            }
        )

    def fill(self, value: str, random: Random) -> str:
        return re.sub(r"{(\w+)}", lambda found: random.choice(self.ids[found[1]] or [MISSING]), value)


def paths(route: str, known: Known) -> Iterator[str]:
    """The address with every id in every place, and with one that never was."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", route)
    unknown = set(names) - known.ids.keys()
    assert not unknown, f"{route}: say in tests/addresses.py which {unknown} there are"
    assert not re.search(r"[\^$(]", route), f"{route}: write it with path(), so that it can be filled"
    for chosen in product(*([*known.ids[name], MISSING] for name in names)):
        path = route
        for name, value in zip(names, chosen, strict=True):
            path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
        yield f"/{path}"


def requests_for(known: Known, random: Random, most: int | None = None) -> list[Asked]:
    """All requests there are, or of each pattern a random few, so that each is asked at least once."""
    ways = _ways()
    everything: list[Asked] = []
    for route, name in patterns():
        if name in LEFT_OUT:
            continue
        found = list(paths(route, known))
        each = range(len(found) * len(ways))
        # Picked before they are put together: there are many thousands of them.
        chosen = each if most is None else random.sample(each, min(most, len(each)))
        everything += [
            _put_together(found[number // len(ways)], ways[number % len(ways)], name, known, random)
            for number in chosen
        ]
    return everything


def plain_looks(known: Known, names: Collection[str], query: tuple[tuple[str, str], ...] = ()) -> list[Asked]:
    """Every address there is of the patterns with these names, asked for plainly or with this query."""
    return [
        Asked("GET", path, query, (), name)
        for route, name in patterns()
        if name in names
        for path in paths(route, known)
    ]


class Way(NamedTuple):
    """How an address is asked: with which headers or query, or with a form filled in."""

    method: str
    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    filled: bool = False


def _ways() -> list[Way]:
    """All there are for an address, the same for each."""
    queries = [(query, value) for query in sorted(asked_for("GET")) for value in QUERIES.get(query, [])]
    return [
        *(Way("GET", headers=tuple(headers.items())) for headers in HEADERS),
        *(Way("GET", query=(one,)) for one in queries),
        Way("HEAD"),
        Way("POST"),
        *(Way("POST", filled=True) for _ in range(6)),
    ]


def _put_together(path: str, way: Way, name: str, known: Known, random: Random) -> Asked:
    data = [(query, known.fill(value, random)) for query, value in way.query]
    if way.filled:
        data = [(field, known.fill(random.choice(values), random)) for field, values in FIELDS.items()]
    return Asked(way.method, path, tuple(data), way.headers, name)


@cache
def asked_for(method: str) -> set[str]:
    """The names that views read from ``request.GET`` or ``request.POST``, found in their source."""
    names: set[str] = set()
    for place, tree in sources().items():
        if not place.startswith(("web/", "channels/")):
            continue
        for node in ast.walk(tree):
            key: Any = None
            got = node.func if isinstance(node, ast.Call) and node.args else None
            if isinstance(got, ast.Attribute) and got.attr in ("get", "getlist"):
                key = node.args[0] if _reads(got.value, method) else None
            if isinstance(node, ast.Subscript) and _reads(node.value, method):
                key = node.slice
            if isinstance(key, ast.Constant):
                names.add(str(key.value))
    return names


def form_fields() -> set[str]:
    """The names of every field of every form of ours."""
    names: set[str] = set()
    waiting: list[type] = [BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("communis"):
            names |= set(getattr(form, "base_fields", {}))
    return names


def _reads(node: ast.AST, method: str) -> bool:
    # ``asked`` is what the compose pages call whichever of the two was sent.
    return (isinstance(node, ast.Attribute) and node.attr == method) or ast.unparse(node) == "asked"


class Answer(NamedTuple):
    """What came back, without what differs between any two answers to the same."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def ask(client: Client, asked: Asked, moment: int, number: int) -> Answer:
    """Send one request with the clock held still and ids that follow from its number."""
    with held_still(moment, "request", str(number)):
        send = getattr(client, asked.method.lower())
        response = send(asked.path, dict(asked.data), headers=dict(asked.headers))
    return normalise(response)


def normalise(response: HttpResponse) -> Answer:
    """Takes away the csrf token, the policy's nonce, the date and the session cookie; nothing else."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    body = re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]*"', rb'\1"', body)
    body = re.sub(rb'( nonce=")[^"]*"', rb'\1"', body)
    headers = [(name, re.sub(r"'nonce-[^']*'", "'nonce'", value)) for name, value in response.items()]
    headers = [(name, value) for name, value in headers if name != "Date"]
    for name, cookie in response.cookies.items():
        if name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            cookie.set(name, "", "")
        cookie["expires"] = ""
        headers.append(("Set-Cookie", cookie.OutputString()))
    return Answer(response.status_code, tuple(sorted(headers)), body)
