import pytest
from hypothesis import given
from hypothesis import strategies as st

from communis.conversations.markdown import first_line, first_sentence, plain, render
from communis.conversations.visible_text import stretches


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ett  \n två</p>\n<p>tre</p>", "Ett två\ntre"),
        ("<p>Ett<br>två</p>", "Ett\ntvå"),
        ("<p> Ett<em> två</em> </p>", "Ett två"),
        ("<p>a&amp;b &lt;c&gt;&nbsp;d</p>", "a&b <c>\xa0d"),
        ("<pre><code>a\n  b\n\nc</code></pre><p>d</p>", "a\n  b\nc\nd"),
        ("<ul><li>a</li><li><p>b</p></li></ul>", "a\nb"),
        ("<p></p><p>a</p><hr>", "a"),
        ("lös text", "lös text"),
        ("", ""),
        ('<p>a <img data-file="1" alt="b"> c</p>', "a c"),
    ],
)
def test_the_visible_text(html: str, text: str) -> None:
    assert plain(html) == text


@given(st.text(max_size=300))
def test_every_stretch_knows_its_place(source: str) -> None:
    html = render(source)
    last = 0
    for stretch in stretches(html):
        assert last <= stretch.start <= stretch.end
        last = stretch.end
        assert (
            html[stretch.start : stretch.end] == stretch.text
            or stretch.start == stretch.end
            or len(stretch.text) == 1
        )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Vi ses kl. 14. Ta med kaffe.", "Vi ses kl. 14."),
        ("Ta med t.ex. kaffe, bl.a. till Karin. Tack!", "Ta med t.ex. kaffe, bl.a. till Karin."),
        ("Bananer, äpplen m.m. Sedan gick vi.", "Bananer, äpplen m.m."),
        ("Bananer m.m. som vi åt. Sedan.", "Bananer m.m. som vi åt."),
        ("Varför det? Därför.", "Varför det?"),
        ("Den 3. mars börjar vi. Kom!", "Den 3. mars börjar vi."),
        ("A. Lindgren skrev. Vi läste.", "A. Lindgren skrev."),
        ("”Det går inte.” Så sa han.", "”Det går inte.”"),
        ("We open at 3 p.m. sharp, e.g. on Mondays. Come.", "We open at 3 p.m. sharp, e.g. on Mondays."),
        ("Version 2.5 är här", "Version 2.5 är här"),
        ("Ja... kanske. Nej.", "Ja... kanske."),
        ("Rubrik utan punkt\n\nNästa stycke. Slut.", "Rubrik utan punkt"),
    ],
)
def test_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(render(text)) == sentence


def test_the_first_line_is_cut_between_words() -> None:
    line = first_line(
        render("Vi borde låna ut verktyg på biblioteket, tycker jag, varje dag i veckan."), limit=40
    )
    assert line == "Vi borde låna ut verktyg på biblioteket…"
    assert first_line(render("![En ko](file:1)")) == "En ko"
    assert first_line("") == ""


def test_a_cut_never_divides_a_character() -> None:
    assert first_line(render("👩‍👩‍👧‍👦" * 20), limit=10) == "👩‍👩‍👧‍👦…"
    assert first_line(render("a\u030a" * 20), limit=6) == "a\u030aa\u030a…"
