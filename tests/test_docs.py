"""Documents that cannot drift: each requirement has its test or its time; no address lists by author."""

import ast
import csv
import re
from pathlib import Path

from PIL import Image

from tests.browser import recording
from tests.browser.pages import README_PICTURES

ROOT = Path(__file__).parents[1]


def test_every_requirement_has_its_test_or_its_time() -> None:
    """R1: the difficulties are first-class; docs/requirements.csv names for each the test that holds it."""
    with (ROOT / "docs" / "requirements.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["requirement"] for row in rows] == [f"R{number}" for number in range(1, 106)]
    for row in rows:
        said = row["held by, or comes with"]
        assert row["state"] in {"held", "later"} and said, row
        if row["state"] == "held":
            path, _, name = said.partition("::")
            assert (ROOT / path).is_file(), row
            names = {
                node.name
                for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            }
            assert name in names if name else names, row


# Every query parameter that a page reads, and what it chooses. None of them chooses by who wrote (rulings).
PARAMETERS = {
    "all": "the same answer for all one is asked about",
    "after": "where a list goes on",
    "asked": "whom one turns to behind the scenes, who is then said not to be the one who writes",
    "circle": "a circle to write to",
    "draft": "one's own draft to go on with",
    "kept": "what to say when one comes back",
    "key": "the form that was sent",
    "kind": "what one is about to write",
    "line": "the words one answers behind the scenes",
    "n": "which occurrence of the words",
    "page": "where the directory goes on",
    "part": "which paragraph one answers",
    "reason": "the kind of reason of what was tried",
    "q": "the beginning of a name, to find a person to write to, let in or ask for an answer",
    "quote": "whether the words are repeated",
    "seen": "how far an import had come",
    "sent": "the line just sent",
    "since": "what is new from a moment on",
    "text": "one's own words, on their way",
    "theme": "what was tried, by its theme",
    "to": "a person to write to",
    "where": "the circle one writes to behind the scenes, or all employees",
    "unit": "what was tried, by the unit it is found under",
    "words": "the words one answers",
    "year": "what was tried, by the year",
}


def test_no_address_lists_by_author() -> None:
    """R33, R52: there is no list, count or filter by author, for anyone."""
    read: set[str] = set()
    for path in (ROOT / "communis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            read |= _parameter(node)
    assert read == set(PARAMETERS), (
        "a new parameter: say in PARAMETERS what it chooses, and that it is no author"
    )
    assert not {"author", "by", "writer", "from", "person"} & read


def _parameter(node: ast.AST) -> set[str]:
    """The name in ``request.GET.get("name")``, ``request.GET["name"]`` and ``request.GET.getlist("name")``."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"get", "getlist"}
    ):
        source, argument = node.func.value, node.args[0] if node.args else None
    elif isinstance(node, ast.Subscript):
        source, argument = node.value, node.slice
    else:
        return set()
    if not ast.unparse(source).endswith(("request.GET", "asked")) or not isinstance(argument, ast.Constant):
        return set()
    return {str(argument.value)}


def test_every_setting_has_its_row() -> None:
    """A setting that nobody can read about is none; a row about one that is gone misleads."""
    source = (ROOT / "communis" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', source))
    rows = [
        row.split("|")[1]
        for row in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
        if row.startswith("| `")
    ]
    told = [name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)]
    assert len(told) == len(set(told))
    assert set(told) == read


MOST_OF_A_PICTURE = 400 * 1024


def test_the_pictures_of_the_readme_are_those_that_the_script_takes() -> None:
    """bin/shots --readme makes them; together they are small enough to be in the repository."""
    shown = re.findall(r"docs/pictures/([\w.-]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    folder = ROOT / "docs" / "pictures"
    taken = {picture.file: picture.width for picture in README_PICTURES}
    taken[recording.FILE] = recording.SIZE[0]
    assert sorted(shown) == sorted(taken) == sorted(path.name for path in folder.iterdir())
    for file, width in taken.items():
        with Image.open(folder / file) as picture:
            assert picture.width == width, file
    assert sum(path.stat().st_size for path in folder.iterdir()) <= MOST_OF_A_PICTURE
