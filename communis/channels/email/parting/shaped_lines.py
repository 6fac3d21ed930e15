"""Lines of Markdown that are written one stretch of words after the other."""

from typing import NamedTuple

MARK = "> "


class _Stretch(NamedTuple):
    words: str
    emphasis: tuple[str, ...]


class ShapedLines:
    """Collects words into lines. Space is folded as a browser does; empty lines are kept to one."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[_Stretch] = []
        self._prefix = ""
        self._depth = 0
        self._emphasis: list[str] = []
        self._links: list[tuple[int, int]] = []
        # Whether the line has a space that is meant to be there: Word writes its empty lines so.
        self._held_open = False

    def add(self, words: str, *, keep_spaces: bool = False) -> None:
        self._held_open = self._held_open or "\xa0" in words
        words = words.replace("\xa0", " ")
        if not keep_spaces and (not self._line or self._line[-1].words.endswith(" ")):
            words = words.lstrip(" ")
        if words:
            self._line.append(_Stretch(words, tuple(dict.fromkeys(self._emphasis))))

    def emphasise(self, mark: str, *, closing: bool) -> None:
        if not closing:
            self._emphasis.append(mark)
        elif mark in self._emphasis:
            self._emphasis.reverse()
            self._emphasis.remove(mark)
            self._emphasis.reverse()

    def begin_link(self) -> None:
        self._links.append((len(self._done), len(self._line)))

    def end_link(self, address: str) -> None:
        line, place = self._links.pop()
        if line != len(self._done) or place >= len(self._line):
            return
        words = _written(self._line[place:])
        bare = words.strip("* ")
        if not address.startswith(("http://", "https://")) or not bare or _is_same(bare, address):
            return
        del self._line[place:]
        if "](" not in words:
            space = " " if words.endswith(" ") else ""
            words = f"[{words.strip()}]({address}){space}"
        self._line.append(_Stretch(words, ()))

    def begin(self, prefix: str) -> None:
        """Puts something before the words of the next line."""
        self._prefix = prefix

    def end(self) -> None:
        """Ends the line, also an empty one."""
        words = _written(self._line).rstrip()
        shown = f"{self._prefix}{words}" if words else ""
        self._done.append(f"{MARK * self._depth}{shown}".rstrip())
        self._line, self._held_open = [], False
        self._prefix = "" if words else self._prefix

    def end_if_begun(self) -> None:
        if self._held_open or any(not stretch.words.isspace() for stretch in self._line):
            self.end()
        self._line = []

    def leave_space(self, *, after_text_only: bool = False) -> None:
        """Ends the line and leaves an empty one, unless a list item has only just begun."""
        self.end_if_begun()
        if not (after_text_only and self._prefix):
            self._done.append((MARK * self._depth).rstrip())

    def quote_depth(self, depth: int) -> None:
        self._depth = depth

    def drawn(self, line: str) -> None:
        """A line of its own, which is not folded."""
        self.end_if_begun()
        self._done.append(f"{MARK * self._depth}{line}")

    def text(self) -> str:
        self.end_if_begun()
        kept: list[str] = []
        for line in self._done:
            empty = not line.strip("> ")
            if not empty or (kept and kept[-1].strip("> ")):
                kept.append(line)
            elif kept and len(line) < len(kept[-1]):
                # The empty line with fewer marks is the one that parts a quote from what follows.
                kept[-1] = line
        return "\n".join(kept).strip("\n")


def _is_same(words: str, address: str) -> bool:
    return address.rstrip("/").endswith(words.rstrip("/")) and "." in words


def _written(line: list[_Stretch]) -> str:
    """The stretches with their emphasis. The marks stand right at the words, never beside a space."""
    written: list[str] = []
    place = 0
    while place < len(line):
        emphasis = line[place].emphasis
        end = place
        while end < len(line) and line[end].emphasis == emphasis:
            end += 1
        words = "".join(stretch.words for stretch in line[place:end])
        bare = words.strip()
        if bare and emphasis:
            marks = "".join(emphasis)
            before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            words = f"{before}{marks}{bare}{marks[::-1]}{after}"
        written.append(words)
        place = end
    return "".join(written)
