"""Every mail of the folder of odd and broken ones, against what another reader found in it."""

import json
import time
from pathlib import Path
from typing import Any

from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parsing.reading import read

SECONDS = 2


def _same(text: str) -> str:
    """Apart from white space, and from what is never kept."""
    return " ".join(text.replace("\u00ad", "").replace("\0", "").split())


def test_all_are_read_fast_and_the_same_in_the_child(shared_data: Path) -> None:
    """The child has 200 MiB and two seconds of the processor for each; whatever takes more comes back Unreadable."""
    files = sorted((shared_data / "mime").rglob("*.eml"))
    assert len(files) == 108
    for file in files:
        raw = file.read_bytes()
        began = time.process_time()
        letter = read(raw)
        assert time.process_time() - began < SECONDS, file
        assert isinstance(letter, Letter), file
        assert read_in_child(raw, seconds=SECONDS, mebibytes=200) == letter, file


def test_texts_and_files_are_those_that_another_reader_found(shared_data: Path) -> None:
    compared = {"text": 0, "html": 0, "attachments": 0}
    for file in sorted((shared_data / "mime").rglob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        letter = read(file.with_suffix(".eml").read_bytes())
        assert isinstance(letter, Letter), file
        text, html = _only(gold, "text_body", "Text"), _only(gold, "html_body", "Html")
        if text is not None:
            assert _same(letter.text or "") == _same(text), file
            compared["text"] += 1
        if html is not None:
            assert _same(letter.html or "") == _same(html), file
            compared["html"] += 1
        assert len(letter.attachments) == len(gold["attachments"]), file
        compared["attachments"] += 1
    assert compared == {"text": 33, "html": 12, "attachments": 40}


def _only(gold: dict[str, Any], body: str, kind: str) -> str | None:
    """The words of the parts that are shown, if all are of one kind."""
    parts = [gold["parts"][number]["body"] for number in gold[body]]
    if not parts or any(kind not in part for part in parts):
        return None
    return " ".join(part[kind] for part in parts)
