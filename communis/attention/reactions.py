"""Notices follow from what was done: whom it concerns, and why they are told.

Each reaction bears being called twice. Nobody is told of own acts, of what is undone, or of anything they
cannot see at this moment.
"""

from communis.answers import telling as about_answers
from communis.attention.models import Notice
from communis.attention.telling import note, tell_by_itself, tell_of_name
from communis.behind_the_scenes.telling import shown_to
from communis.conversations import telling
from communis.conversations.gate import seen_contributions
from communis.conversations.lines import lines_seen
from communis.conversations.looking_after import those_who_look_after
from communis.conversations.restating import stands
from communis.conversations.simpler import wanted_simpler
from communis.journal.models import Entry
from communis.journal.reactions import react_to
from communis.people.circles_held import circles_held
from communis.people.holdings import viewer_for
from communis.people.people_here import stewards_here

Reason = Notice.Reason


@react_to("started")
@react_to("contributed")
@react_to("appeared")
def something_was_said(entry: Entry) -> None:
    """Tell those written to, whose words are answered, who host the question, and who listen."""
    line, conversation = entry.about["line"], entry.about["conversation"]
    answered = entry.about.get("answered")
    # From the weakest reason to the strongest: whoever has several is told once, with the last. Whoever
    # listens had found the opening already, so that only what follows it is news.
    reasons: dict[int, Notice.Reason] = {}
    if answered is not None:
        reasons.update(dict.fromkeys(telling.listeners_of(conversation), Reason.LISTENING))
        reasons.update(dict.fromkeys(telling.hosts_of(answered), Reason.HOSTING))
    reasons.update(dict.fromkeys(telling.written_to(line), Reason.LETTER))
    if answered is not None:
        reasons.update(dict.fromkeys(telling.author_of(answered), Reason.ANSWERED))
    if about_answers.tells_outcome(line):
        # They took part, so that what came of it is theirs to know (R59).
        reasons.update(dict.fromkeys(telling.authors_in(conversation, before=entry.at), Reason.OUTCOME))
        reasons.update(dict.fromkeys(about_answers.authors_of_idea(line), Reason.OWN_OUTCOME))
    _tell(entry, line, conversation, reasons)


@react_to("corrected")
def something_was_corrected(entry: Entry) -> None:
    """Tell those who had answered the old words and can see the line (R63)."""
    line, conversation = entry.about["line"], entry.about["conversation"]
    repliers = telling.authors_of_answers_to(line, before=entry.at)
    _tell(entry, line, conversation, dict.fromkeys(repliers, Reason.CORRECTED))


@react_to("simpler words wanted")
def simpler_words_are_wanted(entry: Entry) -> None:
    """Tell those who look after the conversation that two want it, once, and never who (R100)."""
    line = entry.about["line"]
    conversation = telling.conversation_of(line)
    if conversation is None or not wanted_simpler(line):
        return
    told = Notice.everything.filter(line_id=line, reason=Reason.SIMPLER).exclude(entry=entry.id)
    waiting = those_who_look_after(conversation) - set(told.values_list("person_id", flat=True))
    _tell(entry, line, conversation, dict.fromkeys(waiting, Reason.SIMPLER))


@react_to("adopted")
def simpler_words_were_adopted(entry: Entry) -> None:
    """Tell whoever proposed them, as long as they stand there (R102)."""
    line, conversation = entry.about["line"], entry.about["conversation"]
    if stands(line):
        _tell(entry, line, conversation, dict.fromkeys(telling.author_of(line), Reason.ADOPTED))


@react_to("thanked")
def someone_was_thanked(entry: Entry) -> None:
    """Tell whoever wrote the words, at the line where the author sees them."""
    line = entry.about["line"]
    for person in sorted(telling.author_of(line)):
        own = telling.seen_by_author(line, person)
        if own is not None:
            _tell(entry, own, entry.about["conversation"], {person: Reason.THANKED})


