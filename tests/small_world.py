"""One small organisation in which every kind of secret has a near miss: for tests that have to be quick."""

from typing import Any

from communis.conversations.kinds import Kind
from communis.journal.moments import MINUTE
from communis.openness.bylines import Byline
from communis.people.models import Circle
from tests.events import START, Event, secret

# Who looks. She is in ``garden``; knows the name of ``board`` and nothing of ``cellar``.
VIEWER = "p2"


def small_world() -> list[Event]:
    events: list[Event] = []

    def done(key: str, verb: str, by: str, **about: Any) -> None:
        events.append(Event(key, START + len(events) * MINUTE, verb, by, about))

    def words(key: str) -> str:
        return f"{secret('text', key)} halva portionen"

    done("p0", "welcome", "", name=f"Steward {secret('p0')}", steward=True)
    others = (("p1", "Per"), ("p2", "Petra"), ("p3", "Pelle"), ("p5", "Pia"), ("p6", "Paula"), ("p7", "Ping"))
    for key, name in others:
        done(key, "welcome", "p0", name=f"{name} {secret(key)}")
    done("p4", "welcome", "p0", name=f"Petronella {secret('p4')}", protected=True)
    done("garden", "found", "p1", name=f"Trädgård {secret('garden')}", history=False)
    done("board", "found", "p1", name=f"Styrelse {secret('board')}", sight=Circle.Sight.NAMED)
    done("cellar", "found", "p3", name=f"Källare {secret('cellar')}", sight=Circle.Sight.SECRET)
    done("before", "start", "p1", text=words("before"), rung=2, circles=("garden",), kind=int(Kind.FRAGMENT))
    done("in-board", "let_in", "p1", person="p5", circle="board")
    # Who says nothing anywhere: only a list of members, or their number, could tell of it.
    done("silent-in-board", "let_in", "p1", person="p7", circle="board")
    done("in-garden", "let_in", "p1", person="p2", circle="garden")
    done("after", "contribute", "p1", answered="before", text=words("after"))
    done("all", "start", "p1", text=words("all"), rung=3)
    # She is sent a mail for each contribution that she may see there, and no other.
    done("mailed-each", "follow", "p2", line="all", way=3)
    done("aside", "contribute", "p3", answered="all", text=words("aside"), rung=1, persons=("p1",))
    done(
        "edited",
        "start",
        "p1",
        text=words("edited"),
        rung=1,
        persons=("p3",),
        file=f"{secret('file')}.pdf",
        wishes=(1, 4),
    )
    done("opened", "widen", "p1", line="edited", text=words("opened"), rung=3)
    done("twice", "start", "p2", text=words("twice"), rung=2, circles=("garden",))
    done("wider", "widen", "p2", line="twice", rung=3)
    done("gone", "contribute", "p3", answered="all", text=words("gone"))
    done("regret", "take_back", "p3", line="gone")
    done("letter", "start", "p3", text=words("letter"), rung=1, persons=("p1",))
    done("reply", "contribute", "p1", answered="letter", text=words("reply"))
    done("down", "start", "p3", text=words("down"), rung=2, circles=("cellar",))
    # A mailing list that came into the circle, by the steward who is in it.
    done("steward-in-cellar", "let_in", "p3", person="p0", circle="cellar")
    done("list", "bring_in_list", "p0", text=words("list"), name=secret("siv"), rung=2, circles=("cellar",))
    done("list-answered", "contribute", "p3", answered="list", text=words("list-answered"))
    done("draft", "begin", "p3", text=words("draft"))
    done("look", "look", "p3", line="all")
    done("blog", "bring_in", "p0", name="Blogg", text=words("blog"), answer=words("answer"), public=True)
    done("pictures", "fetch_pictures", "p0", blog="blog")
    done("own", "bring_in", "p0", name=secret("own"), text=words("own"), answer=words("held"), public=False)
    done("mine", "claim_name", "p3", line="blog", word=words("mine"))
    done("claim-declined", "settle", "p0", name_claim="mine", agree=False, reason=words("no"))
    done("hers", "claim_name", "p4", line="blog", word=words("hers"))
    done("claim-agreed", "settle", "p0", name_claim="hers", agree=True, reason=words("yes"))
    # Without a name: where all see it, and where she does not.
    done("shy", "contribute", "p6", answered="all", text=words("shy"), hidden=int(Byline.Kind.UNNAMED))
    done("seen", "contribute", "p3", answered="all", text=words("seen"))
    done("flagged", "flag", "p1", line="seen")
    done("thanked", "thank", "p1", line="seen", text=words("thanked"))
    done("asked", "start", "p6", text=words("asked"), rung=3)
    done(
        "narrow",
        "contribute",
        "p1",
        answered="asked",
        text=words("narrow"),
        rung=2,
        circles=("board",),
        hidden=int(Byline.Kind.UNNAMED),
    )
    done("guess", "contribute", "p2", answered="asked", text=words("guess"))
    done("flagged-narrowly", "flag", "p5", line="guess")
    done("mentioned", "credit", "p1", line="edited", form=int(Byline.Kind.NAMED))
    done("mentioned-widely", "credit", "p6", line="asked", form=int(Byline.Kind.UNNAMED))
    # Asked for an answer: where she reads along, where she does not, and where an answer waits that she is not to know.
    done("hers-to-answer", "mandate", "p0", person="p2", subject="Odling")
    done("his-to-answer", "mandate", "p0", person="p1", subject="Hjul")
    done("asked-widely", "ask_for", "p1", line="all", of="hers-to-answer", because=words("asked-widely"))
    done("asked-in-cellar", "ask_for", "p3", line="letter", of="his-to-answer", because=words("in-cellar"))
    done("theirs-to-answer", "mandate", "p0", person="p3", subject="Källare")
    done("asked-on-narrow", "ask_for", "p1", line="edited", of="theirs-to-answer", because=words("on-narrow"))
    # Away: one whom she may list, with someone who reads along, and one whom she may not.
    done("away", "absent", "p1", stand_in="p3")
    done("hidden-to-answer", "mandate", "p0", person="p4", subject="Odling")
    done("hidden-away", "absent", "p4", stand_in="p3")
    done("asked-and-answered", "ask_for", "p6", line="asked", of="his-to-answer", because=words("answered"))
    done(
        "answered",
        "give",
        "p1",
        line="asked",
        to="asked-and-answered",
        text=words("for-author"),
        for_all=words("for-all"),
    )
    # Mails go out; what becomes of mailed words follows them, and of others nothing is told.
    done("branch", "contribute", "p3", answered="all", text=words("branch"))
    done("delivered", "deliver", "")
    done("branch-moved", "move", "p3", line="branch", text=words("branch-moved"))
    done("aside-moved", "move", "p3", line="aside", text=words("aside-moved"))
    # What came of it: where she told it herself, of an answer that only two read, and where everybody may read.
    done("yes-to-all", "say_yes", "p2", answered="all", to="asked-widely", text=words("yes"))
    done(
        "told-to-all",
        "tell_outcome",
        "p2",
        answered="yes-to-all",
        text=words("told"),
        effect=words("effect"),
        goal="Mer tid",
    )
    done("helps", "help", "p3", line="all", yes="yes-to-all")
    done("yes-narrowly", "say_yes", "p3", answered="edited", to="asked-on-narrow", text=words("yes-narrowly"))
    done(
        "told-narrowly",
        "tell_outcome",
        "p3",
        answered="yes-narrowly",
        text=words("told-narrowly"),
        effect=words("effect-narrowly"),
        goal=words("goal-narrowly"),
    )
    # Asked once more, where an answer waits that she is not to know of.
    done("asked-anew", "ask_for", "p1", line="edited", of="theirs-to-answer", because=words("asked-anew"))
    # Begun to answer, and not given.
    done("answer-begun", "begin", "p3", asked="asked-anew", text=words("answer-begun"))
    done("square", "start", "p1", text=words("square"), rung=4)
    done("asked-on-square", "ask_for", "p1", line="square", of="theirs-to-answer", because=words("on-square"))
    done(
        "yes-on-square", "say_yes", "p3", answered="square", to="asked-on-square", text=words("yes-on-square")
    )
    done("helps-on-square", "help", "p6", line="square", yes="yes-on-square")
    done("idle", "start", "p6", text=words("idle"), rung=3)
    done("idles", "rest", "p6", line="idle")
    # Written down as tried: for anyone, for all employees, and from an answer that only two read.
    done("tried", "trial", "p0", text=words("tried"), rung=4, guardian="p1")
    done("tried-inside", "trial", "p1", text=words("tried-inside"), rung=3, guardian="p5")
    done("changed", "say_changed", "p3", trial="tried", text=words("changed"))
    # A letter that was answered, and its reason too.
    done(
        "letter-answered",
        "give",
        "p1",
        line="letter",
        to="asked-in-cellar",
        text=words("letter-answered"),
        for_all=words("letter-for-all"),
    )
    done(
        "tried-in-cellar",
        "trial",
        "p1",
        text=words("tried-in-cellar"),
        rung=4,
        to="letter-answered",
        line="letter",
    )
    done("changed-in-cellar", "say_changed", "p3", trial="tried-in-cellar", text=words("changed-in-cellar"))
    done("countered", "counter", "p3", line="letter", to="letter-answered", text=words("countered"))
    done("kept", "keep", "p1", line="letter", to="letter-answered")
    done("found-unclear", "tap", "p3", line="letter", to="letter-answered", clear=False)
    # A mail to the address at which she answers, of which nobody knows who sent it.
    kept = {"passed_on": words("passed-on"), "file": f"{secret('mailed-file')}.pdf"}
    done("mailed", "mail", "p3", line="letter", text=words("mailed"), **kept)
    # One that is hers, and only passes on.
    done("mailed-on", "mail", "p3", line="letter", text="", passed_on=words("mailed-on"), proved=True)
    # Letters begun by mail: to her, and between two others.
    done("mailed-to-her", "mail_letter", "p3", text=words("mailed-to-her"), rung=1, persons=("p2",))
    done("mailed-to-him", "mail_letter", "p3", text=words("mailed-to-him"), rung=1, persons=("p1",))
    # One to two, which passes on somebody else's words; and answers below words of such letters.
    passed_on = words("passed-on-to-her")
    both = ("p2", "p5")
    done(
        "mailed-to-both",
        "mail_letter",
        "p3",
        text=words("mailed-to-both"),
        rung=1,
        persons=both,
        passed_on=passed_on,
        whose="p6",
    )
    # Its readers may read what it passed on; nobody has answered about the other, whose author is here too.
    other = {"passed_on": words("passed-on-to-him"), "whose": "p5", "rung": 1, "persons": ("p1",)}
    done("mailed-to-him-too", "mail_letter", "p3", text=words("mailed-to-him-too"), **other)
    done("asked-in-vain", "ask_author", "p3", mail="mailed-to-him-too")
    done("asked-author", "ask_author", "p3", mail="mailed-to-both")
    done("let-pass", "let_pass", "p6", answered="mailed-to-both", text=passed_on)
    done(
        "answered-him",
        "mail_answer",
        "p1",
        answered="mailed-to-him",
        text=words("answered-him"),
        quoted="portionen",
    )
    done(
        "answered-both",
        "mail_answer",
        "p5",
        answered="mailed-to-both",
        text=words("answered-both"),
        quoted="halva",
    )
    # Written from outside to the address of a question: what waits for a steward, and what was let in to its hosts.
    done(
        "asked-outside",
        "start",
        "p6",
        text=words("asked-outside"),
        rung=4,
        kind=int(Kind.QUESTION),
        hosts=("p5",),
    )
    done("outside", "open_outside", "p0", line="asked-outside")
    done(
        "from-outside",
        "mail_outside",
        "outsider",
        to="outside",
        text=words("from-outside"),
        name=secret("outsider"),
    )
    done(
        "let-in-from-outside",
        "let_in_mail",
        "outsider",
        answered="asked-outside",
        to="outside",
        rung=1,
        text=words("let-in-from-outside"),
        name=secret("let-in-outsider"),
        persons=("p5", "p6"),
    )
    done("reported", "report", "p3", line="reply", text=words("reported"))
    # Hidden, with a reason in its place: where all read, where two do, and what was shown again.
    done("harsh", "contribute", "p3", answered="all", text=words("harsh"))
    done("below-harsh", "contribute", "p1", answered="harsh", text=words("below-harsh"))
    done("hid-harsh", "hide", "p0", line="harsh", text=words("hid-harsh"))
    done("sour", "contribute", "p1", answered="letter", text=words("sour"))
    done("reported-sour", "report", "p3", line="sour", text=words("reported-sour"))
    done("hid-sour", "hide", "p0", line="sour", report="reported-sour", text=words("hid-sour"))
    done("rough", "contribute", "p3", answered="all", text=words("rough"))
    done("hid-rough", "hide", "p0", line="rough", text=words("hid-rough"))
    done("rough-again", "show_again", "p0", hiding="hid-rough", line="rough")
    done("rests-unseen", "rest", "p3", line="letter")
    done("late", "contribute", "p3", answered="all", text=words("late"), rung=1, persons=("p5",))
    return events
