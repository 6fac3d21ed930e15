"""What a revision says of itself beside its words: the terms of a question, the effect of an outcome."""

from communis.conversations.effects import Effect
from communis.conversations.models import QuestionTerms, Revision


def carry_terms_over(before: Revision, after: Revision) -> None:
    """The next revision says the same of itself."""
    for terms in QuestionTerms.objects.filter(revision_id=before.id):
        terms.pk = None
        terms.revision = after
        terms.save(force_insert=True)
    for effect in Effect.objects.filter(revision_id=before.id):
        effect.pk = None
        effect.revision = after
        effect.save(force_insert=True)


def carry_terms_over_without_words(before: Revision, after: Revision) -> None:
    """A question whose words are hidden keeps its level and its day, and not what it says of what can be changed."""
    for terms in QuestionTerms.objects.filter(revision_id=before.id):
        if QuestionTerms.objects.filter(revision_id=after.id).exists():
            return
        terms.pk = None
        terms.revision = after
        terms.scope = ""
        terms.save(force_insert=True)