@react_to("flagged as outing")
def words_may_tell_who_someone_is(entry: Entry) -> None:
    """Tell whose words they are, and who looks after the conversation, once. Never who flagged them."""
    line = entry.about["line"]
    conversation = telling.conversation_of(line)
    if conversation is None:
        return
    told = Notice.everything.filter(line_id=line, reason=Reason.OUTING).exclude(entry=entry.id)
    waiting = telling.author_of(line) | those_who_look_after(conversation)
    waiting -= set(told.values_list("person_id", flat=True))
    hidden = entry.about["hidden"]
    concerned = {person for person in waiting if seen_contributions(hidden, viewer_for(person))}
    _tell(entry, line, conversation, dict.fromkeys(concerned, Reason.OUTING))


@react_to("hid words")
@react_to("showed hidden words")
def words_were_hidden_or_shown_again(entry: Entry) -> None:
    """Tell whoever wrote them, at the line where the author reads."""
    reason = Reason.HIDDEN if entry.verb == "hid words" else Reason.SHOWN_AGAIN
    for person in sorted(telling.author_of(entry.about["line"])):
        own = telling.seen_by_author(entry.about["line"], person)
        if own is not None:
            tell_by_itself(entry, {person}, reason, line=own)


@react_to("moved")
def a_branch_was_moved(entry: Entry) -> None:
    """Tell those who wrote in it where it is; and what they were told of it earlier goes along (R104)."""
    conversation = entry.about["conversation"]
    about_it = Notice.everything.filter(line_id__in=telling.lines_in(conversation))
    about_it.exclude(conversation_id=conversation).update(conversation_id=conversation)
    writers = telling.authors_in(conversation, before=entry.at)
    _tell(entry, entry.about["summary"], entry.about["before"], dict.fromkeys(writers, Reason.MOVED))


@react_to("let in")
def someone_was_let_in(entry: Entry) -> None:
    """Tell whoever was let into a circle, while still in it."""
    person = entry.about["person"]
    circles = circles_held(viewer_for(person), [entry.about["circle"]])
    if person != entry.person_id and circles:
        note(entry, person, circles[0].public_id, reason=Reason.WELCOME)


@react_to("claimed name")
def someone_says_that_they_wrote_it(entry: Entry) -> None:
    """Tell the stewards, who answer."""
    tell_of_name(entry, stewards_here(), Reason.NAME_CLAIM_WAITS)


@react_to("offered name claim")
def someone_is_asked_whether_they_wrote_it(entry: Entry) -> None:
    """Tell the person whom a steward means."""
    tell_of_name(entry, {entry.about["person"]}, Reason.NAME_CLAIM_OFFERED)


@react_to("agreed to name claim")
@react_to("declined name claim")
@react_to("ended name claim")
def a_steward_answered_who_wrote_it(entry: Entry) -> None:
    """Tell the person, and nobody else: not even that something was asked."""
    tell_of_name(entry, {entry.about["person"]}, Reason.NAME_CLAIM_ANSWERED)


@react_to("claimed")
def someone_showed_that_they_wrote_it(entry: Entry) -> None:
    """Tell the one person it is shown to, who would not find it otherwise. A circle or all are told nothing."""
    for person, seen in shown_to(entry.about["claim"]).items():
        # Of its own moment: whoever has looked at the conversation has not read this.
        about = {"line_id": seen.line_number, "conversation_id": seen.conversation, "opened_at": entry.at}
        note(entry, person, seen.line, reason=Reason.SHOWN, **about)


def _tell(entry: Entry, line: int, conversation: int, reasons: dict[int, Notice.Reason]) -> None:
    silent = telling.silent_in(conversation)
    for person, reason in sorted(reasons.items()):
        if person == entry.person_id or person in silent:
            continue
        # A closed sign-in leaves the public's eyes, and the public is told of nothing.
        viewer = viewer_for(person)
        seen = lines_seen([line], viewer).get(line) if viewer.signed_in else None
        if seen is not None:
            about = {"line_id": line, "conversation_id": conversation, "opened_at": seen.share.opened_at}
            note(entry, person, seen.share.line, reason=reason, **about)
