"""Where the inputs written by others lie; tests that need them are skipped where the folder is absent."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(
    os.environ.get("COMMUNIS_TEST_DATA", Path(__file__).resolve().parents[2].parent / "shared" / "data")
)
present = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no test data in {FOLDER} (COMMUNIS_TEST_DATA)")


def kept_json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def attacks() -> list[str]:
    """Attack code on sanitisers from three collections."""
    lines = (FOLDER / "security/xss-payloads-dev.txt").read_text(encoding="utf-8").splitlines()
    return (
        [case["input"] for case in kept_json("security/bleach-tests.json")]
        + [case["input"] for case in kept_json("security/loofah-sanitizer-tests.json")]
        + lines
    )
