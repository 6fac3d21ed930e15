"""What of that which one is told matters most, and what cannot wait for the digest.

By why one is told, and by nothing else: who wrote it has no part in it (rulings, Pages).
"""

from communis.attention.models import Notice

Reason = Notice.Reason

# Someone waits for this very person; then what was written to her; what came of things; what she only follows.
BY_IMPORTANCE = (
    Reason.TO_ANSWER,
    Reason.ANSWER_DUE,
    Reason.WILL_OPEN,
    Reason.ASKED,
    Reason.ASKED_AGAIN,
    Reason.CAN_OPEN,
    Reason.LESSON,
    Reason.REPORTED,
    Reason.NAME_CLAIM_OFFERED,
    Reason.NAME_CLAIM_WAITS,
    Reason.OUTSIDE_WAITS,
    Reason.LETTER,
    Reason.ANSWERED,
    Reason.CORRECTED,
    Reason.ANSWER_GIVEN,
    Reason.OWN_OUTCOME,
    Reason.HANDED_OVER,
    Reason.NEW_DAY,
    Reason.ANSWER_KEPT,
    Reason.NAME_CLAIM_ANSWERED,
    Reason.REPORT_HANDLED,
    Reason.HIDDEN,
    Reason.SHOWN_AGAIN,
    Reason.SHOWN,
    Reason.OUTING,
    Reason.HELP,
    Reason.THANKED,
    Reason.WELCOME,
    Reason.OUTCOME,
    Reason.HOSTING,
    Reason.SIMPLER,
    Reason.ADOPTED,
    Reason.GUARDIAN,
    Reason.REVIEW_DUE,
    Reason.CHANGED,
    Reason.MOVED,
    Reason.QUESTION,
    Reason.LISTENING,
)
# Direct letters, what is asked of one, and answers to what one asked (rulings, Mail).
AT_ONCE = frozenset(
    {
        Reason.LETTER,
        Reason.TO_ANSWER,
        Reason.ANSWER_DUE,
        Reason.ANSWER_GIVEN,
        Reason.HANDED_OVER,
        Reason.NEW_DAY,
        Reason.OWN_OUTCOME,
        Reason.OUTCOME,
        Reason.ASKED,
        Reason.ASKED_AGAIN,
        Reason.WILL_OPEN,
        Reason.CAN_OPEN,
        Reason.LESSON,
    }
)
