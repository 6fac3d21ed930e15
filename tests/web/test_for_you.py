"""The page of one's notices: a reason on every line, read marks, following, and the choice of mail."""

from communis.attention.mail_choices import mail_choice, may_be_mailed, pause_mail
from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.following import marks_of
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Following
from communis.conversations.outing import flag_outing
from communis.conversations.revising import revise, take_back
from communis.conversations.thanking import thank
from communis.openness.bylines import Byline
from tests.cast import Cast, letter, to_all
from tests.clock import Clock
from tests.web.test_front import client_of, page


def notice_of(person_id: int) -> str:
    return str(Notice.everything.filter(person_id=person_id).latest("id").public_id)


def test_every_line_says_why(people: Cast, clock: Clock) -> None:
    letter("Tänk om vi bytte stol.", people.elin, people.karin)
    clock.news()
    text = page(people.karin, "/for-you")
    assert "Elin Forsgren has written to you" in text and "Tänk om vi bytte stol." in text
    assert "Why am I told?" in text and "You are one of those it is written to." in text
    assert "Tänk om vi bytte stol." not in page(people.elin, "/for-you")


def test_a_notice_is_gone_when_its_words_are(people: Cast, clock: Clock) -> None:
    share = letter("Tänk om vi bytte stol.", people.elin, people.karin)
    before = page(people.johan, "/for-you")
    clock.news()
    notice = notice_of(people.karin.id)
    take_back(address_of(share)[1], by=people.elin)
    client = client_of(people.karin)
    text = client.get("/for-you").content.decode()
    assert "Elin" not in text and "stol" not in text and notice not in text
    assert "Nothing waits for you." in text and "Nothing waits for you." in before
    gone, never = client.get(f"/for-you/{notice}"), client.get(f"/for-you/{'0' * 32}")
    assert gone.status_code == never.status_code == 404
    assert (
        gone.content.replace(notice.encode(), b"0" * 32).split(b"csrf")[0] == never.content.split(b"csrf")[0]
    )


def test_a_correction_shows_the_old_words_and_the_new(people: Cast, clock: Clock) -> None:
    opening = letter("vi behöver inte vikarier", people.elin, people.karin)
    contribute(address_of(opening)[1], "Säkert?", by=people.karin)
    clock.minutes(3)
    revise(address_of(opening)[1], "vi behöver vikarier", by=people.elin, correction=True)
    clock.news()
    notice = notice_of(people.karin.id)
    assert "Elin Forsgren has corrected what you answered" in page(people.karin)
    text = page(people.karin, f"/for-you/{notice}")
    assert "<del>" in text and "inte" in text.split("<del>")[1].split("</del>")[0]
    assert "vi behöver vikarier" in text and "vi behöver inte vikarier" in text
    assert client_of(people.elin).get(f"/for-you/{notice}").status_code == 404
    # Having looked at it is having read it.
    assert "Elin Forsgren has corrected what you answered" not in page(people.karin)


def test_reading_by_hand(people: Cast, clock: Clock) -> None:
    for number in range(3):
        letter(f"Brev {number}.", people.elin, people.karin)
    clock.news()
    client = client_of(people.karin)
    assert page(people.karin, "/for-you").count('class="notice new"') == 3
    client_of(people.elin).post("/for-you/readings", {"notices": notice_of(people.karin.id)})
    assert page(people.karin, "/for-you").count('class="notice new"') == 3
    client.post("/for-you/readings", {"notices": notice_of(people.karin.id)})
    text = page(people.karin, "/for-you")
    assert text.count('class="notice new"') == 2
    shown = [one.split('"')[0] for one in text.split('type="hidden" name="notices" value="')[1:]]
    clock.minutes(1)
    letter("Efter.", people.elin, people.karin)
    clock.news()
    client.post("/for-you/readings", {"notices": shown})
    assert page(people.karin, "/for-you").count('class="notice new"') == 1


