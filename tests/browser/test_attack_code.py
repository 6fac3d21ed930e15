"""XSS-1: two thousand attacks, written and brought in, run nothing in a real browser and fetch nothing."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from communis.channels.importers.wxr.importing import import_wxr
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.listing import conversations
from communis.conversations.models import Conversation
from communis.looking.viewers import PUBLIC_VIEWER
from tests.cast import Cast, to_all
from tests.channels.importers.wxr.conftest import FOOTER, HEADER, ITEM
from tests.conversations.kept_data import attacks, present

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]

# What attack code calls to show that it runs, in whatever frame it does.
WATCHED = """
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = () => { (top.ran ??= []).push(name); };
"""
# Kept here, so that something is tried where the collections are absent.
OWN = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '<a href="javascript:alert(1)">ord</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<details open ontoggle=alert(1)>ord</details>",
    "<input autofocus onfocus=alert(1)>",
    '<p hx-get="/x" hx-trigger="load" hx-on:load="alert(1)">ord</p>',
    "[ord](javascript:alert(1))",
    '<img src="https://elsewhere.example/spy.png">',
    '<p style="background:url(https://elsewhere.example/spy.png)">ord</p>',
]
# Of all attacks, so many run where nothing holds them back: otherwise the test would show nothing.
RUN_UNHELD = 4


def runs_nothing(page: Page, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.context.add_init_script(WATCHED)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    for link in page.locator(".c .words a").all()[:20]:
        link.focus()
    page.mouse.wheel(0, 4000)
    assert page.evaluate("window.ran ?? []") == []
    own = page.url.split("/conversations")[0]
    assert [url for url in fetched if not url.startswith((own, "data:"))] == []
    found = page.evaluate("""() => [...document.querySelectorAll(".c .words *")].flatMap((one) => [
        ...[...one.attributes].filter((a) => /^(on|hx-|data-hx-|style|srcdoc)/i.test(a.name)).map((a) => a.name),
        ...(one.matches("script, iframe, object, embed, svg, math, form, input, style, link, meta, base")
            ? [one.tagName] : []),
        ...(one.matches("a[href]") && !["http:", "https:", "mailto:", "tel:"].includes(one.protocol)
            ? [one.href] : []),
    ])""")
    assert found == []


def test_what_is_written_runs_nothing(people: Cast, as_person: Visit) -> None:
    written("".join(f"{attack}\n\n" for attack in OWN), people, as_person)


@present
def test_attacks_of_others_written_run_nothing(people: Cast, as_person: Visit) -> None:
    """Several in a contribution, or the page would have thousands."""
    size = 5
    collected = [attack.replace("\0", "") for attack in attacks()]
    texts = ["\n\n".join(collected[at : at + size]) for at in range(0, len(collected), size)]
    links = [f"[ord]({attack}) ![ord]({attack}) <{attack}>" for attack in collected if "\n" not in attack]
    texts += ["\n\n".join(links[at : at + 50]) for at in range(0, len(links), 50)]
    written(texts[0], people, as_person, texts[1:])


def written(first: str, people: Cast, as_person: Visit, rest: list[str] | None = None) -> None:
    conversation, line = address_of(to_all(Kind.IDEA, first, people.elin))
    for text in rest or []:
        contribute(line, text, by=people.elin)
    page = as_person(people.karin)
    runs_nothing(page, f"/conversations/{conversation}")
    expect(page.locator(".c")).to_have_count(1 + len(rest or []))
    # The title, the list and the page of writing show the words as well.
    for address in (
        "/",
        "/conversations",
        f"/lines/{line}/answers?quote=1",
        f"/lines/{line}/history",
        "/drafts",
    ):
        page.goto(address)
        assert page.evaluate("window.ran ?? []") == [], address


def test_what_is_brought_in_runs_nothing(people: Cast, as_person: Visit, tmp_path: Path) -> None:
    brought_in(OWN, people, as_person, tmp_path)


@present
def test_attacks_of_others_brought_in_run_nothing(people: Cast, as_person: Visit, tmp_path: Path) -> None:
    brought_in(attacks(), people, as_person, tmp_path)


def brought_in(tried: list[str], people: Cast, as_person: Visit, folder: Path) -> None:
    """Each as a comment, as the name of one who comments, and all in the body of a post."""
    comments = "".join(
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_author>{cdata(attack[:60])}</wp:comment_author>"
        f"<wp:comment_author_url>{cdata(attack)}</wp:comment_author_url>"
        f"<wp:comment_content>{cdata(attack + ' ord')}</wp:comment_content></wp:comment>"
        for number, attack in enumerate(tried, start=1)
    )
    path = folder / "attacks.xml"
    body = "\n\n".join(tried).replace("]]>", "]]]]><![CDATA[>")
    path.write_text(HEADER + ITEM % (body, comments) + FOOTER, encoding="utf-8")
    report = import_wxr(path, by=people.leyla)
    assert report.added["comments"] >= len(tried) * 0.95
    (item,) = conversations(PUBLIC_VIEWER)
    page = as_person(None)
    runs_nothing(page, f"/conversations/{Conversation.everything.get(id=item.conversation).public_id}")
    assert page.locator(".c").count() >= len(tried) * 0.95


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def test_where_nothing_holds_them_back_they_run(browser: Browser) -> None:
    """Else the tests above would find nothing whatever we did."""
    context = browser.new_context()
    context.add_init_script(WATCHED)
    page = context.new_page()
    page.route("**", lambda route: route.abort())
    frames = "".join(f'<iframe srcdoc="{escape(attack)}"></iframe>' for attack in OWN)
    page.set_content(frames)
    page.wait_for_function(f"(window.ran ?? []).length >= {RUN_UNHELD}")
    context.close()
