"""The page to come, as one who is asked or who proposed may see it before anything has moved."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from communis.conversations.gate import Seen, lines_read, seen_contributions
from communis.conversations.lines_shown import Shown, shown_on
from communis.conversations.reading import mentions, shares_of
from communis.conversations.visible_text import plain
from communis.conversations.wider import Wanted, all_were_open_to, can_open, own_as_seen
from communis.journal.moments import now
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.looking.viewers import PUBLIC_VIEWER, Holding, Viewer
from communis.openness.audiences import audiences_with, within
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening.binding import YES, above_of, byline_for, holds, html_for, looked_at
from communis.widening.models import Consent, Widening

Way = Consent.Way


class Asked(NamedTuple):
    """One of the contributions asked about, with its author's answer; only that author is shown it."""

    consent: Consent
    shown: Shown
    # The hash of what she looks at, for the form; and whether her answer holds for what she sees there now.
    page: str
    holds: bool


class Openable(NamedTuple):
    """Something its author has said yes to, as it would stand: words, byline and from when."""

    consent: Consent
    wanted: Wanted
    not_before: int | None


class Proposal:
    """A widening with everything it asks about, read once. Whoever makes one answers for what is shown of it."""

    def __init__(self, widening: Widening) -> None:
        self.widening = widening
        asked = Consent.everything.filter(widening=widening)
        self.lines = list(asked.values_list("line_id", flat=True))
        self.audience = audiences_with([widening.audience_id])[widening.audience_id]
        self.among = shown_on(self.lines, self.audience.rung)
        self.by_contribution = {one.contribution: one for one in self.among.values()}
        self._read: dict[Viewer, list[Seen]] = {}
        self._said: dict[Viewer, list[Seen]] = {}
        self._open: dict[Viewer, dict[int, Seen]] = {}
        self._lines: dict[Viewer, set[int]] = {}

    @cached_property
    def consents(self) -> list[Consent]:
        """All answers. Whose page it is needs only her own."""
        return self._in_order(Consent.everything.filter(widening=self.widening))

    def _in_order(self, consents: Iterable[Consent]) -> list[Consent]:
        """In the order it was said; what was opened wider before stands on a line that is younger."""
        said = {line: (shown.contribution, line) for line, shown in self.among.items()}
        return sorted(consents, key=lambda consent: said.get(consent.line_id, (0, consent.line_id)))

    def above(self, shown: Shown) -> str:
        """What the contribution answers, where that is asked about too."""
        return above_of(shown, self.by_contribution)

    def holds(self, consent: Consent) -> bool:
        """Whether the answer is a yes to exactly what stands there now."""
        shown = self.among.get(consent.line_id)
        above = self.above(shown) if shown is not None else ""
        return holds(consent, shown, above, self.widening.audience_id)

    def asked_of(self, person: Person, viewer: Viewer) -> list[Asked]:
        """What this person is asked about, in the order it was said."""
        own = Consent.everything.filter(widening=self.widening, person=person)
        return self._asked(own, viewer, lambda shown: shown.author == person.id)

    def asked_by_receipt(self, receipt: int, viewer: Viewer) -> list[Asked]:
        """What whoever holds the receipt is asked about, in the order it was said."""
        own = Consent.everything.filter(widening=self.widening, receipt_id=receipt)
        return self._asked(own, viewer, lambda shown: shown.receipt == receipt)

    def _asked(
        self, own: Iterable[Consent], viewer: Viewer, said_by_her: Callable[[Shown], bool]
    ) -> list[Asked]:
        read = {seen.contribution for seen in self._now(viewer)}
        lines = self._lines_read(viewer)
        found: list[Asked] = []
        for consent in self._in_order(own):
            shown = self.among.get(consent.line_id)
            if shown is None:
                continue
            above = self.by_contribution.get(shown.parent or 0)
            same_words = above is None or above.line in lines or said_by_her(above)
            if shown.parent is None or (shown.parent in read and same_words):
                found.append(Asked(consent, shown, looked_at(shown, self.above(shown)), self.holds(consent)))
            else:
                # She does not read what it answers any more, or other words of it. Whether that has changed,
                # she is not told.
                found.append(Asked(consent, shown, looked_at(shown, ""), consent.digest is not None))
        return found

    @cached_property
    def openable(self) -> list[Openable]:
        """What can be opened now or later: yes to what stands there now, and so for all that it hangs on.

        The same question is asked of the database once more when it opens.
        """
        said_yes: dict[int, Openable] = {}
        for consent in self.consents:
            if self.holds(consent) and not consent.waits and consent.opened_id is None:
                shown = self.among[consent.line_id]
                html = html_for(shown, consent.way, consent.text)
                wanted = Wanted(shown, html, byline_for(shown, consent.way), consent.text)
                said_yes[shown.contribution] = Openable(consent, wanted, consent.not_before)
        opening = can_open([one.wanted for one in said_yes.values()], self.audience)
        return [said_yes[one.shown.contribution] for one in opening]

    @property
    def all_said_yes(self) -> bool:
        """Whether everything asked about is answered yes. A no looks like silence, so it waits until the time is out;
        and so does a yes that waits for something.

        So does a yes of somebody whose name is not shown: when it came could tell who (gate rule 27).
        """
        named = all(one.byline.kind <= Byline.Kind.ROLE for one in self.among.values())
        return named and all(self.holds(consent) and not consent.waits for consent in self.consents)

    @property
    def ready(self) -> bool:
        """Whether the proposer can choose now."""
        return now() >= self.widening.answer_by or self.all_said_yes

    def seen_whole_by(self, viewer: Viewer) -> bool:
        """Whether the viewer still takes part in all that is asked about: who has left does not choose."""
        return all_were_open_to(self.lines, viewer)

    def page_as_asked(
        self, viewer: Viewer, own: Mapping[int, tuple[str, Byline]] | None = None
    ) -> list[Seen]:
        """The whole page as they would see it, if every author said yes as it stands.

        ``own`` are the viewer's own answers, ``{line: (HTML, byline)}``. Only what the viewer sees herself: what
        else is asked about, nobody learns here. Her own words are there also after she has left. Where she reads
        the words of another line than the one asked about, those stand.
        """
        lines = self._lines_read(viewer)
        # Nobody is the author of what has none: who looks with a receipt is no person.
        mine = [
            shown
            for shown in self.among.values()
            if shown.author is not None and shown.author == viewer.person_id
        ]
        stands = {
            shown.contribution: (shown.html, shown.byline) if shown.line in lines or shown in mine else None
            for shown in self.among.values()
        }
        for line, said in (own or {}).items():
            stands[self.among[line].contribution] = said
        read = self._now(viewer)
        missing = {one.contribution for one in mine} - {seen.contribution for seen in read}
        if missing:
            read = [*read, *own_as_seen([one for one in mine if one.contribution in missing], viewer)]
        return self._page(sorted(read, key=lambda seen: seen.contribution), viewer, stands)

    def page_to_open(self, viewer: Viewer) -> list[Seen]:
        """The exact page that can be opened, for who proposed it and for those who said yes."""
        stands = {
            one.wanted.shown.contribution: (one.wanted.html, one.wanted.byline) for one in self.openable
        }
        return self._page(self._now(viewer), viewer, stands)

    def read_by(self, viewer: Viewer) -> list[Seen]:
        """Everything the viewer reads of the conversation now."""
        if viewer not in self._read:
            self._read[viewer] = shares_of(self.widening.conversation_id, viewer)
        return self._read[viewer]

    def _now(self, viewer: Viewer) -> list[Seen]:
        """What the viewer reads of the conversation now, and of what is asked about in the place it came from."""
        if viewer not in self._said:
            read = mentions(self.read_by(viewer))[0]
            elsewhere = sorted(self.by_contribution.keys() - {seen.contribution for seen in read})
            more = seen_contributions(elsewhere, viewer)
            self._said[viewer] = sorted([*read, *more], key=lambda seen: seen.contribution)
        return self._said[viewer]

    def _lines_read(self, viewer: Viewer) -> set[int]:
        """Those of the lines asked about that the viewer reads."""
        if viewer not in self._lines:
            # Most stand on the page already; the others may be read on no narrower line, or not at all.
            read = {seen.line_number for seen in self._now(viewer)} & self.among.keys()
            self._lines[viewer] = read | lines_read(sorted(self.among.keys() - read), viewer)
        return self._lines[viewer]

    def _page(
        self, read: list[Seen], viewer: Viewer, stands: Mapping[int, tuple[str, Byline] | None]
    ) -> list[Seen]:
        """What the viewer reads, as far as it would stand on the page or stands there already.

        ``stands``: with which words and byline; None for as the viewer reads it.
        """
        already = self._open_to_them(viewer)
        rung, page = self.widening.audience.rung, list[Seen]()
        for seen in read:
            if seen.contribution in already:
                page.append(already[seen.contribution]._replace(rung=rung, own=False))
            elif seen.contribution in stands:
                page.append(_as_it_would_stand(seen, rung, stands[seen.contribution]))
        return page

    def answered_words(self, asked: Iterable[Asked], viewer: Viewer) -> list[str]:
        """Visible texts, by others, that one's own words answer and that not all in a wide audience can read (R64)."""
        if self.audience.rung < Rung.ORGANISATION:
            return []
        # Words that they can read elsewhere are no secret.
        narrower = {one.shown.parent for one in asked} - self._open_to_them(viewer).keys()
        return [
            plain(seen.html)
            for seen in self._now(viewer)
            if seen.contribution in narrower and seen.rung < self.audience.rung and not seen.own
        ]

    def _open_to_them(self, viewer: Viewer) -> dict[int, Seen]:
        """What everyone in the audience sees already, of what the viewer could read with them, by contribution."""
        if viewer not in self._open:
            self._open[viewer] = {seen.contribution: seen for seen in self._read_by_them(viewer)}
        return self._open[viewer]

    def _read_by_them(self, viewer: Viewer) -> list[Seen]:
        standing = [Holding(PUBLIC, 0), Holding(ORGANISATION, 0)]
        if self.audience.rung == Rung.PUBLIC:
            them = PUBLIC_VIEWER
        else:
            named = self.audience.principals()
            held = [held for held in viewer.narrow_holdings() if held.principal in named]
            them = Viewer(None, (*standing, *held))
        # What stands in the place a branch came from is asked for apart.
        elsewhere = [
            seen.contribution
            for seen in self._now(viewer)
            if seen.conversation != self.widening.conversation_id
        ]
        seen = [*self.read_by(them), *seen_contributions(elsewhere, them)]
        audiences = audiences_with(one.audience for one in seen)
        covers = {number for number, one in audiences.items() if within(self.audience, one)}
        return [one for one in seen if one.audience in covers]


