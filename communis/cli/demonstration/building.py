"""Builds the small demonstration: five people in different positions, a circle, conversations at every rung."""

from collections.abc import Iterator
from contextlib import contextmanager

from communis.cli.demonstration.words import ENGLISH, SWEDISH, Words
from communis.conversations.contributing import contribute, start
from communis.conversations.drafting import keep_for_later
from communis.conversations.kinds import Kind, Level, Wish
from communis.conversations.lines import address_of
from communis.conversations.revising import revise
from communis.conversations.words import Quoted, Terms
from communis.journal import moments
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.models import Circle, Person
from communis.people.people_here import anyone_here


def build(language: str = "sv") -> bool:
    """Fill an empty installation. Returns False, and does nothing, where there are people already."""
    if anyone_here():
        return False
    words = ENGLISH if language == "en" else SWEDISH
    with _days_ago(40):
        leyla = actions.welcome(
            "Leyla Demir", "leyla@avinge.example", by=None, steward=True, language=language
        )

        def person(name: str) -> Person:
            address = f"{name.split()[0].lower()}@avinge.example"
            return actions.welcome(name, address, by=leyla, language=language)

        karin, elin, amina = person("Karin Sundvall"), person("Elin Forsgren"), person("Amina Warsame")
        johan, nadja = person("Johan Åkerlind"), person("Nadja Petrović")
        person("Birgitta Nyman")
        oskar, zara = person("Oskar Wikander"), person("Zara Holm")
        actions.hold_role(karin, words.executive, by=leyla)
        care_home = actions.found_circle(
            words.care_home, by=leyla, unit=True, authority=words.authority, history=False
        )
        actions.let_in(amina, care_home, by=leyla, looks_after=True)
        food_waste = actions.found_circle(words.food_waste, by=amina, purpose=words.food_waste_purpose)
        for member in (oskar, nadja, zara):
            actions.let_in(member, food_waste, by=amina)
    _question(words, karin, amina, nadja)
    _letter(words, elin, karin)
    _circle(words, food_waste, zara, nadja, amina)
    with _days_ago(3):
        start(Kind.FRAGMENT, words.fragment, by=amina, choice=_in(care_home))
    with _days_ago(5):
        start(Kind.POST, words.post, by=karin, choice=Choice(Rung.PUBLIC))
    keep_for_later(words.draft, by=johan)
    return True


def _question(words: Words, karin: Person, amina: Person, nadja: Person) -> None:
    with _days_ago(24):
        terms = Terms(level=Level.PARTICIPATION, scope=words.scope)
        question = start(
            Kind.QUESTION, words.question, by=karin, choice=Choice(Rung.ORGANISATION), terms=terms
        )
    _, line = address_of(question)
    with _days_ago(23):
        answer = contribute(line, words.answer_on_monday, by=amina)
        _, line = address_of(answer)
    with _days_ago(22):
        objection = contribute(line, words.answer_with_objection, by=nadja)
        contribute(address_of(objection)[1], words.answer_changed_mind, by=nadja)


def _letter(words: Words, elin: Person, karin: Person) -> None:
    with _days_ago(12):
        to_karin = Choice(Rung.DIRECT, persons=(karin.public_id,))
        wishes = [Wish.STRAIGHT, Wish.WRITTEN]
        _, line = address_of(start(Kind.IDEA, words.letter, by=elin, choice=to_karin, wishes=wishes))
    with _days_ago(11):
        contribute(line, words.letter_doubt_answer, by=karin, quotes=[Quoted(line, words.letter_doubt)])
        hesitation = contribute(
            line, words.letter_morning_answer, by=karin, quotes=[Quoted(line, words.letter_morning)]
        )
    with _days_ago(10):
        reply = contribute(address_of(hesitation)[1], words.letter_wrong, by=elin)
        revise(address_of(reply)[1], words.letter_corrected, by=elin, correction=True)


def _circle(words: Words, circle: Circle, zara: Person, nadja: Person, amina: Person) -> None:
    with _days_ago(8):
        _, line = address_of(start(Kind.IDEA, words.circle, by=zara, choice=_in(circle)))
    with _days_ago(7):
        contribute(line, words.circle_answer, by=nadja)
        contribute(line, words.circle_variant, by=amina)


def _in(circle: Circle) -> Choice:
    return Choice(Rung.CIRCLE, circles=(circle.public_id,))


@contextmanager
def _days_ago(days: int) -> Iterator[None]:
    """Let things happen some days ago, each a second after the one before."""
    begun = moments.now() - days * moments.DAY
    ticks = iter(range(1_000_000))
    moments.use_clock(lambda: begun + next(ticks) * moments.SECOND)
    try:
        yield
    finally:
        moments.use_clock(moments.wall_clock)
