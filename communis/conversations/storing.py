"""A file that someone sends along: prepared, kept under a random name, ready for a draft or a contribution."""

from communis.conversations import pictures
from communis.conversations.files import store
from communis.conversations.refusals import Refused
from communis.conversations.words import Attachment


def receive(data: bytes, declared_name: str) -> Attachment:
    """Prepare the bytes and keep them durably. Raises Refused when they cannot be taken."""
    try:
        prepared = pictures.prepare(data, declared_name)
    except pictures.FileRefused as refusal:
        raise Refused(f"{declared_name}: {refusal}", "files") from refusal
    return keep(prepared)


def keep(prepared: pictures.Prepared, alternative: str = "") -> Attachment:
    """Keep what is prepared durably, under names of its own each time: no two contributions share bytes (G10)."""
    return Attachment(
        name=prepared.name,
        media_type=prepared.media_type,
        stored_as=store(prepared.data),
        small_stored_as=store(prepared.small) if prepared.small else "",
        width=prepared.width,
        height=prepared.height,
        alternative=alternative,
    )
