"""What opening by consent allows, told a second time from the promises alone (CONS-1). Imports nothing of ours.

Every revision has a word of its own, so what was delivered is told by the words in it.
"""

from dataclasses import dataclass, field

PUBLIC, ALL = ("public",), ("all",)
Audience = tuple[str, ...]


@dataclass
class Line:
    """What some may read: these words, under the name or not, since a moment."""

    said: "Said"
    audience: Audience
    words: frozenset[str]
    named: bool
    at: int
    live: bool = True


@dataclass(eq=False)
class Said:
    """A contribution. ``quotes``: ``{word: whose}`` of what it repeats in its own text."""

    author: str
    parent: "Said | None"
    quotes: dict[str, "Said"]
    lines: list[Line] = field(default_factory=list)


@dataclass
class Answer:
    """What an author answered, and everything it was an answer to."""

    way: str
    words: frozenset[str]
    looked_at: tuple[frozenset[str], frozenset[str]]
    not_before: int = 0
    # The words for what has to happen first; whether it waits for that; and from when it may open after that.
    event: frozenset[str] = frozenset()
    waits: bool = False
    free_at: int = 0
    opened: bool = False


@dataclass
class Proposal:
    by: str
    audience: Audience
    answer_by: int
    asked: dict[str, Line]
    answers: dict[str, Answer] = field(default_factory=dict)
    opens_at: int | None = None
    over: bool = False


class Reference:
    """Who is where, what stands on which line, and who has agreed to what."""

    def __init__(self) -> None:
        self.members: dict[str, dict[str, int]] = {}
        self.history: dict[str, bool] = {}
        self.closed: set[str] = set()
        self.lines: dict[str, Line] = {}
        self.proposals: dict[str, Proposal] = {}

    def may_read(self, line: Line, viewer: str, *, also_ended: bool = False) -> bool:
        signed_in = viewer != "" and viewer not in self.closed
        if not (line.live or also_ended):
            return False
        if line.audience == PUBLIC:
            return True
        if line.audience == ALL or not signed_in:
            return signed_in
        if line.audience[0] == "circle":
            since = self.members[line.audience[1]].get(viewer)
            return viewer in line.audience[2:] or (
                since is not None and (self.history[line.audience[1]] or since <= line.at)
            )
        return viewer in line.audience[1:]

    def words_for(self, viewer: str) -> set[str]:
        """Every word the viewer may receive on the pages of conversations."""
        return {word for line in self.lines.values() if self.may_read(line, viewer) for word in line.words}

    def open_to(self, said: Said, audience: Audience) -> list[Line]:
        """The live lines of it that everyone in the audience can read."""
        covering = (PUBLIC,) if audience == PUBLIC else (PUBLIC, ALL, audience)
        return [line for line in said.lines if line.live and line.audience[:2] in covering]

    def looked_at(self, proposal: Proposal, line: Line) -> tuple[frozenset[str], frozenset[str]]:
        """The words asked about, and those they answer where that is asked about too."""
        above = [
            other.words for other in proposal.asked.values() if other.said is line.said.parent and other.live
        ]
        return line.words, above[0] if above else frozenset()

    def agreed(self, proposal: Proposal, key: str) -> Answer | None:
        """The author's yes, if it is one to what stands there now and waits for nothing."""
        line, answer = proposal.asked[key], proposal.answers.get(key)
        if answer is None or answer.way == "no" or answer.waits or not line.live:
            return None
        words, above = self.looked_at(proposal, line)
        same = above == answer.looked_at[1] and (answer.way == "words" or words == answer.looked_at[0])
        return answer if same else None

    def all_agreed(self, proposal: Proposal) -> bool:
        return all(self.agreed(proposal, key) for key in proposal.asked)

    def why_not(self, proposal: Proposal, key: str, at: int) -> str:
        """Why the line may not be opened at this moment; empty when it may."""
        line, answer = proposal.asked[key], self.agreed(proposal, key)
        if proposal.opens_at is None or at < proposal.opens_at:
            return "not chosen, or within the hours to take a yes back"
        if answer is None:
            return "its author has not said yes to what stands there now"
        if at < answer.not_before:
            return "its author said later"
        if at < answer.free_at:
            return "what its author waited for has only just happened"
        said = line.said
        if said.parent is not None and not self.open_to(said.parent, proposal.audience):
            return "it hangs on something they cannot see"
        for word, whose in said.quotes.items():
            shown = self.open_to(whose, proposal.audience)
            if word in answer.words and not any(word in other.words for other in shown):
                return "it repeats words they cannot see"
        return ""

    def opened(self, proposal: Proposal, key: str, at: int) -> Line:
        """The line that its author has agreed to."""
        line, answer = proposal.asked[key], proposal.answers[key]
        narrower = [other.named for other in line.said.lines if other.live]
        named = answer.way != "unnamed" and all(narrower)
        made = Line(line.said, proposal.audience, answer.words, named, at)
        line.said.lines.append(made)
        answer.opened = True
        return made

    def below(self, said: Said) -> list[Said]:
        """All that hangs on it."""
        everything = {id(line.said): line.said for line in self.lines.values()}.values()
        found = [said]
        for _ in everything:
            found += [one for one in everything if one.parent in found and one not in found]
        return found[1:]
