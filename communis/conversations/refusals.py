"""Why an action was not done. The message is for the person, says what to do next, and loses nothing."""


class Refused(Exception):
    """Not done. ``field`` names the form field to mark, or is empty."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotThere(Exception):
    """Missing or not open to the one who asks: the two are never told apart (trust G7)."""
