"""Measures the product beside its references, in one run: ``python -m bench``. Loopback only.

Ratios of one run count; absolute figures belong to the machine. docs/speed.md says what each figure is.
"""

import argparse
import json
import os
import sys
from typing import Any

from bench import page
from bench.goals import Measured, table
from bench.machine import notes
from bench.place import ask, place

# Of twenty mails each.
MAIL_SECONDS = 60
# Mails of a mailing list.
ARCHIVE = 3_000
PARTS = ("page", "growth", "import", "opening", "similar", "digests", "mails")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure Communis beside its references.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these; without any, all")
    parser.add_argument("--rounds", type=int, default=3, help="windows of each kind; the middle one counts")
    parser.add_argument("--seconds", type=float, default=4, help="how long a window is")
    parser.add_argument("--big", action="store_true", help="growth up to a million contributions (minutes)")
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    arguments = parser.parse_args()
    databases = [False, True] if "DATABASE_URL" in os.environ else [False]
    machine = notes()
    found: dict[str, Any] = {"machine": machine}
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    for on_postgresql in databases:
        name = "PostgreSQL" if on_postgresql else "SQLite"
        measured, figures = measure(arguments, on_postgresql)
        print(f"\n{name}\n{table(measured)}")
        found[name] = {"goals": [vars(one) | {"reached": one.reached} for one in measured], **figures}
    if arguments.json:
        print(json.dumps(found))


def measure(arguments: argparse.Namespace, on_postgresql: bool) -> tuple[list[Measured], dict[str, Any]]:
    parts = arguments.parts or PARTS
    measured: list[Measured] = []
    figures: dict[str, Any] = {}
    if "page" in parts:
        measured, figures["page"] = page.measure(
            arguments.rounds, arguments.seconds, on_postgresql=on_postgresql
        )
    if "growth" in parts:
        figures["growth"] = worlds = grow(arguments.big, on_postgresql)
        measured += growth(worlds)
    if "import" in parts:
        figures["import"] = brought = {}
        for comments in (1_000, 10_000):
            with place(on_postgresql=on_postgresql) as environment:
                brought[comments] = ask(environment, "importing", str(comments))
        few, many = brought[1_000], brought[10_000]
        measured += [
            Measured("import", "10,000 comments", many["seconds"], 30, "s", True),
            Measured(
                "import", "its memory against 1,000", many["peak"] / few["peak"], 1.2, "x", True,
                f"{many['peak']:.0f} MiB",
            ),
        ]  # fmt: skip
    if "opening" in parts:
        with place(on_postgresql=on_postgresql) as environment:
            figures["opening"] = ask(environment, "opening")
        measured += opening(figures["opening"])
    if "similar" in parts:
        with place(on_postgresql=on_postgresql) as environment:
            figures["similar"] = ask(environment, "similar")
        measured += similar(figures["similar"])
    if "digests" in parts:
        figures["digests"] = gathered = {}
        for persons in (300, 3_000):
            with place(on_postgresql=on_postgresql) as environment:
                gathered[persons] = ask(environment, "digests", str(persons))
        measured += digests(gathered[300], gathered[3_000])
    if "mails" in parts:
        with place(on_postgresql=on_postgresql) as environment:
            figures["mails"] = ask(environment, "mails", str(MAIL_SECONDS))
        with place(on_postgresql=on_postgresql) as environment:
            figures["archive"] = ask(environment, "archive", str(ARCHIVE))
        measured += mails(figures["mails"], figures["archive"])
    return measured, figures


def grow(big: bool, on_postgresql: bool) -> dict[str, Any]:
    worlds: dict[str, Any] = {}
    for world in ("small", "big") if big else ("small",):
        print(f"making the {world} world", file=sys.stderr)
        with place(on_postgresql=on_postgresql) as environment:
            worlds[world] = ask(environment, "growth", world)
    return worlds


def growth(worlds: dict[str, Any]) -> list[Measured]:
    """The list of the front page at 1,000,000 contributions against 10,000, and what a person waits for it."""
    measured = []
    for reader, middle in worlds["small"]["p50"].items():
        ratio = worlds["big"]["p50"][reader] / middle if "big" in worlds else None
        note = f"{middle:.1f} ms at 10,000"
        note += (
            f", {worlds['big']['p50'][reader]:.1f} ms at 1,000,000"
            if "big" in worlds
            else "; --big not asked"
        )
        measured.append(Measured("11", f"front page's list, {reader} reader", ratio, 1.5, "x", True, note))
    return measured


def opening(found: dict[str, dict[str, float]]) -> list[Measured]:
    """Opening a conversation of 500 contributions by 50 authors: what each step takes, and how many queries."""
    asked, anew = found["page asked on"], found["page, drawn anew"]
    times = f"{asked['least']:.0f} against {anew['least']:.0f} ms, {found['page, kept']['least']:.0f} kept"
    return [
        Measured("opening", "page asked on, against the page drawn anew", asked["least"] / anew["least"], 2, "x",
                 True, f"{times}; {asked['queries']:.0f} queries"),
        *(
            Measured("opening", step, found[step]["ms"], 1000, "ms", True, f"{found[step]['queries']:.0f} queries")
            for step in ("proposing", "one author's answers", "page to choose", "choosing", "opening all of it")
        ),
    ]  # fmt: skip


def digests(few: dict[str, float], many: dict[str, float]) -> list[Measured]:
    """The digests of 3,000 persons against those of 300: each person costs the same, and nothing is heaped up."""
    each, note = "processor ms a person", f"{many['queries a person']:.0f} queries a person"
    return [
        Measured("digests", "a person of 3,000 against one of 300", many[each] / few[each], 1.2, "x", True,
                 f"{many[each]:.0f} ms of the processor; {note}"),
        Measured("digests", "memory on top, of 3,000", many["MiB more"], 32, "MiB", True),
    ]  # fmt: skip


def mails(found: dict[str, float], archive: dict[str, float]) -> list[Measured]:
    """Twenty mails a second: until each is acknowledged, and until it is read; and how many a processor takes."""
    disk = f"{found['250 p50']:.0f} in the middle; the disk alone {found['disk alone p95']:.0f}"
    return [
        Measured("mails", "acknowledged, p95", found["250 p95"], 50, "ms", True, disk),
        Measured("mails", "read, p95", found["visible p95"], 5, "s", True, f"{found['visible p50']:.1f} in the middle"),
        Measured("8", "an archive's mails a second of the processor", archive["a second of the processor"], 190, "",
                 False, f"{archive['mails']:.0f} mails"),
        Measured("8", "mails that come, a second of the processor", found["a second of the processor"], 190, "", False,
                 f"{found['taken a second']:.0f} taken a second, {found['memory']:.0f} MiB"),
    ]  # fmt: skip


def similar(found: dict[str, Any]) -> list[Measured]:
    """Similar thoughts among 100,000 while others post: what a person waits, and whether a known one is found."""
    measured = []
    for reader in ("heavy", "ordinary"):
        times = found[reader]
        note = f"{times['p50']:.0f} in the middle; {times['p95 processor']:.0f} of the processor"
        measured += [
            Measured("similar", f"p95, {reader} reader", times["p95"], 60, "ms", True, note),
            Measured("similar", f"known thought among ten, {reader} reader", times["known in ten"], 0.99),
        ]
    return measured


if __name__ == "__main__":
    main()
