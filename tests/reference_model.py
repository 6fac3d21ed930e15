"""Who may see what, told a second time from the promises alone. Imports nothing; at most sixty lines of code.

It reads a list of what was done (each with ``key``, ``at``, ``verb``, ``by``, ``about``) in order, and answers
``may_see(events, viewer, line)``. The viewer is a person's key, or "" for someone who is not signed in.
"""


class Told:
    def __init__(self, events):
        self.stewards, self.closed, self.circles, self.inside, self.lines = set(), set(), {}, {}, {}
        for event in events:
            getattr(self, event.verb, lambda *_, **__: None)(event, **event.about)

    def welcome(self, event, steward=False, **_):
        self.stewards |= {event.key} if steward else set()

    def close(self, event, person):
        self.closed.add(person)

    def open(self, event, person):
        self.closed.discard(person)

    def found(self, event, history=True, unit=False, **_):
        self.circles[event.key] = {"history": history, "around": None, "at": 0, "blind": False}
        self.inside |= {} if unit else {(event.by, event.key): (event.at, False)}

    def let_in(self, event, person, circle):
        # Who lets himself in (a steward, into a unit) gets no history.
        self.inside.setdefault((person, circle), (event.at, person == event.by))

    def leave(self, event, person, circle):
        self.inside.pop((person, circle), None)

    def nest(self, event, inner, outer):
        blind = outer is not None and event.by in self.stewards
        self.circles[inner].update(around=outer, at=event.at, blind=blind)

    def turn_off_history(self, event, circle):
        self.circles[circle]["history"] = False

    def holds(self, person):
        held = {} if person in self.closed or not person else {person: 0}
        for (member, circle), (since, blind) in self.inside.items() if held else ():
            while member == person and circle:
                here = self.circles[circle]
                held[circle] = min(held.get(circle, since), 0 if here["history"] and not blind else since)
                since, blind, circle = max(since, here["at"]), blind or here["blind"], here["around"]
        return held

    def start(self, event, rung, persons=(), circles=(), **_):
        # The author reads along; in a circle's words only where she is not in one of the circles.
        alone = rung == 1 or (rung == 2 and not self.holds(event.by).keys() & set(circles))
        self.open_line(event, event.key, rung, {*persons, *circles} | ({event.by} if alone else set()))

    # Into one circle, which the steward who does it is in; to persons; by somebody outside, to persons; to a circle.
    bring_in_list = mail_letter = let_in_mail = mail_circle = start

    def contribute(self, event, answered, rung=None, **chosen):
        if rung is not None:
            return self.start(event, rung, **chosen)
        self.open_line(event, event.key, self.lines[answered]["rung"], self.lines[answered]["named"])

    say_yes = tell_outcome = mail_answer = mail_piece = let_pass = contribute

    def bring_in(self, event, public, **_):
        self.open_line(event, event.key, 4 if public else 0, set())

    def move(self, event, line, **_):
        # The summary left behind is read by those who read what moved; nothing else changes for anyone.
        self.contribute(event, line)

    def widen(self, event, line, rung, persons=(), circles=(), **_):
        self.open_line(event, self.lines[line]["said"], rung, {*persons, *circles})

    def open_line(self, event, said, rung, named):
        self.lines[event.key] = {"said": said, "rung": rung, "named": named, "at": event.at}

    def take_back(self, event, line):
        self.lines[line]["rung"] = 0  # open to nobody

    def is_open(self, line, viewer):
        held = self.holds(viewer)
        narrowly = any(held.get(one, line["at"] + 1) <= line["at"] for one in line["named"])
        return line["rung"] == 4 or (line["rung"] == 3 and bool(held)) or (line["rung"] > 0 and narrowly)

    def sees(self, viewer):
        # Of each contribution the narrowest line, of equals the first: they come last here, and stay.
        widest_first = reversed(sorted(self.lines.items(), key=lambda pair: pair[1]["rung"]))
        shown = {line["said"]: key for key, line in widest_first if self.is_open(line, viewer)}
        return set(shown.values())


def may_see(events, viewer, line):
    return line in Told(events).sees(viewer)
