"""Keys to write with. Someone signed in asks for one, for one place; the words come later and bring only the key.

A key is a random number, the place and the day, under the program's signature; and who asked, sealed, for what only
the receipt will open (openness/commitments.py). Nothing is written when one is given:
a row for it, even one without a name, would stand beside what its owner did at that moment. What is kept, once a key
is used, is its hash, so that it is used once.
"""

import hashlib
from threading import Lock
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from communis.behind_the_scenes.days import local_day
from communis.behind_the_scenes.models import Spent
from communis.behind_the_scenes.places import Place, place_for
from communis.conversations.kinds import Kind
from communis.conversations.refusals import Refused
from communis.journal.ids import public_id
from communis.openness.commitments import opened_author, sealed_author
from communis.people.models import Person

# Keys that one person may ask for in a day. Each opens one contribution.
MOST_A_DAY = 10
# A key is good on the day it was given and on the next; its hash is kept as long, and a day more.
DAYS = 2


class Given:
    """How many keys each person has been given today. Kept in memory alone and never written: it would be a list
    of those who may have written. A restart forgets it; each process of the web server counts for itself.
    """

    def __init__(self) -> None:
        self._day = 0
        self._counts: dict[int, int] = {}
        self._lock = Lock()

    def one_more(self, person: int) -> bool:
        """Count one; False when there were enough today."""
        with self._lock:
            if self._day != local_day():
                self._day, self._counts = local_day(), {}
            count = self._counts.get(person, 0)
            if count >= MOST_A_DAY:
                return False
            self._counts[person] = count + 1
            return True


given = Given()


def _signer() -> Signer:
    # Made when it is needed: an installation that lacks its secret is told so by ``communis check``.
    return Signer(salt="communis.behind-the-scenes")


def key_for(place: Place, *, by: Person) -> str:
    """A key to write with at the place, for someone who is in the crowd there. Raises NotThere and Refused."""
    place_for(place, by=by)
    if not given.one_more(by.id):
        raise Refused(_("You have begun often today to write behind the scenes. Wait until tomorrow."))
    number = public_id() + public_id()
    held: dict[str, Any] = {
        "number": number,
        # Who it is, for what only the receipt opens. Anyone but this program reads a random number.
        "author": sealed_author(by.public_id, number),
        "day": local_day(),
        "line": place.line,
        "circle": place.circle,
        "asked": place.asked,
        "kind": int(place.kind),
    }
    return _signer().sign_object(held)


def place_of(key: str) -> Place:
    """The place a key is for. Raises Refused for what is no key, or an old one."""
    held = _held(key)
    return Place(held["line"], held["circle"], held["asked"], Kind(held["kind"]))


def author_of(key: str) -> str:
    """The public id of who asked for the key, to be hashed at once and forgotten. Raises Refused."""
    held = _held(key)
    return opened_author(held["author"], held["number"])


def _held(key: str) -> dict[str, Any]:
    try:
        held: dict[str, Any] = _signer().unsign_object(key[:2000])
    except (BadSignature, ValueError) as error:
        raise Refused(_no_key(), "key") from error
    if not local_day() - DAYS < held["day"] <= local_day():
        raise Refused(_no_key(), "key")
    return held


def hash_of(key: str, purpose: str = "spent") -> bytes:
    """What is kept of a spent key, and found by: of its number alone, so that nothing kept follows from who asked.

    Raises Refused for what is no key.
    """
    number: str = _held(key)["number"]
    return hashlib.sha256(f"communis-posting-key-v1:{purpose}:{number}".encode()).digest()


def is_spent(key: str) -> bool:
    """Whether the key was used before."""
    return Spent.objects.filter(token_hash=hash_of(key)).exists()


def spend(key: str) -> None:
    """Use the key, in the transaction of what it is used for. Raises IntegrityError when it was used."""
    Spent.objects.create(token_hash=hash_of(key), day=local_day())


def forget_spent() -> int:
    """Forget keys that are too old to be used; returns how many."""
    return Spent.objects.filter(day__lt=local_day() - DAYS).delete()[0]


def _no_key() -> str:
    return _(
        "This form is too old to be sent: it holds until the day after. Copy your words, and begin anew."
    )
