"""The source itself goes through the gate: what may be written where, read from the syntax tree.

Each list names the places that are allowed all the same, with the reason. A list that names a place which
no longer needs it fails too.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps

import communis
from communis.looking.guarding import Visible

ROOT = Path(communis.__file__).parent
OWNERS = {
    model.__name__: model.__module__.split(".")[1] for model in apps.get_app_config("communis").get_models()
}
GUARDED = {
    model.__name__
    for model in apps.get_app_config("communis").get_models()
    if isinstance(getattr(model, "visible", None), Visible)
}

MODEL_OF = {f"communis_{model.lower()}": model for model in OWNERS}

# Where a package looks at rows of another one past the gate. {place: {what: why}}
OTHERS_ROWS: dict[str, dict[str, str]] = {
    "cli/checking.py": {"Entry.objects": "the newest moment, to find a clock that went back; no words"},
    "people/actions.py": {"Principal.objects": "a new person or circle gets its principal; no words"},
    "openness/receipts.py": {"Principal.objects": "a new receipt gets its principal; no words"},
    "conversations/activity.py": {"Audience.objects": "which principals an audience names; no words"},
    "conversations/gate.py": {
        "communis_person": "the name that a byline shows is joined to shares the gate let through",
        "communis_byline": "what a share shows of its author",
        "communis_authorship": "whether it is the viewer's own",
    },
    "conversations/lines_shown.py": {
        "communis_byline": "what a line may say of its author at the most; asked by who answers for that",
        "communis_authorship": "who is asked before it goes wider: for telling, never for showing",
    },
    "behind_the_scenes/reconciling.py": {
        "communis_contribution": "whether words behind the scenes lead to an author: numbers alone are told",
        "communis_share": "the same: under which byline they are shown",
        "communis_byline": "the same",
    },
    "widening/reconciling.py": {
        "communis_line": "whether what opened is what was agreed to: numbers alone are told, to who runs the machine",
        "communis_share": "the same: to whom it opened",
        "communis_byline": "the same: whether a name shows that was not to show",
    },
}

# Managers and methods that read past ``visible``. {place: {word: why}}
PAST_THE_GATE: dict[str, dict[str, str]] = {
    "looking/guarding.py": {"QuerySet()": "the rows that visible.to() narrows"},
    "conversations/models.py": {"QuerySet()": "the rows that the fold compares with"},
}
PAST = {
    "_base_manager",
    "_default_manager",
    "_raw_delete",
    "raw",
    "extra",
    "refresh_from_db",
    "arefresh_from_db",
    "_set_prefetch",
    "fields_cache",
}

# What may be deleted for good; contributions, revisions, lines and shares never are (K16, D19).
MAY_BE_DELETED: dict[str, str] = {
    "Draft": "thrown away by the person who began it",
    "Following": "a person no longer follows",
    "Activity": "worked out again from the live shares",
    "Held": "a comment from elsewhere that a steward has published or left out; it was never said here",
    "Reaction": "a sign taken back by who gave it",
    "Credit": "the wish to be mentioned, taken back",
    "SimplerWish": "a wish for simpler words, taken back by whose it was",
    "Adoption": "the original words are the headline again; the restatement stays where it was said",
    "Absence": "a person is here after all; what was asked meanwhile says no more than before",
    "Done": "keys are kept for two days",
    "Rest": "the idea is awake again, without a mark that it rested",
    "Helper": "whoever wanted to help has taken the offer back",
    "WordPiece": "worked out again from the words of what opens a conversation",
    "TrialPiece": "worked out again from the words of what was tried",
    "Spent": "keys to write behind the scenes are kept until they are no longer good",
    "Waiting": "what waited behind the scenes stands now, or was taken back by its receipt before anybody saw it",
}


def place_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def sources() -> dict[str, ast.Module]:
    files = sorted(file for file in ROOT.rglob("*.py") if "migrations" not in file.parts)
    return {place_of(file): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for place, tree in sources().items():
        for node in ast.walk(tree):
            yield place, node


def package(place: str) -> str:
    return place.split("/")[0]


def root_name(node: ast.AST) -> str:
    """The name a chain such as ``Model.everything.filter(…)`` begins with; empty when with something else."""
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        else:
            return node.id if isinstance(node, ast.Name) else ""


def docstrings() -> set[ast.Constant]:
    found = set()
    for _, node in nodes():
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(first.value)
    return found


def against(allowed: dict[str, dict[str, str]], found: set[tuple[str, str]]) -> None:
    listed = {(place, what) for place, reasons in allowed.items() for what in reasons}
    assert found - listed == set(), "add a function to the owning package, or list it here with a reason"
    assert listed - found == set(), "listed but no longer needed"


def test_only_its_package_reads_a_model_past_the_gate() -> None:
    found: set[tuple[str, str]] = set()
    for place, node in nodes():
        if not isinstance(node, ast.Attribute) or node.attr not in ("everything", "objects"):
            continue
        model = node.value.id if isinstance(node.value, ast.Name) else ast.unparse(node.value)
        if model not in OWNERS or OWNERS[model] != package(place):
            found.add((place, f"{model}.{node.attr}"))
    for place, table in tables_named():
        if MODEL_OF[table] in GUARDED and OWNERS[MODEL_OF[table]] != package(place):
            found.add((place, table))
    against(OTHERS_ROWS, found)


def tables_named() -> Iterator[tuple[str, str]]:
    """``(place, table)`` for each table of ours that a string names, docstrings apart."""
    explained = docstrings()
    for place, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in explained:
            for table in re.findall(r"\bcommunis_[a-z]+\b", node.value):
                if table in MODEL_OF:
                    yield place, table


def test_nothing_else_reads_past_the_gate() -> None:
    found: set[tuple[str, str]] = set()
    for place, node in nodes():
        if isinstance(node, ast.Attribute) and node.attr in PAST:
            found.add((place, node.attr))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "QuerySet":
            found.add((place, "QuerySet()"))
        if isinstance(node, ast.ImportFrom | ast.Import) and "serializers" in ast.unparse(node):
            found.add((place, "serializers"))
        # The loud word stays readable: neither built from a string nor kept under another name.
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
            found |= {(place, ast.unparse(one)) for one in node.args if ast.unparse(one) == "'everything'"}
    against(PAST_THE_GATE, found)


def test_nobody_is_no_viewer() -> None:
    found = set()
    for place, node in nodes():
        if isinstance(node, ast.keyword) and node.arg == "viewer" and ast.unparse(node.value) == "None":
            found.add((place, "viewer=None"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "to":
            found |= {(place, ".to(None)") for one in node.args if ast.unparse(one) == "None"}
        annotation = None
        if isinstance(node, ast.arg) and node.arg == "viewer":
            annotation = node.annotation
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target).split(".")[-1] == "viewer":
            annotation = node.annotation
        if annotation is not None and "None" in ast.unparse(annotation):
            found.add((place, "a viewer that may be None"))
    assert found == set()


def test_nothing_said_is_ever_deleted() -> None:
    deleted = {
        root_name(node.func.value): place
        for place, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("delete", "adelete")
        and ".session." not in ast.unparse(node)
    }
    assert {name: place for name, place in deleted.items() if name not in MAY_BE_DELETED} == {}
    assert set(MAY_BE_DELETED) <= set(deleted)
    explained = docstrings()
    in_sql = {
        place
        for place, node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in explained
        and re.search(r"\b(DELETE FROM|TRUNCATE)\b(?!\))", node.value)
    }
    assert in_sql == set()


def test_one_clock_and_one_source_of_ids() -> None:
    """Worlds can be compared byte by byte only when time and ids come from one place each (G16)."""
    # Django ends sessions by the system's clock, so they are read by it too.
    own_clock = {"journal/moments.py", "journal/ids.py", "journal/record.py", "people/sessions.py"}
    found = set()
    for place, node in nodes():
        if package(place) in ("cli", "database") or place in own_clock:
            continue
        if isinstance(node, ast.Attribute):
            word = ast.unparse(node)
            if word in ("timezone.now", "datetime.now", "time.time", "time.time_ns", "date.today"):
                found.add((place, word))
            if word.startswith(("uuid.uuid", "secrets.token", "random.")):
                found.add((place, word))
    assert found == set()
