"""The names of pseudonyms: drawn by the program, so that none says anything of the person or of another place.

A name is stored as a number and said in the reader's language. A person has one in each conversation and another
one elsewhere (gate rule 28): whoever could choose would choose what others know them by.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communis.journal.ids import public_id

# In Swedish each of these stands before each of the words below in one form. New words go last: the number of
# a name follows from their places.
_HOW = [
    gettext_noop("grey"),
    gettext_noop("blue"),
    gettext_noop("green"),
    gettext_noop("yellow"),
    gettext_noop("red"),
    gettext_noop("white"),
    gettext_noop("black"),
    gettext_noop("brown"),
    gettext_noop("golden"),
    gettext_noop("quiet"),
    gettext_noop("early"),
    gettext_noop("late"),
    gettext_noop("bright"),
    gettext_noop("dark"),
    gettext_noop("warm"),
    gettext_noop("cool"),
    gettext_noop("round"),
    gettext_noop("straight"),
    gettext_noop("broad"),
    gettext_noop("still"),
]
_WHAT = [
    gettext_noop("sparrow"),
    gettext_noop("swallow"),
    gettext_noop("thrush"),
    gettext_noop("lark"),
    gettext_noop("cuckoo"),
    gettext_noop("owl"),
    gettext_noop("hawk"),
    gettext_noop("tern"),
    gettext_noop("crane"),
    gettext_noop("heron"),
    gettext_noop("birch"),
    gettext_noop("alder"),
    gettext_noop("elm"),
    gettext_noop("ash tree"),
    gettext_noop("rowan"),
    gettext_noop("willow"),
    gettext_noop("pine"),
    gettext_noop("spruce"),
    gettext_noop("juniper"),
    gettext_noop("aspen"),
    gettext_noop("heather"),
    gettext_noop("moss"),
    gettext_noop("lichen"),
    gettext_noop("rose"),
    gettext_noop("clover"),
    gettext_noop("thistle"),
    gettext_noop("fern"),
    gettext_noop("stone"),
    gettext_noop("brook"),
    gettext_noop("lake"),
    gettext_noop("meadow"),
    gettext_noop("hill"),
    gettext_noop("valley"),
    gettext_noop("island"),
    gettext_noop("shore"),
    gettext_noop("door"),
    gettext_noop("bridge"),
    gettext_noop("ladder"),
    gettext_noop("lantern"),
    gettext_noop("clock"),
    gettext_noop("pencil"),
    gettext_noop("key"),
    gettext_noop("spade"),
    gettext_noop("mill"),
    gettext_noop("oar"),
]
NAMES = len(_HOW) * len(_WHAT)


def pseudonym_name(alias: int) -> str:
    """The name with this number, in the language at hand: *Grey sparrow*."""
    how, what = divmod(alias % NAMES, len(_WHAT))
    return f"{_(_HOW[how])} {_(_WHAT[what])}".capitalize()


def draw(without: Collection[int] = ()) -> int:
    """The number of a name, none of these as long as there are others."""
    while (alias := int(public_id(), 16) % NAMES) in without and len(set(without)) < NAMES:
        pass
    return alias
