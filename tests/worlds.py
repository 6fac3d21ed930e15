"""Worlds that one viewer cannot tell apart: without what is hidden from her, and with it changed.

``prune`` takes hidden events away, ``mutate`` gives them other words, names, kinds and times. Who may see what
comes from the reference model. What is above something visible stays as a stub without words: that there was
something is the one thing a page may tell (trust 6, declassifier c).
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, NamedTuple

from communis.conversations.kinds import Kind
from communis.journal.moments import SECOND
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.models import Circle
from tests.events import Event, secret
from tests.reference_model import Told

STUB = "Ord"
BEGINNING = ("start", "mail_letter", "mail_circle", "bring_in_list")
CONTRIBUTING = (
    "contribute",
    "mail_answer",
    "mail_piece",
    "let_pass",
    "let_in_mail",
    "say_yes",
    "tell_outcome",
)
SAYING = (*BEGINNING, *CONTRIBUTING, "widen", "revise", "move")
# Mails that wait, and of which nobody but their sender knows.
WAITING = ("mail", "mail_to_all", "mail_mixed")


class Sight(NamedTuple):
    """What a viewer may know of a world, by keys of events."""

    viewer: str
    # Contributions, and the events that gave them words she may read.
    said: set[str]
    texts: set[str]
    # Contributions that something she may read hangs on; they have no words for her.
    above: set[str]
    lines: set[str]
    persons: set[str]
    circles: set[str]
    # Circles whose members she may list.
    rolls: set[str]
    # Lines at which she has begun a draft, which she listens to or has looked at.
    places: set[str]
    # The lines she sees, folded as the gate folds them.
    shown: set[str]


def sight(events: Sequence[Event], viewer: str) -> Sight:
    told = Told(events)
    opened = {key for key, line in told.lines.items() if told.is_open(line, viewer)}
    said = {told.lines[key]["said"] for key in opened}
    answers = {event.key: event.about["answered"] for event in events if event.verb in CONTRIBUTING}
    authors = {event.key: event.by for event in events}
    moved = {event.key: told.lines[event.about["line"]]["said"] for event in events if event.verb == "move"}
    # What a summary stands for hangs where the summary does.
    answers |= {summary: answers[root] for summary, root in moved.items()}
    # Where she herself has begun a draft, listened or looked, she knows that something was said.
    touched = [
        event.about
        for event in events
        if event.by == viewer and event.verb in ("begin", "follow", "look", "mail")
    ]
    places = {about.get("line") or about.get("answered") for about in touched} - {None}
    own = {told.lines[place]["said"] for place in places}
    # She took part, also where she no longer sees what she said.
    own |= {line["said"] for key, line in told.lines.items() if authors[line["said"]] == viewer}
    above = set(own) | {root for summary, root in moved.items() if summary in said | own}
    for key in said | own:
        while key in answers:
            key = told.lines[answers[key]]["said"]
            above.add(key)
    held = told.holds(viewer)
    founded = {event.key: event for event in events if event.verb == "found"}
    welcomed = {event.key: event for event in events if event.verb == "welcome"}
    named = {one for key in opened for one in told.lines[key]["named"]}
    shown = told.sees(viewer)
    # A name that is not shown is the name of someone unknown, to all but who wrote.
    bylines = {event.by for event in events if event.key in said and not event.about.get("hidden")}
    bylines |= {event.by for event in events if event.verb == "sign" and event.about["line"] in shown}
    bylines |= {whose for whose, blog in NameClaims(events).shown if blog in said}
    # Whoever is mentioned stands by name beside a line she may open, also where she reads a narrower one.
    bylines |= {event.by for line, event in mentioned_by_name(events).items() if line in opened}
    # Who is asked for an answer stands beside the words, with the day that was promised.
    holders = {event.key: event.about["person"] for event in events if event.verb == "mandate"}
    bylines |= {
        holders[event.about["of"]]
        for event in events
        if event.verb == "ask_for" and event.about["line"] in opened
    }
    # Who wants to help stands below a yes, for those who work here.
    if told.holds(viewer):
        bylines |= {
            event.by
            for event in events
            if event.verb == "help"
            and event.about["line"] in opened
            and said & yes_to(told.lines[event.about["line"]]["said"], events, told)
        }
    # Who says that something has changed stands by name where employees read it.
    trials = {event.key: event for event in events if event.verb == "trial"}
    if held:
        woken = [event for event in events if event.verb == "say_changed"]
        bylines |= {
            event.by for event in woken if sees_trial(trials[event.about["trial"]], opened, inside=True)
        }
    # Who thanks is told to who wrote.
    bylines |= {
        event.by
        for event in events
        if event.verb == "thank" and authors[told.lines[event.about["line"]]["said"]] == viewer
    }
    persons = {viewer, "p0"} | bylines | (named & welcomed.keys())
    circles = (held.keys() | named) & founded.keys()
    rolls = held.keys() & founded.keys()
    if held:
        listed = {key for key, event in welcomed.items() if not event.about.get("protected")}
        persons |= listed - told.closed
        sights = {key: event.about.get("sight", Circle.Sight.LISTED) for key, event in founded.items()}
        circles |= {key for key, seen in sights.items() if seen != Circle.Sight.SECRET}
        rolls |= {key for key, seen in sights.items() if seen == Circle.Sight.LISTED}
    if held and viewer in told.stewards:
        # Who looks after sign-ins and units sees whose they are and who is in them, and no more words.
        persons |= welcomed.keys()
        units = {key for key, event in founded.items() if event.about.get("unit")}
        circles |= units
        rolls |= units
    texts = {text for line, text in _texts(events) if line in opened}
    texts -= hidden_words(events, told, viewer)
    return Sight(viewer, said, texts, above - said, opened, persons - {""}, circles, rolls, places, shown)


def hidden_words(events: Sequence[Event], told: Told, viewer: str) -> set[str]:
    """The events whose words are hidden from the viewer, who reads a reason in their place.

    Their author has them, and the steward, who reads what is said where all do.
    """
    authors = {event.key: event.by for event in events}
    ended = {event.about["hiding"] for event in events if event.verb == "show_again"}
    hidden: set[str] = set()
    for number, event in enumerate(events):
        if event.verb != "hide" or event.key in ended or viewer in told.stewards:
            continue
        said = told.lines[event.about["line"]]["said"]
        if authors[said] != viewer:
            hidden |= {text for line, text in _texts(events[:number]) if told.lines[line]["said"] == said}
    return hidden


def sees_trial(trial: Event, opened: Set[str], *, inside: bool) -> bool:
    """Whether one who may open these lines, and is an employee or not, sees what was written down as tried."""
    line = trial.about.get("line")
    return (inside or trial.about["rung"] == Rung.PUBLIC) and (not line or line in opened)


def mentioned_by_name(events: Sequence[Event]) -> dict[str, Event]:
    """``{line: what was chosen last}`` where an author is mentioned by name at it."""
    last = {event.about["line"]: event for event in events if event.verb == "credit"}
    named = (Byline.Kind.NAMED, Byline.Kind.ROLE)
    return {line: event for line, event in last.items() if event.about["form"] in named}


def yes_to(said: str, events: Sequence[Event], told: Told) -> set[str]:
    """The answers that say yes to the contribution."""
    return {
        event.key
        for event in events
        if event.verb == "say_yes" and told.lines[event.about["answered"]]["said"] == said
    }


def _texts(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """``(line, event whose words it showed)``; an edit of one line leaves the others as they were."""
    shows: dict[str, str] = {}
    for event in events:
        if event.verb in (*BEGINNING, *CONTRIBUTING, "move") or (
            event.verb == "bring_in" and event.about["public"]
        ):
            shows[event.key] = event.key
        elif event.verb == "widen":
            shows[event.key] = event.key if event.about.get("text") else shows[event.about["line"]]
        elif event.verb == "revise":
            shows[event.about["line"]] = event.key
            yield event.about["line"], event.key
            continue
        else:
            continue
        yield event.key, shows[event.key]


def let_pass(events: Sequence[Event], said: Set[str]) -> set[str]:
    """The letters of which it was said, among these contributions, what somebody else's mail in them says."""
    return {event.about["answered"] for event in events if event.verb == "let_pass" and event.key in said}


