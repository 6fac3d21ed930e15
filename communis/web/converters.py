"""What may stand in an address. Anything else is no page, before a database is asked."""


class PublicId:
    """The 32 hexadecimal digits of a public id."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
