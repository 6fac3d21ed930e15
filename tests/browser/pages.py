"""Every page of the demonstration that a person can come to: what is looked at, by people and by axe.

Ids are found by looking, as a person would: by following links from pages that need none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

NOBODY = ""


class Place(NamedTuple):
    """A name for pictures, who looks, and the address; ``follow`` is the pattern of a link to follow from there.

    ``words`` are words of that link, where it is not the first one.
    """

    name: str
    who: str
    address: str
    follow: str = ""
    words: str = ""


PLACES = [
    Place("front-signed-out", NOBODY, "/"),
    Place("murmur-older", NOBODY, "/murmur"),
    Place("questions-signed-out", NOBODY, "/questions"),
    Place("public-post", NOBODY, "/", r"^/conversations/\w+"),
    Place("sign-in", NOBODY, "/sign-in"),
    Place("sign-in-none", NOBODY, "/sign-in/without-invitation"),
    Place("records", NOBODY, "/records"),
    Place("accessibility", NOBODY, "/accessibility"),
    Place("privacy", NOBODY, "/privacy"),
    Place("words", NOBODY, "/words"),
    Place("help", NOBODY, "/help"),
    Place("help-writing", "Elin", "/help/writing"),
    Place("help-answering", "Elin", "/help/answering"),
    Place("help-stewards", "Leyla", "/help/stewards"),
    Place("help-registrars", NOBODY, "/help/registrars"),
    Place("try", NOBODY, "/try"),
    Place("mails", NOBODY, "/mails"),
    Place("stop-mail", NOBODY, f"/stop-mail/{'a' * 26}"),
    Place("missing", NOBODY, "/conversations/none"),
    Place("offline", NOBODY, "/offline"),
    Place("design", NOBODY, "/design"),
    Place("front", "Elin", "/"),
    Place("write", "Elin", "/write"),
    Place("write-question", "Elin", "/write?kind=question"),
    Place("write-post", "Elin", "/write?kind=post"),
    Place("drafts-empty", "Elin", "/drafts"),
    Place("for-you", "Elin", "/for-you"),
    Place("mail-choice", "Elin", "/for-you/mail"),
    Place("conversations", "Elin", "/conversations"),
    Place("letter", "Elin", "/conversations", r"^/conversations/\w+", "Jag tänkte först"),
    Place("long-thread", "Elin", "/conversations", r"^/conversations/\w+", "möten på onsdagar"),
    Place("openings", "Elin", "/widenings"),
    Place("opening", "Elin", "/widenings", r"^/widenings/\w+"),
    Place("questions", "Elin", "/questions"),
    Place("question", "Elin", "/questions", r"^/conversations/\w+"),
    Place("people", "Elin", "/people"),
    Place("person", "Elin", "/people", r"^/people/\w+"),
    Place("you", "Elin", "/you"),
    Place("circles", "Amina", "/circles"),
    Place("circle", "Amina", "/circles", r"^/circles/(?!new)\w+", "Matsvinnsgruppen"),
    Place("circle-new", "Amina", "/circles/new"),
    Place("front-amina", "Amina", "/"),
    Place("drafts", "Johan", "/drafts"),
    Place("held-mail", "Johan", "/held-mail"),
    Place("passings", "Johan", "/passings"),
    Place("front-johan", "Johan", "/"),
    Place("to-answer", "Johan", "/to-answer"),
    Place("give-answer", "Johan", "/to-answer", r"^/asks/\w+"),
    Place("promise", "Johan", "/to-answer/promise"),
    Place("mandates", "Leyla", "/mandates"),
    Place("already-tried", NOBODY, "/already-tried"),
    Place("tried", "Elin", "/already-tried", r"^/already-tried/[0-9a-f]{32}$", "Praktikdag"),
    Place("write-tried", "Karin", "/already-tried/new"),
    Place("import-tried", "Leyla", "/already-tried/import"),
    Place("stewards-people", "Leyla", "/stewards/people"),
    Place("stewards-person", "Leyla", "/stewards/people?q=Elin", r"^/stewards/people/\w+"),
    Place("stewards-mail", "Leyla", "/stewards/mail"),
    Place("outside-mail", "Leyla", "/stewards/mail/outside"),
    Place("imports", "Leyla", "/imports"),
    Place("import", "Leyla", "/imports", r"^/imports/\w+"),
    Place("stewards-name-claims", "Leyla", "/stewards/name-claims"),
    Place("name-claims", "Elin", "/name-claims"),
    Place("claims", "Elin", "/claims"),
    Place("behind-the-scenes", "Elin", "/behind-the-scenes"),
    Place("behind-the-scenes-before", "Elin", "/behind-the-scenes?where=everyone"),
    Place("receipt", NOBODY, "/receipt"),
    Place("sign-in-closed", NOBODY, "/sign-in/closed"),
    Place("you-steward", "Leyla", "/you"),
]
# What the letter begins with in the English demonstration: by these words it is found, wherever it is.
LETTER = "At first I meant to write this openly"


class Picture(NamedTuple):
    """One of the few pictures in README.md: its file in docs/pictures, who looks, at what, and how wide."""

    file: str
    who: str
    what: str
    width: int


README_PICTURES = [
    Picture("front.webp", "Elin", "front", 1280),
    Picture("letter.webp", "Elin", "letter", 1280),
    Picture("opening.webp", "Elin", "opening", 1280),
    Picture("letter-on-a-telephone.webp", "Elin", "letter", 360),
]
# Below a contribution of the letter, written by Elin herself.
BELOW_A_LINE = {
    "line": "",
    "answer": "/answers",
    "quote": "/answers?quote=1",
    "revise": "/revisions",
    "history": "/history",
    "take-back": "/takings-back",
    "restate": "/restatements",
    "byline": "/byline",
    "narrowing": "/narrowings",
    "ask-about": "/asks",
}
# Below the letter's conversation.
BELOW_A_CONVERSATION = {"propose": "/widenings"}
BELOW_A_QUESTION = {"what-became": "/what-became"}
# Below the circle that Amina looks after.
BELOW_A_CIRCLE = {
    "circle-change": "/changes",
    "circle-nest": "/nesting",
    "circle-history": "/history",
    "circle-leave": "/leaving",
    "circle-let-in": "/members",
}


def sign_in(page: Page, who: str) -> None:
    """As one of those the demonstration offers, or with the code from a kept mail."""
    page.goto("/try")
    button = page.locator(f"button[value={who.lower()}]")
    if button.count():
        button.click()
    else:
        page.goto("/sign-in")
        page.locator("input[name=email]").fill(f"{who.lower()}@avinge.example")
        page.locator("main form button.main").click()
        page.wait_for_url("**/sign-in/code**")
        address = page.url
        page.goto("/mails")
        # Others are told of what happens meanwhile.
        mails = [one for one in page.locator("article").all_inner_texts() if f"{who.lower()}@" in one]
        code = next(filter(None, (re.search(r"\b(\d{6})\b", one) for one in mails)), None)
        assert code, "no code in the newest mail"
        page.goto(address)
        page.locator("input[name=code]").fill(code[1])
        page.locator("main form button.main").click()
    page.wait_for_load_state()


def signed_in(browser: Browser, address: str) -> dict[str, list[dict[str, object]]]:
    """The cookies of everyone who looks at something: signed in once each."""
    cookies: dict[str, list[dict[str, object]]] = {NOBODY: []}
    for who in sorted({place.who for place in PLACES} - {NOBODY}):
        context = browser.new_context(base_url=address)
        sign_in(context.new_page(), who)
        cookies[who] = [dict(cookie) for cookie in context.cookies() if "language" not in str(cookie["name"])]
        context.close()
    return cookies


def places(found_by: dict[str, BrowserContext]) -> Iterator[Place]:
    """Every place with its whole address; ``found_by`` has a context of everyone who looks."""
    for place in PLACES:
        yield place._replace(address=_followed(found_by[place.who], place)) if place.follow else place
    letter = _followed(found_by["Elin"], next(place for place in PLACES if place.name == "letter"))
    line = _opening(found_by["Elin"], letter)
    for name, below in BELOW_A_LINE.items():
        yield Place(name, "Elin", line + below)
    for name, below in BELOW_A_CONVERSATION.items():
        yield Place(name, "Elin", letter + below)
    question = _followed(found_by["Elin"], next(place for place in PLACES if place.name == "question"))
    for name, below in BELOW_A_QUESTION.items():
        yield Place(name, "Elin", question + below)
    circle = _followed(found_by["Amina"], next(place for place in PLACES if place.name == "circle"))
    for name, below in BELOW_A_CIRCLE.items():
        yield Place(name, "Amina", circle + below)


def _opening(context: BrowserContext, conversation: str) -> str:
    """The address of what the conversation began with."""
    page = context.new_page()
    page.goto(conversation)
    line = page.locator(".c.d0").first.get_attribute("id")
    page.close()
    return f"/lines/{line}"


def _followed(context: BrowserContext, place: Place) -> str:
    page = context.new_page()
    page.goto(place.address)
    links = page.locator("main a").evaluate_all(
        "all => all.map(one => [one.getAttribute('href'), one.textContent])"
    )
    page.close()
    return next(
        link.split("#")[0]
        for link, words in links
        if link and re.search(place.follow, link) and place.words in words
    )


def found_for_readme(found_by: dict[str, BrowserContext]) -> dict[str, str]:
    """``{what: its address}`` for ``README_PICTURES``, in a demonstration in English."""
    page = found_by["Elin"].new_page()
    letter = _conversation_with(page, LETTER)
    openings = _links(page, "/widenings", r"^/widenings/\w+")
    if not openings:
        _propose(found_by["Karin"].new_page(), letter)
        openings = _links(page, "/widenings", r"^/widenings/\w+")
    page.close()
    return {"front": "/", "letter": letter, "opening": openings[0]}


def _conversation_with(page: Page, words: str) -> str:
    """The first of one's own conversations that says this. Raises LookupError when none does."""
    for conversation in dict.fromkeys(_links(page, "/conversations", r"^/conversations/\w+")):
        page.goto(conversation)
        if words in page.locator("main").inner_text():
            return conversation
    raise LookupError(f"no conversation of the demonstration says: {words}")


def _propose(page: Page, conversation: str) -> None:
    """Ask to open it to all employees, as a person does, in a demonstration where nobody has."""
    page.goto(f"{conversation}/widenings")
    page.locator("input[name=audience][value=organisation]").check()
    page.locator("#reason").fill("More people should read this.")
    page.locator("main form.opening button.main").click()
    page.wait_for_url("**/widenings/**")
    page.close()


def _links(page: Page, address: str, pattern: str) -> list[str]:
    page.goto(address)
    links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [link.split("#")[0] for link in links if link and re.search(pattern, link)]
