"""How much the address of a question takes from outside: so much that stewards can look at it, and no more.

Above that the sending server is asked to try again, as mail servers do for some days: nothing is lost that was taken,
and a flood stays outside.
"""

from django.conf import settings

from communis.channels.email.intake.spool import Spool
from communis.channels.email.models import Arrived
from communis.channels.email.outside.addresses import outside_address_at
from communis.journal.moments import HOUR, now

MOST_IN_AN_HOUR = 20
MOST_WAITING = 200
# What nobody decides about for so long is deleted.
DAYS_KEPT = 30


def takes_more(address: str) -> bool:
    """Whether a mail to the address is taken now; always for one that is not of this kind."""
    found = outside_address_at(address)
    if found is None:
        return True
    # First what nobody has decided about: what is decided meanwhile counts twice and not never.
    coming = Spool(settings.DATA / "spool").waiting_to(address)
    came = Arrived.objects.filter(outside=found)
    lately = came.filter(arrived_at__gt=now() - HOUR).count()
    waits = came.filter(outcome=Arrived.Outcome.HELD).count()
    return coming + lately < MOST_IN_AN_HOUR and coming + waits < MOST_WAITING
