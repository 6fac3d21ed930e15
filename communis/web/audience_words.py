"""An audience in words: who reads, who is told, what can be changed later. Every sentence here has to be true."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from communis.looking.viewers import Viewer
from communis.openness.describing import AudienceSeen, CircleSeen, audience_seen
from communis.openness.rungs import Rung
from communis.web.numbers import grouped


class Words(NamedTuple):
    """What a row of the form says: its label, the sentence that holds for it, and the button's verb."""

    label: str
    sentence: str
    button: str


def describe(audience_id: int, viewer: Viewer, known: Collection[str] = ()) -> str:
    """The head line of what the viewer sees: *Between you and Karin*, *Lindgården, 9 people*, *All employees*.

    ``known``: public ids of persons whose names stand under words on the page.
    """
    return head(audience_seen(audience_id, viewer, known))


def head(seen: AudienceSeen) -> str:
    """The same, of an audience already looked up."""
    if seen.rung == Rung.DIRECT:
        return _("Between you and %(others)s") % {"others": joined(_everyone_named(seen))}
    return who(seen)


def draft_words() -> Words:
    """For words that nobody else reads yet."""
    return Words(
        _("Draft – only you"),
        _("Only you read this. Nobody is told. You can send it whenever you like."),
        _("Keep for later"),
    )


def words(seen: AudienceSeen, answering: bool = False) -> Words:
    """For words shown to an audience. With nobody picked yet they hold for whoever will be.

    ``answering``: it is the audience of what is answered, so that its author is among the readers.
    """
    told = _("It is shown among what is new.")
    if answering:
        told = _("It is shown among what is new, and the one you answer is told in a minute.")
    if seen.rung == Rung.DIRECT:
        return _direct(seen)
    if seen.rung == Rung.CIRCLE:
        return _circle(seen, told)
    if seen.rung == Rung.ORGANISATION:
        return Words(
            _("All employees – %(who)s") % {"who": number_of_people(seen.number or 0)},
            _("Everyone who works here can read this, also those who come later. %(told)s %(change)s")
            % {"told": told, "change": change_later()},
            _("Show to all employees"),
        )
    return Words(
        _("Open – anyone"),
        _("Anyone can read this, also without signing in. %(told)s %(change)s")
        % {
            "told": told,
            "change": _("You can change it or take it back, but what others have copied stays with them."),
        },
        pgettext("button", "Open to anyone"),
    )


class OpeningWords(NamedTuple):
    """What an opening to an audience is called: asked by someone, proposed by oneself, and on the button."""

    asked: str
    own: str
    button: str


def opening_words(seen: AudienceSeen, name: str) -> OpeningWords:
    """For a proposal by ``name`` to show a conversation to this audience: a circle or wider."""
    if seen.rung == Rung.PUBLIC:
        return OpeningWords(
            _("%(name)s wants to open this to anyone") % {"name": name},
            _("You want to open this to anyone"),
            _("Open to anyone"),
        )
    if seen.rung == Rung.ORGANISATION:
        return OpeningWords(
            _("%(name)s wants to show this to all employees") % {"name": name},
            _("You want to show this to all employees"),
            _("Show to all employees"),
        )
    circles = joined([circle.name for circle in seen.circles])
    return OpeningWords(
        _("%(name)s wants to show this to %(circle)s") % {"name": name, "circle": circles},
        _("You want to show this to %(circle)s") % {"circle": circles},
        _("Show to %(circle)s") % {"circle": circles},
    )


def who(seen: AudienceSeen) -> str:
    """The readers, shortly: *Karin Sundvall*, *Bygglov och plan, 3 people*, *All employees*, *Open to anyone*."""
    if seen.rung == Rung.DIRECT:
        return joined(_everyone_named(seen))
    if seen.rung == Rung.CIRCLE:
        return joined([*(_circle_and_number(circle) for circle in seen.circles), *_everyone_named(seen)])
    return str(Rung(seen.rung).label)


