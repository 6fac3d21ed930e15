"""Documents that cannot drift: each requirement has its test or its time; no address lists by author."""

import ast
import csv
from pathlib import Path

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
    "circle": "a circle to write to",
    "draft": "one's own draft to go on with",
    "kept": "what to say when one comes back",
    "key": "the form that was sent",
    "kind": "what one is about to write",
    "n": "which occurrence of the words",
    "page": "where the directory goes on",
    "part": "which paragraph one answers",
    "q": "the beginning of a name, to find a person to write to or let in",
    "quote": "whether the words are repeated",
    "seen": "how far an import had come",
    "sent": "the line just sent",
    "since": "what is new from a moment on",
    "text": "one's own words, on their way",
    "to": "a person to write to",
    "words": "the words one answers",
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
