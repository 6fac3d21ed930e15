"""What was acknowledged is there once, however often the server is killed and a form is sent (K1, K8)."""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.kills.installation import LOST, Browser, Form, Installation, Server

pytestmark = pytest.mark.kills


def test_a_hundred_kills(installation: Installation, servers: list[Server]) -> None:
    kill_and_post(installation, servers, kills=100)


@pytest.mark.nightly
def test_a_thousand_kills(installation: Installation, servers: list[Server]) -> None:
    kill_and_post(installation, servers, kills=1000)


def kill_and_post(installation: Installation, servers: list[Server], kills: int) -> None:
    """Each server is killed at random moments while four persons post to either of them, until both are done."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    acknowledged: dict[str, str] = {}
    cut_off = [0]
    over = threading.Event()
    posters = [
        threading.Thread(
            target=post_until,
            args=(installation, servers, session, number, acknowledged, cut_off, over, seed),
        )
        for number, session in enumerate(installation.made["sessions"])
    ]
    killers = [
        threading.Thread(target=kill_again_and_again, args=(server, kills // len(servers), seed + number))
        for number, server in enumerate(servers)
    ]
    for thread in [*killers, *posters]:
        thread.start()
    for thread in killers:
        thread.join()
    for server in servers:
        server.start()
    over.set()
    for thread in posters:
        thread.join(60)
        assert not thread.is_alive()
    print(f"{kills} kills, {len(acknowledged)} acknowledged, {cut_off[0]} posts cut off")
    # Otherwise the test would show nothing.
    assert len(acknowledged) >= kills / 2
    assert cut_off[0] >= kills / 10
    each_is_there_once(installation, acknowledged)


def kill_again_and_again(server: Server, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(kills):
        server.start()
        time.sleep(chance.uniform(0, 0.25))
        if chance.random() < 0.5:
            server.kill_web_worker()
        else:
            server.kill()


def post_until(
    installation: Installation,
    servers: list[Server],
    session: str,
    number: int,
    acknowledged: dict[str, str],
    cut_off: list[int],
    over: threading.Event,
    seed: int,
) -> None:
    """Post one text after the other, each with its own key, the same again until somebody answers."""
    chance = random.Random(seed * 10 + number)
    browser = Browser(installation, session)
    path = f"/lines/{installation.made['line']}/answers"
    turn = 0
    while not over.is_set():
        text = f"Svar {turn} av {number}"
        form = again_until_answered(lambda: browser.form(chance.choice(servers), path), [0])
        posting = (form, text, "same")
        acknowledged[text] = again_until_answered(
            lambda posting=posting: browser.post(chance.choice(servers), *posting), cut_off
        )
        turn += 1


def again_until_answered(act: Callable, cut_off: list[int]):  # type: ignore[no-untyped-def,type-arg]
    """A refusal is an AssertionError, a fault of the product, and is not tried again."""
    while True:
        try:
            return act()
        except LOST as lost:
            cut_off[0] += not isinstance(lost, ConnectionRefusedError)
            time.sleep(0.03)


def test_a_form_sent_up_to_five_times_in_any_order_is_done_once(
    installation: Installation, servers: list[Server]
) -> None:
    """Answers and new conversations, from four persons, to two servers at the same time."""
    chance = random.Random(8)
    for server in servers:
        server.start()
    browsers = [Browser(installation, session) for session in installation.made["sessions"]]
    answering = (f"/lines/{installation.made['line']}/answers", "same")
    starting = ("/write?kind=idea", "organisation")
    posts = []
    for number in range(60):
        browser = browsers[number % len(browsers)]
        path, audience = chance.choice([answering, starting])
        form = browser.form(servers[0], path)
        posts += [(browser, form, f"Svar {number}", audience)] * chance.randint(1, 5)
    chance.shuffle(posts)

    def post(one: tuple[Browser, Form, str, str]) -> tuple[str, str]:
        browser, *posting = one
        return posting[1], browser.post(chance.choice(servers), *posting)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(post, posts))
    # Every sending of a form was told the same address.
    assert len(answers) == 60
    each_is_there_once(installation, dict(answers))


def each_is_there_once(installation: Installation, acknowledged: dict[str, str]) -> None:
    verdict = installation.ask("verdict")
    said = {f"<p>{text}</p>\n": [line] for text, line in acknowledged.items()}
    assert verdict["texts"] == said
    assert verdict["integrity"] == "ok"
    assert verdict["differences"] == []
