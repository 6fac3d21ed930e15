"""Every accepted mail is accounted for, and a mail that is not is found (K15)."""

from pathlib import Path
from typing import Any

import pytest

from communis.channels.email.destinations import letter_address
from communis.channels.email.intake.holding import held_for, send_held, throw_held_away
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.reconciling import differences
from communis.journal import moments
from communis.journal.moments import DAY
from tests.cast import Cast
from tests.clock import Clock


def test_every_mail_is_accounted_for(people: Cast, clock: Clock, settings: Any, tmp_path: Path) -> None:
    settings.MAIL_DOMAIN, settings.MAIL_AUTHENTICATED_BY = "svar.avinge.example", "mx.avinge.example"
    settings.DATA = tmp_path
    assert differences() == []
    kept, at = spool(), letter_address(people.karin, by=people.elin)
    ours = "Authentication-Results: mx.avinge.example; dmarc=pass header.from=avinge.example\r\n"
    mails = {
        "said": f"{ours}From: elin@avinge.example\r\nMessage-ID: <1@x>\r\n\r\nHej Karin.\r\n",
        "waits": "From: elin@avinge.example\r\nMessage-ID: <2@x>\r\n\r\nEtt brev.\r\n",
        "is sent": "From: elin@avinge.example\r\nMessage-ID: <3@x>\r\n\r\nEtt till.\r\n",
        "is thrown away": "From: elin@avinge.example\r\nMessage-ID: <4@x>\r\n\r\nEtt tredje.\r\n",
        "a program's": "From: elin@avinge.example\r\nAuto-Submitted: auto-replied\r\n\r\nBorta.\r\n",
        "the same": f"{ours}From: elin@avinge.example\r\nMessage-ID: <1@x>\r\n\r\nHej Karin.\r\n",
    }
    names = {}
    for about, raw in mails.items():
        names[about] = kept.keep(
            Envelope(at, "elin@avinge.example", "local", True, moments.now()), raw.encode()
        )
        assert differences() == []
        receive()
        assert differences() == []
    waiting = {one.words: one.arrived.public_id for one in held_for(people.elin)}
    send_held(waiting["Ett till."], by=people.elin)
    throw_held_away(waiting["Ett tredje."], by=people.elin)
    assert differences() == []

    def found() -> dict[str, int]:
        return {one.what: one.count for one in differences()}

    (tmp_path / "spool" / "held" / names["waits"]).unlink()
    assert found() == {"mail that waits and is not in the spool": 1}
    (tmp_path / "spool" / "done" / "0-unknown").write_bytes(b"")
    (tmp_path / "spool" / "broken" / "0-half").write_bytes(b"")
    Arrived.objects.filter(file=names["said"]).update(contribution=None)
    clock.news()
    Outgoing.objects.update(due_at=moments.now() - 2 * DAY)
    assert set(found().values()) == {1, Outgoing.objects.count()} and len(found()) == 5


@pytest.mark.django_db
def test_without_a_spool_nothing_is_missed(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert differences() == []
