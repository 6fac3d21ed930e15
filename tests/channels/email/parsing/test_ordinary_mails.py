"""What people send, in the charsets and with the words they use: read as they wrote it, and taken for theirs."""

from pathlib import Path

import pytest

from communis.channels.email.parsing.kinds import LetterKind, kind_of
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parsing.reading import read
from tests.channels.email.parsing.nordic import ORDINARY, Ordinary


def test_there_are_thirty() -> None:
    assert len(ORDINARY) == len({mail.name for mail in ORDINARY}) == 30


@pytest.mark.parametrize("mail", ORDINARY, ids=lambda mail: mail.name)
def test_an_ordinary_mail_is_read_as_it_was_written(mail: Ordinary) -> None:
    letter = read(mail.raw)
    assert isinstance(letter, Letter)
    assert letter.subject == mail.subject
    assert letter.text is not None
    assert letter.text.splitlines() == mail.text.splitlines()
    assert letter.sender is not None and letter.sender.address.endswith("@kommun.example")
    assert kind_of(letter, own_hosts=["ideas.example"]).kind is LetterKind.PERSONAL


def test_answers_of_real_mail_programs_are_personal(shared_data: Path) -> None:
    files = sorted((shared_data / "replies" / "talon-eml").glob("*.eml"))
    assert len(files) == 12
    for file in files:
        letter = read(file.read_bytes())
        assert isinstance(letter, Letter), file.name
        assert kind_of(letter).kind is LetterKind.PERSONAL, file.name
        assert (letter.text or letter.html or "").strip(), file.name
