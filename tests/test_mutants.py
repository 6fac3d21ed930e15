"""Leaks put in on purpose: each has to be found by the gate's tests or by the compared worlds.

Here, in tests/channels/email/test_mutants.py and in tests/widening/test_mutants.py alone our own code is patched: the
patch is the mistake to be found. A real mistake that got through becomes a mutant.
"""

import functools
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q, Window
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from communis.answers import cutting_down, showing
from communis.answers.models import Ask, CutDown, VisibleAnswers, VisibleAsks, VisibleHelpers
from communis.answers.trials import models as trial_models
from communis.answers.trials.models import Trial, VisibleChanges
from communis.answers.verdicts import ACCEPTED
from communis.attention import counted
from communis.attention.models import Notice
from communis.channels.email import composing
from communis.channels.email.intake import passing, saying
from communis.channels.email.intake.written import Written
from communis.channels.email.models import Arrived, Outgoing, Passing
from communis.channels.email.outside import telling
from communis.channels.importers import name_claiming
from communis.channels.importers.mailbox import importing
from communis.conversations import (
    activity,
    bringing_in,
    crediting,
    drafting,
    files,
    gate,
    hiding,
    history,
    listing,
    sight,
)
from communis.conversations.gate import Seen
from communis.conversations.kinds import Wish
from communis.conversations.lines import live_lines
from communis.conversations.models import (
    Activity,
    AnswerWish,
    Contribution,
    Conversation,
    Draft,
    Line,
    OutingFlag,
    Revision,
    Share,
    VisibleShares,
)
from communis.conversations.openings import newest_openings
from communis.conversations.thanking import thanks_at
from communis.journal.moments import SECOND
from communis.looking.guarding import Refers, Refuse
from communis.looking.principals import Principal
from communis.looking.viewers import Holding, Viewer
from communis.openness.audiences import Audience, audience_of
from communis.openness.bylines import authors
from communis.openness.open_to import open_to
from communis.openness.rungs import Rung
from communis.people import actions, naming
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Membership, Person, VisibleCircles, VisiblePersons
from communis.people.refusals import PeopleRefused
from communis.search import ranking, similar
from communis.search.models import WordPiece
from tests import test_gate
from tests.addresses import Asked, Known, patterns, plain_looks
from tests.cast import cast
from tests.clock import moved_by_hand
from tests.events import Event, Replay
from tests.search.test_similar import hidden_words_change_nothing
from tests.small_world import VIEWER, small_world
from tests.test_noninterference import nothing_interferes
from tests.test_reference import compare
from tests.test_revocation import leaving_is_as_never_having_been_in
from tests.web.test_kept_threads import (
    a_new_name_shows_at_the_next_look,
    an_answer_said_changed_and_taken_back_shows_at_the_next_look,
)
from tests.worlds import secrets_in

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch


@functools.cache
def world() -> tuple[list[Event], Known]:
    """Played once, before anything leaks: see ``test_a_leak_is_found``."""
    return played()


def played() -> tuple[list[Event], Known]:
    with transaction.atomic():
        replay = Replay(small_world())
        if replay.refused:
            # Not an assertion: a leak would count as found.
            raise RuntimeError(replay.refused)
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    return replay.accepted, known


def the_gate() -> None:
    compare(small_world())


def the_keys() -> None:
    pair = (Share, Share._meta.get_field("revision"))
    test_gate.test_nothing_is_read_through_a_key(pair, "values")  # type: ignore[arg-type]


def the_prefetches() -> None:
    test_gate.test_prefetching_is_no_way_forward((Share, Share._meta.get_field("revision")))  # type: ignore[arg-type]


def an_answer_said_changed_and_taken_back() -> None:
    an_answer_said_changed_and_taken_back_shows_at_the_next_look(cast())


def a_new_name() -> None:
    a_new_name_shows_at_the_next_look(cast())


def similar_thoughts_of_the_cast() -> None:
    with moved_by_hand() as clock:
        hidden_words_change_nothing(cast(), clock)


def worlds(
    *names: str, query: str = "", value: str = "", viewer: str = VIEWER, mailed: bool = False
) -> Callable[[], None]:
    """The compared worlds, asked only for these patterns; ``mailed``: and for what is mailed."""

    def run() -> None:
        events, known = world()
        asked = plain_looks(known, names, ((query, value),) if query else ())
        assert asked
        nothing_interferes(events, viewer, asked, mailed=mailed)

    return run


