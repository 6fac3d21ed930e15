"""An answer that is begun: kept for whoever writes it, gone when it is given, and not lost when another was faster."""

import pytest
from django.test import Client

from communis.answers.answering import Given, Wording, give_answer
from communis.answers.asking import take_ask_back
from communis.answers.drafts import drafted, drafted_among, keep_draft
from communis.answers.models import Answer, Ask
from communis.answers.verdicts import Verdict
from communis.conversations.drafting import own_drafts
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from tests.answers.town import Answering
from tests.web.forms import client_of, key_on, page

BEGUN = {"words": "Nej, inte i år.", "reason": "Taket läcker.", "verdict": "4", "reason_kind": "1"}


def kept(client: Client, ask: str, **fields: str) -> str:
    """What the script is told, having read the form and sent the fields."""
    form = {"key": key_on(page(client, f"/asks/{ask}")), **fields}
    return client.post(f"/asks/{ask}/drafts", form).content.decode()


def test_kept_while_one_writes_and_there_when_one_comes_back(answering: Answering) -> None:
    _share, ask = answering.letter()
    karin, elin = client_of(answering.people.karin), client_of(answering.people.elin)
    assert "Answer begun" not in page(karin, "/to-answer")
    assert "Saved as draft" in kept(karin, ask, **BEGUN)
    form = page(karin, f"/asks/{ask}")
    assert "Nej, inte i år." in form and "Taket läcker." in form and 'value="4" checked' in form
    assert "Answer begun" in page(karin, "/to-answer")
    listed = page(karin, "/drafts")
    assert "An answer to what you were asked" in listed and f'href="/asks/{ask}"' in listed
    assert elin.post(f"/asks/{ask}/drafts", BEGUN).status_code == 404
    assert "Nej, inte i år." not in page(elin, "/drafts")
    assert not Answer.everything.exists()


def test_the_button_keeps_it_without_a_script(answering: Answering) -> None:
    _share, ask = answering.letter()
    karin = client_of(answering.people.karin)
    answered = karin.post(f"/asks/{ask}/drafts", {**BEGUN, "do": "keep"}, follow=True)
    assert answered.redirect_chain == [("/to-answer", 302)]
    assert "Answer begun" in answered.content.decode()


def test_given_it_is_no_draft_and_a_late_save_brings_none_back(answering: Answering) -> None:
    _share, ask = answering.letter()
    karin = client_of(answering.people.karin)
    kept(karin, ask, **BEGUN)
    key = key_on(page(karin, f"/asks/{ask}"))
    karin.post(f"/asks/{ask}", {**BEGUN, "key": key, "do": "send"})
    assert Answer.everything.count() == 1 and own_drafts(by=answering.people.karin) == []
    karin.post(f"/asks/{ask}/drafts", {**BEGUN, "key": key})
    assert own_drafts(by=answering.people.karin) == []


@pytest.mark.parametrize("how", ["answered", "taken back"])
def test_over_meanwhile_what_was_written_is_kept(answering: Answering, how: str) -> None:
    people = answering.people
    _share, ask = answering.letter()
    karin = client_of(people.karin)
    key = key_on(page(karin, f"/asks/{ask}"))
    if how == "answered":
        Ask.everything.filter(public_id=ask).update(state=Ask.State.ANSWERED)
    else:
        take_ask_back(ask, by=people.elin)
    shown = karin.post(f"/asks/{ask}", {**BEGUN, "key": key, "do": "send"}, follow=True)
    said = "It is answered already." if how == "answered" else "Whoever asked has taken it back."
    assert said in shown.content.decode()
    assert "What you wrote is kept among your drafts." in shown.content.decode()
    [draft] = own_drafts(by=people.karin)
    assert draft.text == "Nej, inte i år.\n\nTaket läcker."
    # There is no form to go on in, and the words can be used for something new.
    assert f'href="/write?draft={draft.public_id}"' in page(karin, "/drafts")


def test_new_words_for_an_answer_are_kept_too(answering: Answering) -> None:
    _share, ask = answering.letter()
    karin = client_of(answering.people.karin)
    given = Given(Verdict.YES, Wording("Ja, på måndag."))
    answer = give_answer(ask, given, by=answering.people.karin)
    address = f"/answers/{answer}/replacements"
    karin.post(f"/asks/{ask}/drafts", {**BEGUN, "key": key_on(page(karin, address))})
    form = page(karin, address)
    assert "Nej, inte i år." in form and f'href="{address}"' in page(karin, "/drafts")
    karin.post(address, {**BEGUN, "key": key_on(form), "do": "send"})
    assert Answer.everything.count() == 2 and own_drafts(by=answering.people.karin) == []


def test_nothing_written_is_no_draft_and_too_much_is_refused(answering: Answering) -> None:
    karin = answering.people.karin
    _share, ask = answering.letter()
    assert keep_draft(ask, dict.fromkeys(BEGUN, ""), by=karin) is None and drafted(ask, by=karin) is None
    with pytest.raises(Refused):
        keep_draft(ask, {"words": "o" * 200_000}, by=karin)
    with pytest.raises(NotThere):
        keep_draft("none", BEGUN, by=karin)
    keep_draft(ask, BEGUN, by=karin)
    other = public_id()
    assert drafted_among([ask, other], by=karin) == {ask}
    # Emptied again, nothing of the old words comes back.
    keep_draft(ask, dict.fromkeys(BEGUN, ""), by=karin)
    assert drafted_among([ask], by=karin) == set() and own_drafts(by=karin) == []
