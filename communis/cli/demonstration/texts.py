"""The words of the demonstration: one file a conversation, both languages side by side (see texts/README.md)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"


@cache
def text_file(name: str) -> dict[str, Any]:
    """What a file says, in both languages. Never changed by who asks."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def in_language(said: dict[str, Any], language: str) -> str:
    """The words of a part of a file, without the line breaks around them."""
    words: str = said[language]
    return words.strip()
