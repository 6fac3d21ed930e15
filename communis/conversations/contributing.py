"""Saying something: starting a conversation, and answering in one."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from communis.conversations import anchoring, rules, sharing
from communis.conversations.files import attach
from communis.conversations.gate import seen_contributions
from communis.conversations.kinds import Kind, Wish
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Conversation, Host, Line, QuestionTerms, Share
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.unnaming import hidden_byline
from communis.conversations.wishing import note_wishes
from communis.conversations.words import Attachment, Quoted, Terms, write
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience
from communis.openness.bylines import Byline, authorship_of, in_role, named, person_shown
from communis.openness.choosing import AudienceRefused, Choice, choose
from communis.people.holdings import viewer_for
from communis.people.models import Person, Role


def start(
    kind: Kind,
    text: str,
    *,
    by: Person,
    choice: Choice,
    role: Role | None = None,
    hidden: Byline.Kind | None = None,
    terms: Terms | None = None,
    files: Sequence[Attachment] = (),
    quotes: Sequence[Quoted] = (),
    wishes: Iterable[Wish] = (),
    key: str = "",
) -> Share:
    """Start a conversation with its opening contribution. ``wishes``: how its author wants to be answered.

    ``hidden``: under a pseudonym, or unnamed; else under one's name, or in the ``role``.
    ``key`` makes it safe to repeat: the same key gives the same share. Raises Refused.
    """

    made: dict[str, Share] = {}

    def act() -> str:
        viewer = viewer_for(by.id)
        if not rules.may_start(kind, viewer):
            raise Refused(_("A conversation begins with a question, an idea, a fragment or a post."), "kind")
        if (kind == Kind.QUESTION) != (terms is not None) or (terms and not terms.scope.strip()):
            # A question cannot open before it says what can be influenced (D47).
            raise Refused(_("Say how much can be influenced, and what."), "scope")
        audience = _chosen(choice, viewer, by)
        conversation = Conversation.everything.create(public_id=public_id())
        contribution = _contribution(conversation.id, None, kind, by)
        revision = write(contribution, text)
        byline = _byline(contribution, audience, viewer, by, role, hidden)
        share = sharing.open_line(contribution, revision, audience, byline, now())
        if terms is not None:
            QuestionTerms.objects.create(
                revision=revision, level=terms.level, scope=terms.scope.strip(), answer_by=terms.answer_by
            )
            Host.objects.bulk_create(
                Host(line_id=share.line_id, person_id=person) for person in sorted({by.id, *terms.hosts})
            )
        attach(revision, files)
        anchoring.anchor(contribution, quotes, viewer, audience)
        note_wishes(share.line_id, wishes)
        record(
            "started",
            by=by.id,
            share=share.id,
            line=share.line_id,
            conversation=conversation.id,
            # The first rung, so that it can be counted later (see first_rungs.py).
            rung=audience.rung,
        )
        line = address_of(share)[1]
        made[line] = share
        return line

    line = once(by.id, key, act)
    return made.get(line) or _share_on(line)


def contribute(
    answered: str,
    text: str,
    *,
    by: Person,
    kind: Kind = Kind.COMMENT,
    choice: Choice | None = None,
    role: Role | None = None,
    hidden: Byline.Kind | None = None,
    quotes: Sequence[Quoted] = (),
    files: Sequence[Attachment] = (),
    key: str = "",
) -> Share:
    """Answer the line with this public id. Without a choice the answer has the audience it answers.

    An answer is a comment, or a plain restatement of the question or idea on the line.

    Raises NotThere when ``by`` cannot see the line, and Refused when the audience would be wider than what
    is answered, the role is not held, or there are no words.
    """

    made: dict[str, Share] = {}

    def act() -> str:
        viewer = viewer_for(by.id)
        parent, answered_kind = _answered(answered, viewer)
        if not rules.may_reply_to(answered_kind, viewer):
            raise Refused(_("This cannot be answered here. Answer something else in the conversation."))
        if kind == Kind.RESTATEMENT and not rules.may_restate(answered_kind, viewer):
            raise Refused(_("Only a question or an idea can be said more simply. Answer it instead."))
        audience = (
            parent.audience if choice is None else _chosen(choice, viewer, by, person_shown(parent.byline_id))
        )
        if not rules.may_share_with(audience, parent.audience):
            raise Refused(
                _(
                    "An answer cannot be read by more people than what it answers. Choose a narrower audience."
                ),
                "audience",
            )
        contribution = _contribution(parent.conversation_id, parent.contribution_id, kind, by)
        revision = write(contribution, text)
        byline = _byline(contribution, audience, viewer, by, role, hidden)
        share = sharing.open_line(contribution, revision, audience, byline, now())
        attach(revision, files)
        anchoring.anchor(contribution, quotes, viewer, audience)
        record(
            "contributed",
            by=by.id,
            share=share.id,
            line=share.line_id,
            conversation=parent.conversation_id,
            answered=parent.line_id,
        )
        line = address_of(share)[1]
        made[line] = share
        return line

    line = once(by.id, key, act)
    return made.get(line) or _share_on(line)


@transaction.atomic
def say_as_given(line: int, text: str, *, by: Person, kind: Kind, role: Role | None = None) -> Share:
    """Say to those who read the line what ``by`` gave to be said there later, and can look at no longer.

    The caller answers for what ``by`` might do then. Nobody but the line's readers of now reads it. Raises NotThere
    when the line shows nothing any more.
    """
    parent = Share.everything.filter(line_id=line, ended_at=None).select_for_update().first()
    if parent is None:
        raise NotThere
    contribution = _contribution(parent.conversation_id, parent.contribution_id, kind, by)
    byline = named(by) if role is None else in_role(by, role)
    share = sharing.open_line(contribution, write(contribution, text), parent.audience, byline, now())
    record(
        "contributed",
        by=by.id,
        share=share.id,
        line=share.line_id,
        conversation=parent.conversation_id,
        answered=parent.line_id,
    )
    return share


def _answered(line: str, viewer: Viewer) -> tuple[Share, Kind]:
    """The share that is answered, and what it is; locked, so that it cannot end or be edited meanwhile.

    First locked and then looked at: others write as soon as this is done, and a queryset through the gate takes
    longer to build than all the rest.
    """
    on_line = Line.everything.filter(public_id=line).values("id")
    found: Share | None = (
        Share.everything.filter(line_id__in=on_line, ended_at=None).select_for_update().first()
    )
    seen = seen_contributions([found.contribution_id], viewer) if found is not None else []
    if found is None or not seen or seen[0].share != found.id:
        raise NotThere
    return found, Kind(seen[0].kind)


def _chosen(choice: Choice, viewer: Viewer, by: Person, answered: Person | None = None) -> Audience:
    try:
        return choose(choice, viewer, by.principal_id, answered)
    except AudienceRefused as refusal:
        raise Refused(str(refusal), "audience") from refusal


def _byline(
    contribution: Contribution,
    audience: Audience,
    viewer: Viewer,
    by: Person,
    role: Role | None,
    hidden: Byline.Kind | None,
) -> Byline:
    if hidden is not None:
        return hidden_byline(contribution, audience, viewer, hidden, by=by)
    if role is None:
        return named(by)
    if not rules.may_speak_as(by, role, now()):
        raise Refused(_("You do not hold that role now. Choose your own name, or a role you hold."), "byline")
    return in_role(by, role)


def _contribution(conversation: int, parent: int | None, kind: Kind, by: Person) -> Contribution:
    return Contribution.everything.create(
        conversation_id=conversation, parent_id=parent, kind=kind, authorship=authorship_of(by)
    )


def _share_on(line: str) -> Share:
    """The newest share on the line: the live one, or the last before it was taken back."""
    shares = Share.everything.filter(line_id__in=Line.everything.filter(public_id=line).values("id"))
    newest = shares.order_by("-id").first()
    if newest is None:
        raise NotThere
    return newest
