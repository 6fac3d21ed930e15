"""What can be found by its words: pieces of them, beside whom they may lead to."""

from django.db import models

from communis.answers.trials.models import Trial
from communis.conversations.models import Share
from communis.looking.guarding import Refers
from communis.looking.principals import Principal
from communis.openness.bylines import Unseen


class WordPiece(models.Model):
    """A piece of a word that a share opens a conversation with, for one principal that its audience names.

    Worked out from the words alone: no name, no byline, no count. Every holder of the principal may see the share
    from ``opened_at`` on, so whatever is read of one's own principals follows from what one may see (gate, section 2).
    """

    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    piece = models.CharField(max_length=40)
    # Copies of the share, which never change on it.
    opened_at = models.BigIntegerField()
    share = Refers(Share)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [
            models.Index(fields=["principal", "piece", "-opened_at", "-share"], name="word_piece_newest"),
        ]


class TrialPiece(models.Model):
    """A piece of a word of what was tried. The gate says at each look whether its trial may be seen."""

    trial = Refers(Trial)
    piece = models.CharField(max_length=40)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [
            models.Index(fields=["piece", "trial"], name="trial_piece"),
            models.Index(fields=["trial"], name="trial_piece_of"),
        ]
