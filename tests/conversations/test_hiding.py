"""Hidden words: a reason with a name stands in their place; nothing of them is left, and they are kept (D20)."""

from typing import Any

import pytest

from communis.answers.cutting_down import hide_reported, report
from communis.answers.models import CutDown
from communis.attention.models import Notice
from communis.conversations.contributing import contribute, start
from communis.conversations.hiding import Hiding, hidden_words, hide, show_again
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import Revision
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import own_words, revise, take_back
from communis.conversations.unnaming import show_as
from communis.conversations.words import Quoted, Terms
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.addresses import mail_address
from communis.people.holdings import viewer_for
from communis.search.similar import similar_to
from tests.cast import Cast, to_all
from tests.clock import Clock
from tests.web.forms import client_of, key_on, page

HARSH = "Bara en idiot kan föreslå lastcyklar i hemtjänsten."
REASON = "Det här är ett påhopp på en person."


def test_a_reason_in_the_place_of_the_words(people: Cast, clock: Clock) -> None:
    by = people.leyla
    harsh = to_all(Kind.IDEA, HARSH, people.johan)
    conversation, line = address_of(harsh)
    revise(line, f"{HARSH} Verkligen.", by=people.johan, correction=True)
    contribute(
        line, "Så säger man inte.", by=people.nadja, quotes=[Quoted(line, "Bara en idiot", quote=False)]
    )
    clock.news()
    nadja, client = client_of(people.nadja), client_of(by)
    assert "idiot" in page(nadja, f"/conversations/{conversation}")
    form = page(client, f"/lines/{line}/hidings")
    address = f"/lines/{line}/hidings"
    for reason in ("", " ", "x" * 501):
        refused = client.post(address, {"key": key_on(form), "reason": reason})
        assert refused.status_code == 422 and not Hiding.everything.exists()
    sent = {"key": key_on(form), "reason": REASON}
    assert client.post(address, sent).status_code == 302
    # Sent again it is done once.
    assert client.post(address, sent).status_code == 302 and Hiding.everything.count() == 1
    clock.news()
    # Whatever is made of the words follows: the page, its lists, history, quotes, feeds and similar thoughts.
    places = (f"/conversations/{conversation}", f"/lines/{line}", f"/lines/{line}/history", "/")
    for place in places:
        shown = page(nadja, place)
        assert "idiot" not in shown and "lastcyklar" not in shown, place
    shown = page(nadja, f"/conversations/{conversation}")
    assert REASON in shown and f"Hidden by {by.name}" in shown and "Så säger man inte." in shown
    assert people.johan.name not in shown
    assert REASON in page(nadja, f"/lines/{line}/history")
    assert similar_to("lastcyklar i hemtjänsten", viewer=viewer_for(people.nadja.id)) == []
    assert similar_to("påhopp på en person", viewer=viewer_for(people.nadja.id)) == []
    for notice in Notice.everything.filter(person=people.nadja):
        assert "idiot" not in page(nadja, f"/for-you/{notice.public_id}")
    # The author is told, reads his own words, and cannot bring them back by changing them.
    told = Notice.everything.get(reason=Notice.Reason.HIDDEN)
    assert told.person_id == people.johan.id
    johan = client_of(people.johan)
    own = page(johan, f"/lines/{line}")
    assert "idiot" in own and REASON in own and f"/lines/{line}/revisions" not in own
    for act in (
        lambda: revise(line, "Bara en idiot.", by=people.johan),
        lambda: own_words(line, by=people.johan),
        lambda: show_as(line, Byline.Kind.UNNAMED, by=people.johan),
    ):
        with pytest.raises(Refused, match="hidden"):
            act()
    assert "idiot" not in page(johan, f"/lines/{line}/history")
    # The steward reads what is kept, and shows it again: as it was, with the name and the place of the quote.
    hiding = Hiding.everything.get()
    assert "idiot" in page(client, "/hidden-words") and "idiot" not in page(nadja, "/hidden-words")
    assert nadja.post(f"/hidden-words/{hiding.public_id}/ends").status_code == 404
    for _ in range(2):
        assert client.post(f"/hidden-words/{hiding.public_id}/ends").status_code == 302
    clock.news()
    shown = page(nadja, f"/conversations/{conversation}")
    assert "Verkligen." in shown and REASON not in shown and people.johan.name in shown
    assert Notice.everything.filter(reason=Notice.Reason.SHOWN_AGAIN).get().person_id == people.johan.id
    assert ">Bara en idiot<" in page(nadja, f"/conversations/{conversation}")
    assert "Nothing is hidden" in page(client, "/hidden-words")
    assert Revision.everything.filter(source__contains="idiot").count() == 2


