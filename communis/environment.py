"""Reads settings from the environment: NAME, or the contents of the file that NAME_FILE names."""

import os
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class SettingError(Exception):
    """A setting cannot be used; the message says which one and what to write instead."""


class Mailbox(NamedTuple):
    """A folder of mails on an IMAP server; ``secure`` is over TLS."""

    secure: bool
    host: str
    port: int
    user: str
    folder: str


def text(name: str, default: str = "") -> str:
    """The value of NAME, else the stripped contents of the file in NAME_FILE, else ``default``."""
    if name in os.environ:
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error


def boolean(name: str, default: bool) -> bool:
    """1, true, yes, on or 0, false, no, off in any case."""
    value = text(name).lower()
    if value == "":
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name} is {value!r}. Write 1 or 0.")


def whole(name: str, default: int, least: int, most: int) -> int:
    """A whole number between ``least`` and ``most``, both included."""
    value = text(name)
    if value == "":
        return default
    if not value.isdigit() or not least <= int(value) <= most:
        raise SettingError(f"{name} is {value!r}. Write a whole number from {least} to {most}.")
    return int(value)


def listing(name: str, default: list[str]) -> list[str]:
    """Comma-separated words, spaces around them dropped."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def hours(name: str, default: list[int]) -> list[int]:
    """One to three whole hours of a day, with commas, the earliest first."""
    words = listing(name, [str(hour) for hour in default])
    if not 1 <= len(words) <= 3 or not all(word.isdigit() and int(word) < 24 for word in words):
        raise SettingError(f"{name} is {text(name)!r}. Write one to three hours from 0 to 23, like 7,12,16.")
    return [int(word) for word in words]


def day(name: str) -> date | None:
    """A day written like 2026-03-31; None when nothing is written."""
    value = text(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise SettingError(f"{name} is {value!r}. Write a day like 2026-03-31.") from error


def one_of(name: str, allowed: Collection[str]) -> str:
    """One of the words in ``allowed``; empty when nothing is written."""
    value = text(name)
    if value and value not in allowed:
        raise SettingError(f"{name} is {value!r}. Write one of: {', '.join(allowed)}.")
    return value


def place(name: str) -> tuple[str, int] | None:
    """An address and a port like 127.0.0.1:8024; None when nothing is written."""
    value = text(name)
    if value == "":
        return None
    host, _colon, port = value.rpartition(":")
    if not host or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise SettingError(f"{name} is {value!r}. Write an address and a port like 127.0.0.1:8024.")
    return host.strip("[]"), int(port)


def mailbox(name: str) -> Mailbox | None:
    """A mailbox like imaps://svar@imap.avinge.example/INBOX; None when nothing is written."""
    value = text(name)
    if value == "":
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    user, folder = unquote(parts.username or ""), unquote(parts.path.lstrip("/")) or "INBOX"
    if parts.scheme not in {"imaps", "imap"} or not parts.hostname or not user or not _plain(folder):
        # The value is not repeated: somebody may have written the password in it.
        raise SettingError(f"{name}: write it like imaps://svar@imap.avinge.example/INBOX, in plain letters.")
    if parts.password is not None:
        raise SettingError(f"{name} must not carry the password. Write it in {name}_PASSWORD, or in a file.")
    if parts.scheme == "imap" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise SettingError(f"{name}: begin with imaps://. Without TLS a mailbox may only be on this machine.")
    secure = parts.scheme == "imaps"
    return Mailbox(secure, parts.hostname, port or (993 if secure else 143), user, folder)


def _plain(folder: str) -> bool:
    """Whether the name of a folder travels as it is."""
    return folder.isascii() and folder.isprintable() and not set(folder) & set('"\\')


def lines(name: str) -> list[str]:
    """One thing a line, empty lines left out."""
    return [line.strip() for line in text(name).splitlines() if line.strip()]
