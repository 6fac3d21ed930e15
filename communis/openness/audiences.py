"""Audiences: who may see. An audience is one immutable row: a rung and the principals it names."""

import hashlib
from collections.abc import Iterable

from django.db import models, transaction

from communis.looking.principals import Principal
from communis.openness.rungs import Rung
from communis.people.holdings import circles_among, everyone, holders, sits_inside


class Audience(models.Model):
    """A rung, and for the narrow rungs which persons and circles. Equal audiences are one row.

    The row's number must never be shown or compared by a reader (gate, section 4).
    """

    rung = models.SmallIntegerField(choices=Rung)
    digest = models.BinaryField(max_length=32, unique=True)

    def principals(self) -> set[int]:
        """The ids of the principals it names; empty for the organisation and the public."""
        return set(AudiencePrincipal.objects.filter(audience=self).values_list("principal_id", flat=True))

    def readers(self) -> set[int] | None:
        """Ids of the persons who could read something shared with this audience now; None is everybody.

        The mirror of ``open_to``: a test holds the two equal.
        """
        if self.rung == Rung.PUBLIC:
            return None
        if self.rung == Rung.ORGANISATION:
            return everyone()
        return holders(self.principals())


class AudiencePrincipal(models.Model):
    """One principal that an audience names."""

    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_index=False)
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audience", "principal"], name="audience_names_once"),
        ]


def audience_of(rung: Rung, principals: Iterable[int] = ()) -> Audience:
    """The one audience with this rung and these principals, made if new.

    Raises ValueError when a narrow rung names nobody or a wide one names somebody.
    """
    named = sorted(set(principals))
    if (rung in (Rung.DIRECT, Rung.CIRCLE)) != bool(named):
        raise ValueError(f"rung {rung} with {len(named)} principals is no audience")
    digest = hashlib.sha256(repr((int(rung), named)).encode()).digest()
    with transaction.atomic():
        audience, new = Audience.objects.get_or_create(digest=digest, defaults={"rung": int(rung)})
        if new:
            AudiencePrincipal.objects.bulk_create(
                AudiencePrincipal(audience=audience, principal_id=principal) for principal in named
            )
    return audience


def audiences_with(audience_ids: Iterable[int]) -> dict[int, Audience]:
    """``{id: audience}`` of shares that the caller has."""
    return Audience.objects.in_bulk(set(audience_ids))


def within(inner: Audience, outer: Audience) -> bool:
    """Whether everyone who may read ``inner`` may read ``outer`` now (gate rule 9).

    Judged on principals: the same or fewer, a circle inside one of them, or persons who can read the outer.
    """
    if outer.rung == Rung.PUBLIC or inner.id == outer.id:
        return True
    if inner.rung > outer.rung or inner.rung >= Rung.ORGANISATION:
        return outer.rung == Rung.ORGANISATION and inner.rung == Rung.ORGANISATION
    if outer.rung == Rung.ORGANISATION:
        return True
    mine, theirs = inner.principals(), outer.principals()
    if mine <= theirs:
        return True
    readers, outer_readers = inner.readers(), outer.readers()
    if readers is None or outer_readers is None or not readers <= outer_readers:
        return False
    return all(sits_inside(circle, theirs) for circle in circles_among(mine - theirs))
