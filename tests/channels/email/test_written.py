"""What a mail says for others, without a database: its pieces, its readers in words, its files, what it passes on."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from communis.channels.email.destinations import Destination
from communis.channels.email.intake.carrying import try_files
from communis.channels.email.intake.named_readers import named_readers
from communis.channels.email.intake.passed_on import as_read
from communis.channels.email.intake.placing import placed
from communis.channels.email.intake.written import Written, written_in
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parsing.reading import read
from communis.channels.email.parting.parting import Piece, part

LETTER = (
    "Tänk om vi satt hos någon annan.\nVem skulle vilja byta?\nVi kunde börja i mars.\nVi kunde börja i mars."
)


def png(side: int = 4) -> bytes:
    """A picture that does not shrink: each of its pixels is another."""
    picture = Image.effect_noise((side, side), 90)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def mail_with(*parts: str, subject: str = "En tanke", head: str = "") -> bytes:
    """A mail of these parts, each with its own headers; its sender is proved to be Elin."""
    proved = "Authentication-Results: mx.avinge.example; dmarc=pass header.from=avinge.example\r\n"
    top = f"{proved}From: elin@avinge.example\r\nSubject: {subject}\r\n{head}MIME-Version: 1.0\r\n"
    body = "".join(f"--x\r\n{part}\r\n" for part in parts)
    return f"{top}Content-Type: multipart/mixed; boundary=x\r\n\r\n{body}--x--\r\n".encode()


def words(text: str, kind: str = "plain") -> str:
    return f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{text}"


def file(name: str, content: bytes, kind: str = "application/octet-stream", more: str = "") -> str:
    head = f"Content-Type: {kind}\r\nContent-Disposition: attachment; filename={name}\r\n{more}"
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(content).decode()}"


def of(raw: bytes, destination: Destination | None = None) -> Written:
    letter = read(raw)
    assert isinstance(letter, Letter)
    return written_in(letter, destination)


def test_pieces_stand_beside_words_that_are_found_once() -> None:
    def say(*pieces: tuple[str, str]) -> list[tuple[str, str]]:
        return [tuple(one) for one in placed([Piece(*piece) for piece in pieces], LETTER)]

    first, second = "Tänk om vi satt hos någon annan.", "Vem  skulle vilja\nbyta?"
    assert say(("Ja!", first), ("Jag.", second)) == [("Ja!", first), ("Jag.", second)]
    # What is not there, is there twice, or is all of it, is not pointed at; such pieces are said together.
    twice = "Vi kunde börja i mars."
    assert say(("Hej!", ""), ("Ja!", first), ("När?", twice), ("Va?", "Hemliga ord.")) == [
        ("Hej!\n\nNär?\n\nVa?", ""),
        ("Ja!", first),
    ]
    assert placed([Piece("Ja!", "Byt stol.")], "Byt stol.") == [("Ja!", "")]
    assert say(("Ett.", first), ("Två.", first)) == [("Ett.\n\nTvå.", first)]
    # Marked twice by a program that answers a mail with a quote in it.
    assert placed([Piece("Jag.", "Läs och svara här:", second)], LETTER) == [("Jag.", second)]
    many = [Piece(f"{number}", first) for number in range(21)]
    assert placed(many, LETTER) == [("\n\n".join(piece.text for piece in many), "")]


def test_words_right_above_are_known_whatever_marks_they_have() -> None:
    text = (
        "Ja!\n\nDen 3 mars 2026 skrev Communis:\n> Elin har skrivit:\n>\n>> Tänk om.\n>>\n>> Vem?\n\n"
        "Jag.\n\n>> Eller i maj.\n\nHellre det.\n"
    )
    assert [(piece.text, piece.answers, piece.nearest) for piece in part(text).pieces] == [
        ("Ja!", "", ""),
        ("Jag.", "Elin har skrivit:", "Vem?"),
        ("Hellre det.", "Eller i maj.", ""),
    ]


@pytest.mark.parametrize(
    ("subject", "text", "circle", "everyone", "unclear"),
    [
        ("En tanke", "Byt stol.", "", False, False),
        ("[krets: Lärare] En tanke", "Byt stol.", "Lärare", False, False),
        ("Re: [CIRCLE:  Lärare ] x", "Byt stol.", "Lärare", False, False),
        ("[till: alla] En tanke", "Byt stol.", "", True, False),
        ("En tanke", "[till: kretsen Lärare]\nByt stol.", "Lärare", False, False),
        ("En tanke", "Till: kretsen Lärare\n\nByt stol.", "Lärare", False, False),
        ("En tanke", "To: everyone\nByt stol.", "", True, False),
        ("[till: alla]", "Till: alla\nByt stol.", "", True, False),
        # Nothing is guessed.
        ("[till: alla] [krets: Lärare]", "Byt stol.", "", False, True),
        ("[till: alla]", "Till: kretsen Lärare\nByt stol.", "", False, True),
        ("En tanke", "Till: alla som vill\nByt stol.", "", False, True),
        ("[krets: ]", "Byt stol.", "", False, True),
        ("[till: Karin]", "Byt stol.", "", False, True),
        ("En tanke", "Det här är [till: alla]\nByt stol.", "", False, True),
        ("En tanke [alla]", "Till Karin: byt stol.", "", False, False),
    ],
)
def test_readers_named_in_words(subject: str, text: str, circle: str, everyone: bool, unclear: bool) -> None:
    found = named_readers(subject, text)
    assert (found.circle, found.everyone, found.unclear) == (circle, everyone, unclear)
    if circle or everyone:
        assert found.words == "Byt stol." and "[" not in found.subject
    else:
        assert (found.subject, found.words) == (subject, text)


FORWARDED = (
    "Se nedan.\n\n---------- Vidarebefordrat meddelande ----------\n"
    "Från: Sofia Berg <sofia@avinge.example>\nDatum: den 3 mars 2026 14:05\nÄmne: Stolar\n\n"
    "Jag orkar inte mer.\n"
)


def test_what_is_passed_on_is_never_among_her_words() -> None:
    written = of(mail_with(words(FORWARDED), file("a.png", png()), subject="VB: Stolar"))
    assert written.words == "Se nedan." and written.files == ()
    assert written.passed_on is not None
    found = as_read(written.passed_on)
    assert found.whose == "Sofia Berg <sofia@avinge.example>"
    assert "Jag orkar inte mer." in found.words
    # As a file it is somebody else's mail too, with all that it carries.
    whole = "From: sofia@avinge.example\r\nSubject: Stolar\r\n\r\nJag orkar inte mer.\r\n"
    within = f"Content-Type: message/rfc822\r\n\r\n{whole}"
    written = of(mail_with(words("Se brevet."), within, file("a.png", png())))
    assert written.words == "Se brevet." and written.files == ()
    assert written.passed_on is not None
    found = as_read(written.passed_on)
    assert found.whose == "sofia@avinge.example" and "orkar" in found.words
    # An answer is none, whatever its program writes above what it answers.
    answer = Destination(1, line_id=1, outgoing_id=1)
    headed = FORWARDED.partition("----------\n")[2]
    assert of(mail_with(words(f"Ja.\n\n{headed}"), subject="Sv: Stolar"), answer).passed_on is None


def test_files_that_are_hers_come_along_and_marks_of_offices_do_not() -> None:
    quote = (
        "<div>Den 3 mars 2026 kl. 14:05 skrev Per &lt;per@aby.example&gt;:</div><blockquote>{}</blockquote>"
    )
    html = words(
        '<p>Se bilden: <img src="cid:own@x"> och <img src="cid:small@x"></p>'
        '<div class="gmail_signature">Elin<br><img src="cid:logo@x"></div>'
        + quote.format('<p>Förr <img src="cid:quoted@x"></p>'),
        "html",
    )
    large = png(120)
    assert len(large) > 10_000
    pictures = [
        file(f"{name}.png", large if name != "small" else png(), "image/png", f"Content-ID: <{name}@x>\r\n")
        for name in ("own", "small", "logo", "quoted")
    ]
    proof = file("smime.p7s", b"x", "application/pkcs7-signature")
    written = of(mail_with(html, *pictures, file("plan.pdf", b"%PDF-1.4 x"), proof))
    assert [one.name for one in written.files] == ["own.png", "plan.pdf"]
    tried = try_files([*written.files, *of(mail_with(words("x"), file("a.exe", b"MZ"))).files])
    assert [one.name for one in tried.can] == ["own.png", "plan.pdf"]
    (refused,) = tried.refused
    assert refused.startswith("a.exe: ")
    assert len(try_files(written.files * 6).can) == 10 and len(try_files(written.files * 6).refused) == 2


def test_links_emphasis_and_lists_of_a_mail_in_html_are_kept() -> None:
    html = '<p>Läs <a href="https://aby.example/plan">planen</a>, <b>helst i dag</b>:</p><ul><li>sidan 2</li></ul>'
    written = of(mail_with(words(html, "html")))
    assert "[planen](https://aby.example/plan)" in written.words
    assert "**helst i dag**" in written.words and "- sidan 2" in written.words
