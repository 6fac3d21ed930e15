"""The words of the product for people: each as the interface uses it, in a sentence or two.

``about`` names what in the code the word stands for; a test holds the two together.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communis.conversations.kinds import Kind, Level, Sign
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung

About = Kind | Level | Rung | Sign | Byline.Kind


class Word(NamedTuple):
    """``anchor`` is what other pages link to; it stays when the word changes."""

    anchor: str
    name: str | Promise
    meaning: Promise
    about: tuple[About, ...] = ()


WORDS = (
    # Who may read.
    Word("audience", _("audience"), _("Those who may read something. The one who writes chooses it.")),
    Word(
        "rung", _("rung"), _("How open something is. The sign is a door that stands more open by each rung.")
    ),
    Word("draft", _("draft"), _("What you have begun to write. Only you see it.")),
    Word("direct", Rung.DIRECT.label, _("Only those you choose read it, and you."), (Rung.DIRECT,)),
    Word(
        "circle",
        Rung.CIRCLE.label,
        _(
            "Some people who can be written to together. Anyone may found a circle, and it can sit inside another."
        ),
        (Rung.CIRCLE,),
    ),
    Word(
        "all-employees",
        Rung.ORGANISATION.label,
        _("Everyone who works here reads it, also those who come later."),
        (Rung.ORGANISATION,),
    ),
    Word("open", Rung.PUBLIC.label, _("Anyone reads it, also without signing in."), (Rung.PUBLIC,)),
    Word(
        "unit",
        _("unit"),
        _("A circle that is a part of the organisation, such as a workplace. Stewards let people in."),
    ),
    # What is said.
    Word(
        "conversation",
        _("conversation"),
        _("What began with one contribution, and all that was answered to it."),
    ),
    Word(
        "contribution",
        _("a contribution"),
        _("Anything that someone has said here. It has a kind, such as an idea."),
    ),
    Word(
        "question",
        Kind.QUESTION.label,
        _("Asks others for their thoughts. It says how much they can influence, and what."),
        (Kind.QUESTION,),
    ),
    Word("idea", Kind.IDEA.label, _("Something that could be done, or done in another way."), (Kind.IDEA,)),
    Word("fragment", Kind.FRAGMENT.label, _("A thought that need not be finished."), (Kind.FRAGMENT,)),
    Word("post", Kind.POST.label, _("Something one wants to tell, to anyone or to some."), (Kind.POST,)),
    Word("comment", Kind.COMMENT.label, _("An answer to what someone has said."), (Kind.COMMENT,)),
    Word(
        "mention",
        Kind.MENTION.label,
        _("Someone on another site has linked to it. It came with a blog that was brought in."),
        (Kind.MENTION,),
    ),
    Word(
        "plain-restatement",
        Kind.RESTATEMENT.label,
        _("A question or idea in simpler words. Anyone who reads it may propose them; the host chooses."),
        (Kind.RESTATEMENT,),
    ),
    Word(
        "summary",
        Kind.SUMMARY.label,
        _("A line or two in the old place of a branch that has moved."),
        (Kind.SUMMARY,),
    ),
    Word(
        "branch",
        _("branch"),
        _("A contribution and all answers under it. It can become its own conversation."),
    ),
    Word(
        "answer",
        Kind.ANSWER.label,
        _(
            "A verdict and its reason, from someone with the mandate. It stands at the top of the conversation."
        ),
        (Kind.ANSWER,),
    ),
    Word(
        "outcome",
        Kind.OUTCOME.label,
        _("What was done after a yes, and what came of it. It stands under the answer."),
        (Kind.OUTCOME,),
    ),
    Word(
        "rests",
        pgettext_lazy("how far an idea is", "Rests"),
        _("Whoever wrote the idea lets it be for now. It is no verdict, and anyone can still answer."),
    ),
    Word("mandate", _("mandate"), _("What someone may answer for, and on whose behalf.")),
    Word(
        "already-tried",
        _("Already tried"),
        _(
            "What was tried here or declined, with the reason and what would have to change. It names no persons."
        ),
    ),
    Word(
        "to-talk-to",
        _("the one to talk to"),
        _("Knows what happened when something was tried, and is told when something has changed."),
    ),
    Word("murmur", _("The murmur"), _("The front page: what people here think about just now.")),
    # Under what name.
    Word("byline", _("byline"), _("What the words show of the one who wrote them.")),
    Word("named", _("your own name"), _("The usual byline: others see who you are."), (Byline.Kind.NAMED,)),
    Word(
        "role",
        _("role"),
        _("What you are at work, such as head of a unit. With it you can speak for your task."),
        (Byline.Kind.ROLE,),
    ),
    Word(
        "pseudonym",
        _("pseudonym"),
        _(
            "A name that the program draws. It is the same all through one conversation, and another one elsewhere."
        ),
        (Byline.Kind.PSEUDONYM,),
    ),
    Word(
        "unnamed",
        _("Unnamed"),
        _("The name is not shown. Those who knew it before, and the program, still know."),
        (Byline.Kind.UNNAMED,),
    ),
    Word(
        "behind-the-scenes",
        _("behind the scenes"),
        _("No author is stored at all. Unnamed is another thing: there the program knows who wrote."),
        (Byline.Kind.BEHIND_THE_SCENES,),
    ),
    Word(
        "hidden",
        _("hidden words"),
        _("A reason stands in their place, with the name of who hid them. They are kept."),
        (Byline.Kind.HIDDEN,),
    ),
    Word(
        "receipt",
        _("Receipt"),
        _(
            "The letters and digits that only the author behind the scenes has. With it one goes on, "
            "and can show later who wrote."
        ),
    ),
    # What changes.
    Word(
        "opening",
        _("Opening"),
        _("A proposal to show words to more people. Each who wrote says yes or no to their own."),
    ),
    Word("version", _("version"), _("The text as it stood at one time. Earlier versions can be read.")),
    Word("correction", _("correction"), _("A change of the meaning. Those who have answered are told.")),
    Word("take-back", _("Take back"), _("To end that others can read your words here. They are not erased.")),
    # How one takes part.
    Word(
        "sign",
        _("sign"),
        _(
            "Shows that you have read and thought: thanks, you have a point, or I disagree, but thanks. "
            "Nobody counts them."
        ),
        (Sign.THANKS, Sign.POINT, Sign.FRIENDLY_NO),
    ),
    Word("listen", _("Listen"), _("To be told of what is new in a conversation, without saying anything.")),
    Word("host", _("host"), _("Looks after a question and may answer it.")),
    Word(
        "steward",
        _("steward"),
        _(
            "Looks after the place: invites people and sets up units. Sees no more words than others, but mail from "
            "outside before it is let in."
        ),
    ),
    Word("registrar", _("registrar"), _("Hands out records to those who ask.")),
    Word(
        "adviser", _("The adviser"), _("Helps you choose who should read. You answer three short questions.")
    ),
    Word(
        "protected-identity",
        _("Protected identity"),
        _("Some people must not be found. They are in no list, number or suggestion here."),
    ),
    Word("lix", "LIX", _("A number for how hard a text is to read. Above 50 is hard.")),
    # How much can be influenced.
    Word(
        "information",
        _("information"),
        _("It is decided already, and we tell you why."),
        (Level.INFORMATION,),
    ),
    Word("consultation", _("consultation"), _("We decide, after hearing you."), (Level.CONSULTATION,)),
    Word("participation", _("participation"), _("We shape the proposal together."), (Level.PARTICIPATION,)),
    Word("co-decision", _("co-decision"), _("You decide with us."), (Level.CODECISION,)),
    # Records.
    Word(
        "official-document",
        _("official document"),
        _("Something an authority keeps, and that has come in or is finished. Anyone may ask to read it."),
    ),
    Word("working-material", _("working material"), _("Something that is not finished yet.")),
)


def words() -> Iterator[tuple[str, str, str]]:
    """``(anchor, name, meaning)`` in the reader's language and in its alphabet."""
    for word in sorted(WORDS, key=lambda one: _place(str(one.name))):
        yield word.anchor, capfirst(str(word.name)), str(word.meaning)


def _place(name: str) -> str:
    """What to sort by: å, ä and ö come last in Swedish, and an accent makes no other letter."""
    return name.casefold().translate(str.maketrans("åäöé", "{|}e"))
