import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communis.conversations.markdown import (
    TextTooLong,
    clean_html,
    from_html,
    plain,
    render,
)

from .inspection import faults
from .kept_data import attacks, present


def test_the_inspection_finds_what_it_should() -> None:
    for bad in [
        "<script>x</script>",
        "<p onclick=a>",
        "<p id=a>",
        '<a href="java\tscript:x" rel="noopener noreferrer nofollow ugc">',
        "<a href=/>x</a>",
        "<!-- x -->",
        "<img src=http://x/y>",
        "<p hx-get=/x>",
        "<mark>x</mark>",
    ]:
        assert faults(bad), bad


@present
@pytest.mark.parametrize("way", [render, clean_html, from_html])
def test_no_attack_code_survives(way) -> None:
    inputs = attacks()
    assert len(inputs) > 1700
    found = {attack: faults(way(attack)) for attack in inputs if faults(way(attack))}
    assert found == {}


@present
def test_attack_code_in_markdown_link_places_does_not_survive() -> None:
    for attack in attacks():
        for source in (f"[a]({attack})", f"![a]({attack})", f"[a](<{attack}> '{attack}')", f"<{attack}>"):
            assert faults(render(source)) == []
            assert faults(clean_html(f'<a href="{attack}">x</a><img src="{attack}" alt="{attack}">')) == []


@pytest.mark.parametrize(
    "address",
    [
        *["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)"],
        *["&#106;avascript:alert(1)", "\x01javascript:alert(1)", "data:text/html,<b>", "vbscript:x"],
        *["file:///etc/passwd", "blob:x", "file:2"],
    ],
)
def test_links_with_other_schemes_lose_their_address(address: str) -> None:
    assert "href" not in clean_html(f'<a href="{address}">ord</a>')
    assert "ord" in clean_html(f'<a href="{address}">ord</a>')


def test_attributes_that_act_or_reveal_are_dropped() -> None:
    html = '<p id="a" class="b" style="color:red" hx-get="/x" data-hx-post="/y" onclick="z" lang="sv">Hej</p>'
    assert clean_html(html) == "<p>Hej</p>"


def test_pictures_from_elsewhere_become_links() -> None:
    link = '<a href="https://a.example/b.png?x=1&amp;y=2" rel="noopener noreferrer nofollow ugc">En ko</a>'
    assert render("![En ko](https://a.example/b.png?x=1&y=2)") == f"<p>{link}</p>\n"
    assert clean_html('<img src="https://a.example/b.png?x=1&amp;y=2" alt="En ko">') == link
    unnamed = clean_html('<a href="/stor"><img src="http://a.example/liten.jpg" srcset="x"></a>')
    assert unnamed == '<a href="/stor" rel="noopener noreferrer nofollow ugc">liten.jpg</a>'
    assert clean_html('<img src="data:image/png;base64,AAAA" alt="En ko">') == "En ko"
    assert "youtube.example/1" in clean_html('<iframe src="https://youtube.example/1"></iframe>')


def test_own_pictures_are_markers_that_survive() -> None:
    html = render('Se ![Rådhuset & "torget"](file:2)!')
    assert html == '<p>Se <img data-file="2" alt="Rådhuset &amp; &quot;torget&quot;">!</p>\n'
    assert clean_html(html) == html
    for number in ("0", "-1", "12345", "1/../2", "x"):
        assert "<img" not in render(f"![alt](file:{number})")
        assert "<img" not in clean_html(f'<img data-file="{number}" alt="a">')


def test_headings_stay_below_those_of_the_page() -> None:
    assert render("# A\n\n###### B") == "<h3>A</h3>\n<h6>B</h6>\n"
    assert clean_html("<h2>A</h2><h5>B</h5>") == "<h3>A</h3><h6>B</h6>"


def test_an_older_post_gets_its_paragraphs() -> None:
    body = (
        "Hej <em>du</em>\nrad två\n\nNytt [gallery ids=1]\n<blockquote>ett\n\ntvå</blockquote>\nslut<!--x-->"
    )
    assert from_html(body).replace("\n", "") == (
        "<p>Hej <em>du</em><br>rad två</p><p>Nytt [gallery ids=1]</p>"
        "<blockquote><p>ett</p><p>två</p></blockquote><p>slut</p>"
    )
    assert from_html("<pre>a\n\n  b</pre>") == "<pre>a\n\n  b</pre>"
    assert from_html("<ul><li>a\n\nb</li></ul>") == "<ul><li>a\n\nb</li></ul>"


