"""`desktop-search engine keys …`: keys for others, each with an account of its own. The engine may be running."""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from desktop_search.engine.problems import StartProblem
from desktop_search.engine.store.database import StoreTooNew
from desktop_search.engine.store.keys import KeyRow, Keys, NameTaken

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


def run_key_command(argv: list[str]) -> int:
    """Add, list, revoke, disable or enable. Returns the exit code: 0, or 2 with the reason on standard error."""
    asked = _parser().parse_args(argv)
    try:
        with _keys(asked.data_dir.absolute()) as keys:
            if asked.command == "add":
                sys.stdout.write(_added(keys, asked.name, asked.account or asked.name) + "\n")
            elif asked.command == "revoke":
                if not keys.revoke(asked.name):
                    raise StartProblem(f"There is no key {asked.name}, or it was revoked before.")
            elif asked.command in ("disable", "enable"):
                if not keys.set_disabled(asked.name, asked.command == "disable"):
                    raise StartProblem(f"There is no account and no key {asked.name}.")
            else:
                sys.stdout.writelines(line + "\n" for line in _table(keys.all()))
    except StartProblem as problem:
        sys.stderr.write(f"desktop-search engine keys: {problem}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desktop-search engine keys", description="Keys for others, who see nothing but their own footage."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="make a key, and show it this one time")
    add.add_argument("name", type=_name, help="what to call the key")
    add.add_argument("--account", type=_name, help="whose footage it is for (default: the name of the key)")
    revoke = commands.add_parser("revoke", help="make a key void at once; the footage of its account stays")
    revoke.add_argument("name", help="name or prefix of the key")
    disable = commands.add_parser("disable", help="refuse all keys of an account for now; its footage stays")
    enable = commands.add_parser("enable", help="let the keys of an account in again")
    for command in (disable, enable):
        command.add_argument("name", help="name of the account, or name or prefix of one of its keys")
    listed = commands.add_parser("list", help="show all keys, but not what they are")
    for command in (add, revoke, disable, enable, listed):
        command.add_argument("--data-dir", type=Path, required=True, help="folder of the engine's index")
    return parser


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("up to 64 letters, digits, dots, hyphens and underscores")
    return text


@contextmanager
def _keys(data_dir: Path) -> Iterator[Keys]:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        keys = Keys(data_dir)
    except StoreTooNew as error:
        raise StartProblem(str(error)) from None
    except (OSError, sqlite3.Error) as error:
        raise StartProblem(f"The data folder {data_dir} cannot be used: {error}") from None
    try:
        yield keys
    except sqlite3.Error as error:
        raise StartProblem(f"The keys could not be stored: {error}") from None
    finally:
        keys.close()


def _added(keys: Keys, name: str, account: str) -> str:
    try:
        return keys.add(name, account)
    except NameTaken:
        raise StartProblem(f"There is a key {name} already. Revoke it first, or choose another name.") from None


def _table(rows: list[KeyRow]) -> Iterator[str]:
    """One line a key, with tabs between: prefix, name, account, when it was made, what became of it."""
    for row in rows:
        state = "account disabled" if row.disabled else ""
        if row.revoked_ms is not None:
            state = f"revoked {_moment(row.revoked_ms)}"
        yield "\t".join((row.prefix, row.name, row.account, _moment(row.created_ms), state)).rstrip()


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
