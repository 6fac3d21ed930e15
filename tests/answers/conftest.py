import pytest

from tests.answers.town import Answering
from tests.cast import Cast


@pytest.fixture
def answering(people: Cast) -> Answering:
    return Answering(people)