def test_a_post_of_blocks_keeps_its_blocks() -> None:
    body = '<!-- wp:paragraph {"x":1} -->\n<p class="k">Ett</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:more -->'
    assert from_html(body).strip() == "<p>Ett</p>"


def test_relative_links_of_a_post_keep_pointing_to_its_site() -> None:
    assert 'href="https://blog.example/om"' in from_html(
        '<a href="/om">om</a>', base="https://blog.example/p/1"
    )


def test_too_long_a_text_is_refused_with_its_length() -> None:
    for way in (render, clean_html, from_html):
        with pytest.raises(TextTooLong) as refusal:
            way("å" * 100_001)
        assert (refusal.value.length, refusal.value.limit) == (100_001, 100_000)
        assert "100001" in str(refusal.value)
        assert "å" in way("å" * 100_000)


BOMBS = {
    "quotes": "> " * 50_000,
    "lazy quotes": ">" * 50 + "a\n" * 40_000,
    "lists": "- " * 50_000,
    "brackets": "[" * 100_000,
    "pictures": "![" * 50_000,
    "some brackets": "[a![](" * 1_999,
    "links": "[a](" * 25_000,
    "stars": "*a **b " * 14_000,
    "mixed stars": "*_" * 50_000,
    "ticks": " ".join("`" * count for count in range(1, 440)),
    "angles": "<" * 100_000,
    "table": "|" + "a|" * 150 + "\n|" + "-|" * 150 + "\n" + "|\n" * 49_000,
    "rows": "|a|\n|-|\n" + "|a|\n" * 24_000,
    "one definition used often": "[a]: /" + "x" * 50_000 + "\n\n" + "[a]" * 3_900,
    "short lines": "a\n\n" * 33_000,
    "spaces": "a" + " " * 99_000 + "b",
    "elements": "<div>" * 20_000,
    "tables": "<table><tr><td>" * 6_600,
    "formatting": "<b><p>x" * 14_000,
    "distinct formatting": "".join(f"<font color={n}>" for n in range(3_000)) + "<p>x" * 9_000,
    "comments": "<!--" * 25_000,
    "unended attribute": "<a b='" * 16_000,
    "many attributes": "<a " + "x=1 " * 24_000 + ">",
}


@pytest.mark.parametrize("name", BOMBS)
def test_nothing_written_to_hang_hangs(name: str) -> None:
    source = BOMBS[name][:100_000]
    for way in (render, clean_html, from_html):
        started = time.process_time()
        html = way(source)
        plain(html)
        assert time.process_time() - started < 20
        assert len(html) < 3_000_000


def test_text_nested_too_deep_keeps_its_words() -> None:
    assert "hello" in plain(render("> " * 150 + "hello"))
    assert "hello" in plain(render("- " * 45 + "hello"))
    assert "hello" in plain(render("*a **b " * 60 + "hello" + "** *" * 60))
    assert plain(clean_html("<div>" * 500 + "<b>hello</b>" + "</div>" * 500)) == "hello"


FRAGMENTS = """
    < > </ <a~href= " ' <img~src=x~alt= javascript: <svg> <math> <p> <b> <table> <td> </p> <style> <!-- --> &
    &lt; <title> <select> <br> [ ]( ) ![ * _ ` ~~~~ -~ >~ | file:1 <mtext> <noscript>
"""
fragments = [fragment.replace("~", " ") for fragment in FRAGMENTS.split()]
markup = st.lists(
    st.one_of(st.sampled_from([*fragments, "\n\n", "\x00"]), st.text(max_size=8)), max_size=40
).map("".join)


@settings(max_examples=300, deadline=None)
@given(markup)
def test_whatever_comes_in_only_the_subset_comes_out(source: str) -> None:
    for way in (render, clean_html, from_html):
        html = way(source)
        assert faults(html) == []
        assert clean_html(html) == html


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(markup)
def test_whatever_comes_in_only_the_subset_comes_out_for_long(source: str) -> None:
    for way in (render, clean_html, from_html):
        html = way(source)
        assert faults(html) == []
        assert clean_html(html) == html
