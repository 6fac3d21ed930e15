"""What is kept of a mail from an archive: what was written, who wrote it, and no address of anybody."""

import pytest

from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parsing.reading import read
from communis.channels.importers.mailbox.words import list_of, name_of, said_in, title_of


def letter(headers: str) -> Letter:
    found = read(f"{headers}\n\nHej\n".encode())
    assert isinstance(found, Letter)
    return found


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Anna Lind <anna@x.example>", "Anna Lind"),
        ('"anna@x.example" <anna@x.example>', ""),
        ("anna.lind@x.example", ""),
        ("anna.lind <anna.lind@x.example>", ""),
        ("anna at x.example (Anna Lind)", "Anna Lind"),
        ("anna at x.example", ""),
        ("Anna Lind (anna@x.example) <lista@x.example>", "Anna Lind"),
        ("'Anna Lind' via Lista <lista@x.example>", "Anna Lind via Lista"),
    ],
)
def test_a_name_is_never_an_address_or_half_of_one(sender: str, name: str) -> None:
    assert name_of(letter(f"From: {sender}")) == name


def test_a_list_is_known_by_what_it_calls_itself() -> None:
    assert list_of(letter('From: a@b.example\nList-Id: "Prat" <Prat.lista.example>')) == "prat.lista.example"
    assert list_of(letter("From: a@b.example\nList-Id: circle 12")) == ""
    assert name_of(letter("Subject: x")) == ""


def test_a_title_is_the_subject_without_what_answering_put_before_it() -> None:
    assert title_of("Sv: Re: SV[2]: [prat] Re: kaffe") == "[prat] Re: kaffe"
    assert title_of("Fråga: till anna@x.example") == "Fråga: till …@…"
    assert title_of(" ") == "" and len(title_of("ö" * 900)) == 500


def test_what_was_written_stays_and_what_is_of_others_goes() -> None:
    said = said_in(
        "Re: Kaffe",
        "Jag håller med.\nSkriv till bo@x.example.\n\nDen 2 mars skrev Bo <bo@x.example>:\n> Mer kaffe!\n\n-- \nAnna",
        None,
    )
    assert said.text == "Jag håller med.\nSkriv till …@…."
    assert said.html(opens=False) == "<p>Jag håller med.\nSkriv till …@….</p>\n"
    assert said.html(opens=True).startswith("<h3>Kaffe</h3>\n<p>Jag")


def test_the_lists_own_footer_goes() -> None:
    footer = "---------------------\nTo unsubscribe, e-mail: x-unsubscribe@x.example\n"
    assert said_in("", f"Ja.\n\n{footer}", None).text == "Ja."
    rule = "Ja.\n\n---------------------\nOch nej."
    assert "Och nej." in said_in("", rule, None).text


def test_where_nothing_was_written_what_was_passed_on_stays_as_a_quote() -> None:
    passed_on = (
        "---------- Forwarded message ---------\nFrom: Bo <bo@x.example>\nDate: 2 mars 2026\n"
        "Subject: Kaffe\nTo: Anna <anna@x.example>\n\nMer kaffe!\n"
    )
    assert said_in("Fwd: Kaffe", passed_on, None).text == "> Mer kaffe!"
    quoted = said_in("Re: Kaffe", "Den 2 mars skrev Bo <bo@x.example>:\n> Mer kaffe!\n\n-- \nAnna Lind", None)
    assert "Mer kaffe!" in quoted.html(opens=False) and "blockquote" in quoted.html(opens=False)
    assert "bo@" not in quoted.text and "Anna Lind" not in quoted.text


def test_html_is_read_as_its_words_and_does_no_harm() -> None:
    said = said_in("x", None, '<p>Hej <a href="mailto:bo@x.example">Bo</a><script>x()</script><b>nu</b></p>')
    assert said.html(opens=False) == "<p>Hej Bo<strong>nu</strong></p>\n"
    assert "<script" not in said_in("<script>", "<script>x()</script>", None).html(opens=True)


def test_a_mail_without_words_and_one_with_very_many_are_still_mails() -> None:
    assert said_in("", "", None).html(opens=True) == said_in("", None, None).html(opens=False) == "<p>…</p>"
    assert "<h3>Kaffe</h3>" in said_in("Kaffe", "", None).html(opens=True)
    long = said_in("", "ord " * 60_000 + "\n\nslut", None).html(opens=False)
    assert len(long) > 200_000 and long.count("<p>") == 2
