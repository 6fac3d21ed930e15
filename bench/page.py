"""A page of 500 contributions, to an employee who may not see everything in it and to the public; and answering.

Goals 1, 2, 3, 7, 9 and 10. The windows of one round lie side by side, and the middle of the rounds counts.
"""

import gzip
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench import references
from bench.goals import Measured
from bench.load import Window, ask_for, median, wait_until_idle
from bench.machine import proportional_memory
from bench.place import ROOT, ask, free_port, place, running

# MiB of one empty Django in two web workers and a worker, measured before building (goal 9).
BARE = 124
POST = str(Path(__file__).with_name("post.lua"))


class Asked(NamedTuple):
    """Something to ask for in turns."""

    port: int
    path: str
    cookie: str = ""
    script: str = ""


Windows = dict[str, Window]


def measure(rounds: int, seconds: float, *, on_postgresql: bool) -> tuple[list[Measured], dict[str, Any]]:
    with place(on_postgresql=on_postgresql) as environment, tempfile.TemporaryDirectory() as folder:
        made = ask(environment, "prepare")
        pages = Path(folder) / "pages"
        pages.mkdir()
        (pages / "inside.html").write_text(made["pages"]["signed in"])
        (pages / "public.html").write_text(made["pages"]["public"])
        forms = Path(folder) / "forms"
        forms.write_text("\n".join(made["forms"]))
        os.environ["BENCH_FORMS"] = str(forms)
        nginx, memory, product = free_port(), free_port(), free_port()
        with (
            running(references.nginx(Path(folder), nginx), nginx, environment),
            running(
                references.from_memory(memory),
                memory,
                environment | {"BENCH_PAGE": str(pages / "inside.html")},
            ),
            running(
                [sys.executable, "-m", "communis.cli.web_server", "127.0.0.1", str(product), "2"],
                product,
                environment,
            ) as web,
            beside([sys.executable, "-m", "communis", "worker"], environment) as worker,
        ):
            pages_asked = {
                "nginx, signed in": Asked(nginx, "/inside.html"),
                "signed in": Asked(product, made["signed in"], made["cookie"]),
                "nginx, public": Asked(nginx, "/public.html"),
                "public": Asked(product, made["public"]),
            }
            template = {"Django template": Asked(product, made["template"], made["cookie"])}
            others = {
                "from memory": Asked(memory, "/"),
                "answering": Asked(product, made["answer"], script=POST),
            }
            sixteen = in_turns(pages_asked | others, rounds, seconds, at_once=16)
            one = in_turns(pages_asked | template, rounds, seconds / 2, at_once=1)
            memory_taken = proportional_memory(web) + proportional_memory(worker)
    sizes = {name: len(page.encode()) for name, page in made["pages"].items()}
    figures = {
        "at once 16": {name: window._asdict() for name, window in sixteen.items()},
        "at once 1": {name: window._asdict() for name, window in one.items()},
        "bytes": sizes,
        "bytes, gzip 1": {name: len(gzip.compress(page.encode(), 1)) for name, page in made["pages"].items()},
        "memory": memory_taken,
    }
    return beside_goals(sixteen, one, memory_taken, sizes), figures


def in_turns(asked: dict[str, Asked], rounds: int, seconds: float, *, at_once: int) -> Windows:
    """One window of each, and again: what else the machine does meets all of them alike."""
    windows: dict[str, list[Window]] = {name: [] for name in asked}
    for number in range(rounds):
        for name, one in asked.items():
            print(f"round {number + 1} of {rounds}, {at_once} at once: {name}", file=sys.stderr)
            window = ask_for(
                one.port, one.path, at_once=at_once, seconds=seconds, cookie=one.cookie, script=one.script
            )
            windows[name].append(window)
            wait_until_idle(one.port)
    return {name: median(found) for name, found in windows.items()}


@contextmanager
def beside(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """A process that answers nobody."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def beside_goals(sixteen: Windows, one: Windows, memory: float, sizes: dict[str, int]) -> list[Measured]:
    def share(of: str, to: str) -> float:
        return sixteen[of].rate / sixteen[to].rate

    inside, public, static = sixteen["signed in"], sixteen["public"], sixteen["nginx, signed in"]
    answering = sixteen["answering"]
    of_nginx = "of nginx"
    return [
        Measured("1", "page of 500, signed in, 16 at once", share("signed in", "nginx, signed in"), 0.2, of_nginx,
                 note=f"{inside.rate:.0f} against {static.rate:.0f} a second"),
        Measured("2", "page of 500, public, 16 at once", share("public", "nginx, public"), 0.4, of_nginx,
                 note=f"{public.rate:.0f} against {sixteen['nginx, public'].rate:.0f} a second"),
        Measured("3", "its p50, one at a time", one["signed in"].p50 / one["nginx, signed in"].p50, 20, "x nginx",
                 True, f"{one['signed in'].p50:.1f} against {one['nginx, signed in'].p50:.2f} ms"),
        Measured("3", "its p99, 16 at once", inside.p99 / static.p99, 6, "x nginx", True,
                 f"{inside.p99:.0f} against {static.p99:.0f} ms"),
        Measured("3", "public p50, one at a time", one["public"].p50 / one["nginx, public"].p50, 20, "x nginx", True),
        Measured("-", "signed in against bytes from memory", share("signed in", "from memory"), 0, "of memory"),
        Measured("-", "signed in against a Django template, one at a time",
                 one["signed in"].rate / one["Django template"].rate, 25, "x template",
                 note=f"the template: {one['Django template'].rate:.1f} a second"),
        Measured("7", "answering through the form, 16 at once", answering.rate / static.rate, 0.17, of_nginx,
                 note=f"{answering.rate:.0f} a second, {answering.failed} failed"),
        Measured("7", "its p99", answering.p99, 215, "ms", True),
        Measured("9", "memory of two web workers and the worker", memory / BARE, 1.5, "x bare", True,
                 f"{memory:.0f} MiB"),
        Measured("10", "HTML of the page, signed in", sizes["signed in"], 430_000, "bytes", True),
        Measured("10", "HTML of the page, public", sizes["public"], 430_000, "bytes", True),
    ]  # fmt: skip
