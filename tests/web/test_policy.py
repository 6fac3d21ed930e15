"""The content policy of every page is strict, and no page needs more than it allows."""

import re
from random import Random

import pytest
from django.db import transaction
from django.test import Client

from communis.people.accounts import Account
from tests.addresses import Known, ask, requests_for
from tests.events import Replay
from tests.small_world import small_world

pytestmark = pytest.mark.django_db

SELF_ALONE = ("script-src", "style-src", "connect-src", "font-src", "form-action")


@pytest.mark.parametrize("viewer", ["", "p0", "p2"])
def test_every_page_has_the_strict_policy_and_keeps_it(viewer: str) -> None:
    """As steward, as anyone who works here, and signed out; found or missing, refused or sent on."""
    pages = 0
    with transaction.atomic():
        replay = Replay(small_world())
        known = Known.of(replay, replay.accepted)
        client = Client(raise_request_exception=False)
        moment = small_world()[-1].at + 1
        for number, one in enumerate(requests_for(known, Random(3), 3)):
            if viewer:
                client.force_login(Account.objects.get(person_id=replay.persons[viewer]))
            answer = ask(client, one, moment, number)
            headers, html = dict(answer.headers), answer.body.decode(errors="replace")
            assert headers["X-Content-Type-Options"] == "nosniff", one
            assert headers["Referrer-Policy"] == "same-origin", one
            if not headers.get("Content-Type", "").startswith("text/html") or not html:
                continue
            pages += 1
            policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
            assert "unsafe" not in str(policy) and "*" not in str(policy), one
            assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'", one
            assert [policy[name] for name in SELF_ALONE] == ["'self'"] * len(SELF_ALONE), one
            assert not re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", html), (
                one
            )
        transaction.set_rollback(True)
    assert pages > 50
