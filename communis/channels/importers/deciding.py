"""Held comments: the steward who imported publishes each below its place, or leaves it out."""

from django.utils.translation import gettext as _

from communis.channels.importers.models import Held, Import, Imported
from communis.conversations.bringing_in import Brought, bring_in
from communis.conversations.kinds import Kind
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.people.models import Person
from communis.people.outside_names import OutsideNames


def held_of(job: Import, *, by: Person, limit: int = 50) -> tuple[list[Held], int]:
    """The first that wait, in the order of their numbers, and how many do."""
    waiting = Held.objects.filter(by=by, imported__source=job.report.get("source", ""))
    return list(waiting.order_by("id")[:limit]), waiting.count()


def publish(held_id: str, *, by: Person, key: str = "") -> None:
    """Bring it in below what it answers. Raises NotThere, or Refused while that is not public itself."""

    def act() -> str:
        held = _own(held_id, by)
        row = Imported.objects.get(id=held.imported_id)
        above = Imported.objects.filter(source=row.source, kind=row.kind, key=held.below).first()
        if above is None or above.contribution_id is None:
            what = _("the post") if held.below.startswith("entry:") else _("the comment")
            raise Refused(_("It answers %(what)s, which is not public. Publish that first.") % {"what": what})
        mention = held.kind in ("pingback", "trackback")
        thing = Brought(
            row.key,
            held.below,
            Kind.MENTION if mention else Kind.COMMENT,
            held.html or "<p>…</p>",
            held.source,
            OutsideNames(row.source).named(held.name, held.site),
            held.said_at,
        )
        made = bring_in([thing], by=by, here={held.below: above.contribution_id})
        Imported.objects.filter(id=row.id).update(contribution=made[row.key])
        Held.objects.filter(id=held.id).delete()
        return row.key

    once(by.id, key, act)


def leave_out(held_id: str, *, by: Person, key: str = "") -> None:
    """Forget its words. What waits below it waits below what it answered; another import does not bring it again."""

    def act() -> str:
        held = _own(held_id, by)
        row = Imported.objects.get(id=held.imported_id)
        Held.objects.filter(imported__source=row.source, below=row.key).update(below=held.below)
        Held.objects.filter(id=held.id).delete()
        return row.key

    once(by.id, key, act)


def _own(held_id: str, by: Person) -> Held:
    held = Held.objects.select_for_update().filter(public_id=held_id, by=by).first() if by.steward else None
    if held is None:
        raise NotThere
    return held
