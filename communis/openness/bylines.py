"""Under what name a share shows its author."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from communis.looking.guarding import Refers, Visible
from communis.looking.viewers import Viewer
from communis.people.models import OutsideName, Person, Role
from communis.people.naming import person_with
from communis.people.outside_names import claimed_among


class Unseen(Visible):
    """Rows that nobody reads by themselves: only the gate joins them to what the viewer may see."""

    def seen_by(self, rows: models.QuerySet[models.Model], viewer: Viewer) -> models.QuerySet[models.Model]:
        return rows.none()


class Byline(models.Model):
    """What a share shows of its author. The name itself is drawn at look time, because names change.

    Bylines are shared between shares: one row for a person named, one for a person in a role.
    """

    class Kind(models.IntegerChoices):
        """From saying most to saying least; a wider audience is never told more (gate rule 12)."""

        NAMED = 0
        ROLE = 1
        PSEUDONYM = 2
        UNNAMED = 3
        BEHIND_THE_SCENES = 4
        # Of its author nothing: the name is that of who put a reason in the place of the words.
        HIDDEN = 5

    kind = models.SmallIntegerField(choices=Kind)
    person = Refers(Person, null=True)
    role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="+")
    outside_name = models.ForeignKey(OutsideName, models.PROTECT, null=True, related_name="+")
    # The number of a pseudonym's name (see pseudonyms.py); what is behind it stands in another table.
    alias = models.SmallIntegerField(null=True)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person"],
                name="byline_person_once",
                condition=Q(role=None, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "role"], name="byline_role_once", condition=Q(role__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["outside_name"], name="byline_outside_once", condition=Q(outside_name__isnull=False)
            ),
            models.CheckConstraint(
                name="byline_says_what_its_kind_says",
                condition=Q(kind=0, person__isnull=False, role=None, alias=None)
                | Q(kind=0, outside_name__isnull=False, person=None, role=None, alias=None)
                | Q(kind=1, person__isnull=False, role__isnull=False, alias=None)
                | Q(kind=2, person=None, role=None, outside_name=None, alias__isnull=False)
                | Q(kind__in=[3, 4], person=None, role=None, outside_name=None, alias=None)
                | Q(kind=5, person__isnull=False, role=None, outside_name=None, alias=None),
            ),
        ]


class Authorship(models.Model):
    """Who said it. Read by this package alone; a contribution points down to it (gate rule 7)."""

    person = Refers(Person, null=True)
    outside_name = models.ForeignKey(OutsideName, models.PROTECT, null=True, related_name="+")

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


def named(person: Person) -> Byline:
    """The byline that shows the person's name."""
    return Byline.everything.get_or_create(kind=Byline.Kind.NAMED, person=person, role=None)[0]


def in_role(person: Person, role: Role) -> Byline:
    """The byline that shows the role and the person who held it then (R32)."""
    return Byline.everything.get_or_create(kind=Byline.Kind.ROLE, person=person, role=role)[0]


def unnamed() -> Byline:
    """The byline that shows no name. Who said it is known to the program and to whoever was told before."""
    return _of_nobody(Byline.Kind.UNNAMED)


def behind_the_scenes() -> Byline:
    """The byline of words whose author is stored nowhere."""
    return _of_nobody(Byline.Kind.BEHIND_THE_SCENES)


def hidden_by(person: Person) -> Byline:
    """The byline of a reason that stands in the place of someone's words: who hid them."""
    return Byline.everything.get_or_create(kind=Byline.Kind.HIDDEN, person=person, role=None)[0]


def _of_nobody(kind: Byline.Kind) -> Byline:
    nobody = {"kind": kind, "person": None, "role": None, "outside_name": None}
    return Byline.everything.filter(**nobody).order_by("id").first() or Byline.everything.create(**nobody)


def pseudonym(alias: int) -> Byline:
    """A new byline that shows the pseudonym with this number. Equal numbers elsewhere are others."""
    return Byline.everything.create(kind=Byline.Kind.PSEUDONYM, alias=alias)


def outside_name_shown(name: str) -> str:
    """How a name from outside is shown; an empty one stands for whoever gave none."""
    return name or _("Someone who gave no name")


def role_title(byline: Byline) -> str:
    """The title of the role it shows; empty for other bylines."""
    return byline.role.title if byline.role is not None else ""


def byline_with(byline_id: int) -> Byline:
    """The byline of a share that the caller has."""
    return Byline.everything.get(id=byline_id)


def bylines_with(byline_ids: Iterable[int]) -> dict[int, Byline]:
    """``{id: byline}`` of shares that the caller has."""
    return Byline.everything.in_bulk(set(byline_ids))


def bylines_from_outside(names: Iterable[OutsideName]) -> dict[int, Byline]:
    """``{outside name id: its byline}``, as the import had them; those that are new are made at once."""
    wanted = {name.id for name in names}
    rows = Byline.everything.filter(outside_name_id__in=wanted)
    here = set(rows.values_list("outside_name_id", flat=True))
    new = [Byline(kind=Byline.Kind.NAMED, outside_name_id=number) for number in sorted(wanted - here)]
    # Another import may make the same one at this moment; then that one is taken.
    Byline.everything.bulk_create(new, ignore_conflicts=True)
    return {byline.outside_name_id: byline for byline in rows.all() if byline.outside_name_id is not None}


def authorship_of(person: Person | None, outside_name: OutsideName | None = None) -> Authorship:
    """A new authorship: one a contribution."""
    return Authorship.everything.create(person=person, outside_name=outside_name)


def is_author(authorship_id: int | None, person_id: int | None) -> bool:
    """Whether this person said it."""
    if authorship_id is None or person_id is None:
        return False
    return Authorship.everything.filter(id=authorship_id, person_id=person_id).exists()


def authored_by(authorship_ids: list[int], person_id: int) -> set[int]:
    """Which of these authorships are the person's own."""
    own = Authorship.everything.filter(id__in=authorship_ids, person_id=person_id)
    return set(own.values_list("id", flat=True))


def authors(authorship_ids: list[int]) -> dict[int, int]:
    """``{authorship id: person id}`` for those with a person; for telling, never for showing."""
    known = Authorship.everything.filter(id__in=authorship_ids, person__isnull=False)
    return dict(known.values_list("id", "person_id"))


def authorships_from_outside(names: list[OutsideName]) -> list[Authorship]:
    """One new authorship for each, in the same order: what someone outside said, or who stands behind the name."""
    claimed = claimed_among(name.id for name in names)
    return Authorship.everything.bulk_create(
        [Authorship(outside_name=name, person_id=claimed.get(name.id)) for name in names], batch_size=1000
    )


def give_authorship(name: OutsideName, person: Person | None) -> None:
    """Make all that came in under the name the person's own, or nobody's again."""
    Authorship.everything.filter(outside_name=name).update(person=person)


def person_shown(byline_id: int) -> Person | None:
    """The person whose name this byline shows; for addressing an answer, when the caller has seen the byline."""
    shown = Byline.everything.values_list("person_id", flat=True).get(id=byline_id)
    return person_with(shown) if shown is not None else None


def authorships_of(person: Person) -> models.QuerySet[Authorship]:
    """All the person has said, to be used as a subquery; only for that person's own list."""
    return authorships_by(person.id)


def authorships_by(person_id: int) -> models.QuerySet[Authorship]:
    """The same of the person with this id, who looks."""
    return Authorship.everything.filter(person_id=person_id).only("id")
