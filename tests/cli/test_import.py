"""An export cut anywhere is refused by the command with its line, and adds nothing."""

import json
from pathlib import Path

import pytest

from bench.made_export import write_export
from communis.channels.importers.models import Imported
from communis.cli.main import main
from communis.conversations.models import Contribution, Draft
from communis.people.models import OutsideName
from tests.cast import Cast

CUTS = 200


def test_a_file_cut_at_any_of_two_hundred_places_adds_nothing(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "whole.xml"
    write_export(whole, posts=4, comments=30)
    data = whole.read_bytes()
    end = data.rindex(b"</rss>") + len(b"</rss>")
    cut = tmp_path / "cut.xml"
    for number in range(CUTS):
        place = (end - 1) * number // (CUTS - 1)
        cut.write_bytes(data[:place])
        assert main(["import", "wxr", str(cut), "--json"]) == 1, place
        answer = json.loads(capsys.readouterr().out.splitlines()[-1])
        (refused,) = answer["refused"]
        line = int(refused["where"].split()[-1])
        assert 1 <= line <= data[:place].count(b"\n") + 1 and refused["why"]
        assert set(answer["added"].values()) == {0}
    for model in (Imported, Draft, OutsideName):
        assert not model.objects.exists()
    assert not Contribution.everything.exists()
    assert main(["import", "wxr", str(whole), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["added"]["posts"] == 4
