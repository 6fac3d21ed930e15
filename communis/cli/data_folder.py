"""The data folder when there is none yet: closed to others, with a secret key of its own.

Runs before the settings are read, because the settings read the key; so it reads the environment itself.
"""

import os
import secrets
from pathlib import Path

from communis import environment


def make_data_folder() -> None:
    """Fill a missing or empty COMMUNIS_DATA; a folder with anything in it is left as it is.

    A lost key in a used folder is therefore never replaced in silence: the check refuses instead.
    """
    folder = Path(environment.text("COMMUNIS_DATA", str(Path.cwd() / ".data" / "default"))).absolute()
    if folder.exists() and any(folder.iterdir()):
        return
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    with open(keys / "secret", "x", opener=readable_by_owner) as file:
        file.write(secrets.token_urlsafe(50))


def readable_by_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
