"""Names of people outside, who wrote what was imported. Their addresses are never kept."""

from communis.people.models import OutsideName


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
