"""Where the engine's API key comes from: a file, the environment, or chance. Never the command line."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from desktop_search.engine.problems import StartProblem

KEY_VARIABLE = "DESKTOP_SEARCH_ENGINE_KEY"
KEY_FILE_NAME = "engine.key"


def take_key_from_environment() -> str:
    """The key in the environment, taken out of it at once so that no child inherits it; "" when there is none."""
    return os.environ.pop(KEY_VARIABLE, "").strip()


def choose_key(from_environment: str, key_file: Path | None, data_dir: Path) -> str:
    """The key to answer to. Without one a random key is made and written to `data_dir/engine.key`, readable by the
    user alone. Raises StartProblem.
    """
    if key_file is not None:
        try:
            key = key_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise StartProblem(f"The key file {key_file} cannot be read: {error}") from None
        if not key:
            raise StartProblem(f"The key file {key_file} is empty.")
        return key
    if from_environment:
        return from_environment
    key = f"sk-local-{secrets.token_urlsafe(32)}"
    _write_private(data_dir / KEY_FILE_NAME, key + "\n")
    return key


def _write_private(file: Path, text: str) -> None:
    """Created with its mode, complete from the first moment it has its name."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)
