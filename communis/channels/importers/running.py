"""An import as a job: asked for on the page, done by the worker, taken up again when a worker died.

First a dry run, which changes nothing; the steward looks at what it says and then brings it in.
"""

import logging
import time
from collections.abc import Iterable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from communis.channels.fetching.fetching import Fetcher
from communis.channels.importers.kept_exports import forget, keep, place_of
from communis.channels.importers.models import Import
from communis.channels.importers.pictures import fetch_pictures
from communis.channels.importers.wxr.importing import ImportRefused, Progress, import_wxr
from communis.channels.importers.wxr.reading import first_look
from communis.channels.importers.wxr.records import Malformed
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import DAY, SECOND, now
from communis.people.models import Person
from communis.people.naming import person_with

log = logging.getLogger("communis.imports")

# A worker that has not been heard of for so long is dead, and its import is taken up again.
SILENCE = 60 * SECOND
# Addresses of people outside are not kept here waiting for a decision that never comes.
WAITS_FOR_DECISION = 7 * DAY


class TakenOver(Exception):
    """Another worker goes on with this import, because this one was not heard of for too long."""


def ask_for_import(pieces: Iterable[bytes], name: str, *, by: Person, key: str = "") -> str:
    """Keep the export and let the worker say what it would bring in; returns the public id of the import.

    Raises Refused for a file that is plainly no export; one that is broken further in is refused by the worker.
    """
    if not by.steward:
        raise NotThere

    # Before the transaction: nobody else should wait while a large file is written.
    stored_as = keep(pieces)
    try:
        first_look(place_of(stored_as))
    except Malformed as fault:
        forget(stored_as)
        why = _("Line %(line)d: %(why)s. Choose the file that WordPress saved under Tools, Export.")
        raise Refused(why % {"line": fault.line, "why": fault.why}, "file") from fault

    def ask() -> str:
        return Import.objects.create(
            public_id=public_id(), kind="wxr", name=name[:200], stored_as=stored_as, by=by, dry_run=True
        ).public_id

    asked = once(by.id, key, ask)
    if not Import.objects.filter(stored_as=stored_as).exists():
        forget(stored_as)  # the same form was sent before
    return asked


def own_import(import_id: str, *, by: Person) -> Import:
    """The steward's own import. Raises NotThere for anyone else's, and for whoever is no steward."""
    found = Import.objects.filter(public_id=import_id, by=by).first() if by.steward else None
    if found is None:
        raise NotThere
    return found


def own_imports(*, by: Person) -> list[Import]:
    """The newest first."""
    return list(Import.objects.filter(by=by).order_by("-id")[:50])


def bring_it_in(import_id: str, *, by: Person) -> None:
    """After the dry run: let the worker do it. Asking again changes nothing."""
    found = own_import(import_id, by=by)
    looked_over = Import.objects.filter(pk=found.pk, state=Import.State.FINISHED, dry_run=True)
    looked_over.update(state=Import.State.WAITING, dry_run=False, progress={}, alive_at=None)


def ask_for_pictures(import_id: str, *, by: Person, key: str = "") -> str:
    """Let the worker fetch the pictures of a blog that came in; returns the public id of that run.

    While one waits or is under way, asking again is asking for the same. Raises NotThere for what is no such blog.
    """
    blog = own_blog(import_id, by=by)
    source = blog.report["source"]

    def ask() -> str:
        under_way = Import.objects.filter(
            by=by, kind="pictures", state__in=[Import.State.WAITING, Import.State.RUNNING]
        )
        for job in under_way:
            if job.report["source"] == source:
                return job.public_id
        # Where the blog's own import is found again: with it the page leads back.
        about = {"source": source, "blog": blog.public_id}
        return Import.objects.create(
            public_id=public_id(), kind="pictures", name=blog.name, by=by, report=about
        ).public_id

    return once(by.id, key, ask)


def own_blog(import_id: str, *, by: Person) -> Import:
    """The steward's own import of a blog, brought in. Raises NotThere for anything else."""
    found = own_import(import_id, by=by)
    came_in = found.state == Import.State.FINISHED and not found.dry_run and found.report.get("source")
    if found.kind != "wxr" or not came_in:
        raise NotThere
    return found


