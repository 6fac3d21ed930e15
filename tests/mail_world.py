"""A small organisation that writes by mail: what waits and why, answers in pieces, receipts and verdicts.

It stands beside the small world, so that the many tests of that one need not play it.
"""

from typing import Any

from communis.journal.moments import MINUTE
from communis.people.models import Circle
from tests.events import START, Event, secret

# Who looks. She is in ``garden``, and sees neither ``cellar`` nor p4.
VIEWER = "p2"
# Seven in a row are known again: from a letter that she reads, and from one that she does not.
READ = "vi byter skift på måndagar när vikarierna ändå kommer"
UNREAD = "lärlingarna lagar bänkarna i parken varje vår med eget virke"
# What the letters say that are answered in pieces.
QUESTIONS = "Vem vill byta?\n\nHur länge?\n\nSäg till."


def mail_world() -> list[Event]:
    events: list[Event] = []
    waited = 0

    def done(key: str, verb: str, by: str, **about: Any) -> None:
        events.append(Event(key, START + (len(events) + waited) * MINUTE, verb, by, about))

    def words(key: str) -> str:
        return f"{secret('text', key)} halva portionen"

    def in_pieces(key: str, by: str, answered: str) -> None:
        """To the whole, and below each of the questions."""
        pieces = [f"{key}-1", f"{key}-2", f"{key}-3"]
        for piece, quoted in zip(pieces, ("", "Vem vill byta?", "Hur länge?"), strict=True):
            done(piece, "mail_piece", by, mail=key, answered=answered, text=words(piece), quoted=quoted)
        done(key, "mail_pieces", by, answered=answered, pieces=tuple(pieces))

    done("p0", "welcome", "", name=f"Steward {secret('p0')}", steward=True)
    for key, name in (("p1", "Pelle"), ("p2", "Petra"), ("p3", "Pontus"), ("p5", "Pia"), ("p7", "Ping")):
        done(key, "welcome", "p0", name=f"{name} {secret(key)}")
    done("p4", "welcome", "p0", name=f"Petronella {secret('p4')}", protected=True)
    done("garden", "found", "p1", name=f"Trädgård {secret('garden')}", history=False)
    done("cellar", "found", "p3", name=f"Källare {secret('cellar')}", sight=Circle.Sight.SECRET)
    done("in-garden", "let_in", "p1", person="p2", circle="garden")
    done("in-cellar", "let_in", "p3", person="p5", circle="cellar")
    done("silent-in-cellar", "let_in", "p3", person="p7", circle="cellar")
    done("hers-to-answer", "mandate", "p0", person="p2", subject="Odling")
    done("his-to-answer", "mandate", "p0", person="p1", subject="Hjul")
    # A letter that she reads, with what is said in it beside her; she is mailed whatever she may see there.
    letter = {"rung": 1, "persons": ("p1", "p2", "p5")}
    done("letter", "start", "p3", text=f"{secret('text', 'letter')} {READ}.\n\n{QUESTIONS}", **letter)
    done("mailed-each", "follow", "p2", line="letter", way=3)
    aside = {"rung": 1, "persons": ("p5",)}
    unread = f"{secret('text', 'aside')} {UNREAD}.\n\n{QUESTIONS}"
    done("aside", "contribute", "p3", answered="letter", text=unread, **aside)
    done("for-his-ears", "contribute", "p3", answered="letter", text=words("ears"), rung=1, persons=("p1",))
    # What waits: for several who are different readers. Hers; and one that she would read at both addresses.
    done("mixed", "mail_mixed", "p2", text=words("mixed"), persons=("p1",), circles=("garden",))
    done("mixed-to-her", "mail_mixed", "p1", text=words("to-her"), persons=("p2",), circles=("garden",))
    # And until something in it is looked at. Hers names one whom she may list and one whom she may not, and has words
    # from what she reads and from what she does not.
    looked_at = f"{words('looked-at')}. Pelle frågar om {READ}. Petronella frågar om {UNREAD}."
    done("looked-at", "mail_to_all", "p2", text=looked_at, through="p1")
    done("looked-at-elsewhere", "mail_to_all", "p3", text=words("elsewhere"), through="p2")
    done("told", "deliver", "")
    waited += 10
    # Here only what she may not know of would be found; it waits as what is for more than a letter's readers does.
    unknown = f"{words('unknown')}. Petronella frågar om {UNREAD}."
    done("nothing-to-look-at", "mail_to_all", "p2", text=unknown, through="p1", looked_at=False)
    # In pieces: hers, of which she corrects the second and takes back the third; to her; and where she does not read.
    in_pieces("unread", "p5", "aside")
    done("unread-corrected", "revise", "p5", line="unread-2", text=words("unread"), correction=True)
    in_pieces("own", "p2", "letter")
    corrected = {"line": "own-2", "mail": "own", "piece": 2, "correction": True}
    done("own-corrected", "revise", "p2", text=words("own-corrected"), **corrected)
    done("own-taken-back", "take_back", "p2", line="own-3")
    in_pieces("to-her", "p5", "letter")
    corrected = {"line": "to-her-2", "mail": "to-her", "piece": 2, "correction": True}
    done("to-her-corrected", "revise", "p5", text=words("to-her-corrected"), **corrected)
    # To circles, sent when they had waited.
    done("to-garden", "mail_circle", "p2", text=words("garden"), rung=2, circles=("garden",))
    done("to-cellar", "mail_circle", "p3", text=words("cellar"), rung=2, circles=("cellar",))
    # Verdicts: what she wrote is answered, what she is asked she answers, and what she does not read is answered too.
    done("wish", "start", "p2", text=words("wish"), rung=1, persons=("p1",))
    done("asked-by-her", "ask_for", "p2", line="wish", of="his-to-answer", because=words("by-her"))
    done("asked-of-her", "ask_for", "p3", line="letter", of="hers-to-answer", because=words("of-her"))
    done("asked-of-him", "ask_for", "p3", line="for-his-ears", of="his-to-answer", because=words("of-him"))
    for key, by, line, to in (
        ("answered-to-her", "p1", "wish", "asked-by-her"),
        ("answered-by-her", "p2", "letter", "asked-of-her"),
        ("answered-elsewhere", "p1", "for-his-ears", "asked-of-him"),
    ):
        done(key, "give", by, line=line, to=to, text=words(key), for_all="", by_mail=True)
    done("told-again", "deliver", "")
    return events
