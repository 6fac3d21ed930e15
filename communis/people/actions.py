"""What is done with persons, circles and roles. Each is one transaction and one entry in the journal."""

from django.db import transaction
from django.utils.translation import gettext as _

from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.principals import Principal
from communis.people import rules
from communis.people.accounts import Account
from communis.people.models import Circle, Membership, Person, Role
from communis.people.names import names_changed
from communis.people.refusals import PeopleRefused


@transaction.atomic
def welcome(
    name: str,
    email: str,
    *,
    by: Person | None,
    protected: bool = False,
    steward: bool = False,
    language: str = "sv",
) -> Person:
    """Make a person who can sign in with this address. Raises PeopleRefused when the address is taken.

    Only those who may invite get to know that an address is taken.
    """
    if not name.strip():
        raise PeopleRefused(_("Write the name others are to see."), "name")
    if Account.objects.filter(email=email.strip().lower()).exists():
        raise PeopleRefused(_("Someone signs in with this address already. Write another."), "email")
    principal = Principal.objects.create(kind=Principal.Kind.PERSON)
    person = Person.everything.create(
        principal=principal,
        name=name.strip(),
        protected=protected,
        steward=steward,
        language=language,
        public_id=public_id(),
    )
    account = Account(person=person, email=email.strip().lower())
    account.set_unusable_password()
    account.save()
    record("welcomed", by=by.id if by else None, person=person.id)
    return person


@transaction.atomic
def close_sign_in(person: Person, *, by: Person) -> None:
    """The person can no longer sign in, read or be told anything, from the next request. Words stay."""
    _refuse_unless(rules.may_close(by))
    if person.id == by.id:
        raise PeopleRefused(_("You cannot close your own sign-in. Ask another steward."))
    Person.everything.filter(id=person.id, closed_at=None).update(closed_at=now())
    names_changed()
    account = Account.objects.get(person=person)
    account.is_active = False
    # Sessions carry a trace of it: those of before stay ended when the sign-in is opened again.
    account.set_unusable_password()
    account.save()
    record("closed sign-in", by=by.id, person=person.id)


@transaction.atomic
def open_sign_in(person: Person, *, by: Person) -> None:
    """The person can sign in again. Circles left meanwhile are not joined again."""
    _refuse_unless(rules.may_close(by))
    Person.everything.filter(id=person.id).update(closed_at=None)
    names_changed()
    Account.objects.filter(person=person).update(is_active=True)
    record("opened sign-in", by=by.id, person=person.id)


def found_circle(
    name: str,
    *,
    by: Person,
    purpose: str = "",
    history: bool = True,
    sight: Circle.Sight = Circle.Sight.LISTED,
    unit: bool = False,
    authority: str = "",
    key: str = "",
) -> Circle:
    """Found a circle; its founder is in it and looks after it. A unit is founded by a steward, who stays out.

    Whether later joiners see what was said before is fixed here (gate rule 20). Names need not be unique:
    refusing one would tell that a secret circle has it (L42).
    """
    if not name.strip():
        raise PeopleRefused(_("Write a name for the circle."), "name")
    _refuse_unless(rules.may_found_unit(by) if unit else rules.may_found_circle(by))
    if not rules.may_be_seen_so(sight, unit):
        raise PeopleRefused(_("A unit cannot be secret. Choose another answer."), "sight")

    def found() -> str:
        return str(_found(name, by, purpose, history, sight, unit, authority).id)

    return Circle.everything.get(id=int(once(by.id, key, found)))


def _found(
    name: str, by: Person, purpose: str, history: bool, sight: Circle.Sight, unit: bool, authority: str
) -> Circle:
    circle = Circle.everything.create(
        principal=Principal.objects.create(kind=Principal.Kind.CIRCLE),
        public_id=public_id(),
        name=name.strip(),
        purpose=purpose.strip(),
        history=history,
        sight=sight,
        unit=unit,
        authority=authority.strip(),
    )
    record("founded circle", by=by.id, circle=circle.id)
    if not unit:
        Membership.everything.create(person=by, circle=circle, looks_after=True, joined_at=now())
    return circle


@transaction.atomic
def let_in(person: Person, circle: Circle, *, by: Person, looks_after: bool = False) -> None:
    """Let a person into the circle. Someone already in stays as before.

    A steward who lets himself in sees nothing from before and is announced (gate rule 20).
    """
    _refuse_unless(rules.may_let_in(by, circle))
    himself = person.id == by.id and not rules.looks_after(by, circle)
    _membership, new = Membership.everything.get_or_create(
        person=person,
        circle=circle,
        left_at=None,
        defaults={"looks_after": looks_after, "without_history": himself, "joined_at": now()},
    )
    if new:
        record("let in", by=by.id, person=person.id, circle=circle.id)


@transaction.atomic
def leave(person: Person, circle: Circle, *, by: Person) -> None:
    """Leave, or let someone out. Nothing said in the circle is seen from the next request on."""
    _refuse_unless(person.id == by.id or rules.may_let_in(by, circle))
    if Membership.everything.filter(person=person, circle=circle, left_at=None).update(left_at=now()):
        record("left", by=by.id, person=person.id, circle=circle.id)


@transaction.atomic
def nest(inner: Circle, outer: Circle | None, *, by: Person) -> None:
    """Put a circle inside another, or (None) take it out. Its members hold the outer one from now.

    Raises PeopleRefused when that would put a circle inside itself.
    """
    _refuse_unless(
        rules.may_change_circle(by, inner) and (outer is None or rules.may_change_circle(by, outer))
    )
    around = outer
    while around is not None:
        if around.id == inner.id:
            raise PeopleRefused(_("A circle cannot sit inside itself. Choose another."), "parent")
        around = Circle.everything.get(id=around.parent_id) if around.parent_id else None
    Circle.everything.filter(id=inner.id).update(
        parent=outer, nested_at=now(), nested_without_history=by.steward and outer is not None
    )
    record("nested", by=by.id, circle=inner.id, outer=outer.id if outer else None)


@transaction.atomic
def turn_off_history(circle: Circle, *, by: Person) -> None:
    """From now on, later joiners do not see what was said before. It cannot be turned on again."""
    _refuse_unless(rules.may_change_circle(by, circle))
    Circle.everything.filter(id=circle.id).update(history=False)
    record("turned off history", by=by.id, circle=circle.id)


@transaction.atomic
def hold_role(person: Person, title: str, *, by: Person) -> Role:
    """The person holds a role from now on. A steward sets roles. One already held stays as it is."""
    _refuse_unless(by.steward)
    if not title.strip():
        raise PeopleRefused(_("Write the title of the role."), "title")
    held = Role.objects.filter(person=person, title=title.strip(), held_to=None).first()
    if held is not None:
        return held
    role = Role.objects.create(person=person, title=title.strip(), held_from=now())
    record("took role", by=by.id, person=person.id, role=role.id)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Person) -> None:
    """The role is held no longer. Words said in it keep it (R32)."""
    _refuse_unless(by.steward)
    Role.objects.filter(id=role.id, held_to=None).update(held_to=now())
    record("left role", by=by.id, role=role.id)


def roles_now(person: Person) -> list[Role]:
    """The roles the person holds at this moment."""
    return list(Role.objects.filter(person=person, held_to=None, held_from__lte=now()).order_by("id"))


def _refuse_unless(may: bool) -> None:
    if not may:
        raise PeopleRefused(_("That is for those who look after it. Ask one of them."))
