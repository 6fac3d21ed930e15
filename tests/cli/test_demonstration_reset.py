"""Beginning the demonstration again: only in its own folder, only when nobody is in it, and then whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.cli.product import communis, environment, last_object, migrated

PLENTY = 300


@pytest.fixture
def data(tmp_path: Path) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("the demonstration keeps its words in its own folder, whatever else is tested")
    return tmp_path / "data"


def demo(data: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    settings = {"COMMUNIS_DEMONSTRATION": "1"} | more
    return communis(data, "demo", "--json", *words, seconds=PLENTY, **settings)


# An earlier demonstration, as small as can be.
EARLIER = """
import django
django.setup()
from communis.people.actions import welcome
from communis.web.demonstration_places import Places, keep_places
welcome("Ada Gammal", "ada@avinge.example", by=None, steward=True)
keep_places(Places("en", {}, ""))
"""


def test_it_is_begun_again_in_its_own_folder_alone(data: Path) -> None:
    migrated(data)
    settings = environment(data, COMMUNIS_DEMONSTRATION="1", DJANGO_SETTINGS_MODULE="communis.settings")
    subprocess.run([sys.executable, "-c", EARLIER], env=settings, check=True, timeout=PLENTY)
    mail = data / "mails" / "old.eml"
    mail.parent.mkdir()
    mail.touch()
    key = (data / "keys" / "secret").read_text()

    for refused in (
        demo(data, "--reset", COMMUNIS_DEMONSTRATION="0"),
        demo(data, "--reset", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none"),
        demo(data, "--reset", COMMUNIS_DEMONSTRATION_LANGUAGE="fi"),
        in_use(data),
        without_its_sign(data),
    ):
        assert refused.returncode == 1 and last_object(refused)["error"], refused.stdout
        assert "Ada Gammal" in words_kept(data) and mail.exists()
    assert last_object(demo(data))["built"] is False

    again = demo(data, "--reset", "--language", "en")
    assert last_object(again) == {"ok": True, "built": True}
    told = [line.split()[-2] for line in again.stderr.splitlines() if line.endswith(" %")]
    assert told == [str(step) for step in range(10, 101, 10)]
    assert (data / "keys" / "secret").read_text() == key
    assert "Ada Gammal" not in words_kept(data) and "chief executive" in words_kept(data)
    assert not mail.exists()
    settled = {"COMMUNIS_DEMONSTRATION": "1"}
    assert last_object(communis(data, "check", "--json", **settled))["wrong"] == []
    assert last_object(communis(data, "reconcile", "--json", **settled))["difference"] == 0


def words_kept(data: Path) -> str:
    """All bytes of the database, with what waits in its log."""
    files = sorted(data.glob("communis.sqlite3*"))
    return b"".join(file.read_bytes() for file in files).decode("utf-8", "replace")


def in_use(data: Path) -> "subprocess.CompletedProcess[str]":
    """Asked while another process has the database open."""
    program = "import sys; held = open(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(data / "communis.sqlite3")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "open\n"
        answer = demo(data, "--reset")
        holder.communicate("")
    return answer


def without_its_sign(data: Path) -> "subprocess.CompletedProcess[str]":
    """Asked of a folder with people in it that nothing says is a demonstration's."""
    aside = data.parent / "aside.json"
    shutil.move(data / "demonstration.json", aside)
    answer = demo(data, "--reset")
    assert not (data / "demonstration.json").exists()
    shutil.move(aside, data / "demonstration.json")
    return answer
