import argparse
import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils.translation import gettext as _

from communis import environment
from communis.cli.checking import what_is_wrong
from communis.cli.commands import migrate
from communis.cli.first_run import begin
from communis.cli.result import Result, say
from communis.database.check import LOOPBACK, Refusal
from communis.people.demonstration import TRY_AS, account_to_try

NAME = "serve"
HELP = _("answer in the browser, and do the work that follows")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=_("the address to listen on"))
    parser.add_argument("--port", type=int, default=8000, help=_("the port to listen on"))
    parser.add_argument("--workers", type=int, default=1, help=_("how many web workers"))
    parser.add_argument(
        "--web-only", action="store_true", help=_("without the worker; start communis worker elsewhere")
    )


def run(arguments: argparse.Namespace) -> Result:
    """Returns only when it refuses; else this process becomes the supervisor, without Django's memory."""
    wrong = place_refusals(arguments.host, arguments.port) or what_is_wrong()
    if [refusal.name for refusal in wrong] == ["migrations"] and not migrate.applied():
        # Nothing is in the database yet. One with words in it is only migrated when someone says so.
        migrate.run(arguments)
        wrong = what_is_wrong()
    if wrong:
        data = {"wrong": [refusal._asdict() for refusal in wrong]}
        return Result("\n".join(refusal.sentence for refusal in wrong), data, failed=True)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
    use_address_chosen(arguments.host, arguments.port)
    links = links_to_try() if settings.DEMONSTRATION else begin()
    connections.close_all()

    address = f"{settings.BASE_URL}/"
    # The demonstration opens on the page that says what to do first.
    opens = f"{settings.BASE_URL}{reverse('try')}" if settings.DEMONSTRATION else address
    lines = [_("Communis answers at %(address)s") % {"address": opens}]
    if links and not settings.DEMONSTRATION:
        lines.append(_("Nobody is here yet. The first steward begins here, within a day:"))
    lines += links
    say(Result("\n".join(lines), {"address": address, "sign_in": links}), as_json=arguments.json)
    become_supervisor(arguments)
    raise AssertionError("exec does not return")


def links_to_try() -> list[str]:
    """A sign-in link for each of the demonstration's five; the page that explains them is the address itself."""
    return [f"{settings.BASE_URL}{reverse('try-as', args=[who])}" for who in TRY_AS if account_to_try(who)]


def place_refusals(host: str, port: int) -> list[Refusal]:
    """Where it may not or cannot listen."""
    if settings.DEMONSTRATION and host not in LOOPBACK:
        sentence = _(
            "The demonstration has sign-in links for everybody on a page, so it answers on this machine only. "
            "Leave out --host, or set COMMUNIS_DATA and run: communis serve"
        )
        return [Refusal("host", sentence)]
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        sentence = _("Cannot listen on %(host)s port %(port)d (%(error)s). Choose another with --port.")
        return [Refusal("port", sentence % {"host": host, "port": port, "error": error.strerror})]
    return []


def use_address_chosen(host: str, port: int) -> None:
    """Links carry the port that was chosen, here and in the workers, unless COMMUNIS_URL says otherwise."""
    if environment.text("COMMUNIS_URL") == "" and host in LOOPBACK:
        settings.BASE_URL = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        os.environ["COMMUNIS_URL"] = settings.BASE_URL


def become_supervisor(arguments: argparse.Namespace) -> None:
    words = [arguments.host, str(arguments.port), str(arguments.workers)]
    words += ["web-only"] if arguments.web_only else []
    # Beside the worker, which takes out of the spool what is put in.
    words += ["mail"] if not arguments.web_only and (settings.LMTP or settings.SMTP) else []
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "communis.cli.supervisor", *words])  # noqa: S606
