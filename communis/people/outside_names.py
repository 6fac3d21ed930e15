"""Names of people outside, who wrote what was imported, or a mail. Their addresses are never kept."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from communis.people.models import OutsideName, Person
from communis.people.names import names_changed

_MAIL = "mail "


def source_of_mail(mail: str) -> str:
    """The source of a name that stands in one mail. Each mail has its own: two that give the same name may be two."""
    return f"{_MAIL}{mail}"


def name_of_mail(mail: str) -> OutsideName | None:
    """The name that the mail gave, where it was let in and nobody stands behind it yet."""
    return OutsideName.objects.filter(source=source_of_mail(mail), claimed_by=None).first()


def source_shown(source: str) -> str:
    """In words, for those who are to say whose name it is."""
    return _("A mail from outside") if source.startswith(_MAIL) else source


class OutsideNames:
    """The outside names of one source, each looked up once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.known: dict[tuple[str, str], OutsideName] = {}

    def named(self, name: str, site: str = "") -> OutsideName:
        """The row for this name, made if new. Names and sites are cut to what the columns hold."""
        key = (name[:200], site if len(site) <= 500 else "")
        if key not in self.known:
            self.known[key] = OutsideName.objects.get_or_create(source=self.source, name=key[0], site=key[1])[
                0
            ]
        return self.known[key]

    def is_here(self, name: str, site: str = "") -> bool:
        """Whether an import has brought this name before."""
        return OutsideName.objects.filter(source=self.source, name=name[:200], site=site).exists()


def locked_name(number: int) -> OutsideName:
    """The name, which nobody else ties to a person or brings words in under until the transaction's end."""
    return OutsideName.objects.select_for_update().get(id=number)


def name_of_source(source: str, name: str) -> OutsideName | None:
    """The name as the source has it; one who wrote there signed in before those who left an address of their own."""
    return OutsideName.objects.filter(source=source, name=name).order_by("site", "id").first()


def claimed_among(numbers: Iterable[int]) -> dict[int, int]:
    """``{outside name id: person id}`` of those that someone stands behind; all locked as ``locked_name`` does."""
    rows = OutsideName.objects.filter(id__in=set(numbers)).order_by("id").select_for_update()
    return {
        number: person for number, person in rows.values_list("id", "claimed_by_id") if person is not None
    }


def stands_behind(name: OutsideName, person: Person | None) -> None:
    """From the next look on the person's name shows beside it; with None, nobody's does."""
    OutsideName.objects.filter(id=name.id).update(claimed_by=person)
    names_changed()
