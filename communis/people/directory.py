"""Who may be listed. Protected persons and closed sign-ins are in no list, no number, no suggestion (D30)."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from communis.journal.moments import now
from communis.looking.viewers import Viewer
from communis.people.models import Circle, Membership, Person, Role

PAGE = 50


def persons(viewer: Viewer, beginning: str = "", page: int = 1) -> tuple[list[Person], bool]:
    """One page of the persons whose name, or a word of it, begins so; and whether there are more.

    A protected person is not in it for herself either, so that no list differs from another's by her.
    """
    listed: QuerySet[Person] = Person.visible.to(viewer).filter(protected=False)
    # PostgreSQL refuses this character, and no name has it.
    words = beginning.replace("\x00", "").strip()[:120]
    if words:
        listed = listed.filter(_begins(words))
    first = (max(page, 1) - 1) * PAGE
    found = list(listed.order_by("name", "id")[first : first + PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def titles_of(persons: Collection[Person]) -> dict[int, list[str]]:
    """``{person's id: titles of the roles held at this moment}``, of persons the caller may list."""
    held = Role.objects.filter(person_id__in=[one.id for one in persons], held_to=None, held_from__lte=now())
    titles: dict[int, list[str]] = {}
    for person, title in held.order_by("id").values_list("person_id", "title"):
        titles.setdefault(person, []).append(title)
    return titles


def circles_of(person: Person, viewer: Viewer) -> list[Circle]:
    """The circles the viewer may see in which the viewer may see this person."""
    listed = Membership.visible.to(viewer).filter(person_id=person.id).values("circle_id")
    return list(Circle.visible.to(viewer).filter(id__in=listed).order_by("name", "id"))


def _begins(words: str) -> Q:
    # SQLite folds the case of a to z only, so the usual ways of writing å, ä and ö are asked for by name.
    begins = Q()
    for written in {words, words.lower(), words.capitalize(), words.title()}:
        begins |= Q(name__istartswith=written) | Q(name__icontains=f" {written}")
    return begins