class NameClaims:
    """Who has said of which blog that it is theirs, and of whom everybody is shown it.

    Said twice it is one claim. Of one who is protected nothing is shown.
    """

    def __init__(self, events: Sequence[Event]) -> None:
        protected = {event.key for event in events if event.about.get("protected")}
        self.of: dict[str, tuple[str, str]] = {}
        self.shown: set[tuple[str, str]] = set()
        for event in events:
            if event.verb == "claim_name":
                self.of[event.key] = (event.by, event.about["line"])
            elif event.verb == "settle" and event.about["agree"]:
                self.shown.add(self.of[event.about["name_claim"]])
            elif event.verb == "end_name_claim":
                self.shown.discard(self.of[event.about["name_claim"]])
        self.shown = {(whose, blog) for whose, blog in self.shown if whose not in protected}

    def whose(self, event: Event) -> tuple[str, str]:
        """Whose claim an event is about, and of which blog."""
        return self.of[event.key if event.verb == "claim_name" else event.about["name_claim"]]

    def concern(self, event: Event, viewer: str) -> bool:
        """Whether the viewer has said it, or is the steward, who answers."""
        return viewer in (self.whose(event)[0], "p0")


class Hidden:
    """What is hidden from a viewer in a list of events, and what of it cannot simply be taken away."""

    def __init__(self, events: Sequence[Event], viewer: str) -> None:
        self.events = events
        self.seen = sight(events, viewer)
        told = Told(events)
        self.authors = {event.key: event.by for event in events}
        self.told = told
        self.inside = bool(told.holds(viewer))
        self.trials = {event.key: event for event in events if event.verb == "trial"}
        self.holders = {event.key: event.about["person"] for event in events if event.verb == "mandate"}
        self.givers = {event.key: event.by for event in events if event.verb == "give"}
        self.stand_ins = {(e.by, e.about["stand_in"]) for e in events if e.verb == "absent"}
        self.summaries = {event.key for event in events if event.verb == "move"}
        self.flags = {e.key: self._seen_hidden(number) for number, e in enumerate(events) if e.verb == "flag"}
        self.needed = self.seen.said | self.seen.above
        # To flag words she has seen someone hidden there.
        flagged = [event.key for event in events if event.verb == "flag" and event.by == viewer]
        self.needed |= {said for key in flagged for said in self.flags[key]}
        # Whoever offers help has read a yes, and whoever answers has been asked.
        self.needed |= {e.about["yes"] for e in events if e.verb == "help" and not self._help_can_go(e)}
        # Where she reads what was asked about, she sees that it waits no longer, also once the answer is taken back.
        self.needed |= {
            e.key for e in events if e.verb == "say_yes" and e.about["answered"] in self.seen.lines
        }
        # Whoever is asked whether it may be passed on reads it, and who sent it to whom.
        sent = {event.key: event.about.get("whose") for event in events if event.verb == "mail_letter"}
        asking = {event.about["mail"] for event in events if event.verb == "ask_author"}
        self.asked_about = {key for key in asking if sent[key] == viewer}
        self.needed |= self.asked_about
        # Declared: a steward has seen whose mail was let in, and to which question.
        if viewer in told.stewards:
            self.needed |= {event.key for event in events if event.verb == "let_in_mail"}
        # To hide words she has read them, also where they were taken back since.
        hidden = [
            e.about["line"] for e in events if e.verb == "hide" and e.by == viewer and "line" in e.about
        ]
        self.needed |= {told.lines[line]["said"] for line in hidden}
        # What one mail said in several places was said at once, or not at all.
        self.mailed = {e.key: set(e.about["pieces"]) for e in events if e.verb == "mail_pieces"}
        for pieces in self.mailed.values():
            self.needed |= pieces if pieces & self.needed else set()
        for key in list(self.needed):
            self.needed |= {one for one in self._above(key, told)}
        self.asked = {e.about["to"] for e in events if e.verb == "say_yes" and e.key in self.needed}
        answered = {e.about["answered"] for e in events if e.verb in CONTRIBUTING and e.key in self.needed}
        self.lines = {
            key
            for key, line in told.lines.items()
            if line["said"] in self.needed and (key in self.seen.lines | answered | self.needed)
        }
        self.lines |= self.seen.places
        # Where she has shown her own words she can say under what name, also where she does not read along.
        self.lines |= {event.key for event in events if event.verb == "widen" and event.by == viewer}
        # Whoever wrote it finds every line of it on the page of its byline, also where she is not among its readers.
        self.lines |= {key for key in told.lines if self._wrote(key)}
        self.moves = self._moves(told)
        self.lines |= {event.about["line"] for event in events if event.key in self.moves}
        # Whether the summary is still there she sees where she reads what went along.
        self.lines |= self.moves
        # A revised line whose words are needed by a widening of it that stays.
        kept = [event for event in events if event.key in self.needed | self.moves]
        kept += [
            e for e in events if e.verb in ("sign", "wish", "adopt", "stand_alone") and not self.can_go(e)
        ]
        # Whoever hides what was reported has had the report.
        self.hidden_by_report = {
            e.about["report"] for e in events if e.about.get("report") and not self.can_go(e)
        }
        about = ("thank", "credit", "flag", "ask_for", "give", "counter", "keep", "tap", "report")
        about += ("hide", "show_again")
        about += ("rest", "wake", "help", "help_no_longer", "trial")
        about_words = [e for e in events if e.verb in about and not self.can_go(e)]
        self.lines |= {event.about["line"] for event in about_words if event.about.get("line")}
        kept += about_words
        # The newest first, for one is made of another.
        for event in reversed(events):
            if event.verb == "widen" and event.key in self.lines:
                kept.append(event)
                self.lines.add(event.about["line"])
        self.name_claims = NameClaims(events)
        kept += [
            e for e in events if e.verb in ("claim_name", "settle", "end_name_claim") and not self.can_go(e)
        ]
        self.acting = {"p0", viewer} | {event.by for event in kept} | self._named(kept, "persons")
        self.acting |= self._named(kept, "hosts")
        # Who asks has to see that the one asked reads it.
        self.acting |= {self.holders[e.about["of"]] for e in about_words if e.verb == "ask_for"}
        # And whether who stands in does: the day that is promised follows from it.
        self.acting |= {e.about["stand_in"] for e in events if e.verb == "absent" and e.by in self.acting}
        nested = [e for e in events if e.verb == "nest" and e.about["outer"]]
        nesting = {e.about[end] for e in nested for end in ("inner", "outer")}
        self.circles = self.seen.circles | self._named(kept, "circles") | nesting
        self.acting |= {e.by for e in events if e.verb == "found" and e.key in self.circles}
        self.acting |= {e.by for e in events if e.verb == "let_in" and e.about["circle"] in self.circles}

    def _moves(self, told: Told) -> set[str]:
        """The moves of which she may see the summary, or something that went along."""
        roots = {e.key: told.lines[e.about["line"]]["said"] for e in self.events if e.verb == "move"}
        stay = roots.keys() & self.needed
        for one in self.needed:
            above = set(self._above(one, told))
            stay |= {summary for summary, root in roots.items() if root in above}
        return stay

    def _above(self, said: str, told: Told) -> Iterator[str]:
        """What was said, what it answers, and so on up."""
        events = {event.key: event for event in self.events}
        while True:
            yield said
            event = events[said]
            if event.verb == "move":
                said = told.lines[event.about["line"]]["said"]
            elif event.verb in CONTRIBUTING:
                said = told.lines[event.about["answered"]]["said"]
            else:
                return

    def _help_can_go(self, event: Event) -> bool:
        """Whether she does not see that somebody wants to help: not here, or where she reads no yes."""
        said = self.told.lines[event.about["line"]]["said"]
        read = self.seen.said & yes_to(said, self.events, self.told)
        works_here = bool(self.told.holds(self.seen.viewer))
        return event.about["line"] not in self.seen.lines or not read or not works_here

    def _may_be_told(self, line: str) -> bool:
        """Whether she looks after a conversation in which the line has stood."""
        events = {event.key: event for event in self.events}
        above = [events[one] for one in self._above(self.told.lines[line]["said"], self.told)]
        return any(self.seen.viewer in (event.by, *event.about.get("hosts", ())) for event in above)

    def _talk(self, said: str, moved: Set[str]) -> str:
        """What the conversation began with, when those roots were moved."""
        root, stays = said, False
        for root in self._above(said, self.told):
            if root in moved and not stays:
                break
            # A summary stays where the branch was.
            stays = root in self.summaries
        return root

    def _seen_hidden(self, number: int) -> set[str]:
        """The contributions without a name that the event's doer saw in the conversation at that moment."""
        event, before = self.events[number], Told(self.events[:number])
        moved = {before.lines[e.about["line"]]["said"] for e in self.events[:number] if e.verb == "move"}
        hidden = {e.key for e in self.events[:number] if e.about.get("hidden")}
        seen = {before.lines[line]["said"] for line in before.sees(event.by)} & hidden
        here = self._talk(before.lines[event.about["line"]]["said"], moved)
        return {said for said in seen if self._talk(said, moved) == here}

    def _wrote(self, line: str) -> bool:
        """Whether the words on the line are the viewer's."""
        return self.authors[self.told.lines[line]["said"]] == self.seen.viewer

    def _of_the_two(self, event: Event) -> bool:
        """Whether the viewer wrote what was answered or gave the answer: nobody else reads the reply to a letter."""
        return self._wrote(event.about["line"]) or self.givers[event.about["to"]] == self.seen.viewer

    def _named(self, events: Iterable[Event], word: str) -> set[str]:
        return {one for event in events for one in event.about.get(word, ())}

    def can_go(self, event: Event) -> bool:
        """Whether nothing the viewer may see would change if it had not been done."""
        about, by_viewer = event.about, event.by == self.seen.viewer
        match event.verb:
            case verb if verb in (*BEGINNING, *CONTRIBUTING):
                return event.key not in self.needed
            case "mail_pieces":
                return not self.mailed[event.key] & self.needed
            case "open_outside":
                # It stands on the page of the question.
                return not by_viewer and about["line"] not in self.seen.lines
            case "mail_outside":
                # Declared: stewards look at what came from outside, until it is let in.
                return self.seen.viewer not in self.told.stewards
            case "ask_author":
                # Told to whoever wrote the words, and with a yes to those who read them.
                asked = self.asked_about | let_pass(self.events, self.needed)
                return not by_viewer and about["mail"] not in asked
            case "rest" | "wake":
                # On every line of own words; whoever reads them on one of these sees it.
                return self.told.lines[about["line"]]["said"] not in self.seen.said
            case "help" | "help_no_longer":
                return self._help_can_go(event)
            case "widen":
                return event.key not in self.lines
            case "revise":
                return about["line"] not in self.lines or event.key not in self.seen.texts
            case "take_back":
                return about["line"] not in self.lines
            case "move":
                return event.key not in self.moves
            case "sign" | "adopt":
                return about["line"] not in self.seen.shown
            case "thank":
                return not by_viewer and not self._wrote(about["line"])
            case "credit":
                # Whoever wrote it finds it on the page of the byline, also where she does not read along.
                return not by_viewer and about["line"] not in self.seen.lines
            case "ask_for":
                return about["line"] not in self.seen.lines and event.key not in self.asked
            case "mandate":
                return False
            case "give":
                # Others learn nothing before the heads-up is over, not even that there is an answer. Declared: whoever
                # stands in, and sees what was asked about, finds it gone from the queue.
                stands_in = (event.by, self.seen.viewer) in self.stand_ins and about[
                    "line"
                ] in self.seen.lines
                return not by_viewer and not self._wrote(about["line"]) and not stands_in
            case "absent":
                # Seen before asking by those who may list the person; whoever stands in finds it in the queue.
                concerned = self.seen.viewer in (event.by, about["stand_in"])
                return not concerned and event.by not in self.seen.persons
            case "tap":
                # Until five have said so nobody learns anything of it.
                return not by_viewer
            case "report":
                # Declared: whoever receives it reads the words that the reporter lets her read.
                needed = event.key in self.hidden_by_report
                return not by_viewer and self.seen.viewer != "p0" and not needed
            case "hide" | "show_again":
                # Whoever reads there reads the reason; the steward's list has all that was hidden where all read.
                return not by_viewer and self.told.lines[about["line"]]["said"] not in self.seen.said
            case "counter" | "keep":
                return not self._of_the_two(event)
            case "trial":
                return not by_viewer and not sees_trial(event, self.seen.lines, inside=self.inside)
            case "say_changed":
                # The public is never told.
                trial = self.trials[about["trial"]]
                read = self.inside and sees_trial(trial, self.seen.lines, inside=True)
                return not by_viewer and not read
            case "flag":
                # Whoever sees nothing of what is hidden is told nothing, also of own words.
                told = self._wrote(about["line"]) or self._may_be_told(about["line"])
                return not by_viewer and not (told and self.flags[event.key] & self.seen.said)
            case "stand_alone":
                proposed = {
                    e.key
                    for e in self.events
                    if e.about.get("plain") and e.about["answered"] == about["line"]
                }
                return not self.seen.shown & {about["line"], *proposed}
            case "wish":
                # Nobody sees who wishes; whoever looks after the conversation is told when two do.
                concerned = by_viewer or self._may_be_told(about["line"])
                return about["line"] not in self.seen.shown or not concerned
            case verb if verb in ("begin", "follow", "look", *WAITING):
                return not by_viewer
            case "deliver":
                # That time passes is hidden from nobody.
                return False
            case "fetch_pictures":
                return not by_viewer
            case "bring_in":
                return not by_viewer and not about["public"]
            case "claim_name" | "settle" | "end_name_claim":
                # A blog is open to everyone, and so is who stands behind it.
                shown = self.name_claims.whose(event) in self.name_claims.shown
                return not shown and not self.name_claims.concern(event, self.seen.viewer)
            case "welcome" | "close" | "open" | "take_role":
                # Who works here counts in the number of all employees, the protected too (gate rule 22).
                return False
            case "found":
                return event.key not in self.circles
            case "turn_off_history":
                return about["circle"] not in self.circles
            case "let_in" | "leave":
                if about["circle"] not in self.circles:
                    return True
                return about["circle"] not in self.seen.rolls and about["person"] not in self.acting
            case "nest":
                return about["inner"] not in self.circles
        raise AssertionError(f"say what hides {event.verb}")

    def reworded(self, event: Event, words: str) -> Event:
        """The event as it stays in another world: with ``words`` for what the viewer may not read of it."""
        about = dict(event.about)
        if event.verb in SAYING and about.get("text"):
            if event.key not in self.seen.texts:
                about["text"] = f"{STUB} {words} {secret('words', words, event.key) if words else ''}".strip()
                about.pop("file", None)
            if about.get("quoted") and about["answered"] not in self.seen.texts:
                about["quoted"] = STUB
                if event.verb == "mail_piece" and words:
                    # What stands below the same words is one piece: each has another of them.
                    about["quoted"] = words.split()[sorted(self.mailed[about["mail"]]).index(event.key)]
        if event.verb == "tell_outcome" and event.key not in self.seen.said:
            about["effect"] = about["goal"] = f"{STUB} {words}".strip()
        if event.verb == "start" and event.key not in self.seen.lines:
            # Seen where the line it was chosen with is, and on no wider one.
            about["wishes"] = [4 - wish % 4 for wish in about.get("wishes", (1,))] if words else []
        # A mail that waits because it has no words has none in another world either.
        if event.verb in ("begin", *WAITING) and event.by != self.seen.viewer and not about.get("proved"):
            about["text"] = f"{STUB} {words}"
        kept = self.asked_about | let_pass(self.events, self.seen.texts)
        if event.verb in ("mail", "mail_letter") and event.by != self.seen.viewer and event.key not in kept:
            # That something came along is told to those who read; what it was is the sender's.
            about |= {part: f"{STUB} {words}" for part in ("passed_on", "file") if about.get(part)}
        if event.verb == "bring_in" and event.by != self.seen.viewer:
            about["name"] = f"{STUB} {words}"
            about["answer"] = f"{STUB} {words}"
            if not about["public"]:
                about["text"] = f"{STUB} {words}"
        steward = self.seen.viewer in self.told.stewards
        if event.verb == "mail_outside" and not steward:
            about["text"] = about["name"] = f"{STUB} {words}"
        if event.verb == "let_in_mail" and not steward and event.key not in self.seen.said:
            about["name"] = f"{STUB} {words}"
        if event.verb == "bring_in_list" and event.key not in self.seen.said:
            about["name"] = f"{STUB} {words}"
        if event.verb in ("claim_name", "settle") and not self.name_claims.concern(event, self.seen.viewer):
            about["word" if event.verb == "claim_name" else "reason"] = f"{STUB} {words}"
        if event.verb == "thank" and event.by != self.seen.viewer and not self._wrote(about["line"]):
            about["text"] = f"{STUB} {words}".strip()
        if event.verb == "ask_for" and self.holders[about["of"]] != self.seen.viewer:
            about["because"] = f"{STUB} {words}".strip()
        if event.verb == "give" and event.by != self.seen.viewer and not self._wrote(about["line"]):
            about["text"] = about["for_all"] = f"{STUB} {words}".strip()
        # Who reads the words hidden by it reads nothing of the report.
        unread = event.key in self.hidden_by_report and self.seen.viewer not in (event.by, "p0")
        if event.verb in ("report", "hide") and (self.can_go(event) or unread):
            about["text"] = f"{STUB} {words}".strip()
        if event.verb == "counter" and not self._of_the_two(event):
            about["text"] = f"{STUB} {words}".strip()
        if event.verb in ("trial", "say_changed") and self.can_go(event):
            about["text"] = f"{STUB} {words}".strip()
        if event.verb == "found" and event.key not in self.seen.circles:
            about["name"] = f"{STUB} {words}"
        if event.verb == "welcome" and event.key not in self.seen.persons:
            about["name"] = f"{STUB} {words}"
        return event._replace(about=about)