def sent(pattern: str, **form: str) -> Callable[[], None]:
    """The compared worlds, sent this form; a value in braces stands for each id or word known in the world."""

    def run() -> None:
        events, known = world()
        asked = [
            Asked(method, f"/{route}", tuple(filled.items()), (), name)
            for route, name in patterns()
            if name == pattern
            for filled in _filled(form, known)
            for method in (("GET",) if "draft" in form else ("POST",))
        ]
        assert asked
        nothing_interferes(events, VIEWER, asked, mailed=False)

    return run


def _filled(form: dict[str, str], known: Known) -> Iterator[dict[str, str]]:
    kinds = [value[1:-1] for value in form.values() if value.startswith("{")]
    for value in known.ids[kinds[0]] if kinds else [""]:
        yield {field: value if given.startswith("{") else given for field, given in form.items()}


def nothing_is_logged() -> None:
    """LOG-1, of one world and the forms sent in it."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.getMessage()} {record.args}")

    kept, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    try:
        events, _known = played()
    finally:
        root.removeHandler(kept)
        root.setLevel(level)
    words = secrets_in(events)
    assert len(words) >= len(events) / 2
    assert not [line for line in lines if any(word in line for word in words)]


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


def lists_open_to_anyone(patch: Patch) -> None:
    patch.setattr(importing, "audience_of", lambda rung, principals=(): audience_of(Rung.PUBLIC))


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

    real = view.sight_of

    def sight_of(public_id: str, viewer: Viewer) -> Any:
        found = real(public_id, viewer)
        if found is None and Conversation.everything.filter(public_id=public_id).exists():
            raise PermissionDenied
        return found

    patch.setattr(view, "sight_of", sight_of)


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
    patch.setattr(contributions, "_name", lambda seen, signed_in: "")


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


def asks_of_all_lines(patch: Patch) -> None:
    patch.setattr(VisibleAsks, "seen_by", lambda self, rows, viewer: rows)


def answers_before_the_heads_up(patch: Patch) -> None:
    patch.setattr(VisibleAnswers, "seen_by", lambda self, rows, viewer: rows)


def answered_shown_as_answered(patch: Patch) -> None:
    def waiting(asks: list[Ask], viewer: Viewer) -> list[showing.OnTheWay]:
        return real([ask for ask in asks if ask.state == Ask.State.WAITING], viewer)

    real = showing.on_the_way
    patch.setattr("communis.web.answer_block.on_the_way", waiting)


def helpers_shown_to_everybody(patch: Patch) -> None:
    """Also to the public, on the page of an idea that is open to it."""
    patch.setattr(
        VisibleHelpers, "seen_by", lambda self, rows, viewer: rows.filter(line_id__in=live_lines(viewer))
    )
    patch.setattr("communis.web.answer_block.may_help", lambda verdict, viewer: verdict in ACCEPTED)


def outcomes_of_all_answers(patch: Patch) -> None:
    """Whoever sees the idea is shown what was told of an answer that fewer read."""

    def seen_below(kinds: Sequence[int], parents: Sequence[int], viewer: Viewer) -> list[gate.Seen]:
        return gate.seen_below(kinds, parents, holding_everything())

    patch.setattr("communis.answers.became.seen_below", seen_below)


def trials_wider_than_their_ideas(patch: Patch) -> None:
    patch.setattr(trial_models, "with_its_idea", lambda viewer: Q())


def changes_told_to_the_public(patch: Patch) -> None:
    def seen_by(self: Any, rows: Any, viewer: Viewer) -> Any:
        return rows.filter(trial_id__in=Trial.visible.to(viewer).values("id"), taken_back_at=None)

    patch.setattr(VisibleChanges, "seen_by", seen_by)


def reports_of_everybody(patch: Patch) -> None:
    """Whoever is signed in is shown who was cut down, and with what words."""

    def everybody(viewer: Viewer, *, by: Person) -> list[cutting_down.Report]:
        return [cutting_down._shown(row) for row in CutDown.everything.order_by("id")]

    patch.setattr(cutting_down, "reports_to", everybody)


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


def persons_found_past_the_list(patch: Patch) -> None:
    """Autocomplete: whoever is in no list is found by the beginning of the name (trust L11)."""
    patch.setattr("communis.web.desks.choosable_persons", lambda *_: Person.everything.order_by("name"))


def names_taken_by_hidden_circles(patch: Patch) -> None:
    """A name that exists is refused, and so tells that it exists (trust L42)."""
    real = actions.found_circle

    def found_circle(name: str, **more: Any) -> Circle:
        if Circle.everything.filter(name=name).exists():
            raise PeopleRefused("That name is taken.", "name")
        return real(name, **more)

    patch.setattr("communis.web.views.circles.actions.found_circle", found_circle)


def anothers_draft_opened(patch: Patch) -> None:
    def draft_at(place: str, *, by: Person) -> Draft | None:
        return Draft.objects.filter(public_id=place).first()

    def own_draft(draft: str, *, by: Person) -> Draft:
        return Draft.objects.get(public_id=draft) if draft else Draft()

    patch.setattr("communis.web.views.compose.drafting.draft_at", draft_at)
    patch.setattr("communis.web.views.compose.drafting.own_draft", own_draft)


def feed_of_somebody_signed_in(patch: Patch) -> None:
    real = newest_openings

    def openings(viewer: Viewer, most: int) -> Any:
        return real(viewer_for(Person.everything.order_by("id")[1].id), most)

    patch.setattr("communis.channels.feeds.public.newest_openings", openings)


def hidden_files_forbidden(patch: Patch) -> None:
    """A file that is there but not for this viewer answers otherwise than one that never was (trust L35)."""
    real = files.file_of

    def file_of(line: str, number: int, viewer: Viewer) -> Any:
        found = real(line, number, viewer)
        if found is None and Line.everything.filter(public_id=line).exists():
            raise PermissionDenied
        return found

    patch.setattr("communis.web.views.files.file_of", file_of)


def words_logged(patch: Patch) -> None:
    real = drafting.save_draft

    def save_draft(place: str, text: str, **more: Any) -> Draft | None:
        logging.getLogger("communis.drafts").debug("saved %s", text)
        return real(place, text, **more)

    patch.setattr("communis.conversations.drafting.save_draft", save_draft)


def mails_numbered(patch: Patch) -> None:
    """A Message-ID of all mails counts those to others (trust L18)."""
    real = composing.compose

    def compose(waiting: Outgoing) -> Any:
        made = real(waiting)
        if made is not None:
            made.extra_headers["Message-ID"] = f"<{waiting.id}@avinge.example>"
        return made

    patch.setattr("communis.channels.email.sending.compose", compose)


def digest_tells_how_much_there_is(patch: Patch) -> None:
    """A digest that counts what nobody looked at through the gate counts what is hidden (trust L17)."""
    real = composing.digest_mail

    def digest_mail(*found: Any, **more: Any) -> Any:
        made = real(*found, **more)
        made.body += f"{Share.everything.count()} i allt\n"
        return made

    patch.setattr("communis.channels.email.composing.digest_mail", digest_mail)


def threads_kept_for_everybody(patch: Patch) -> None:
    from communis.web.views import conversation as view

    real = view.sight_of

    def sight_of(public_id: str, viewer: Viewer) -> Any:
        found = real(public_id, viewer)
        return found._replace(opened=()) if found else None

    patch.setattr(view, "sight_of", sight_of)


def sight_of_all_principals(patch: Patch) -> None:
    real = sight.sight_of

    def sight_of(public_id: str, viewer: Viewer) -> Any:
        found = real(public_id, viewer)
        rows = Activity.everything.filter(conversation_id=found.conversation if found else 0)
        stamps = tuple(rows.order_by("principal_id").values_list("stamp", flat=True))
        return found._replace(opened=stamps) if found else None

    patch.setattr("communis.web.views.conversation.sight_of", sight_of)


def stamps_stay(patch: Patch) -> None:
    patch.setattr(activity, "new_stamp", lambda: 1)
    patch.setattr(Activity._meta.get_field("stamp"), "_get_default", lambda: 1)


def stamp_of_names_stays(patch: Patch) -> None:
    patch.setattr("communis.people.own_page.names_changed", lambda: None)


def protected_persons_behind_names(patch: Patch) -> None:
    real = gate._sql
    condition = "AND (outside.id IS NULL OR NOT person.protected)"
    assert condition in real("")
    patch.setattr(gate, "_sql", lambda which: real(which).replace(condition, ""))


def name_claims_of_everybody(patch: Patch) -> None:
    real = name_claiming.own_name_claims

    def own_name_claims(*, by: Person) -> list[name_claiming.OwnNameClaim]:
        return [one for person in Person.everything.all() for one in real(by=person)]

    patch.setattr(name_claiming, "own_name_claims", own_name_claims)


def thanks_read_by_all(patch: Patch) -> None:
    patch.setattr(
        "communis.web.views.conversation.thanks_at",
        lambda seen, by: thanks_at(seen._replace(own=True), by=by),
    )


def credits_of_all_lines(patch: Patch) -> None:
    patch.setattr(crediting, "open_to", lambda viewer: Q())


def flags_of_everybody(patch: Patch) -> None:
    def has_flagged(seen: gate.Seen, *, by: Person) -> bool:
        return OutingFlag.objects.filter(line_id=seen.line_number).exists()

    patch.setattr("communis.web.views.conversation.has_flagged", has_flagged)


def hidden_words_in_the_history(patch: Patch) -> None:
    patch.setattr("communis.conversations.history.is_hidden", lambda seen: False)


def hidden_words_read_by_all(patch: Patch) -> None:
    real = hiding.own_hidden_words
    patch.setattr(
        "communis.web.views.conversation.own_hidden_words",
        lambda seen, by: real(seen._replace(own=True), by=by),
    )


def told_of_someone_hidden_she_does_not_see(patch: Patch) -> None:
    patch.setattr("communis.attention.reactions.seen_contributions", lambda hidden, viewer: hidden)


def passed_on_mail_said(patch: Patch) -> None:
    """What somebody else wrote goes along with the words of who passes it on (trust L21)."""

    def with_all(words: str, written: Written, by: Person) -> str:
        return words if written.passed_on is None else f"{words}\n\n{written.passed_on.body}"

    patch.setattr(saying, "_with_note", with_all)


def letters_from_outside_read_by_all(patch: Patch) -> None:
    """What a steward lets in is for those who answer the question (R81)."""

    def audience_of_all(rung: Rung, principals: Iterable[int] = ()) -> Audience:
        return audience_of(Rung.PUBLIC)

    patch.setattr(bringing_in, "audience_of", audience_of_all)


def waiting_mail_on_the_page_of_the_question(patch: Patch) -> None:
    """How much has come there from outside is for stewards alone."""

    def outside_address(opening: Seen) -> str:
        return f"u.{Arrived.objects.filter(outside__isnull=False).count()}@svar.avinge.example"

    patch.setattr("communis.web.views.conversation.outside_address", outside_address)


def news_of_mail_from_outside_for_all(patch: Patch) -> None:
    """It is told to everybody, and not to stewards alone."""
    everybody = Person.everything.values_list("id", flat=True)
    patch.setattr(telling, "stewards_here", lambda: set(everybody.all()))
    patch.setitem(counted._counts, Notice.Reason.OUTSIDE_WAITS, lambda person: telling._waits())


def passings_of_everybody(patch: Patch) -> None:
    def asked_of(by: Person) -> list[Any]:
        return [found for row in Passing.objects.filter(answered_at=None) if (found := passing._asked(row))]

    patch.setattr("communis.web.views.passings.asked_of", asked_of)


def rarity_of_all_words(patch: Patch) -> None:
    """How rare a piece is, counted among all that is written (trust 8)."""

    def rarity(asked: Sequence[str], counted: Sequence[Any]) -> dict[str, float]:
        having = {piece: WordPiece.everything.filter(piece=piece).count() for piece in asked}
        return {piece: 1 / (1 + number) for piece, number in having.items()}

    patch.setattr(ranking, "_rarity", rarity)


def newest_of_everybody(patch: Patch) -> None:
    """What is hidden takes a place among what is compared; the gate leaves it out afterwards."""

    patch.setattr(similar, "_held", lambda _viewer: [(holding_everything().holdings, 50)])


def similar_past_the_gate(patch: Patch) -> None:
    def seen(contributions: list[int], viewer: Viewer) -> list[gate.Seen]:
        return gate.seen_contributions(contributions, holding_everything())

    newest_of_everybody(patch)
    patch.setattr(similar, "seen_contributions", seen)


def holding_everything(person_id: int | None = None) -> Viewer:
    principals = Principal.objects.values_list("id", flat=True)
    return Viewer(person_id, tuple(Holding(one, 0) for one in principals))


class Mutant(NamedTuple):
    leak: Callable[[Patch], None]
    found_by: Callable[[], None]


MUTANTS = [
    Mutant(window_fold, the_gate),
    Mutant(fold_ignored, the_gate),
    Mutant(ended_shares_shown, the_gate),
    Mutant(since_ignored, the_gate),
    Mutant(activity_of_all_principals, the_gate),
    Mutant(lists_open_to_anyone, the_gate),
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
    Mutant(asks_of_all_lines, worlds("conversation")),
    Mutant(answers_before_the_heads_up, worlds("conversation")),
    Mutant(answered_shown_as_answered, worlds("conversation")),
    Mutant(helpers_shown_to_everybody, worlds("conversation", viewer="")),
    Mutant(outcomes_of_all_answers, worlds("line")),
    Mutant(trials_wider_than_their_ideas, worlds("trials")),
    Mutant(trials_wider_than_their_ideas, worlds("trials-json")),
    Mutant(changes_told_to_the_public, worlds("trial", viewer="")),
    Mutant(reports_of_everybody, worlds("reports")),
    Mutant(members_of_all_circles, worlds("circle")),
    Mutant(ended_shares_shown, worlds("conversation")),
    Mutant(since_ignored, worlds("conversation", "line")),
    Mutant(persons_found_past_the_list, sent("write", do="find", person_words="Pe", audience="direct")),
    Mutant(names_taken_by_hidden_circles, sent("found-circle", name="{name}", sight="0", history="yes")),
    Mutant(anothers_draft_opened, sent("write", draft="{draft}")),
    Mutant(feed_of_somebody_signed_in, worlds("feed")),
    Mutant(hidden_files_forbidden, worlds("file")),
    Mutant(words_logged, nothing_is_logged),
    Mutant(viewer_kept_between_requests, leaving_is_as_never_having_been_in),
    Mutant(leaving_keeps_sight, leaving_is_as_never_having_been_in),
    Mutant(threads_kept_for_everybody, worlds("conversation")),
    Mutant(sight_of_all_principals, worlds("conversation")),
    Mutant(protected_persons_behind_names, worlds("conversation")),
    Mutant(name_claims_of_everybody, worlds("name-claims")),
    Mutant(thanks_read_by_all, worlds("line")),
    Mutant(credits_of_all_lines, worlds("conversation")),
    Mutant(flags_of_everybody, worlds("line")),
    Mutant(hidden_words_in_the_history, worlds("line-history")),
    Mutant(hidden_words_read_by_all, worlds("line")),
    Mutant(passed_on_mail_said, worlds("conversation", viewer="p1")),
    Mutant(passings_of_everybody, worlds("passings")),
    Mutant(letters_from_outside_read_by_all, worlds("conversation")),
    Mutant(news_of_mail_from_outside_for_all, worlds("for-you")),
    Mutant(waiting_mail_on_the_page_of_the_question, worlds("conversation", viewer="")),
    Mutant(told_of_someone_hidden_she_does_not_see, worlds("for-you")),
    Mutant(stamps_stay, an_answer_said_changed_and_taken_back),
    Mutant(stamp_of_names_stays, a_new_name),
    Mutant(mails_numbered, worlds("feed", mailed=True)),
    Mutant(digest_tells_how_much_there_is, worlds("feed", mailed=True)),
    Mutant(rarity_of_all_words, similar_thoughts_of_the_cast),
    Mutant(newest_of_everybody, similar_thoughts_of_the_cast),
    Mutant(similar_past_the_gate, similar_thoughts_of_the_cast),
    Mutant(similar_past_the_gate, sent("similar-thoughts", text="{canary}")),
]


def name(mutant: Any) -> str:
    return f"{mutant.leak.__name__}-{mutant.found_by.__name__}"


@pytest.mark.seeded
@pytest.mark.parametrize("mutant", MUTANTS, ids=name)
def test_a_leak_is_found(mutant: Mutant, monkeypatch: Patch) -> None:
    world()
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
        an_answer_said_changed_and_taken_back,
        a_new_name,
        worlds("conversation-new", query="since", value="1"),
        worlds("conversation", "what-became", viewer=""),
        worlds(
            "conversation",
            "what-became",
            "line",
            "line-history",
            "records",
            "people",
            "circles",
            "circle",
            "write",
        ),
        worlds("conversation", "line", "line-history", "records", "people", "circles", "circle", "write"),
        worlds("reports", "passings", "held-mail", "outside-mail"),
        worlds("conversation", "outside-mail", viewer="p5", mailed=True),
        worlds("conversation", viewer="p1"),
        worlds("trials", "trial", "trials-json", "trials-feed"),
        worlds("trial", viewer=""),
        worlds("for-you", "feed", "file", "name-claims", "name-claim", "stewards-name-claims", mailed=True),
        sent("write", do="find", person_words="Pe", audience="direct"),
        sent("found-circle", name="{name}", sight="0", history="yes"),
        sent("write", draft="{draft}"),
        sent("similar-thoughts", text="{canary}"),
        similar_thoughts_of_the_cast,
        nothing_is_logged,
    ],
)
def test_without_a_leak_nothing_is_found(finds: Callable[[], None]) -> None:
    finds()
