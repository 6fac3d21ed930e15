"""Every page there is, in both languages, on a telephone and a wide screen: axe finds nothing, nothing sticks out,
nothing is too small for a thumb or said in the other language, no console has an error, and nothing is asked of
another host.
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from playwright.sync_api import Page, expect

from communis.answers.answering import Given, Wording, give_answer, open_answers
from communis.answers.asking import ask
from communis.answers.helping import offer_help
from communis.answers.mandates import give_mandate
from communis.answers.outcomes import Outcome, tell_outcome
from communis.answers.reasons import answer_reason
from communis.answers.resting import let_rest
from communis.answers.showing import contribution_of
from communis.answers.trials.changing import say_changed
from communis.answers.trials.words import Words
from communis.answers.trials.writing import Around, write_trial
from communis.answers.verdicts import ReasonKind, Verdict
from communis.attention.models import Notice
from communis.behind_the_scenes.claiming import claim
from communis.behind_the_scenes.keys import key_for
from communis.behind_the_scenes.places import Place
from communis.behind_the_scenes.release import release
from communis.behind_the_scenes.writing import keep
from communis.channels.email.checks.findings import not_tested, ok, wrong
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.models import Arrived, MailCheck
from communis.channels.email.outside.addresses import open_address
from communis.channels.email.outside.held import let_in
from communis.channels.email.reply_addresses import reply_address
from communis.channels.importers import name_claiming, settling
from communis.channels.importers.running import run_next
from communis.conversations.contributing import contribute, start
from communis.conversations.crediting import take_credit
from communis.conversations.drafting import keep_for_later
from communis.conversations.gate import seen_contributions
from communis.conversations.hiding import hide
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import Line
from communis.conversations.openings import newest_openings
from communis.conversations.revising import revise, take_back
from communis.conversations.thanking import thank
from communis.conversations.words import Quoted, Terms
from communis.journal.moments import DAY, HOUR, now
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import parse
from communis.openness.rungs import Rung
from communis.people.first_run import first_steward
from communis.people.holdings import viewer_for
from communis.people.invitations import invite
from communis.people.models import Person
from communis.widening.completing import choose_to_open, open_due
from communis.widening.lessons import propose_lesson
from communis.widening.proposing import propose
from tests.addresses import patterns
from tests.browser.conftest import stays_home, too_small
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.channels.importers.wxr.test_correctness import export
from tests.clock import Clock
from tests.languages import in_the_other_language
from tests.web.forms import client_of
from tests.web.test_files import picture as photograph
from tests.web.test_files import sent_to_karin
from tests.web.test_imports import WHOLE, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]

NO_PAGE = "a form is sent there; it leads to another page, or shows the one it was sent from"
NOT_LOOKED_AT = {
    **dict.fromkeys(
        ["following", "thoughts", "read-notices", "follow-notice", "draft-removal", "undo"],
        NO_PAGE,
    ),
    **dict.fromkeys(["rests", "helpers"], NO_PAGE),
    **dict.fromkeys(
        ["hand-over", "new-day", "conflict", "take-ask-back", "end-mandate", "keep-answer", "own-absence"],
        NO_PAGE,
    ),
    **dict.fromkeys(["clarity", "handle-report", "answer-draft", "send-held", "throw-held"], NO_PAGE),
    **dict.fromkeys(
        ["close-outside-address", "let-in-mail", "throw-outside-mail", "ask-outside-sender"], NO_PAGE
    ),
    **dict.fromkeys(["hide-reported", "show-again", "ask-author", "answer-passing"], NO_PAGE),
    **dict.fromkeys(["answer-name-claim", "import-names", "thanks", "outing-flags"], NO_PAGE),
    **dict.fromkeys(["member", "take-back-invitation", "import-bringing-in", "import-held"], NO_PAGE),
    **dict.fromkeys(["adoptions", "reactions", "simpler-wishes", "reading-help", "adviser"], NO_PAGE),
    **dict.fromkeys(["manifest", "service-worker"], "for the browser, not for people"),
    **dict.fromkeys(["account_logout", "set_language", "try-as", "try-at", "account_inactive"], NO_PAGE),
    **dict.fromkeys(
        ["conversation-new", "murmur-new", "import-progress", "readings", "blurs", "similar-thoughts"],
        "a piece that another page takes in",
    ),
    "behind-the-scenes-words": "words are sent there without a cookie; looked at in test_behind_the_scenes.py",
    "draft-files": "a picture or file is sent there by a script; what comes back is a piece of the form",
    **dict.fromkeys(["file", "small-file", "draft-file", "small-draft-file"], "a file"),
    **dict.fromkeys(["take-trial-back", "say-changed", "take-change-back"], NO_PAGE),
    **dict.fromkeys(["feed", "trials-feed"], "a feed, for programs"),
    "trials-json": "for programs",
    "robots": "words for programs",
    "first-steward": "there is somebody here; it has a test of its own below",
}


@pytest.fixture(autouse=True)
def as_in_the_demonstration(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.DEMONSTRATION = settings.DEVELOPMENT = True
    settings.LEAST_BEHIND_THE_SCENES = 2
    settings.EMAIL_BACKEND = "communis.people.mail_folder.MailFolder"


def places(people: Cast, clock: Clock) -> dict[str, tuple[Person | None, list[str]]]:
    """By pattern: who looks, and at which addresses, of a world where every page has something to show."""
    opening = "Jag tänkte först skriva det här öppet.\n\nTänk om vi bytte stol en förmiddag."
    conversation, line = address_of(letter(opening, people.elin, people.karin))
    answer = contribute(line, "Vem täcker?", by=people.karin, quotes=[Quoted(line, "en förmiddag")])
    answered = address_of(answer)[1]
    thank(answered, "Det hjälpte mig.", by=people.elin)
    told_to_all = propose_lesson(
        answered, "Den som går måste ha en som täcker.", Rung.PUBLIC, by=people.karin
    )
    found = [wrong("forged", "forged on top"), not_tested("mx", "dns silent"), ok("worker", "worker")]
    MailCheck.objects.create(
        state=MailCheck.State.FINISHED, finished_at=now(), findings=[list(one) for one in found]
    )
    own = address_of(contribute(answered, "Vi behöver inte vikarier.", by=people.elin))[1]
    contribute(own, "Säkert?", by=people.karin)
    revise(own, "Vi behöver vikarier.", by=people.elin, correction=True)
    terms = Terms(Level.CONSULTATION, "Ramen ligger fast.", hosts=(people.sofia.id,))
    all_employees = Choice(Rung.ORGANISATION)
    asked = start(
        Kind.QUESTION, "Hur blir vi mer nyskapande?", by=people.karin, choice=all_employees, terms=terms
    )
    question, question_line = address_of(asked)
    unnamed = contribute(question_line, "Jag vågar inte.", by=people.elin, hidden=Byline.Kind.PSEUDONYM)
    guessed = address_of(contribute(address_of(unnamed)[1], "Är det Elin?", by=people.johan))[1]
    take_credit(question_line, Byline.Kind.NAMED, by=people.karin)
    gone = contribute(question_line, "Fort sagt.", by=people.amina)
    contribute(address_of(gone)[1], "Jag håller med.", by=people.nadja)
    take_back(address_of(gone)[1], by=people.amina)
    hidden_line = address_of(contribute(question_line, "Så dumt frågat.", by=people.johan))[1]
    hide(hidden_line, "Det är ett påhopp.", by=people.leyla)
    public = address_of(open_post("I våras fick jag ett brev.", people.karin))[0]
    circle = address_of(to_circle("Halva portionen först.", people.amina, people.food_waste))[0]
    pictured = sent_to_karin(people, photograph())
    opening_asked = propose(conversation, all_employees, "Fler borde läsa.", by=people.karin)
    told = address_of(to_circle("Filt under hjulen hjälper.", people.amina, people.food_waste))
    opened = told[1]
    with override_settings(HOURS_TO_TAKE_BACK=0):
        choose_to_open(propose(told[0], all_employees, "Fler borde läsa.", by=people.amina), by=people.amina)
        assert open_due() == 1
    draft = keep_for_later("En tanke till.", by=people.elin).public_id
    answered_by_mail(people.karin, line)
    clock.news()
    notices = [f"/for-you/{one.public_id}" for one in Notice.everything.filter(person_id=people.karin.id)]
    leyla = client_of(people.leyla)
    waits, done, cut = (upload(leyla, data, "Bloggen") for data in (WHOLE, WHOLE, WHOLE[:-9]))
    while run_next():
        pass
    leyla.post(f"{done}/bringing-in")
    run_next()
    inside = '<img src="http://10.0.0.1/en/ganska/lang/adress/till/parken-i-juni-1200x800.png" alt="Parken">'
    with_picture = upload(leyla, export(body=inside).replace("<title>Blog<", "<title>Parkbloggen<").encode())
    run_next()
    leyla.post(f"{with_picture}/bringing-in")
    run_next()
    tried = leyla.post(f"{with_picture}/pictures", {"key": "a" * 32})["Location"]
    run_next()
    blog = next(one for one in newest_openings(PUBLIC_VIEWER, 30) if one.share.outside_name)
    claims = {
        one.name: name_claiming.claim_name(blog.share.line, "Jag minns den.", by=one)
        for one in (people.amina, people.nadja, people.vera)
    }
    settling.settle(claims["Nadja Petrović"], False, "Hon var inte där.", by=people.leyla)
    settling.settle(claims["Amina Warsame"], True, "", by=people.leyla)
    of_amina, of_vera = (f"/stewards/name-claims/{claims[name]}" for name in ("Amina Warsame", "Vera"))
    place = Place(circle=people.food_waste.public_id)
    receipt = keep(key_for(place, by=people.amina), "Vi väger fel kärl.").receipt
    clock.forward(DAY)
    assert release() == 1
    to_nadja = Choice(Rung.DIRECT, persons=(people.nadja.public_id,))
    shown = claim(parse(receipt), to_nadja, "Det var jag.", by=people.amina)
    karins = give_mandate(people.karin, "arbetssätt", by=people.leyla, hosts=[people.sofia]).public_id
    give_mandate(people.johan, "planering", by=people.leyla)
    idea, idea_line = address_of(to_all(Kind.IDEA, "Tänk om vi bytte stol.", people.elin))
    waits_for_karin = ask(idea_line, karins, by=people.elin, because="det brådskar")
    answered_idea, answered_line = address_of(to_all(Kind.IDEA, "Tysta hjul.", people.elin))
    no = Given(Verdict.NO, Wording("Nej, inte i år.", "Vi tittar på det framöver."), ReasonKind.MONEY)
    given = give_answer(ask(answered_line, karins, by=people.elin), no, by=people.karin)
    # Of the question: one idea that was carried out, one that waits; and one elsewhere that rests.
    done_line, waiting_line = (
        address_of(contribute(question_line, text, by=people.elin))[1]
        for text in ("Ta bort en blankett.", "Ta bort en till.")
    )
    with override_settings(HOURS_OF_HEADS_UP=0):
        yes = Given(Verdict.YES, Wording("Ja, vi gör det."))
        said_yes = give_answer(ask(done_line, karins, by=people.elin), yes, by=people.karin)
        assert open_answers() == 1
    [answered_yes] = seen_contributions([contribution_of(said_yes)], viewer_for(people.karin.id))
    became = Outcome("Blanketten är borta.", effect="Ett papper mindre.", goal="mindre papper")
    tell_outcome(answered_yes.line, became, by=people.karin)
    offer_help(done_line, by=people.amina)
    ask(waiting_line, karins, by=people.elin)
    resting, resting_line = address_of(to_all(Kind.IDEA, "En paus.", people.elin))
    let_rest(resting_line, by=people.elin)
    refused, refused_line = address_of(letter("Vi borde sitta vid fönstret.", people.elin, people.karin))
    refusal = give_answer(ask(refused_line, karins, by=people.elin), no, by=people.karin)
    replied_line = address_of(letter("Byt mötesrum.", people.elin, people.karin))[1]
    answer_reason(
        give_answer(ask(replied_line, karins, by=people.elin), no, by=people.karin),
        "Det kostar inget.",
        by=people.elin,
    )
    pool = Words(
        "Gemensam cykelpool", "Gata och park", 2023, "Fel ställe.", "Lås utan nyckel.", theme="Resor"
    )
    pool_tried = write_trial(pool, Around(Rung.PUBLIC, None, people.nadja), by=people.karin)
    say_changed(pool_tried, "Nu finns lås.", by=people.amina)
    clock.forward(DAY + HOUR)
    open_answers()
    clock.news()
    invited = invite("Ny Person", "ny@avinge.example", by=people.leyla)
    unit = people.food_waste.public_id
    return {
        "front": (people.elin, ["/"]),
        "to-answer": (people.karin, ["/to-answer", "/", f"/conversations/{idea}"]),
        "own-promise": (people.karin, ["/to-answer/promise"]),
        "ask": (people.karin, [f"/asks/{waits_for_karin}"]),
        "ask-about": (people.elin, [f"/lines/{idea_line}/asks", f"/conversations/{answered_idea}"]),
        "answer-reason": (people.elin, [f"/answers/{refusal}/reason", f"/conversations/{refused}"]),
        "report": (people.elin, [f"/lines/{answered}/reports"]),
        "reports": (people.leyla, ["/reports"]),
        "hide": (people.leyla, [f"/lines/{idea_line}/hidings"]),
        "hidden-words": (people.leyla, ["/hidden-words", f"/lines/{hidden_line}"]),
        "replace-answer": (people.karin, [f"/answers/{given}/replacements"]),
        "tell-outcome": (people.karin, [f"/lines/{answered_yes.line}/outcomes", f"/lines/{done_line}"]),
        "what-became": (
            people.elin,
            [
                f"/conversations/{question}/what-became",
                f"/lines/{done_line}",
                f"/lines/{resting_line}",
                f"/conversations/{resting}",
            ],
        ),
        "mandates": (people.leyla, ["/mandates"]),
        "trials": (
            people.karin,
            ["/already-tried", "/already-tried?year=2023&theme=Resor", "/already-tried?year=1"],
        ),
        "trial": (people.amina, [f"/already-tried/{pool_tried}"]),
        "import-trials": (people.leyla, ["/already-tried/import"]),
        "write-trial": (people.karin, ["/already-tried/new"]),
        "change-trial": (people.karin, [f"/already-tried/{pool_tried}/revisions"]),
        "draw-trial": (people.karin, [f"/answers/{given}/trials"]),
        "murmur": (people.elin, ["/murmur"]),
        "questions": (people.elin, ["/questions"]),
        "conversations": (people.elin, ["/conversations"]),
        "conversation": (people.elin, [f"/conversations/{one}" for one in (conversation, question, public)]),
        "line": (people.elin, [f"/lines/{line}", f"/lines/{own}", f"/lines/{guessed}"]),
        "line-history": (people.elin, [f"/lines/{own}/history"]),
        "answer": (people.elin, [f"/lines/{line}/answers", f"/lines/{line}/answers?quote=1"]),
        "propose-opening": (people.karin, [f"/conversations/{conversation}/widenings"]),
        "widenings": (people.elin, ["/widenings"]),
        "widening": (people.elin, [f"/widenings/{opening_asked}"]),
        "narrowing": (people.amina, [f"/lines/{opened}/narrowings"]),
        "byline": (people.elin, [f"/lines/{own}/byline"]),
        "draw-lesson": (people.karin, [f"/lines/{answered}/lessons", f"/lines/{answered}"]),
        "lesson": (people.elin, [f"/lessons/{told_to_all}", "/widenings"]),
        "name-claim": (people.sofia, [f"/lines/{blog.share.line}/name-claims", f"/lines/{blog.share.line}"]),
        "name-claims": (
            people.amina,
            ["/name-claims", f"/lines/{blog.share.line}", f"/conversations/{blog.conversation_public_id}"],
        ),
        "behind-the-scenes": (people.amina, ["/behind-the-scenes", f"/behind-the-scenes?where={unit}"]),
        "receipt": (None, ["/receipt"]),
        "claims": (people.amina, ["/claims"]),
        "claim": (people.nadja, [f"/claims/{shown}", "/for-you"]),
        "stewards-name-claims": (people.leyla, ["/stewards/name-claims", "/for-you"]),
        "stewards-name-claim": (people.leyla, [of_amina, of_vera]),
        "restate": (people.amina, [f"/lines/{question_line}/restatements"]),
        "moves": (people.elin, [f"/lines/{own}/moves"]),
        "revise": (people.elin, [f"/lines/{own}/revisions", f"/lines/{pictured}/revisions"]),
        "take-back": (people.elin, [f"/lines/{own}/takings-back"]),
        "write": (
            people.amina,
            ["/write", f"/write?to={people.karin.public_id}", f"/write?circle={unit}"]
            + [f"/write?kind={kind}" for kind in ("idea", "question", "post")],
        ),
        "drafts": (people.elin, ["/drafts", f"/write?draft={draft}"]),
        "held-mail": (people.karin, ["/held-mail"]),
        "passings": (people.karin, ["/passings"]),
        "for-you": (people.karin, ["/for-you"]),
        "notice": (people.karin, notices),
        "people": (people.elin, ["/people", "/people?q=Karin"]),
        "person": (people.elin, [f"/people/{people.karin.public_id}"]),
        "own-page": (people.karin, ["/you"]),
        "circles": (people.amina, ["/circles"]),
        "circle": (people.amina, [f"/circles/{unit}", f"/circles/{people.management.public_id}"]),
        "found-circle": (people.amina, ["/circles/new"]),
        "change-circle": (people.amina, [f"/circles/{unit}/changes"]),
        "nest-circle": (people.amina, [f"/circles/{unit}/nesting"]),
        "circle-history": (people.amina, [f"/circles/{unit}/history"]),
        "leave-circle": (people.nadja, [f"/circles/{unit}/leaving"]),
        "let-in": (people.amina, [f"/circles/{unit}/members?q=Karin", f"/conversations/{circle}"]),
        "stewards-people": (people.leyla, ["/stewards/people", "/stewards/people?q=Karin"]),
        "stewards-person": (people.leyla, [f"/stewards/people/{people.karin.public_id}"]),
        "stewards-mail": (people.leyla, ["/stewards/mail"]),
        "outside-mail": (people.leyla, ["/stewards/mail/outside", written_about_from_outside(people)]),
        "imports": (people.leyla, ["/imports"]),
        "import": (people.leyla, [waits, done, cut, tried]),
        "import-pictures": (people.leyla, [f"{with_picture}/pictures", f"{done}/pictures"]),
        "invitation": (None, [f"/invitations/{invited}"]),
        "account_login": (None, ["/sign-in", "/"]),
        "account_signup": (None, ["/sign-in/without-invitation"]),
        "design": (people.leyla, ["/design"]),
        "offline": (None, ["/offline"]),
        "records": (None, ["/records"]),
        "accessibility": (None, ["/accessibility", f"/conversations/{public}"]),
        "privacy": (people.elin, ["/privacy"]),
        "words": (None, ["/words"]),
        "help": (None, ["/help"]),
        "help-writing": (people.elin, ["/help/writing"]),
        "help-answering": (people.karin, ["/help/answering"]),
        "help-stewards": (people.leyla, ["/help/stewards"]),
        "help-registrars": (None, ["/help/registrars"]),
        "mail-choice": (people.karin, ["/for-you/mail"]),
        "stop-mail": (None, [f"/stop-mail/{'a' * 26}"]),
        "mails": (None, ["/mails"]),
        "try": (None, ["/try"]),
    }


# Written only into the page by sending something.
SENT = ["account_request_login_code", "account_confirm_login_code", "previews"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_accessible(
    people: Cast,
    clock: Clock,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    language: str,
) -> None:
    looked_at = places(people, clock)
    names = {name for _, name in patterns()}
    assert names == looked_at.keys() | NOT_LOOKED_AT.keys() | set(SENT), (
        "say who looks at the new page, and where"
    )
    pages: dict[int, Page] = {}
    complaints: list[str] = []

    def page_of(person: Person | None) -> Page:
        key = person.id if person else 0
        if key not in pages:
            pages[key] = as_person(person, language=language)
            stays_home(pages[key].context, {"localhost", "127.0.0.1"}, complaints)
        return pages[key]

    def look(page: Page, name: str) -> None:
        assert page.locator("html").get_attribute("lang") == language
        assert in_the_other_language(page.content(), language) == [], page.url
        accessible(page)
        assert complaints == [], page.url
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert too_small(page) == [], (page.url, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                name,
                width,
                page.url,
            )
            picture(page, f"{name}-{language}-{width}")

    for name, (person, addresses) in looked_at.items():
        for number, address in enumerate(addresses):
            page = page_of(person)
            answer = page.goto(local(page, address) if name in ("mails", "try") else address)
            assert answer is not None and answer.status == 200, address
            look(page, f"{name}-{number}")
    # What forms say when something is missing, and the addresses that never were.
    for name, person, address in (
        ("write-empty", people.elin, "/write?kind=question"),
        ("found-empty", people.elin, "/circles/new"),
        ("import-empty", people.leyla, "/imports"),
        ("revise-empty", people.elin, looked_at["revise"][1][0]),
    ):
        page = page_of(person)
        page.goto(address)
        if name == "write-empty":
            page.locator("input[name=audience][value=organisation]").check()
        if name == "revise-empty":
            page.locator("#text").fill("")
        page.locator("main form button.main").last.click()
        expect(page.locator(".fault").first).to_be_visible()
        look(page, name)
    page = page_of(None)
    page.goto("/sign-in")
    page.locator("main form button.main").click()
    expect(page.locator(".fault").first).to_be_visible()
    look(page, "address-empty")
    page.locator("input[name=email]").fill("elin@avinge.example")
    page.locator("main form button.main").click()
    page.wait_for_url("**/sign-in/code**")
    look(page, "code")
    page.locator("input[name=code]").fill("000000")
    page.locator("main form button.main").click()
    expect(page.locator(".fault").first).to_be_visible()
    look(page, "code-wrong")
    for name, address in (("missing", "/never-was"), ("spent", f"/invitations/{'5' * 32}")):
        page.goto(address)
        look(page, name)
    page = page_of(people.elin)
    page.goto("/write")
    page.locator("#text").fill("**Fet** tanke.")
    page.evaluate("const form = document.getElementById('compose'); form.action = '/previews'; form.submit()")
    expect(page.locator(".preview strong")).to_be_visible()
    look(page, "previews")


def answered_by_mail(person: Person, line: str) -> None:
    """A mail in answer to the line, of which nothing shows who sent it."""
    number = Line.everything.get(public_id=line).id
    to = reply_address(person.id, number, mail="<1@avinge.example>")
    raw = b"From: karin.hemma@epost.example\r\nSubject: Sv\r\n\r\nDet g\xc3\xb6r vi g\xc3\xa4rna.\r\n"
    spool().keep(Envelope(to, "karin.hemma@epost.example", "local", False, now()), raw)
    receive()


def written_about_from_outside(people: Cast) -> str:
    """Two mails that wait, one that was let in, an address that is open, and a question that has none.

    Returns the conversation of the one that has.
    """
    terms = Terms(Level.CONSULTATION, "Ramen ligger fast.")
    anyone = Choice(Rung.PUBLIC)
    question = start(Kind.QUESTION, "Hur ska parken se ut?", by=people.karin, choice=anyone, terms=terms)
    start(Kind.QUESTION, "Var ska bussen stanna?", by=people.karin, choice=anyone, terms=terms)
    conversation, line = address_of(question)
    to = open_address(line, by=people.leyla)
    found = "Authentication-Results: mx.avinge.example; dmarc=pass header.from=epost.example\r\n"
    named = "From: Berit Ek <berit.med.en.ganska.lang.adress@epost.example>\r\nSubject: Bänk vid ån\r\n"
    file = "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=ritning.pdf\r\n"
    parts = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n'
    written = "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSätt en bänk vid ån.\r\n"
    mails = [
        f"{found}{named}\r\nSläpp in mig.\r\n",
        f"{found}{named}{parts}\r\n{written}--x\r\n{file}\r\n%PDF\r\n--x--\r\n",
        "From: okand@epost.example\r\n\r\n> Bara citat.\r\n",
    ]
    with override_settings(MAIL_AUTHENTICATED_BY="mx.avinge.example"):
        for mail in mails:
            spool().keep(Envelope(to, "berit@epost.example", "local", True, now()), mail.encode())
        receive()
    let_in(Arrived.objects.filter(outside__isnull=False).earliest("id").public_id, by=people.leyla)
    return f"/conversations/{conversation}"


def local(page: Page, address: str) -> str:
    """The same server by the name that only this machine has."""
    return f"http://localhost:{urlsplit(str(page.evaluate('location.origin'))).port}{address}"


def test_the_first_page_of_an_installation_is_accessible(
    transactional_db: None, as_person: Visit, accessible: Callable[[Page], None]
) -> None:
    link = first_steward() or ""
    for language in ("sv", "en"):
        page = as_person(None, language=language)
        page.goto(link.removeprefix(django_settings.BASE_URL))
        accessible(page)
        page.locator("main form button.main").click()
        expect(page.locator(".fault")).to_have_count(3)
        accessible(page)