def prune(events: Sequence[Event], viewer: str) -> list[Event]:
    """The world without what the viewer may not see."""
    hidden = Hidden(events, viewer)
    return [hidden.reworded(event, "") for event in events if not hidden.can_go(event)]


def mutate(events: Sequence[Event], viewer: str) -> list[Event]:
    """The world with other hidden words, names, kinds and times."""
    hidden = Hidden(events, viewer)
    restated = [event.about["answered"] for event in events if event.about.get("plain")]
    # What was said more simply has to stay something that can be.
    of_that_kind = {hidden.told.lines[line]["said"] for line in restated}
    return [
        _moved(
            hidden.reworded(event, "som ingen annan har skrivit"),
            hidden.can_go(event),
            other_kind=event.key not in of_that_kind,
        )
        for event in events
    ]


def _moved(event: Event, can_go: bool, *, other_kind: bool) -> Event:
    """Something hidden was done forty seconds later, and is of another kind."""
    if not can_go:
        return event
    about: dict[str, Any] = dict(event.about)
    if event.verb == "start" and other_kind and about.get("kind") != Kind.QUESTION:
        other = {Kind.IDEA: Kind.FRAGMENT, Kind.FRAGMENT: Kind.POST, Kind.POST: Kind.IDEA}
        about["kind"] = int(other[Kind(about.get("kind", Kind.IDEA))])
    if event.verb == "credit":
        about["form"] = int(Byline.Kind.UNNAMED) if about["form"] is None else None
    if event.verb == "sign" and about["sign"]:
        about["sign"] = 1 + about["sign"] % 3
    return event._replace(at=event.at + 40 * SECOND, about=about)


