import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from communis.conversations.markdown import clean_html, plain, render

from .kept_data import kept_json, present


def holds_raw_html(source: str) -> bool:
    tokens = MarkdownIt("commonmark").parse(source)
    inside = [child for token in tokens for child in token.children or []]
    return any(token.type in {"html_block", "html_inline"} for token in tokens + inside)


def words_and_tags(html: str) -> list[str]:
    return html.replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>").split()


@present
def test_examples_of_commonmark_keep_their_text_and_structure() -> None:
    examples = [one for one in kept_json("text/commonmark-spec.json") if not holds_raw_html(one["markdown"])]
    different = [
        one["example"]
        for one in examples
        if words_and_tags(render(one["markdown"])) != words_and_tags(clean_html(one["html"]))
    ]
    assert len(examples) > 550
    assert different == []  # every one of them is equal


@present
def test_naughty_strings_come_through_in_what_is_seen() -> None:
    strings = [one for one in kept_json("text/big-list-of-naughty-strings.json") if one.strip()]
    assert len(strings) > 450
    for one in strings:
        fenced = plain(render("~~~~~~~~\n" + one + "\n~~~~~~~~"))
        lines = [line for line in one.replace("\r", "\n").split("\n") if line.strip()]
        assert fenced.split("\n") == [line.replace("\x00", "\ufffd") for line in lines]


def test_html_is_shown_as_it_was_written() -> None:
    assert plain(render("<b>fet</b> <script>x</script>")) == "<b>fet</b> <script>x</script>"


def test_tables_and_strike_through() -> None:
    assert "<td>1</td>" in render("| a | b |\n|---|:-:|\n| 1 | 2 |")
    assert render("~~nej~~") == "<p><s>nej</s></p>\n"


def test_characters_are_not_normalised() -> None:
    for form in ("NFC", "NFD"):
        word = unicodedata.normalize(form, "Åäöé")
        assert plain(render(word)) == word


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", categories=["L", "N"], include_characters=" "), max_size=200
    )
)
def test_plain_words_are_seen_as_written(words: str) -> None:
    assert plain(render("x " + words)).split(" ") == [word for word in ("x " + words).split(" ") if word]