def why_not_wider(seen: AudienceSeen) -> str:
    """The line that stands where wider rows are absent."""
    if seen.rung == Rung.DIRECT:
        readers = _("you and %(others)s") % {"others": joined(_everyone_named(seen))}
    else:
        readers = who(seen)
    return _(
        "What you answer is read by: %(readers)s. An answer cannot be read by more people than that."
    ) % {"readers": readers}


def change_later() -> str:
    """What can be changed later, at every rung but the widest."""
    return _("You can change it or take it back later.")


def open_later() -> str:
    """What can become of words that only some read."""
    return _("You can open it to more people later, if everyone who wrote says yes.")


def joined(names: Sequence[str]) -> str:
    """*Karin, Elin and Amina*."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def first_names(names: Sequence[str]) -> list[str]:
    """First names where they tell those named apart, else whole names."""
    first = [name.split()[0] if name.split() else name for name in names]
    return first if len(set(first)) == len(first) else list(names)


def _direct(seen: AudienceSeen) -> Words:
    if not seen.persons and not seen.unlisted:
        return Words(
            _("Direct – the persons you choose"),
            _("Only those you choose read this. %(told)s %(change)s")
            % {
                "told": _("They are told in a minute, when you can no longer undo."),
                "change": open_later(),
            },
            _("Send to those chosen"),
        )
    return direct_words(
        joined(_everyone_named(seen)),
        joined([*first_names(seen.persons), *_unlisted(seen)]),
        len(seen.persons) + seen.unlisted,
        bool(seen.reachable),
    )


def direct_words(whole_names: str, names: str, count: int, reachable: bool = True) -> Words:
    """For a letter to so many; the script that follows the ticks fills in the names itself."""
    told = ngettext(
        "%(names)s is told in a minute, when you can no longer undo.",
        "%(names)s are told in a minute, when you can no longer undo.",
        count,
    ) % {"names": names}
    if not reachable:
        told = _("%(names)s cannot sign in any longer, so nobody is told.") % {"names": names}
    sentence = ngettext(
        "Only %(names)s reads this. %(told)s %(change)s",
        "Only %(names)s read this. %(told)s %(change)s",
        count,
    )
    return Words(
        _("Direct – %(who)s") % {"who": whole_names},
        sentence % {"names": names, "told": told, "change": open_later()},
        _("Send to %(names)s") % {"names": names},
    )


def _circle(seen: AudienceSeen, told: str) -> Words:
    if not seen.circles:
        return Words(
            _("Circle – the one you choose"),
            _("You and those in the circle you choose read this. %(told)s %(change)s")
            % {"told": told, "change": open_later()},
            _("Show to the circle"),
        )
    names = joined([*(circle.name for circle in seen.circles), *_everyone_named(seen)])
    later = _("Those who join later do not see it.")
    if any(circle.history for circle in seen.circles):
        later = _("Those who join later can read it too.")
    return Words(
        _("Circle – %(who)s") % {"who": who(seen)},
        _("You and those in %(names)s read this. %(later)s %(told)s %(change)s")
        % {
            "names": names,
            "later": later,
            "told": told,
            "change": open_later(),
        },
        _button_for_circles(seen, names),
    )


def _button_for_circles(seen: AudienceSeen, names: str) -> str:
    if len(seen.circles) == 1 and not seen.persons and not seen.unlisted and seen.circles[0].number:
        return _("Show to %(number)s in %(circle)s") % {
            "number": grouped(seen.circles[0].number),
            "circle": names,
        }
    return _("Show to %(circle)s") % {"circle": names}


def _everyone_named(seen: AudienceSeen) -> list[str]:
    return [*seen.persons, *_unlisted(seen)]


def _unlisted(seen: AudienceSeen) -> list[str]:
    """Protected persons stand in no list, but they read along and count (gate rule 22)."""
    if not seen.unlisted:
        return []
    return [ngettext("one more person", "%(count)d more persons", seen.unlisted) % {"count": seen.unlisted}]


def _circle_and_number(circle: CircleSeen) -> str:
    if circle.number is None:
        return circle.name
    return f"{circle.name}, {number_of_people(circle.number)}"


def number_of_people(number: int) -> str:
    """*1 person*, *12 500 people*."""
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": grouped(number)}
