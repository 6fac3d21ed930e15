"""Whole municipalities, made at once: gate.md's two worlds, and a conversation of 500 for one reader.

Everything is what the actions would have written, so that reconciling the world finds nothing.
"""

import hashlib
import random
from dataclasses import dataclass

from django.db import connection, transaction

from bench.rows import Table, settle
from communis.conversations.kinds import Kind
from communis.conversations.models import Activity, Contribution, Conversation, Line, Revision, Share
from communis.looking.principals import ORGANISATION, PUBLIC, Principal
from communis.openness.audiences import Audience, AudiencePrincipal
from communis.openness.bylines import Authorship, Byline
from communis.openness.rungs import Rung
from communis.people.accounts import Account
from communis.people.models import Circle, Membership, Person

PERSONS, CIRCLES = 10_000, 500
# Persons in fifty circles; the others are in one to eight.
HEAVY, CIRCLES_OF_HEAVY = 200, 50
FIRST_MOMENT, JOINING = 1_700_000_000_000_000, 1_000_000_000_000
# About as often as in Swedish: one letter in sixteen is å, ä or ö.
VOWELS, CONSONANTS = "aaaaaeeeeeeiiiioooouuyåäö", "bdfghjklmnprstv"


@dataclass
class World:
    """Draws everything from one seed, so that two runs measure the same rows."""

    chance: random.Random
    # Everybody has joined by then.
    moment: int = FIRST_MOMENT + JOINING

    def __post_init__(self) -> None:
        self.principals = Table(Principal, "id", "kind")
        self.persons = Table(
            Person, "id", "principal_id", "name", "about", "protected", "steward", "language", "adviser",
            "public_id",
        )  # fmt: skip
        self.accounts = Table(Account, "person_id", "password", "email", "is_active")
        self.circles = Table(
            Circle, "id", "principal_id", "public_id", "name", "purpose", "sight", "unit", "authority",
            "history", "parent_id", "nested_at", "nested_without_history", "founded_at",
        )  # fmt: skip
        self.memberships = Table(
            Membership, "person_id", "circle_id", "looks_after", "without_history", "joined_at"
        )
        self.bylines = Table(Byline, "id", "kind", "person_id")
        self.audiences = Table(Audience, "id", "rung", "digest")
        self.named = Table(AudiencePrincipal, "audience_id", "principal_id")
        self.conversations = Table(Conversation, "id", "public_id")
        self.authorships = Table(Authorship, "id", "person_id")
        self.contributions = Table(
            Contribution, "id", "conversation_id", "parent_id", "kind", "authorship_id"
        )
        self.revisions = Table(
            Revision, "id", "contribution_id", "source", "html", "markdown", "correction", "written_at"
        )
        self.lines = Table(Line, "id", "public_id", "contribution_id")
        self.shares = Table(
            Share, "id", "line_id", "contribution_id", "conversation_id", "revision_id", "audience_id", "rung",
            "byline_id", "opening", "alone", "opened_at",
        )  # fmt: skip
        self.members: dict[int, list[int]] = {}
        self.known: dict[tuple[int, ...], int] = {}
        self.vocabulary = [self.word() for _ in range(5_000)]
        self.contribution = self.line = self.conversation = 0

    @property
    def tables(self) -> list[Table]:
        """In the order in which they may be written."""
        return [table for table in vars(self).values() if isinstance(table, Table)]

    def public_id(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    def words(self, many: int = 40) -> str:
        return " ".join(self.chance.choices(self.vocabulary, k=many))

    def word(self) -> str:
        """Two to eight letters."""
        pairs = self.chance.randint(1, 4)
        return "".join(self.chance.choice(CONSONANTS) + self.chance.choice(VOWELS) for _ in range(pairs))

    # People: the principal of person n is n + 2, that of circle n comes after all persons.

    def people(self, persons: int = PERSONS, circles: int = CIRCLES, heavy: int = HEAVY) -> None:
        self.persons_here = persons
        for person in range(1, persons + 1):
            self.principals.add(person + 2, int(Principal.Kind.PERSON))
            self.persons.add(
                person, person + 2, f"Person {person}", "", False, False, "sv", True, self.public_id()
            )
            self.accounts.add(person, "", f"person{person}@avinge.example", True)
            self.bylines.add(person, int(Byline.Kind.NAMED), person)
        for circle in range(1, circles + 1):
            # Three deep: every circle sits in the one with half its number, but for the first ones.
            parent = circle // 2 if circle > circles // 8 else None
            history = self.chance.random() >= 0.2
            self.principals.add(persons + 2 + circle, int(Principal.Kind.CIRCLE))
            self.circles.add(
                circle, persons + 2 + circle, self.public_id(), f"Krets {circle}", "", 2, False, "", history,
                parent, FIRST_MOMENT if parent else 0, False, FIRST_MOMENT,
            )  # fmt: skip
            self.members[circle] = []
        for person in range(1, persons + 1):
            many = min(CIRCLES_OF_HEAVY if person <= heavy else self.chance.randint(1, 8), circles)
            for circle in self.chance.sample(range(1, circles + 1), many):
                self.members[circle].append(person)
                joined = FIRST_MOMENT + self.chance.randrange(JOINING)
                self.memberships.add(person, circle, False, False, joined)

    def circle_principal(self, circle: int) -> int:
        return self.persons_here + 2 + circle

    def audience(self, rung: Rung, *principals: int) -> int:
        named = sorted(set(principals))
        if (rung, *named) not in self.known:
            number = self.known[(rung, *named)] = len(self.known) + 1
            digest = hashlib.sha256(repr((int(rung), named)).encode()).digest()
            self.audiences.add(number, int(rung), digest)
            for principal in named:
                self.named.add(number, principal)
        return self.known[(rung, *named)]

    # What is said.

    def begin(self) -> str:
        """A new conversation; its public id."""
        self.conversation += 1
        address = self.public_id()
        self.conversations.add(self.conversation, address)
        return address

    def say(self, parent: int | None, by: int, shares: list[tuple[Rung, int]], words: int = 40) -> int:
        """One contribution in the newest conversation, shown to each ``(rung, audience)``; returns its number."""
        self.contribution += 1
        number = self.contribution
        self.moment += self.chance.randrange(1, 1_000_000)
        text = self.words(words)
        kind = Kind.IDEA if parent is None else Kind.COMMENT
        self.authorships.add(number, by)
        self.contributions.add(number, self.conversation, parent, int(kind), number)
        self.revisions.add(number, number, text, f"<p>{text}</p>\n", True, False, self.moment)
        for rung, audience in shares:
            self.line += 1
            self.lines.add(self.line, self.public_id(), number)
            self.shares.add(
                self.line, self.line, number, self.conversation, number, audience, int(rung), by,
                parent is None, len(shares) == 1, self.moment,
            )  # fmt: skip
        return number

    def fill(self, contributions: int, conversations: int, words: int = 12) -> None:
        """Conversations of equal length, a fifth public, a sixth for all, the rest in circles and letters."""
        for _ in range(conversations):
            self.begin()
            circle = self.chance.randint(1, len(self.members))
            first, second = self.chance.sample(range(1, self.persons_here + 1), 2)
            pair = (Rung.DIRECT, self.audience(Rung.DIRECT, first + 2, second + 2))
            kind = self.chance.random()
            speakers = self.members[circle] or [first]
            if kind < 0.2:
                wide = (Rung.PUBLIC, self.audience(Rung.PUBLIC))
            elif kind < 0.35:
                wide = (Rung.ORGANISATION, self.audience(Rung.ORGANISATION))
            elif kind < 0.7:
                wide = (Rung.CIRCLE, self.audience(Rung.CIRCLE, self.circle_principal(circle)))
            else:
                wide, speakers = pair, [first, second]
            inside = (Rung.CIRCLE, self.audience(Rung.CIRCLE, self.circle_principal(circle)))
            said: list[int] = []
            for _ in range(contributions // conversations):
                # One in fifteen is shown to a circle and, in other lines, to more.
                both = wide[0] >= Rung.ORGANISATION and self.chance.random() < 0.2
                parent = self.chance.choice(said[-20:]) if said else None
                said.append(
                    self.say(parent, self.chance.choice(speakers), [inside, wide] if both else [wide], words)
                )

    def page(self, contributions: int, wide: Rung, reader: int) -> str:
        """A conversation in which the reader sees so many, some of them narrow or in two audiences; its public id.

        Of ten others each, one more is said that the reader may not see. To the public everything wide is shown.
        """
        address = self.begin()
        circle = next(circle for circle, members in self.members.items() if reader in members)
        other = next(circle for circle, members in self.members.items() if reader not in members)
        to_all = (wide, self.audience(wide))
        inside = (Rung.CIRCLE, self.audience(Rung.CIRCLE, self.circle_principal(circle)))
        elsewhere = (Rung.CIRCLE, self.audience(Rung.CIRCLE, self.circle_principal(other)))
        said: list[int] = []
        for turn in range(contributions):
            parent = self.chance.choice(said) if said else None
            by = self.chance.randint(1, self.persons_here)
            shares = [to_all]
            if turn % 9 == 4:
                shares = [inside, to_all]
            elif wide == Rung.ORGANISATION and turn % 25 == 7:
                shares = [inside]
            elif wide == Rung.ORGANISATION and turn % 50 == 11:
                shares = [(Rung.DIRECT, self.audience(Rung.DIRECT, by + 2, reader + 2))]
            made = self.say(parent, by, shares)
            # Only what everyone here may read is answered, so that no answer is wider than what it answers.
            if to_all in shares:
                said.append(made)
            if turn % 10 == 9:
                self.say(parent, by, [elsewhere])
        return address

    def write(self) -> None:
        """Write what is left, and work out the activity."""
        for table in self.tables:
            table.write()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {Activity._meta.db_table} (principal_id, conversation_id, last_at, stamp)"
                f" SELECT CASE s.rung WHEN 4 THEN {PUBLIC} WHEN 3 THEN {ORGANISATION} ELSE named.principal_id END,"
                " s.conversation_id, MAX(s.opened_at), 0 FROM communis_share s"
                " LEFT JOIN communis_audienceprincipal named ON named.audience_id = s.audience_id"
                " GROUP BY 1, 2 ORDER BY 2, 1"
            )
        settle(self.tables)


def small() -> None:
    make(10_000, 200)


def big() -> None:
    make(1_000_000, 20_000)


def make(contributions: int, conversations: int) -> None:
    """A world in one transaction; foreign keys are looked at when it ends."""
    world = World(random.Random(1))
    with transaction.atomic():
        world.people()
        world.fill(contributions, conversations)
        world.write()