def canaries(events: Sequence[Event], viewer: str) -> set[str]:
    """The words of 128 bits that the viewer must never receive: in texts, names, files and drafts."""
    seen, name_claims = sight(events, viewer), NameClaims(events)
    hidden_from = Hidden(events, viewer)
    shown: set[str] = set()
    hidden: set[str] = set()
    for event in events:
        about = event.about
        if event.verb in SAYING and about.get("text"):
            (shown if event.key in seen.texts else hidden).update(_words(about["text"]))
            (shown if event.key in seen.texts else hidden).update(_words(about.get("file", "")))
        if event.verb == "start":
            (shown if event.key in seen.said else hidden).add(secret("scope", event.key))
        if event.verb == "tell_outcome":
            (shown if event.key in seen.said else hidden).update(_words(f"{about['effect']} {about['goal']}"))
        if event.verb in ("begin", *WAITING):
            (shown if event.by == viewer else hidden).update(_words(about["text"]))
        if event.verb in ("mail", "mail_letter"):
            kept = f"{about.get('passed_on', '')} {about.get('file', '')}"
            own = event.by == viewer or event.key in hidden_from.asked_about
            (shown if own else hidden).update(_words(kept))
        if event.verb == "bring_in":
            own = event.by == viewer
            (shown if own else hidden).update(_words(about["name"]) + _words(about["answer"]))
            (shown if own or about["public"] else hidden).update(_words(about["text"]))
        if event.verb in ("mail_outside", "let_in_mail"):
            steward = viewer in hidden_from.told.stewards
            (shown if steward or event.key in seen.said else hidden).update(_words(about["name"]))
        if event.verb == "mail_outside":
            (shown if steward else hidden).update(_words(about["text"]))
        if event.verb == "bring_in_list":
            (shown if event.key in seen.said else hidden).update(_words(about["name"]))
        if event.verb in ("claim_name", "settle"):
            concerned = name_claims.concern(event, viewer)
            (shown if concerned else hidden).update(_words(about.get("word", "") + about.get("reason", "")))
        if event.verb == "thank":
            (hidden if hidden_from.can_go(event) else shown).update(_words(about["text"]))
        if event.verb == "ask_for":
            own = hidden_from.holders[about["of"]] == viewer
            (shown if own else hidden).update(_words(about["because"]))
        if event.verb == "give":
            concerned = event.by == viewer or not hidden_from.can_go(event)
            (shown if concerned else hidden).update(_words(about["text"]))
            # Whoever wrote the idea reads these when all others do.
            (shown if event.by == viewer else hidden).update(_words(about["for_all"]))
        if event.verb in ("counter", "report", "hide", "trial", "say_changed"):
            unread = event.key in hidden_from.hidden_by_report and viewer not in (event.by, "p0")
            (hidden if hidden_from.can_go(event) or unread else shown).update(_words(about["text"]))
        if event.verb == "found":
            (shown if event.key in seen.circles else hidden).update(_words(about["name"]))
        if event.verb == "welcome":
            (shown if event.key in seen.persons else hidden).update(_words(about["name"]))
    # A quote repeats words that its reader may read.
    return hidden - shown


def secrets_in(events: Sequence[Event]) -> set[str]:
    """Every word of 128 bits there is, in whatever is said, named or attached."""
    return set(re.findall(r"[0-9a-f]{32}", str([dict(event.about) for event in events])))


def _words(text: str) -> list[str]:
    return [word for word in text.replace(".", " ").split() if len(word) == 32]
