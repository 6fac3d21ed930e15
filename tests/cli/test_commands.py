"""Every command answers alike: one JSON object last, a plain sentence, an exit code."""

import argparse
from pathlib import Path

import pytest

from communis.cli.main import all_commands, main
from communis.cli.result import Result
from tests.cli.product import communis, last_object, migrated


def test_every_command_has_the_same_shape() -> None:
    found = all_commands()
    assert {"check", "migrate", "serve", "worker"} <= {command.NAME for command in found}
    for command in found:
        assert command.__name__.rsplit(".", 1)[1].rstrip("_") == command.NAME.replace("-", "_")
        assert command.HELP
        assert command.run.__annotations__["return"] is Result
        command.add_arguments(argparse.ArgumentParser())


@pytest.mark.parametrize("words", [[], ["fly"], ["check", "--fast"], ["serve", "--port", "many"]])
def test_wrong_usage_is_said_and_is_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--json"]) == 2
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert '"ok": false' in said
    assert main(words) == 2
    assert "usage: communis" in capsys.readouterr().err


def test_migrate_and_check_on_an_empty_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    migrated = communis(data, "migrate", "--json")
    assert migrated.returncode == 0, migrated.stderr
    assert "communis.0001_first" in last_object(migrated)["applied"]
    assert last_object(communis(data, "migrate", "--json"))["applied"] == []
    checked = communis(data, "check", "--json")
    assert checked.returncode == 0
    told = last_object(checked)
    assert (told["ok"], told["wrong"]) == (True, [])
    assert "COMMUNIS_REGISTRAR" in told["left_to_say"]
    assert "- COMMUNIS_REGISTRAR: " in communis(data, "check").stdout


def test_check_says_what_an_organisation_has_left_to_say(tmp_path: Path) -> None:
    """D16, D35, D51: what the pages about the place need is named until it is there, and nothing is refused."""
    data = migrated(tmp_path / "data")
    said = {
        "COMMUNIS_ORGANISATION": "Åvinge kommun",
        "COMMUNIS_CONTACT": "hjalp@avinge.example",
        "COMMUNIS_REGISTRAR": "registrator@avinge.example",
        "COMMUNIS_DATA_PROTECTION_OFFICER": "dataskydd@avinge.example",
        "COMMUNIS_REPORTING_CHANNEL": "https://avinge.example/visselblasa",
        "COMMUNIS_RECEIVES_REPORTS": "leyla@avinge.example",
        "COMMUNIS_ACCESSIBILITY_LEVEL": "partly",
        "COMMUNIS_ACCESSIBILITY_TESTED": "2026-03-31",
        "COMMUNIS_ACCESSIBILITY_TESTED_BY": "ourselves",
        "COMMUNIS_ACCESSIBILITY_UPDATED": "2026-04-01",
        "COMMUNIS_PUBLISHED": "2026-04-02",
    }
    nothing_said = last_object(communis(data, "check", "--json"))["left_to_say"]
    assert nothing_said == list(said)
    faulty = last_object(communis(data, "check", "--json", **said))
    assert (faulty["ok"], faulty["left_to_say"]) == (True, ["COMMUNIS_ACCESSIBILITY_FAULTS"])
    said["COMMUNIS_ACCESSIBILITY_FAULTS"] = "Protokollen är bilder av text: de skrivs om under året."
    assert last_object(communis(data, "check", "--json", **said))["left_to_say"] == []


@pytest.mark.parametrize(
    ("setting", "written"),
    [("COMMUNIS_ACCESSIBILITY_LEVEL", "nearly"), ("COMMUNIS_PUBLISHED", "last spring")],
)
def test_a_setting_that_cannot_be_understood_says_what_to_write(
    tmp_path: Path, setting: str, written: str
) -> None:
    run = communis(tmp_path, "check", **{setting: written})
    assert run.returncode != 0
    assert setting in run.stdout + run.stderr and "Write" in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_check_makes_nothing_and_says_what_is_missing(tmp_path: Path) -> None:
    run = communis(tmp_path / "data", "check", "--json")
    assert run.returncode == 1
    assert [wrong["name"] for wrong in last_object(run)["wrong"]] == ["key", "folder"]
    assert not (tmp_path / "data").exists()


def test_serve_refuses_what_check_refuses(tmp_path: Path) -> None:
    data = migrated(tmp_path / "data")
    data.chmod(0o755)
    for command in ("check", "serve", "worker"):
        run = communis(data, command)
        assert run.returncode == 1
        assert run.stdout == ""
        assert "chmod 700" in run.stderr
    data.chmod(0o700)
    (data / "keys" / "secret").unlink()
    run = communis(data, "serve", "--json")
    assert run.returncode == 1
    assert [wrong["name"] for wrong in last_object(run)["wrong"]] == ["key"]


def test_serve_does_not_migrate_a_database_that_is_in_use(tmp_path: Path) -> None:
    data = migrated(tmp_path / "data")
    from pysqlite3 import dbapi2 as sqlite

    with sqlite.connect(data / "communis.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'communis'")
    database.close()
    run = communis(data, "serve", "--json", "--port", "0")
    assert run.returncode == 1
    assert [wrong["name"] for wrong in last_object(run)["wrong"]] == ["migrations"]


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    run = communis(tmp_path / "data", "check", "--json", COMMUNIS_DEVELOPMENT="perhaps")
    assert run.returncode == 1
    assert last_object(run) == {"ok": False, "error": "COMMUNIS_DEVELOPMENT is 'perhaps'. Write 1 or 0."}
