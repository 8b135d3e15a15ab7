"""Keys given out beside the engine's own, in a file of their own: they outlive an index that had to be begun anew."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from desktop_search.engine.library.ids import now_ms
from desktop_search.engine.store.database import Database

FILE_NAME = "keys.db"
_MIGRATIONS = (
    """
CREATE TABLE IF NOT EXISTS keys (
    prefix TEXT PRIMARY KEY,             -- the beginning of the key, which says nothing about the rest
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    salt BLOB NOT NULL,
    digest BLOB NOT NULL,                -- HMAC-SHA-256 of the key; it is random, so nothing slower is needed
    created_ms INTEGER NOT NULL,
    revoked_ms INTEGER
);
CREATE UNIQUE INDEX IF NOT EXISTS keys_by_name ON keys (name) WHERE revoked_ms IS NULL;
""",
    """
CREATE TABLE IF NOT EXISTS disabled_accounts (
    account TEXT PRIMARY KEY,
    since_ms INTEGER NOT NULL
);
""",
)
_KEY = re.compile(r"(sk-local-[0-9a-f]{8})-[A-Za-z0-9_-]{43}", re.ASCII)


class AccountDisabled(Exception):
    """The key is good, but its account may do nothing for now."""


class NameTaken(Exception):
    """There is another key of that name."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What is known of a key that was given out."""

    prefix: str
    name: str
    account: str
    created_ms: int
    revoked_ms: int | None
    disabled: bool


class Keys:
    """Safe from any thread, and beside other processes: an engine hears at once what the command line changed."""

    def __init__(self, data_dir: Path) -> None:
        self.database = Database(data_dir / FILE_NAME, _MIGRATIONS)

    def add(self, name: str, account: str) -> str:
        """Make a key for an account. This is the only time that it can be read. Raises NameTaken."""
        prefix, salt = f"sk-local-{secrets.token_hex(4)}", secrets.token_bytes(16)
        key = f"{prefix}-{secrets.token_urlsafe(32)}"
        try:
            with self.database.writing() as connection:
                connection.execute(
                    "INSERT INTO keys (prefix, name, account, salt, digest, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
                    (prefix, name, account, salt, _digest(key, salt), now_ms()),
                )
        except sqlite3.IntegrityError:
            raise NameTaken(name) from None
        return key

    def all(self) -> list[KeyRow]:
        """Every key, the oldest first."""
        rows = self.database.reading().execute(
            "SELECT prefix, name, account, created_ms, revoked_ms, account IN (SELECT account FROM disabled_accounts)"
            " FROM keys ORDER BY created_ms, rowid"
        )
        return [KeyRow(row[0], row[1], row[2], row[3], row[4], bool(row[5])) for row in rows]

    def has_any(self) -> bool:
        """Whether a key was given out that is good."""
        return any(row.revoked_ms is None and not row.disabled for row in self.all())

    def revoke(self, name: str) -> bool:
        """Make the key of that name, or with that prefix, void. False when there is none."""
        with self.database.writing() as connection:
            changed = connection.execute(
                "UPDATE keys SET revoked_ms = ? WHERE revoked_ms IS NULL AND (name = ? OR prefix = ?)",
                (now_ms(), name, name),
            )
        return changed.rowcount > 0

    def set_disabled(self, name: str, disabled: bool) -> bool:
        """Let the account of that name, or of the key with that name or prefix, do nothing, or all again.

        False when there is no such account.
        """
        with self.database.writing() as connection:
            row = connection.execute(
                "SELECT account FROM keys WHERE account = :name OR name = :name OR prefix = :name"
                " ORDER BY account <> :name, revoked_ms IS NOT NULL LIMIT 1",
                {"name": name},
            ).fetchone()
            if row is None:
                return False
            if disabled:
                connection.execute("INSERT OR IGNORE INTO disabled_accounts VALUES (?, ?)", (row["account"], now_ms()))
            else:
                connection.execute("DELETE FROM disabled_accounts WHERE account = ?", (row["account"],))
        return True

    def account_of(self, key: str) -> str | None:
        """Whose key it is; `None` for one that was never given out, or is void. Raises AccountDisabled."""
        match = _KEY.fullmatch(key)
        if match is None:
            return None
        row = (
            self.database.reading()
            .execute(
                "SELECT account, salt, digest, account IN (SELECT account FROM disabled_accounts) AS disabled"
                " FROM keys WHERE prefix = ? AND revoked_ms IS NULL",
                (match.group(1),),
            )
            .fetchone()
        )
        if row is None or not hmac.compare_digest(row["digest"], _digest(key, row["salt"])):
            return None
        if row["disabled"]:
            raise AccountDisabled
        return str(row["account"])

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def _digest(key: str, salt: bytes) -> bytes:
    return hmac.digest(salt, key.encode(), hashlib.sha256)