def test_opening_the_conversation_reads_its_notices(people: Cast, clock: Clock) -> None:
    share = letter("Brev.", people.elin, people.karin)
    clock.news()
    assert "Elin Forsgren has written to you" in page(people.karin)
    page(people.karin, f"/conversations/{address_of(share)[0]}")
    assert "Elin Forsgren has written to you" not in page(people.karin)
    assert "Elin Forsgren has written to you" in page(people.karin, "/for-you")


def test_following_from_the_list(people: Cast, clock: Clock) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    contribute(address_of(share)[1], "Ja!", by=people.karin)
    clock.news()
    address = f"/for-you/{notice_of(people.elin.id)}/following"
    client_of(people.elin).post(address, {"way": "silent"})
    assert marks_of(share.conversation_id, by=people.elin).way == Following.Way.SILENT
    assert "Silent: you are not told of anything here." in page(people.elin, "/for-you")
    assert client_of(people.karin).post(address, {"way": "listen"}).status_code == 404
    client_of(people.elin).post(address, {"way": "neither"})
    assert marks_of(share.conversation_id, by=people.elin).way is None


def test_the_choice_of_mail(people: Cast) -> None:
    client = client_of(people.karin)
    stopped = client.post("/for-you/mail", {"do": "stop"}, follow=True).content.decode()
    assert "No mail is sent to you." in stopped
    assert not may_be_mailed(people.karin.id) and may_be_mailed(people.elin.id)
    client.post("/for-you/mail", {"do": "start"})
    assert may_be_mailed(people.karin.id)
    typed = {"mail_words": "no", "at_once": "51", "digests": "3"}
    refused = client.post("/for-you/mail", typed)
    assert refused.status_code == 422 and 'value="51"' in refused.content.decode()
    assert mail_choice(people.karin.id).words
    client.post("/for-you/mail", typed | {"at_once": "0"})
    kept = mail_choice(people.karin.id)
    assert (kept.words, kept.at_once, kept.digests) == (False, 0, 3)
    assert "07.00, 12.00, 16.00</option>" in client.get("/for-you/mail").content.decode()
    pause_mail(people.karin.id)
    assert "Our mails to you came back." in client.get("/for-you").content.decode()
    client.post("/for-you/mail", {"do": "again"})
    assert may_be_mailed(people.karin.id)


def test_the_list_goes_on_page_by_page(people: Cast, clock: Clock) -> None:
    for number in range(65):
        letter(f"Brev {number:02}.", people.elin, people.karin)
    clock.news()
    client, address, words = client_of(people.karin), "/for-you", []
    while address:
        text = client.get(address).content.decode()
        words += [line.split(">")[-1] for line in text.split("</p>") if 'class="answers"' in line]
        after = text.split('href="/for-you?after=')
        address = f"/for-you?after={after[1].split(chr(34))[0]}" if len(after) > 1 else ""
    assert words == [f"Brev {number:02}." for number in range(64, -1, -1)]


def test_only_signed_in(people: Cast) -> None:
    client = client_of(people.karin)
    client.logout()
    for address in ("/for-you", f"/for-you/{'0' * 32}"):
        assert client.get(address).status_code == 302
    assert client.post("/for-you/mail", {"do": "stop"}).status_code == 302
    assert client_of(people.karin).get("/for-you")["Cache-Control"] == "no-store, private"


def test_whoever_is_thanked_or_flagged_is_told_why(people: Cast, clock: Clock) -> None:
    line = address_of(to_all(Kind.IDEA, "Byt stol.", people.karin))[1]
    contribute(line, "Jag vågar inte.", by=people.elin, hidden=Byline.Kind.UNNAMED)
    guess = address_of(contribute(line, "Elin, va?", by=people.johan))[1]
    thank(guess, "Tack.", by=people.nadja)
    flag_outing(guess, by=people.nadja)
    clock.news()
    text = page(people.johan, "/for-you")
    assert "Only you and the one who thanks can read it." in text
    assert "Nobody is told who said so." in text