def run_next(fetcher: Fetcher | None = None) -> bool:
    """Do the import that has waited longest; False when none waits. For the worker.

    ``fetcher``: with which pictures are fetched, if not with the usual one.
    """
    job = _claimed()
    if job is None:
        _forget_undecided()
        return False
    # Shown later to the one who asked, so in that language.
    by = person_with(job.by_id)
    with translation.override(by.language):
        if job.kind == "pictures":
            _run_pictures(job, by, fetcher)
        else:
            _run(job, by)
    return True


def _claimed() -> Import | None:
    moment = now()
    waiting = Q(state=Import.State.WAITING) | Q(state=Import.State.RUNNING, alive_at__lt=moment - SILENCE)
    for number in Import.objects.filter(waiting).order_by("id").values_list("id", flat=True)[:10]:
        claimed = Import.objects.filter(waiting, id=number)
        if claimed.update(state=Import.State.RUNNING, alive_at=moment):
            return Import.objects.get(id=number)
    return None


def _run(job: Import, by: Person) -> None:
    try:
        if not by.steward or by.closed_at is not None:
            raise ImportRefused(_("Who asked for it is no steward any more."))
        report = import_wxr(place_of(job.stored_as), by=by, dry_run=job.dry_run, progress=_alive(job))
        _end(job, Import.State.FINISHED, report.as_dict())
    except TakenOver:
        return
    except ImportRefused as refusal:
        _end(job, Import.State.REFUSED, refusal.as_dict(job.name))
    except (OperationalError, InterfaceError):
        # The database is away for a while: it stays running, and is taken up again.
        raise
    except Exception as error:
        # By its type alone: its message could carry words.
        log.error("import failed", extra={"error": type(error).__name__})
        why = _("Communis has a fault (%(fault)s). What was brought in before it stays, once.")
        fault = ImportRefused(why % {"fault": type(error).__name__})
        _end(job, Import.State.REFUSED, fault.as_dict(job.name))
    if not job.dry_run or job.state == Import.State.REFUSED:
        forget(job.stored_as)


def _run_pictures(job: Import, by: Person, fetcher: Fetcher | None) -> None:
    about = dict(job.report)
    try:
        if not by.steward or by.closed_at is not None:
            raise ImportRefused(_("Who asked for it is no steward any more."))
        report = fetch_pictures(about["source"], by=by, fetcher=fetcher, progress=_alive(job))
        _end(job, Import.State.FINISHED, report.as_dict() | about)
    except TakenOver:
        return
    except ImportRefused as refusal:
        _end(job, Import.State.REFUSED, refusal.as_dict(job.name) | about)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.error("pictures failed", extra={"error": type(error).__name__})
        why = _("Communis has a fault (%(fault)s). What was fetched before it stays.")
        fault = ImportRefused(why % {"fault": type(error).__name__})
        _end(job, Import.State.REFUSED, fault.as_dict(job.name) | about)


def _alive(job: Import) -> Progress:
    """Tells at most once a second how far the import is. Raises TakenOver when another worker has it."""
    told = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told < 1:
            return
        told = time.monotonic()
        # Two moments are never the same, because the moment is what tells this worker's claim from another's.
        moment = max(now(), (job.alive_at or 0) + 1)
        _tell(job, alive_at=moment, progress={"done": done, "total": total})

    return tell


def _end(job: Import, state: Import.State, report: dict[str, Any]) -> None:
    # Its reader may have chosen another language since: the page says which one the report is in.
    _tell(job, state=state, report={**report, "language": translation.get_language()})


def _tell(job: Import, **said: Any) -> None:
    """Change the row while it is still this worker's: the moment it was last heard of is the token."""
    own = Import.objects.filter(id=job.id, state=Import.State.RUNNING, alive_at=job.alive_at)
    if not own.update(**said):
        raise TakenOver
    for name, value in said.items():
        setattr(job, name, value)


def _forget_undecided() -> None:
    """Exports that nobody brought in within a week."""
    old = Import.objects.filter(
        state=Import.State.FINISHED, dry_run=True, started_at__lt=now() - WAITS_FOR_DECISION
    )
    for job in old:
        language = person_with(job.by_id).language
        with translation.override(language):
            why = ImportRefused(
                _("It was not brought in within a week, so the file was deleted. Upload it again.")
            )
        report = {**why.as_dict(job.name), "language": language}
        if old.filter(id=job.id).update(state=Import.State.REFUSED, report=report):
            forget(job.stored_as)
