"""The stamp of all names as they are shown: drawn pages that are kept hold for as long as it stands."""

from communis.looking.stamps import new_stamp
from communis.people.models import Names


def names_changed() -> None:
    """A name, or whether it leads anywhere, is shown otherwise from now on; in the transaction that changes it."""
    Names.objects.update_or_create(id=1, defaults={"stamp": new_stamp()})
