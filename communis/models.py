"""An index: Django finds every package's models here. Nothing is defined in this file."""

from communis.attention.models import Notice, PlainMail
from communis.channels.email.models import Outgoing
from communis.channels.importers.models import Held, Import, Imported
from communis.conversations.models import (
    Activity,
    Anchor,
    Contribution,
    Conversation,
    Draft,
    File,
    Following,
    Host,
    Line,
    Mark,
    Place,
    QuestionTerms,
    Revision,
    Share,
)
from communis.journal.idempotency import Done
from communis.journal.models import Entry, Seal
from communis.looking.principals import Principal
from communis.openness.audiences import Audience, AudiencePrincipal
from communis.openness.bylines import Authorship, Byline
from communis.people.accounts import Account, Invitation
from communis.people.models import Circle, Membership, OutsideName, Person, Role
from communis.people.organisation import Organisation
from communis.widening.models import Consent, Widening

__all__ = [
    "Account",
    "Activity",
    "Anchor",
    "Audience",
    "AudiencePrincipal",
    "Authorship",
    "Byline",
    "Circle",
    "Consent",
    "Contribution",
    "Conversation",
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
    "Line",
    "Mark",
    "Membership",
    "Notice",
    "Organisation",
    "Outgoing",
    "OutsideName",
    "Person",
    "Place",
    "PlainMail",
    "Principal",
    "QuestionTerms",
    "Revision",
    "Role",
    "Seal",
    "Share",
    "Widening",
]
