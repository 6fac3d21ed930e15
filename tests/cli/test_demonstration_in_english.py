"""The same demonstration in English: as much of everything, open to the same people."""

import re

import pytest

from communis.conversations.listing import conversations
from communis.conversations.reading import shares_of
from communis.conversations.reconciling import differences
from communis.people.models import Person
from tests.cli.test_demonstration import built_in, seen, viewer, words


@pytest.mark.django_db
def test_in_english_it_is_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    places = built_in(monkeypatch, tmp_path_factory, "en")
    assert Person.everything.get(name__startswith="Elin").language == "en"
    assert len(seen(places, "letter", "karin")) == 11 and len(seen(places, "letter", "amina")) == 9
    assert len(seen(places, "long_thread", "nadja")) == 152
    assert "we need stand-ins" in " ".join(words(share) for share in seen(places, "letter", "elin"))
    assert differences() == []
    swedish = re.compile(r"\b(och|inte|som|jag)\b", re.IGNORECASE)
    said = [
        share
        for listed in conversations(viewer("amina"))
        for share in shares_of(listed.conversation, viewer("amina"))
    ]
    assert [words(share) for share in said if swedish.search(words(share))] == []