def test_who_may_and_where(people: Cast, clock: Clock, settings: Any) -> None:
    by = people.leyla
    idea = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))[1]
    answer = contribute(
        idea, HARSH, by=people.johan, choice=Choice(Rung.DIRECT, persons=(people.elin.public_id,))
    )
    line = address_of(answer)[1]
    # Where only some read no steward does; and nobody else may anywhere.
    with pytest.raises(NotThere):
        hide(line, REASON, by=by)
    for person in (people.elin, people.nadja, people.johan):
        with pytest.raises(NotThere):
            hide(idea, REASON, by=person)
    assert f"/lines/{idea}/hidings" in page(client_of(by), f"/lines/{idea}")
    assert f"/lines/{idea}/hidings" not in page(client_of(people.nadja), f"/lines/{idea}")
    # Whoever was let read it in a report may, while it is not handled.
    settings.RECEIVES_REPORTS = [mail_address(people.nadja.id) or ""]
    made = report(line, people.nadja.public_id, "Aj.", by=people.elin)
    with pytest.raises(NotThere):
        hide_reported(made, REASON, by=by)
    nadja = client_of(people.nadja)
    refused = nadja.post(f"/reports/{made}/hidings", {"key": key_on(page(nadja, "/reports")), "reason": ""})
    assert refused.status_code == 422 and "Say why" in refused.content.decode()
    assert nadja.post(f"/reports/{made}/hidings", {"reason": REASON}).status_code == 302
    with pytest.raises(Refused, match="already"):
        hide_reported(made, REASON, by=people.nadja)
    seen = shares_of(answer.conversation_id, viewer_for(people.elin.id))[-1]
    assert REASON in seen.html and seen.person_name == people.nadja.name
    # That she was answered is told, and not as if the one who hid it had answered.
    clock.news()
    told = page(client_of(people.elin), "/for-you")
    assert "Someone has answered you" in told and f"{people.nadja.name} has answered" not in told
    # She can show it again, and does not read there: neither the words nor where they stand.
    kept = hidden_words(viewer_for(people.nadja.id), by=people.nadja)
    assert [(one.words, one.line) for one in kept] == [("", "")]
    assert hidden_words(viewer_for(by.id), by=by) == []
    with pytest.raises(NotThere):
        show_again(kept[0].public_id, by=by)
    CutDown.everything.update(handled_at=1)
    with pytest.raises(NotThere):
        hide_reported(made, REASON, by=people.nadja)
    show_again(kept[0].public_id, by=people.nadja)
    assert HARSH in shares_of(answer.conversation_id, viewer_for(people.elin.id))[-1].html


def test_a_question_and_one_taken_back(people: Cast) -> None:
    terms = Terms(Level.CONSULTATION, "Vilken idiot som helst.")
    choice = Choice(Rung.ORGANISATION)
    question = start(Kind.QUESTION, HARSH, by=people.johan, choice=choice, terms=terms)
    conversation, line = address_of(question)
    hiding = hide(line, REASON, by=people.leyla)
    nadja = client_of(people.nadja)
    for place in ("/questions", f"/conversations/{conversation}", "/"):
        shown = page(nadja, place)
        assert "idiot" not in shown and REASON in shown, place
    # Taken back while it is hidden, it does not come back.
    take_back(line, by=people.johan)
    show_again(hiding, by=people.leyla)
    assert nadja.get(f"/conversations/{conversation}").status_code == 404
