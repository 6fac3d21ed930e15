"""Why something with persons or circles was not done; the message is for the person."""


class PeopleRefused(Exception):
    """Not done. ``field`` names the form field to mark, or is empty."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
