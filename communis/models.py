"""An index: Django finds every package's models here. Nothing is defined in this file."""

from communis.answers.models import Answer, Ask, CoHost, Mandate, Promise, Step
from communis.answers.trials.models import Change, Trial
from communis.attention.models import Notice, PlainMail
from communis.behind_the_scenes.models import Claim, Crowd, Spent, Waiting
from communis.channels.email.models import Outgoing
from communis.channels.importers.models import Held, Import, Imported, NameClaim
from communis.conversations.models import (
    Activity,
    Adoption,
    Anchor,
    AnswerWish,
    Contribution,
    Conversation,
    Credit,
    Draft,
    File,
    Following,
    Host,
    Line,
    Mark,
    Moved,
    OutingFlag,
    Place,
    Pseudonym,
    QuestionTerms,
    Reaction,
    ReadingHelp,
    Revision,
    Share,
    SimplerWish,
    Thanks,
)
from communis.journal.idempotency import Done
from communis.journal.models import Entry, Seal
from communis.looking.principals import Principal
from communis.openness.audiences import Audience, AudiencePrincipal
from communis.openness.bylines import Authorship, Byline
from communis.openness.receipts import Receipt
from communis.people.accounts import Account, Invitation
from communis.people.models import Circle, Membership, Names, OutsideName, Person, Role
from communis.people.organisation import Organisation
from communis.search.models import TrialPiece, WordPiece
from communis.widening.models import Consent, Lesson, Widening

__all__ = [
    "Account",
    "Activity",
    "Adoption",
    "Anchor",
    "Answer",
    "AnswerWish",
    "Ask",
    "Audience",
    "AudiencePrincipal",
    "Authorship",
    "Byline",
    "Change",
    "Circle",
    "Claim",
    "CoHost",
    "Consent",
    "Contribution",
    "Conversation",
    "Credit",
    "Crowd",
    "Done",
    "Draft",
    "Entry",
    "File",
    "Following",
    "Held",
    "Host",
    "Import",
    "Imported",
    "Invitation",
    "Lesson",
    "Line",
    "Mandate",
    "Mark",
    "Membership",
    "Moved",
    "NameClaim",
    "Names",
    "Notice",
    "Organisation",
    "Outgoing",
    "OutingFlag",
    "OutsideName",
    "Person",
    "Place",
    "PlainMail",
    "Principal",
    "Promise",
    "Pseudonym",
    "QuestionTerms",
    "Reaction",
    "ReadingHelp",
    "Receipt",
    "Revision",
    "Role",
    "Seal",
    "Share",
    "SimplerWish",
    "Spent",
    "Step",
    "Thanks",
    "Trial",
    "TrialPiece",
    "Waiting",
    "Widening",
    "WordPiece",
]
