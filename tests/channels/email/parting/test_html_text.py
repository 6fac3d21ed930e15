"""Mail in HTML becomes text in which quotes are marked; nothing of it is fetched or run."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communis.channels.email.parting.html_text import text_of_html
from communis.channels.email.parting.parting import part


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ett</p><p>Två<br>rader</p>", "Ett\n\nTvå\nrader"),
        ("<div>Ett</div><div><br></div><div>Två</div>", "Ett\n\nTvå"),
        (
            '<p class="MsoNormal">Ett</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">Två</p>',
            "Ett\n\nTvå",
        ),
        ('<p style="margin:0cm">Ett</p><p style="margin:0cm">Två</p><p>Tre</p>', "Ett\nTvå\n\nTre"),
        ("Hej <b>du </b>och <i>ni</i>, <b><i>alla</i></b>.", "Hej **du** och *ni*, ***alla***."),
        ("<ol><li>ett<ul><li>inne</li></ul></li><li><p>två</p></li></ol>", "1. ett\n  - inne\n2. två"),
        ('<a href="https://aby.example/plan">planen</a>', "[planen](https://aby.example/plan)"),
        ('<a href="https://aby.example/plan">https://aby.example/plan</a>', "https://aby.example/plan"),
        ('<a href="mailto:a@aby.example">a@aby.example</a>', "a@aby.example"),
        ('<a href="javascript:alert(1)">tryck</a>', "tryck"),
        ('<img src="https://aby.example/spy.gif" width="1"><img src="cid:1" alt="😀">Hej', "😀Hej"),
        ("<style>p{}</style><script>alert(1)</script><title>x</title>Hej", "Hej"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<pre>en\n  två</pre>", "en\n  två"),
        ("<h2>Rubrik</h2>Text", "## Rubrik\n\nText"),
        (
            "<table><tr><td>Namn</td><td>Anna</td></tr><tr><td>Ort</td><td>Åby</td></tr></table>",
            "Namn Anna\nOrt Åby",
        ),
        ("<blockquote>ett<blockquote>två</blockquote>tre</blockquote>", "> ett\n>\n> > två\n>\n> tre"),
        (
            "<blockquote>Hur?</blockquote>Så.<blockquote>När?</blockquote>Nu.",
            "> Hur?\n\nSå.\n\n> När?\n\nNu.",
        ),
        ("", ""),
    ],
)
def test_words_and_their_shape_are_kept(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote>HEMLIGT</blockquote>",
        '<blockquote type="cite"><div>HEMLIGT</div></blockquote>',
        '<blockquote class="gmail_quote"><div>a</div><div>HEMLIGT</div></blockquote>',
        '<div style="border-left: 1px solid #ccc; padding-left: 1ex"><p>HEMLIGT</p></div>',
        '<hr><div id="divRplyFwdMsg">Okända ord</div><div>HEMLIGT</div>',
        '<div id="mail-editor-reference-message-container"><p>HEMLIGT</p></div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p>Okända ord</p></div><p>HEMLIGT</p>',
        '<div style="border-right:none;border-top:1pt solid #e1e1e1"><p>Okända ord</p></div><p>HEMLIGT</p>',
        '<div style="border:none;border-left:solid blue 1.5pt"><p>Okända ord</p><p>HEMLIGT</p></div>',
        '<div class="yahoo_quoted"><div>HEMLIGT</div></div>',
        "<div>&gt; HEMLIGT</div>",
        "<div>" * 2_000 + "HEMLIGT",
        "<blockquote><ul><li>HEMLIGT</li></ul></blockquote>",
        "<blockquote><pre>a\nHEMLIGT</pre></blockquote>",
        "<table><tr><td><blockquote>a<br>HEMLIGT</blockquote></td></tr></table>",
        "<ul><li>a<blockquote>b<br>HEMLIGT</blockquote></li></ul>",
        "<blockquote>a<p>HEMLIGT</blockquote>",
    ],
)
def test_what_a_program_marks_as_quoted_is_never_written(quote: str) -> None:
    parted = part(text_of_html(f"<div>Ja.</div>{quote}"))
    assert "HEMLIGT" in parted.elided
    assert not {"HEMLIGT", "Okända"} & set(parted.written.split())


@pytest.mark.parametrize("name", ['id="Signature"', 'class="gmail_signature"', 'class="moz-signature"'])
def test_a_marked_signature_is_not_written(name: str) -> None:
    parted = part(text_of_html(f"<div>Ja.</div><div {name}>Anna Berg<br>Bibliotekarie</div>"))
    assert (parted.written, "Bibliotekarie" in parted.signature) == ("Ja.", True)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<blockquote>", "</blockquote>", "<p>", "<br>", "<b>", "</b>", "<li>"]
        )
        | st.sampled_from(
            ["<ul>", "</ul>", '<a href="https://a.example">', "</a>", "<pre>", "<td>", "&nbsp;", "<"]
        )
        | st.sampled_from(["ord", " ", "\n", "<script>", "<!--", "<h1>", "<ol>", "<img alt='x'>"]),
        max_size=40,
    ).map("".join)
)
def test_any_html_becomes_text_and_words_in_a_quote_stay_in_it(html: str) -> None:
    text_of_html(html)
    parted = part(text_of_html(f"<blockquote>HEMLIGT<br>HEMLIGT</blockquote>{html}"))
    assert "HEMLIGT" not in parted.written


REPEATED = [
    "<div>",
    "<blockquote>a",
    "<b><i>a</b>",
    "<table>a",
    "<p>a</p>",
    "<li>a",
    "<br>",
    "<",
    "&amp;",
    "<b>a</b> ",
]


@pytest.mark.parametrize("repeated", REPEATED)
def test_large_html_takes_less_than_a_second_for_a_hundred_thousand_characters(repeated: str) -> None:
    begun = time.process_time()
    text_of_html((repeated * 100_000)[:100_000])
    assert time.process_time() - begun < 1
