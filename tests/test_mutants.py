"""Leaks put in on purpose: each has to be found by the gate's tests or by the compared worlds.

This is the one place where our own code is patched: the patch is the mistake that is to be found. A real
mistake that got through becomes a mutant here.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q, Window
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from communis.conversations import gate, history, listing
from communis.conversations.kinds import Wish
from communis.conversations.models import (
    AnswerWish,
    Contribution,
    Conversation,
    Line,
    Revision,
    Share,
    VisibleShares,
)
from communis.journal.moments import SECOND
from communis.looking.guarding import Refers, Refuse
from communis.looking.principals import Principal
from communis.looking.viewers import Viewer
from communis.openness.bylines import authors
from communis.openness.open_to import open_to
from communis.people import naming
from communis.people.models import Membership, Person, VisibleCircles, VisiblePersons
from tests.addresses import Asked, Known, paths, patterns
from tests.events import Event, Replay
from tests.small_world import VIEWER, small_world
from tests.test_gate import test_nothing_is_read_through_a_key, test_prefetching_is_no_way_forward
from tests.test_noninterference import nothing_interferes
from tests.test_reference import compare
from tests.test_revocation import leaving_is_as_never_having_been_in

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch


def world() -> tuple[list[Event], Known]:
    with transaction.atomic():
        replay = Replay(small_world())
        assert not replay.refused
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    return replay.accepted, known


def the_gate() -> None:
    compare(small_world())


def the_keys() -> None:
    pair = (Share, Share._meta.get_field("revision"))
    test_nothing_is_read_through_a_key(pair, "values")  # type: ignore[arg-type]


def the_prefetches() -> None:
    test_prefetching_is_no_way_forward((Share, Share._meta.get_field("revision")))  # type: ignore[arg-type]


def worlds(*names: str, query: str = "", value: str = "") -> Callable[[], None]:
    """The compared worlds, asked only for these patterns."""

    def run() -> None:
        events, known = world()
        data = ((query, value),) if query else ()
        asked = [
            Asked("GET", path, data, (), name)
            for route, name in patterns()
            if name in names
            for path in paths(route, known)
        ]
        assert asked
        nothing_interferes(events, VIEWER, asked)

    return run


def window_fold(patch: Patch) -> None:
    def seen_by(self: Any, rows: Any, viewer: Viewer) -> Any:
        order = [F("rung").asc(), F("line_id").asc()]
        number = Window(RowNumber(), partition_by=F("contribution_id"), order_by=order)
        numbered = rows.filter(open_to(viewer), ended_at=None).annotate(number=number)
        return numbered.filter(number=1)

    patch.setattr(VisibleShares, "seen_by", seen_by)
    # PostgreSQL locks no rows through a window; who locks is not what is wrong here.
    patch.setattr(models.QuerySet, "select_for_update", lambda self, **_: self)


def fold_ignored(patch: Patch) -> None:
    def seen_by(self: Any, rows: Any, viewer: Viewer) -> Any:
        return rows.filter(open_to(viewer), ended_at=None)

    patch.setattr(VisibleShares, "seen_by", seen_by)


def ended_shares_shown(patch: Patch) -> None:
    real = gate._sql

    def sql(*arguments: Any, **named: Any) -> str:
        return real(*arguments, **named).replace("ended_at IS NULL", "1 = 1")

    patch.setattr(gate, "_sql", sql)


def since_ignored(patch: Patch) -> None:
    def narrow(self: Viewer) -> str:
        return str([[held.principal, 0] for held in self.narrow_holdings()])

    patch.setattr(Viewer, "narrow_as_json", narrow)


def activity_of_all_principals(patch: Patch) -> None:
    def everything(self: Viewer) -> str:
        return str([[number, 0] for number in Principal.objects.values_list("id", flat=True)])

    patch.setattr(Viewer, "as_json", everything)


def filtered_afterwards(patch: Patch) -> None:
    def newest(viewer: Viewer, limit: int = 30) -> list[tuple[int, int]]:
        live = Share.everything.filter(ended_at=None).order_by("-opened_at")
        page = [(share.conversation_id, share.opened_at) for share in live[:limit]]
        seen = set(Conversation.visible.to(viewer).values_list("id", flat=True))
        return [pair for pair in page if pair[0] in seen]

    patch.setattr(listing, "newest", newest)


def forward_key_allowed(patch: Patch) -> None:
    patch.setattr(Refers, "get_extra_restriction", lambda *_: None)


def prefetching_allowed(patch: Patch) -> None:
    for method in ("get_queryset", "get_prefetch_querysets"):
        patch.setattr(Refuse, method, getattr(ForwardManyToOneDescriptor, method))


def mixed_counts(patch: Patch) -> None:
    def newer_than(conversation_id: int, viewer: Viewer, moment: int) -> int:
        return Share.everything.filter(conversation_id=conversation_id, opened_at__gt=moment).count()

    patch.setattr("communis.web.views.conversation.newer_than", newer_than)


def forbidden_instead_of_missing(patch: Patch) -> None:
    from communis.web.views import conversation as view

    real = view.shares_at

    def shares_at(public_id: str, viewer: Viewer) -> Any:
        found = real(public_id, viewer)
        if not found[1] and Conversation.everything.filter(public_id=public_id).exists():
            raise PermissionDenied
        return found

    patch.setattr(view, "shares_at", shares_at)


def last_modified_of_everything(patch: Patch) -> None:
    from communis.web import middleware

    real = middleware.looking

    def looking(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        inner = real(get_response)

        def answer(request: HttpRequest) -> HttpResponse:
            response = inner(request)
            latest = Share.everything.aggregate(at=models.Max("opened_at"))["at"]
            response["Last-Modified"] = http_date(latest // SECOND)
            return response

        return answer

    patch.setattr(middleware, "looking", looking)


def protected_persons_suggested(patch: Patch) -> None:
    def seen_by(self: Any, rows: Any, viewer: Viewer) -> Any:
        return rows.filter(closed_at=None)

    patch.setattr(VisiblePersons, "seen_by", seen_by)
    patch.setattr("communis.people.directory.persons", lambda *_: ([], False))
    patch.setattr(
        "communis.web.views.people.persons",
        lambda viewer, beginning="", page=1: (list(Person.visible.to(viewer).order_by("name")), False),
    )


def secret_circles_listed(patch: Patch) -> None:
    patch.setattr(VisibleCircles, "seen_by", lambda self, rows, viewer: rows)


def stub_with_a_name(patch: Patch) -> None:
    from communis.web import contributions

    real = contributions._words

    def words() -> dict[str, str]:
        hidden = Revision.everything.order_by("id").values_list("contribution_id", flat=True)
        authorship = Contribution.everything.filter(id__in=hidden).values_list("authorship_id", flat=True)
        names = Person.everything.filter(id__in=authors(list(authorship)).values())
        return {**real(), "stub": ", ".join(sorted(names.values_list("name", flat=True)))}

    patch.setattr(contributions, "_words", words)
    patch.setattr(contributions, "_name", lambda seen: "")


def size_of_a_circle_shown(patch: Patch) -> None:
    patch.setattr(
        "communis.openness.describing.numbers",
        lambda circles, viewer: naming._count([circle.id for circle in circles]),
    )


def history_of_all_lines(patch: Patch) -> None:
    real = history.versions

    def versions(line: str, viewer: Viewer) -> list[history.Version]:
        shown = real(line, viewer)
        contribution = Line.everything.get(public_id=line).contribution_id
        earlier = Revision.everything.filter(contribution_id=contribution)
        return shown + [history.Version(one.html, one.written_at, False, None) for one in earlier]

    patch.setattr(history, "versions", versions)


def wishes_of_all_lines(patch: Patch) -> None:
    def wishes_with(seen: gate.Seen) -> list[Wish]:
        lines = Line.everything.filter(contribution_id=seen.contribution).values("id")
        kept = AnswerWish.objects.filter(line_id__in=lines)
        return [Wish(wish) for wish in kept.values_list("wish", flat=True)]

    patch.setattr("communis.web.wish_words.wishes_with", wishes_with)


def members_of_all_circles(patch: Patch) -> None:
    from communis.people.models import VisibleMemberships

    patch.setattr(VisibleMemberships, "seen_by", lambda self, rows, viewer: rows.filter(Q(left_at=None)))
    # The page asks a second time before it lists anybody.
    patch.setattr("communis.people.circles.sees_members", lambda circle, viewer: True)


def viewer_kept_between_requests(patch: Patch) -> None:
    from communis.web import middleware

    real = middleware._who
    kept: dict[str | None, Any] = {}

    def who(request: HttpRequest) -> Any:
        return kept.setdefault(request.session.session_key, real(request))

    patch.setattr(middleware, "_who", who)


def leaving_keeps_sight(patch: Patch) -> None:
    def leave(*_: Any, **__: Any) -> None:
        Membership.everything.filter(pk=-1).update(left_at=1)

    patch.setattr("communis.people.actions.leave", leave)


class Mutant(NamedTuple):
    leak: Callable[[Patch], None]
    found_by: Callable[[], None]


MUTANTS = [
    Mutant(window_fold, the_gate),
    Mutant(fold_ignored, the_gate),
    Mutant(ended_shares_shown, the_gate),
    Mutant(since_ignored, the_gate),
    Mutant(activity_of_all_principals, the_gate),
    Mutant(activity_of_all_principals, worlds("front", "murmur", "conversations")),
    Mutant(filtered_afterwards, the_gate),
    Mutant(forward_key_allowed, the_keys),
    Mutant(prefetching_allowed, the_prefetches),
    Mutant(mixed_counts, worlds("conversation-new", query="since", value="1")),
    Mutant(forbidden_instead_of_missing, worlds("conversation")),
    Mutant(last_modified_of_everything, worlds("records")),
    Mutant(protected_persons_suggested, worlds("people")),
    Mutant(secret_circles_listed, worlds("circles")),
    Mutant(stub_with_a_name, worlds("conversation")),
    Mutant(size_of_a_circle_shown, worlds("write")),
    Mutant(history_of_all_lines, worlds("line-history")),
    Mutant(wishes_of_all_lines, worlds("conversation")),
    Mutant(wishes_of_all_lines, worlds("line")),
    Mutant(members_of_all_circles, worlds("circle")),
    Mutant(ended_shares_shown, worlds("conversation")),
    Mutant(since_ignored, worlds("conversation", "line")),
    Mutant(viewer_kept_between_requests, leaving_is_as_never_having_been_in),
    Mutant(leaving_keeps_sight, leaving_is_as_never_having_been_in),
]


def name(mutant: Any) -> str:
    return f"{mutant.leak.__name__}-{mutant.found_by.__name__}"


@pytest.mark.parametrize("mutant", MUTANTS, ids=name)
def test_a_leak_is_found(mutant: Mutant, monkeypatch: Patch) -> None:
    mutant.leak(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        mutant.found_by()


@pytest.mark.parametrize(
    "finds",
    [
        the_gate,
        the_keys,
        the_prefetches,
        leaving_is_as_never_having_been_in,
        worlds("conversation-new", query="since", value="1"),
        worlds("conversation", "line", "line-history", "records", "people", "circles", "circle", "write"),
    ],
)
def test_without_a_leak_nothing_is_found(finds: Callable[[], None]) -> None:
    finds()
