"""Drafts: what someone has begun, kept for that person alone until sent or thrown away (gate rule 19)."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communis.conversations.files import discard, same_bytes
from communis.conversations.models import Draft
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.words import Attachment
from communis.journal.idempotency import result_of
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.people.models import Person

LONGEST = 100_000
MOST_FILES = 10

NEW = "new"
_PLACE = re.compile(r"new|reply:[0-9a-f]{32}(:[0-9a-f]{16})?|(?:edit|restate|ask):[0-9a-f]{32}|[0-9a-f]{32}")


def reply_place(line: str, words: str = "", occurrence: int = 0) -> str:
    """Where an answer to the line is drafted; an answer to certain words of it has a place of its own."""
    if not words:
        return f"reply:{line}"
    return f"reply:{line}:{hashlib.sha256(f'{occurrence}:{words}'.encode()).hexdigest()[:16]}"


def restating_place(line: str) -> str:
    """Where simpler words for a question or an idea are drafted."""
    return f"restate:{line}"


def asked_place(ask: str) -> str:
    """Where an answer to what was asked is drafted."""
    return f"ask:{ask}"


def edit_place(line: str) -> str:
    """Where new words for one's own line are drafted."""
    return f"edit:{line}"


@transaction.atomic
def save_draft(
    place: str, text: str, *, by: Person, choices: Mapping[str, object] | None = None, key: str = ""
) -> Draft | None:
    """Keep the words for this place, over what was kept there before. ``choices`` are the other fields.

    ``place`` is one of the places above, or the id of a draft that was put aside. With the ``key`` of a form
    that was sent already nothing is kept, and None comes back: a late save must not bring sent words back.
    Raises Refused when the text is longer than any contribution can be, NotThere for another's draft.
    """
    if not _PLACE.fullmatch(place):
        raise NotThere
    if len(text) > LONGEST:
        raise Refused(_("The text is too long to keep. Split it in two."), "text")
    if key and result_of(by.id, key) is not None:
        return None
    draft = _locked(place, by)
    draft.text = text
    if choices is not None:
        # Files are kept apart from the fields: they come and go by their own functions.
        draft.choices = {**choices, "files": draft.choices.get("files", [])}
    draft.saved_at = now()
    draft.save()
    return draft


@transaction.atomic
def add_file(place: str, file: Attachment, *, by: Person) -> int:
    """Let the draft carry one more file, already stored; returns its number. Raises Refused when there are too many.

    The same bytes once more are the file it carries: a form or a script that is not sure may send again.
    """
    draft = _locked(place, by)
    files = draft.choices.get("files", [])
    for number, carried in enumerate(files, start=1):
        if same_bytes(carried["stored_as"], file.stored_as):
            discard([file.stored_as, file.small_stored_as])
            return number
    if len(files) == MOST_FILES:
        discard([file.stored_as, file.small_stored_as])
        raise Refused(_("There can be ten files. Take one away first."), "files")
    draft.choices = {**draft.choices, "files": [*files, asdict(file)]}
    draft.save()
    return len(files) + 1


@transaction.atomic
def describe_file(place: str, number: int, said: Mapping[str, str | bool], *, by: Person) -> None:
    """What the sender says of the draft's file: ``alternative``, ``decoration``, ``creator``, ``licence``.

    Numbers start at 1.
    """
    draft = _locked(place, by)
    files = draft.choices.get("files", [])
    if 1 <= number <= len(files):
        files[number - 1].update(said)
        draft.save()


@transaction.atomic
def remove_file(place: str, number: int, *, by: Person) -> None:
    """Take a file away from the draft again."""
    draft = _locked(place, by)
    files = draft.choices.get("files", [])
    if 1 <= number <= len(files):
        gone = files.pop(number - 1)
        draft.save()
        discard([gone["stored_as"], gone["small_stored_as"]])


def files_in(draft: Draft | None) -> list[Attachment]:
    """The files a draft carries, in the order they were added."""
    return [Attachment(**file) for file in (draft.choices.get("files", []) if draft else [])]


def keep_for_later(text: str, *, by: Person, choices: dict[str, Any] | None = None, place: str = "") -> Draft:
    """Put a half thought aside, in no particular place: what was begun at ``place`` moves there whole."""
    if not text.strip():
        raise Refused(_("There are no words yet. Write a few, then keep them."), "text")
    if len(text) > LONGEST:
        raise Refused(_("The text is too long to keep. Split it in two."), "text")
    with transaction.atomic():
        begun = Draft.objects.select_for_update().filter(person=by, place=place).first() if place else None
        if begun is not None:
            begun.place = ""
            begun.text = text
            begun.saved_at = now()
            begun.save()
            return begun
        return Draft.objects.create(
            public_id=public_id(), person=by, place="", text=text, choices=choices or {}, saved_at=now()
        )


@transaction.atomic
def move(place: str, to: str, *, by: Person) -> bool:
    """Let what was begun at one place go on at another. False, and nothing moves, when something is begun there."""
    if Draft.objects.select_for_update().filter(person=by, place=to).exists():
        return False
    Draft.objects.filter(person=by, place=place).update(place=to)
    return True


def draft_at(place: str, *, by: Person) -> Draft | None:
    """What the person has begun at this place, or put aside under this id."""
    if not place:
        return None
    # What was put aside has no place, so what was begun here comes first.
    return Draft.objects.filter(Q(place=place) | Q(public_id=place), person=by).order_by("-place").first()


def has_begun(place: str, *, by: Person) -> bool:
    """Whether the person has begun something at this place."""
    with connection.cursor() as cursor:
        # Plain, because every look at a conversation asks.
        cursor.execute("SELECT 1 FROM communis_draft WHERE person_id = %s AND place = %s", [by.id, place])
        return cursor.fetchone() is not None


def begun_among(places: Iterable[str], *, by: Person) -> set[str]:
    """Those of these places where the person has begun something."""
    return set(Draft.objects.filter(person=by, place__in=list(places)).values_list("place", flat=True))


def own_draft(draft: str, *, by: Person) -> Draft:
    """The person's own draft with this public id. Raises NotThere for anybody else's."""
    found = Draft.objects.filter(person=by, public_id=draft).first()
    if found is None:
        raise NotThere
    return found


def own_drafts(*, by: Person) -> list[Draft]:
    """All the person has begun, newest first."""
    begun = Draft.objects.filter(person=by).order_by("-saved_at")
    return [draft for draft in begun if draft.text or draft.choices.get("files")]


def throw_away(place_or_id: str, *, by: Person, keep_files: bool = False) -> None:
    """Delete the person's draft at this place or with this id. Nothing happens when there is none.

    Its files go with it, unless a contribution carries them now.
    """
    draft = draft_at(place_or_id, by=by)
    if draft is None:
        return
    stored = [name for file in files_in(draft) for name in (file.stored_as, file.small_stored_as)]
    Draft.objects.filter(id=draft.id).delete()
    if not keep_files:
        discard(stored)


def _locked(place: str, by: Person) -> Draft:
    """The draft at this place, made if new, or the one put aside under this id."""
    if re.fullmatch(r"[0-9a-f]{32}", place):
        draft = Draft.objects.select_for_update().filter(person=by, public_id=place).first()
        if draft is None:
            raise NotThere
        return draft
    return Draft.objects.select_for_update().get_or_create(
        person=by, place=place, defaults={"public_id": public_id(), "saved_at": now()}
    )[0]
