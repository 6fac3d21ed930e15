"""One contribution drawn by itself, with nothing to do with it: what is answered, or what is asked about."""

from django.utils.safestring import SafeString

from communis.answers.showing import rulings_of
from communis.conversations.effects import effects_of
from communis.conversations.files import files_of
from communis.conversations.gate import Seen
from communis.web.contributions import Page, draw_one


def draw_alone(seen: Seen) -> SafeString:
    """As its readers see it, without its place in the thread."""
    page = Page(
        rung=seen.rung,
        may_answer=False,
        shown={seen.contribution: seen},
        anchored={},
        files=files_of([seen.revision]),
        rulings=rulings_of([seen]),
        effects=effects_of([seen]),
    )
    return draw_one(seen, page)
