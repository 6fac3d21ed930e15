"""What the repository promises about its own shape."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "communis"
# A name that says nothing about what is inside collects everything.
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "managers",
    "common",
    "misc",
    "tools",
}
LONGEST = 400
# Generated, or the words of others.
NOT_OURS = re.compile(r"^(requirements.*\.lock|LICENSE|tests/data/.*|communis/web/static/vendor/.*)$")


def kept_files() -> list[Path]:
    """Every file that belongs to the repository, as git knows it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        pytest.skip("this copy of the source is not in git")
    return [ROOT / name for name in run.stdout.split("\0") if name and (ROOT / name).is_file()]


def our_texts() -> list[tuple[str, str]]:
    """The path below the root and the text of each file that we wrote."""
    found = []
    for path in kept_files():
        name = path.relative_to(ROOT).as_posix()
        if NOT_OURS.match(name):
            continue
        try:
            found.append((name, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    assert len(found) > 50
    return found


def test_calls_go_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert "Contracts: 1 kept, 0 broken." in run.stdout


def test_no_file_is_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js"} and not {"migrations", "vendor"} & set(path.parts)
    }
    assert len(lengths) > 50
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_name_that_says_nothing() -> None:
    paths = [path for path in PACKAGE.rglob("*") if path.suffix == ".py" or path.is_dir()]
    assert [path for path in paths if path.stem in FORBIDDEN] == []


def test_migrations_follow_one_another() -> None:
    numbers = sorted(path.name[:4] for path in (PACKAGE / "migrations").glob("[0-9]*.py"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.}/])/(?:root|work|home/[a-z]+|opt/\w+|mnt|Users/[A-Za-z]+)/"),
        ("a registry's host", r"(?:[a-z0-9-]+\.)*(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com))"),
    ],
)
def test_the_repository_speaks_only_of_itself(kind: str, pattern: str) -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    found = {
        f"{name}: {match[0]}"
        for name, text in our_texts()
        if name != here
        for match in re.finditer(pattern, text)
    }
    assert found == set(), kind


def test_locks_name_no_host_and_pin_every_package() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        packages = re.findall(r"^[a-z0-9][^\n]*", text, re.MULTILINE)
        assert len(packages) > 15
        assert all("==" in package and package.endswith("\\") for package in packages)


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for lock, asked in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        text = (ROOT / lock).read_text(encoding="utf-8")
        names = {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in asked}
        locked = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", text, re.MULTILINE))
        assert names - locked == set()


def test_decisions_are_short_and_numbered() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert {page.name for page in pages if len(page.read_text(encoding="utf-8").splitlines()) > 30} == set()
    assert all("## What would change our mind" in page.read_text(encoding="utf-8") for page in pages)


def test_links_in_the_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(documents) >= 8
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert broken == []
