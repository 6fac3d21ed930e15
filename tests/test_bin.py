"""The programs in bin/ that can be tried without installing anything."""

import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.mail_servers.servers import PROGRAMS

BIN = Path(__file__).parents[1] / "bin"


@pytest.fixture
def migration(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BIN))
    loader = importlib.machinery.SourceFileLoader("bin_migration", str(BIN / "migration"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def write(folder: Path, name: str, *parents: str) -> None:
    following = ", ".join(f'("communis", "{parent}")' for parent in parents)
    # A model is named in the same form as a migration, and is none.
    text = f'model = get_model("communis", "Person")\ndependencies = [{following}]\n'
    (folder / f"{name}.py").write_text(text)


def test_my_migrations_follow_the_others_after_a_merge(migration: ModuleType, tmp_path: Path) -> None:
    write(tmp_path, "0001_first")
    write(tmp_path, "0002_theirs", "0001_first")
    write(tmp_path, "0002_mine", "0001_first")
    write(tmp_path, "0003_mine_too", "0002_mine")
    assert migration.main(tmp_path, ["0003_mine_too"]) == 0
    assert migration.read(tmp_path) == {
        "0001_first": [],
        "0002_theirs": ["0001_first"],
        "0003_mine": ["0002_theirs"],
        "0004_mine_too": ["0003_mine"],
    }
    assert migration.main(tmp_path, []) == 0


def test_unclear_cases_are_left_alone(migration: ModuleType, tmp_path: Path) -> None:
    write(tmp_path, "0001_first")
    for name in ("0002_a", "0002_b", "0002_c"):
        write(tmp_path, name, "0001_first")
    before = migration.read(tmp_path)
    assert migration.main(tmp_path, []) == 1
    assert migration.read(tmp_path) == before


def test_the_mail_servers_that_are_installed_are_those_that_the_tests_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(BIN))
    system = importlib.import_module("system")
    brought_along = {"dovecot-core", "openssl"}
    assert {system.PACKAGES[program] for program in system.MAIL} == set(PROGRAMS.values()) - brought_along
