"""The command that fetches pictures: what it would ask, what came, and what not, in one object."""

import json
from pathlib import Path
from typing import Any

import pytest

from communis.channels.importers.wxr.importing import import_wxr
from communis.cli.main import main
from communis.conversations.models import File
from tests.cast import Cast
from tests.channels.importers.wxr.test_correctness import export


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = main(["import", "pictures", *words, "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return code, answer


def blog(people: Cast, tmp_path: Path, title: str, *addresses: str) -> None:
    pictures = "".join(f'<img src="{address}" alt="En bild">' for address in addresses)
    path = tmp_path / "export.xml"
    path.write_text(export(body=pictures).replace("<title>Blog<", f"<title>{title}<"))
    import_wxr(path, by=people.leyla)


def test_first_a_look_and_then_each_refusal_with_its_reason(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = ["http://10.0.0.1/a.png", "http://10.0.0.1/b.png"]
    blog(people, tmp_path, "Ett", *inside)
    blog(people, tmp_path, "Två", "https://bilder.invalid:8443/c.png")
    code, answer = asked(capsys, "--dry-run")
    assert (code, answer["ok"]) == (0, True)
    assert answer["read"] == {"pictures": 3} and answer["posts"] == 2 and answer["refused"] == []
    assert answer["hosts"] == {"10.0.0.1": 2, "bilder.invalid": 1}
    code, answer = asked(capsys)
    assert (code, answer["added"], answer["already_there"]) == (0, {"pictures": 0}, {"pictures": 0})
    assert [one["where"] for one in answer["refused"]] == [*inside, "https://bilder.invalid:8443/c.png"]
    assert all(one["why"] and len(one["line"]) == 32 for one in answer["refused"])
    assert answer["refused_total"] == 3 and not File.everything.exists()
    assert main(["import", "pictures"]) == 0
    told = capsys.readouterr().out
    assert inside[0] in told and "3" in told


def test_what_cannot_be_is_said_in_the_same_shape(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--as", "ingen@avinge.example"], [str(tmp_path / "export.xml")]):
        code, answer = asked(capsys, *words)
        assert (
            code == 1 and answer["read"] == answer["added"] == {"pictures": 0} and answer["refused"][0]["why"]
        )
    assert asked(capsys)[1]["read"] == {"pictures": 0}


def test_a_blog_still_needs_its_file(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "wxr", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["where"] == "wxr"