def asked_of(widening: Widening, person: Person) -> list[Asked]:
    """What this person is asked about, in the order it was said."""
    return Proposal(widening).asked_of(person, viewer_for(person.id))


def is_ready(widening: Widening) -> bool:
    """Whether the proposer can choose now."""
    return Proposal(widening).ready


def answers_given(asked: list[Asked]) -> dict[int, tuple[str, Byline]]:
    """``{line: (HTML, byline)}`` of one's own answers that hold for what stands now."""
    return {
        one.shown.line: (
            html_for(one.shown, one.consent.way, one.consent.text),
            byline_for(one.shown, one.consent.way),
        )
        for one in asked
        if one.holds and one.consent.way in YES
    }


def _as_it_would_stand(seen: Seen, rung: int, stand: tuple[str, Byline] | None) -> Seen:
    """All in one go, because there may be hundreds."""
    html, byline = stand or (seen.html, None)
    more: dict[str, Any] = {}
    if html != seen.html:
        # Other words are a revision of their own, which is made when they are opened. It carries the same files.
        more |= {"html": html, "revision": -seen.revision, "corrected": False}
    if byline is not None:
        more |= {"byline": byline.kind, "alias": byline.alias}
        if byline.person_id is None and byline.outside_name_id is None:
            more |= {"person": None, "person_name": None, "role": None, "listed": None}
    return seen._replace(rung=rung, own=False, **more)
