"""What happens once, when an installation begins. The one place where the first steward is called for."""

from collections.abc import Callable

from communis.people.first_run import first_steward

# Each makes something that every installation needs, if it is not there yet, and returns the address of a
# sign-in link to show, or None. They must bear being called at every start.
FIRST_STEPS: list[Callable[[], str | None]] = [first_steward]


def begin() -> list[str]:
    """The sign-in links to show; none when somebody is here already."""
    return [link for step in FIRST_STEPS if (link := step())]
