"""What can be found follows what was done: after each act that shows, changes or ends what opens a conversation."""

from communis.journal.models import Entry
from communis.journal.reactions import react_to
from communis.search.indexing import bring_up_to_date, catch_up
from communis.search.trials import find_by_words


@react_to("started")
@react_to("appeared")
@react_to("brought in")
@react_to("edited")
@react_to("corrected")
@react_to("moved")
@react_to("opened wider")
@react_to("taken back")
@react_to("undone")
@react_to("hid words")
@react_to("showed hidden words")
def what_opens_it_changed(entry: Entry) -> None:
    """Work out again what the conversation is found by."""
    bring_up_to_date(entry.about["conversation"])


@react_to("narrowed")
def what_hangs_below_may_have_ended(entry: Entry) -> None:
    """What was opened below ends too, also where a branch has become another conversation."""
    bring_up_to_date(entry.about["conversation"])
    catch_up()


@react_to("wrote trial")
@react_to("changed trial")
@react_to("took trial back")
def what_was_tried_changed(entry: Entry) -> None:
    """Work out again what it is found by."""
    find_by_words({entry.about["trial"]})
