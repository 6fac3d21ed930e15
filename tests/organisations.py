"""Random organisations: small, with near misses in who may read what; every text and name holds a canary word."""

from random import Random
from typing import Any

from communis.conversations.kinds import Kind, Wish
from communis.conversations.models import Following
from communis.journal.moments import MINUTE
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.models import Circle
from tests.events import START, Event, secret
from tests.reference_model import Told

WORDS = ["halva", "portionen", "vikarier", "bussen", "skolan", "filt", "hjul", "tak", "stol", "svinn"]


class Organisation:
    """Events made up one after the other, with the reference model to make most of them likely."""

    def __init__(self, random: Random, *, widenings: bool = True) -> None:
        self.random = random
        self.widenings = widenings
        self.events: list[Event] = []
        self.persons: list[str] = []
        self.circles: list[str] = []
        self.founders: dict[str, str] = {}
        self.lines: list[str] = []
        self.authors: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def make(self, persons: int, circles: int, done: int) -> list[Event]:
        """At most so many of each."""
        self.add("welcome", "", name=f"Steward {secret('name', 'p0')}", steward=True)
        for number in range(1, max(persons, 3)):
            protected = number > 2 and self.random.random() < 0.2
            key = self.next_key("welcome")
            self.add("welcome", "p0", name=f"Person {secret('name', key)}", protected=protected)
        for _ in range(max(circles, 1)):
            self.found()
        happenings = [self.start] * 5 + [self.contribute] * 7 + [self.let_in] * 4 + [self.revise] * 2
        happenings += [
            self.take_back,
            self.take_back,
            self.leave,
            self.nest,
            self.nest,
            self.turn_off_history,
        ]
        happenings += [self.close, self.close, self.hide]
        happenings += [self.sign, self.sign, self.wish, self.wish, self.restate, self.adopt, self.move]
        happenings += [self.draft, self.follow, self.look, self.role, self.found]
        happenings += [self.bring_in, self.bring_in_list, self.claim_name]
        for number in (1, 2):
            self.add("mandate", "p0", person=f"p{number}", subject=f"Ansvar {number}")
        happenings += [self.say_yes, self.afterwards, self.afterwards, self.rest]
        happenings += [self.ask_for, self.ask_for, self.give, self.give, self.absent]
        happenings += [self.thank, self.thank, self.credit, self.credit, self.flag, self.flag]
        if self.widenings:
            happenings += [self.widen] * 5
        for _ in range(done):
            self.random.choice(happenings)()
        # What was tried is written down at the end, of all that was said and answered by then.
        for _ in range(done // 6):
            self.random.choice([self.trial, self.trial, self.say_changed])()
        for _ in range(done // 10):
            self.mail()
        return self.events

    def next_key(self, verb: str) -> str:
        if verb == "welcome":
            return f"p{len(self.persons)}"
        return f"{verb}{len(self.events)}"

    def add(self, verb: str, by: str, **about: Any) -> str:
        key = self.next_key(verb)
        self.events.append(Event(key, START + len(self.events) * MINUTE, verb, by, about))
        if verb == "welcome":
            self.persons.append(key)
        return key

    def text(self) -> str:
        """A canary word, and words that others use too."""
        return f"{secret('text', str(len(self.events)))} {' '.join(self.some(WORDS, 3))}"

    def some(self, things: list[str], most: int) -> list[str]:
        return sorted(self.random.sample(things, self.random.randint(1, min(most, len(things)))))

    def someone(self) -> str:
        return self.random.choice(self.persons)

    def found(self) -> None:
        by = self.someone()
        made: dict[str, Any] = {
            "name": f"Krets {secret('circle', str(len(self.events)))}",
            "history": self.random.random() < 0.5,
            "sight": self.random.choice(list(Circle.Sight)),
            "unit": by == "p0" and self.random.random() < 0.5,
        }
        if made["unit"]:
            made["authority"] = ("Kommunstyrelsen", "Fastigheter AB")[len(self.events) % 2]
        key = self.add("found", by, **made)
        self.circles.append(key)
        self.founders[key] = by

    def audience(self, by: str) -> dict[str, Any]:
        rung = self.random.choice([Rung.DIRECT, Rung.CIRCLE, Rung.CIRCLE, Rung.ORGANISATION, Rung.PUBLIC])
        if rung == Rung.DIRECT:
            others = [person for person in self.persons if person != by]
            return {"rung": int(rung), "persons": self.some(others, 2)}
        if rung == Rung.CIRCLE:
            held = [circle for circle in self.circles if circle in Told(self.events).holds(by)]
            return {"rung": int(rung), "circles": self.some(held or self.circles, 2)}
        return {"rung": int(rung)}

    def start(self) -> None:
        by = self.someone()
        kind = self.random.choice([Kind.IDEA, Kind.FRAGMENT, Kind.POST, Kind.QUESTION])
        more: dict[str, Any] = {"kind": int(kind), **self.audience(by)}
        if kind == Kind.QUESTION:
            more["hosts"] = self.some(self.persons, 2)
        if self.random.random() < 0.2:
            more["file"] = f"{secret('file', str(len(self.events)))}.pdf"
        if self.random.random() < 0.3:
            more["wishes"] = sorted(self.random.sample(list(map(int, Wish)), 2))
        if kind != Kind.QUESTION:
            more |= self.hidden()
        self.said(by, self.add("start", by, text=self.text(), **more))

    def hidden(self) -> dict[str, Any]:
        """Some are said under a pseudonym or unnamed; where that cannot be, they are refused."""
        if self.random.random() < 0.8:
            return {}
        return {"hidden": int(self.random.choice([Byline.Kind.PSEUDONYM, Byline.Kind.UNNAMED]))}

    def contribute(self) -> None:
        if not self.lines:
            return
        answered = self.random.choice(self.lines)
        told = Told(self.events)
        readers = [person for person in self.persons if answered in told.sees(person)]
        by = self.random.choice(readers or self.persons)
        more: dict[str, Any] = {}
        if self.random.random() < 0.3:
            others = [person for person in readers if person != by]
            if others:
                more = {"rung": int(Rung.DIRECT), "persons": self.some(others, 1)}
        elif self.random.random() < 0.3:
            more = self.audience(by)
        if self.random.random() < 0.3 and answered in self.texts:
            more["quoted"] = self.texts[answered].split()[0]
        more |= self.hidden()
        self.said(by, self.add("contribute", by, answered=answered, text=self.text(), **more))

    def said(self, by: str, key: str) -> None:
        self.lines.append(key)
        self.authors[key] = by
        self.texts[key] = str(self.events[-1].about["text"])

    def reader_of(self, line: str) -> str:
        """Someone who sees it, most often."""
        told = Told(self.events)
        readers = [person for person in self.persons if line in told.sees(person)]
        return self.random.choice(readers or self.persons)

    def sign(self) -> None:
        if self.lines:
            line = self.random.choice(self.lines)
            self.add("sign", self.reader_of(line), line=line, sign=self.random.choice([0, 1, 2, 3]))

    def said_here(self) -> str:
        """A line that someone here wrote; whoever stands behind a blog or a list is another matter."""
        return self.random.choice([line for line in self.lines if line not in self.brought_in] or [""])

    @property
    def brought_in(self) -> set[str]:
        """What nobody here wrote."""
        return {event.key for event in self.events if event.verb in ("bring_in", "bring_in_list")}

    def thank(self) -> None:
        line = self.said_here()
        if line:
            self.add("thank", self.reader_of(line), line=line, text=self.text())

    def ask_for(self) -> None:
        line = self.said_here()
        if line:
            of = self.random.choice([event.key for event in self.events if event.verb == "mandate"])
            self.add("ask_for", self.authors[line], line=line, of=of, because=self.text())

    def absent(self) -> None:
        """Someone who is asked or not is away; the other one who holds a mandate stands in."""
        by = self.someone()
        stand_in = self.random.choice([one for one in ("p1", "p2") if one != by])
        self.add("absent", by, stand_in=stand_in)

    def give(self) -> None:
        asks = [event for event in self.events if event.verb == "ask_for"]
        if asks:
            chosen = self.random.choice(asks)
            holders = {event.key: event.about["person"] for event in self.events if event.verb == "mandate"}
            by, line = holders[chosen.about["of"]], chosen.about["line"]
            given = self.add("give", by, line=line, to=chosen.key, text=self.text(), for_all=self.text())
            # Where nobody else reads it, it stands at once, and its author answers the reason.
            if self.random.random() < 0.5:
                self.add("counter", self.authors[line], line=line, to=given, text=self.text())
                self.add("tap", self.authors[line], line=line, to=given, clear=True)
                if self.random.random() < 0.5:
                    self.add("keep", by, line=line, to=given)

    def say_yes(self) -> None:
        """Someone is asked about words that he or she reads, and says yes for all who read them."""
        mandate = self.random.choice([event for event in self.events if event.verb == "mandate"])
        by = str(mandate.about["person"])
        read = Told(self.events).sees(by)
        lines = [line for line in self.lines if line in read - self.brought_in and self.authors[line] != by]
        if lines:
            line = self.random.choice(lines)
            asked = self.add("ask_for", self.authors[line], line=line, of=mandate.key, because=self.text())
            self.said(by, self.add("say_yes", by, answered=line, to=asked, text=self.text()))

    def afterwards(self) -> None:
        """What came of a yes is told, or someone who reads it wants to help."""
        given = [event for event in self.events if event.verb == "say_yes"]
        if not given:
            self.say_yes()
            given = [event for event in self.events if event.verb == "say_yes"]
        if not given:
            return
        yes = self.random.choice(given)
        if self.random.random() < 0.5:
            goal = self.random.choice(["", self.text()])
            key = self.add(
                "tell_outcome", yes.by, answered=yes.key, text=self.text(), effect=self.text(), goal=goal
            )
            self.said(yes.by, key)
        else:
            verb = self.random.choice(["help", "help", "help_no_longer"])
            line = str(yes.about["answered"])
            self.add(verb, self.reader_of(yes.key), line=line, yes=yes.key)

    def rest(self) -> None:
        line = self.said_here()
        if line:
            self.add(self.random.choice(["rest", "rest", "wake"]), self.authors[line], line=line)

    def trial(self) -> None:
        """By hand, or from an answer to a letter, which can be read at once."""
        more: dict[str, Any] = {"text": self.text(), "rung": int(self.random.choice([3, 3, 4]))}
        letters = {event.key for event in self.events if event.about.get("rung") == Rung.DIRECT}
        given = [e for e in self.events if e.verb == "give" and e.about["line"] in letters]
        if given and self.random.random() < 0.5:
            chosen = self.random.choice(given)
            self.add("trial", chosen.by, to=chosen.key, line=chosen.about["line"], **more)
        else:
            self.add("trial", self.random.choice(["p0", "p1", "p2"]), guardian=self.someone(), **more)

    def say_changed(self) -> None:
        trials = [event.key for event in self.events if event.verb == "trial"]
        if trials:
            self.add("say_changed", self.someone(), trial=self.random.choice(trials), text=self.text())

    def mail(self) -> None:
        """A mail that waits for its sender, or that a circle reads after it had waited."""
        by = self.someone()
        held = [circle for circle in self.circles if circle in Told(self.events).holds(by)]
        if not held:
            return
        circle = self.random.choice(held)
        another = self.random.choice([person for person in self.persons if person != by])
        match self.random.choice(["mail_to_all", "mail_mixed", "mail_circle"]):
            case "mail_to_all":
                self.add("mail_to_all", by, text=self.text(), through=another)
            case "mail_mixed":
                self.add("mail_mixed", by, text=self.text(), persons=[another], circles=[circle])
            case "mail_circle":
                self.add("mail_circle", by, text=self.text(), rung=2, circles=[circle])

    def credit(self) -> None:
        line = self.said_here()
        if line:
            forms = [None, Byline.Kind.NAMED, Byline.Kind.NAMED, Byline.Kind.ROLE, Byline.Kind.UNNAMED]
            form = self.random.choice(forms)
            self.add("credit", self.authors[line], line=line, form=form if form is None else int(form))

    def flag(self) -> None:
        line = self.said_here()
        if line:
            self.add("flag", self.reader_of(line), line=line)

    def wish(self) -> None:
        if self.lines:
            line = self.random.choice(self.lines)
            for _ in range(self.random.randint(1, 3)):
                self.add("wish", self.reader_of(line), line=line, wanted=self.random.random() < 0.8)

    def restate(self) -> None:
        restated = [
            event.key
            for event in self.events
            if event.verb == "start" and event.about["kind"] in (Kind.IDEA, Kind.QUESTION)
        ]
        if not restated:
            return
        answered = self.random.choice(restated)
        by = self.reader_of(answered)
        more = {"rung": int(Rung.DIRECT), "persons": [self.authors[answered]]}
        chosen: dict[str, Any] = more if self.random.random() < 0.3 and by != self.authors[answered] else {}
        key = self.add("contribute", by, answered=answered, text=self.text(), plain=True, **chosen)
        self.said(by, key)
        if self.random.random() < 0.7:
            self.add("adopt", self.authors[answered], line=key)

    def adopt(self) -> None:
        restatements = [event for event in self.events if event.about.get("plain")]
        if restatements:
            chosen = self.random.choice(restatements)
            author = self.authors[str(chosen.about["answered"])]
            if self.random.random() < 0.6:
                self.add("adopt", author, line=chosen.key)
            else:
                self.add("stand_alone", author, line=chosen.about["answered"])

    def move(self) -> None:
        answers = [event for event in self.events if event.verb == "contribute"]
        if answers:
            chosen = self.random.choice(answers)
            opened_by = self.authors[str(chosen.about["answered"])]
            by = self.random.choice([chosen.by, opened_by])
            key = self.add("move", by, line=chosen.key, text=self.text())
            self.lines.append(key)
            self.authors[key] = by
            self.texts[key] = str(self.events[-1].about["text"])

    def widen(self) -> None:
        if not self.lines:
            return
        line = self.random.choice(self.lines)
        by = self.authors[line]
        if line in {event.key for event in self.events if event.verb == "bring_in_list"}:
            # Whoever wrote it elsewhere is asked nothing, and so it never opens.
            return
        chosen = self.audience(by)
        if not set(chosen.get("circles", ())) <= Told(self.events).holds(by).keys():
            # Nobody says yes to showing words in a circle that she does not know of.
            return
        text = self.text() if self.random.random() < 0.5 else ""
        key = self.add("widen", by, line=line, text=text, **chosen)
        self.lines.append(key)
        self.authors[key] = by

    def revise(self) -> None:
        if self.lines:
            line = self.random.choice(self.lines)
            self.add(
                "revise",
                self.authors[line],
                line=line,
                text=self.text(),
                correction=self.random.random() < 0.5,
            )

    def take_back(self) -> None:
        if self.lines:
            line = self.random.choice(self.lines)
            self.add("take_back", self.authors[line], line=line)

    def hide(self) -> None:
        line = self.said_here()
        if line:
            self.add("hide", "p0", line=line, text=self.text())
            if self.random.random() < 0.3:
                self.add("show_again", "p0", hiding=self.events[-1].key, line=line)

    def let_in(self) -> None:
        circle = self.random.choice(self.circles)
        self.add("let_in", self.founders[circle], person=self.someone(), circle=circle)

    def leave(self) -> None:
        person = self.someone()
        self.add("leave", person, person=person, circle=self.random.choice(self.circles))

    def nest(self) -> None:
        inner = self.random.choice(self.circles)
        own = [circle for circle in self.circles if self.founders[circle] == self.founders[inner]]
        outer = self.random.choice([*own, None])
        around, circles = outer, Told(self.events).circles
        while around is not None and around != inner:
            around = circles[around]["around"]
        if around == inner:
            return
        self.add("nest", self.founders[inner], inner=inner, outer=outer)

    def turn_off_history(self) -> None:
        circle = self.random.choice(self.circles)
        self.add("turn_off_history", self.founders[circle], circle=circle)

    def close(self) -> None:
        person = self.someone()
        if person != "p0" and self.random.random() < 0.5:
            self.add(self.random.choice(["close", "close", "open"]), "p0", person=person)

    def role(self) -> None:
        self.add("take_role", "p0", person=self.someone(), title="enhetschef")

    def draft(self) -> None:
        more = {"answered": self.random.choice(self.lines)} if self.lines else {}
        self.add("begin", self.someone(), text=self.text(), **more)

    def bring_in(self) -> None:
        public = self.random.random() < 0.5
        key = self.add(
            "bring_in",
            "p0",
            name=f"Blogg {secret('blog', str(len(self.events)))}",
            text=self.text(),
            answer=f"{secret('answer', str(len(self.events)))} bussen",
            public=public,
            decided=public or self.random.random() < 0.7,
        )
        if public:
            # Nobody here wrote it.
            self.lines.append(key)
            self.authors[key] = "p0"
            self.add("fetch_pictures", "p0", blog=key)

    def bring_in_list(self) -> None:
        """Into a circle the steward is in, or where that is refused."""
        held = [circle for circle in self.circles if circle in Told(self.events).holds("p0")]
        circle = self.random.choice(held or self.circles)
        name = secret("list", str(len(self.events)))
        self.said(
            "p0", self.add("bring_in_list", "p0", text=self.text(), name=name, rung=2, circles=[circle])
        )

    def claim_name(self) -> None:
        """Someone says that a blog is theirs; most often the steward answers, and some change their mind."""
        blogs = [event.key for event in self.events if event.verb == "bring_in" and event.about["public"]]
        others = [person for person in self.persons if person != "p0"]
        if not blogs or self.random.random() < 0.3:
            self.bring_in()
            return
        by = self.random.choice(others)
        made = self.add("claim_name", by, line=self.random.choice(blogs), word=self.text())
        if self.random.random() < 0.7:
            agree = self.random.random() < 0.7
            self.add("settle", "p0", name_claim=made, agree=agree, reason=self.text())
        if self.random.random() < 0.3:
            self.add("end_name_claim", by, name_claim=made)

    def follow(self) -> None:
        if self.lines:
            way = int(self.random.choice(list(Following.Way)))
            self.add("follow", self.someone(), line=self.random.choice(self.lines), way=way)

    def look(self) -> None:
        if self.lines:
            self.add("look", self.someone(), line=self.random.choice(self.lines))
