"""What is kept about people, in words: the privacy page says it, and a test holds it to the tables there are (D35).

Every table stands either in ``KEPT`` or in ``NOTHING_ABOUT_PEOPLE``; a new one fails the test until it does.
"""

from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Kept(NamedTuple):
    """Things kept for one purpose: what, why, who can see it, for how long, and in which tables."""

    anchor: str
    title: Promise
    what: Promise
    why: Promise
    who: Promise
    how_long: Promise
    tables: tuple[str, ...]


KEPT = (
    Kept(
        "you",
        _("Who you are here"),
        _("Your name, your mail address, what you write about yourself, your roles and your language."),
        _("So that you can sign in, and others can see who writes."),
        _(
            "All employees see your name and roles, and so does anyone who may read your words. Stewards see your "
            "address. Is your identity protected? Then you are in no list."
        ),
        _("As long as your words are here. When you leave, a steward closes your sign-in."),
        ("Person", "Account", "Role", "ReadingHelp"),
    ),
    Kept(
        "circles",
        _("Your circles"),
        _("Which circles you are in, since when, and if you look after one."),
        _("So that the right people read what is said there."),
        _("Those in the circle. All employees too, if the circle shows who is in it."),
        _("When you leave, the day you left is noted. The row stays."),
        ("Circle", "Membership"),
    ),
    Kept(
        "words",
        _("What you have written"),
        _(
            "Your words, pictures and files, the earlier versions, who wrote them and when. Also how you want to "
            "be answered."
        ),
        _("They are what Communis is for. They can also be official documents."),
        _("Those you chose, and nobody else on any page."),
        _("Until the organisation decides to delete. What you take back leaves the pages, but is kept."),
        (
            "Conversation",
            "Contribution",
            "Revision",
            "File",
            "Line",
            "Share",
            "Authorship",
            "Byline",
            "Pseudonym",
            "Credit",
            "Audience",
            "AudiencePrincipal",
            "Anchor",
            "QuestionTerms",
            "Effect",
            "Host",
            "AnswerWish",
            "Adoption",
            "Moved",
            "WordPiece",
        ),
    ),
    Kept(
        "behind-the-scenes",
        _("What you wrote behind the scenes"),
        _("Your words, whom you asked, and a code made from your receipt. Who wrote them is kept nowhere."),
        _("So that something can be said by someone who must not be known."),
        _("Those you chose read the words. The code leads from the receipt to the words, never to a person."),
        _("As with all words here. That a form was sent is kept as a code for three days."),
        ("Receipt", "Waiting", "Spent", "Crowd"),
    ),
    Kept(
        "claims",
        _("That you have shown what you wrote behind the scenes"),
        _("Which words are yours, what you say to it, whom you showed it to, and the number that proves it."),
        _("So that those you chose know who wrote, and can try whether it is true."),
        _("Those you chose, if they also read the words. You, and nobody else."),
        _("Until you take it back. Then a row stays that says it was shown."),
        ("Claim",),
    ),
    Kept(
        "mandates",
        _("What you may answer for"),
        _(
            "Your mandates, since when, and who answers along with you. What you have promised, and when you are away."
        ),
        _("So that people know whom to ask, and when an answer comes."),
        _("All employees. That you are away is seen by those who can ask you."),
        _("Until the organisation decides to delete. A mandate that has ended is kept with its days."),
        ("Mandate", "CoHost", "Promise", "Absence"),
    ),
    Kept(
        "answers",
        _("What you have asked, and what you have answered"),
        _(
            "Whom you asked about which words, why, and what became of it. Your verdicts, with the words for the one "
            "who asked and those for all."
        ),
        _("So that every idea that is asked about gets a straight answer, and it can be found."),
        _("Those who read the words it is about. An answer is read first by the one who wrote them."),
        _("Until the organisation decides to delete."),
        ("Ask", "Step", "Answer", "AnswerToReason", "Rest"),
    ),
    Kept(
        "helping",
        _("What you want to help with"),
        _("That you want to help with an idea that got a yes, and since when."),
        _("So that those who carry it out know whom to ask."),
        _("Those who work here and read the idea. Nobody else, and nobody counts."),
        _("Until you take it back."),
        ("Helper",),
    ),
    Kept(
        "clarity",
        _("Whether an answer is clear and fair"),
        _("Whether you found an answer to what you wrote clear, and fair."),
        _("So that those who answer learn whether they are understood."),
        _("Nobody. When five have said so, a sentence says what most find of all answers."),
        _("Until the organisation decides to delete."),
        ("ClarityTap", "ClarityFound"),
    ),
    Kept(
        "cut-down",
        _("That you were cut down"),
        _("Your report: your words, the answer to them, what you say to it, and who reads it."),
        _("So that someone other than the one who answered you can help."),
        _("You and the one person it goes to. The words are shown to nobody once it is handled."),
        _("Until the organisation decides to delete."),
        ("CutDown",),
    ),
    Kept(
        "tried",
        _("What you write in Already tried"),
        _(
            "That you wrote an entry down, that you are the one to talk to about it, and what you say has changed."
        ),
        _("So that nobody tries the same thing in vain, and an old idea can wake."),
        _(
            "All employees see who to talk to, and who says that something has changed. Who wrote an entry is shown "
            "to nobody."
        ),
        _("Until the organisation decides to delete. You can name another to talk to, or nobody."),
        ("Trial", "Change", "TrialPiece"),
    ),
    Kept(
        "drafts",
        _("Your drafts"),
        _("What you have begun to write, and whom you had chosen."),
        _("So that nothing is lost before you send it."),
        _("Only you."),
        _("Until you send it or throw it away."),
        ("Draft",),
    ),
    Kept(
        "signs",
        _("Your signs"),
        _("The signs you give to the words of others, such as thanks."),
        _("So that the one who wrote sees that you read."),
        _("Those who read the words. Nobody counts them."),
        _("Until you take the sign back."),
        ("Reaction",),
    ),
    Kept(
        "thanks",
        _("Private thanks"),
        _("The thanks you give and get: who gave them, the words and when."),
        _("So that the one who wrote is told what it was good for."),
        _("The one who thanks and the one who wrote. Nobody else, and nobody counts them."),
        _("Until the organisation decides to delete."),
        ("Thanks",),
    ),
    Kept(
        "outing",
        _("Words that tell who someone is"),
        _(
            "That someone said so of a contribution. Who it was is kept as a code, so that each is counted once."
        ),
        _("So that whoever wrote it can take a name away."),
        _("Nobody. The one who wrote and the host are told that it was said."),
        _("Until the organisation decides to delete."),
        ("OutingFlag",),
    ),
    Kept(
        "hiding",
        _("Words that are hidden"),
        _(
            "That your words were hidden, or that you hid someone's: why, by whom and when. The words are kept."
        ),
        _("So that what hurts someone or breaks the law need not stand, and what was decided can be tried."),
        _(
            "Those who read there see the reason and who gave it. The words are read by the one who wrote them, and by "
            "stewards where all employees or everyone could read them."
        ),
        _("Until the organisation decides to delete."),
        ("Hiding", "HiddenLine"),
    ),
    Kept(
        "name-claims",
        _("Names on what was brought in"),
        _("That you have said a name there is yours, your word to the stewards, and what they answered."),
        _("So that your own name can stand by what you wrote."),
        _("You and the stewards. Everyone who reads the words sees it once it is agreed."),
        _("Until the organisation decides to delete."),
        ("NameClaim",),
    ),
    Kept(
        "openings",
        _("Openings"),
        _("Who proposed one and why, and what each answered."),
        _("So that nothing of yours is shown to more people unless you say yes."),
        _("You and those asked see the proposal. You see your own answers; nobody sees those of others."),
        _("Until the organisation decides to delete."),
        ("Widening", "Consent", "Lesson"),
    ),
    Kept(
        "reading",
        _("What you follow and have seen"),
        _("How far you have read, what you listen to, what you were told of, and which mails you want."),
        _("So that you find what is new."),
        _("Only you. No one else can ask who has read what."),
        _("Until the organisation decides to delete."),
        ("Mark", "Following", "Notice", "Activity", "Principal", "MailChoice"),
    ),
    Kept(
        "simpler",
        _("Wishes for simpler words"),
        _("That someone asked. Who it was is kept as a code, so that each is counted once."),
        _("So that the host hears when two want it."),
        _("Nobody."),
        _("Until you take the wish back."),
        ("SimplerWish",),
    ),
    Kept(
        "sign-in",
        _("Sign-in and invitations"),
        _("That you are signed in, in which browser. Of an invitation: name, address and who invited."),
        _("So that only you write under your name."),
        _("Stewards see invitations that wait."),
        format_lazy(
            _("A sign-in is deleted after {days} days, or when you sign out. Invitations are kept."),
            days=settings.SESSION_COOKIE_AGE // (24 * 3600),
        ),
        ("Session", "Invitation", "EmailAddress", "EmailConfirmation"),
    ),
    Kept(
        "mail",
        _("Mail to you"),
        _("That a mail was to be sent, about what, if it was, and if it came back. Never its words."),
        _("So that a mail comes once, and only if you may still read what it is about."),
        _("Nobody, on any page."),
        _("Until the organisation decides to delete."),
        ("Outgoing",),
    ),
    Kept(
        "mail-from-you",
        _("Mail from you"),
        _("What you write by mail: the mail as it came, when, to whom, and what became of it."),
        _("So that no mail that was taken is lost, and none is said twice."),
        _("What is said is read as if it were written here. What waits is for you alone."),
        _("The mail itself for 30 days; while it waits for you, at most a year. That it came is kept."),
        ("ReplyAddress", "Arrived", "SaidPiece", "Passing"),
    ),
    Kept(
        "mail-from-outside",
        _("Mail from people outside"),
        _(
            "The mail as it came, with name and address. Of what is let in, the words and the name. Which questions "
            "have an address, and who opened it."
        ),
        _("So that those who do not work here can say something about a question."),
        _(
            "Stewards read it when it has come. What they let in is read by those who answer the question, and by "
            "nobody else."
        ),
        _(
            "The mail itself for 30 days, from when it came or was decided about. The words of what is let in stay."
        ),
        ("OutsideAddress",),
    ),
    Kept(
        "journal",
        _("The journal"),
        _("What was done, by whom and when. Never any words."),
        _("So that it can be shown that nothing was changed in secret."),
        _("Nobody, on any page."),
        _("Until the organisation decides to delete. That a form was sent is kept as a code for two days."),
        ("Entry", "Done"),
    ),
    Kept(
        "imports",
        _("Blogs and mailing lists that were brought in"),
        _("Names, words and web addresses of those who wrote there. No mail addresses, no IP numbers."),
        _("So that a blog or a mailing list can move here with its answers."),
        _(
            "What was open in a blog is open here. The rest is for the steward."
            " A mailing list is for anyone, or for one circle."
        ),
        _("The file of a blog is kept until it is brought in, a week at most. Mails are not kept."),
        ("Import", "Imported", "Held", "OutsideName"),
    ),
)

# Tables that say nothing about anybody, and why. Not on the page.
NOTHING_ABOUT_PEOPLE = {
    "DigestRound": "when digests were due, the same for all",
    "ToldOfOutside": "when stewards were told that mail from outside waits, without whose it is",
    "MailCheck": "how a mail came that this place sent to itself",
    "Names": "one stamp for all names: drawn anew when any of them changes",
    "Organisation": "the name of the organisation",
    "Place": "where in a text certain words stand, as numbers",
    "Seal": "hashes over the journal; from them nothing can be read",
    "ContentType": "Django's list of its own tables",
    "Permission": "Django's, and unused: what one may do stands in the program",
    "Group": "Django's, and unused",
}


def columns() -> dict[str, list[str]]:
    """``{table: its columns}`` of all that stands in ``KEPT``, as the database has them now."""
    found = {model.__name__: model for model in apps.get_models()}
    return {
        name: [field.name for field in found[name]._meta.concrete_fields]
        for kept in KEPT
        for name in kept.tables
    }
