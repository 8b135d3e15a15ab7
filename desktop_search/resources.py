"""Reads the files of `resources/`, alike from a source tree, an editable install and an installed wheel.

In a wheel they are the package's own `_resources` folder; in a source tree they lie beside the package.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path, PurePosixPath

_SAMPLES = "sample/samples.json"

# What the program cannot do without; the self-check names the missing ones.
REQUIRED: tuple[str, ...] = (
    "app/desktop-search.svg",
    "qss/base.qss",
    "icons/search.svg",
    "icons/add.svg",
    "icons/play.svg",
    "icons/pause.svg",
    "models.json",
    "map/world.json.gz",
    "locale/de/LC_MESSAGES/desktop_search.mo",
    _SAMPLES,
)


@cache
def root() -> Path:
    """The folder that holds all resources."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def path(name: str) -> Path:
    """Where the resource `name` ("icons/search.svg") lies; it need not exist.

    Raises `ValueError` for a name that would leave the folder.
    """
    parts = PurePosixPath(name)
    if not name or "\\" in name or parts.is_absolute() or ".." in parts.parts:
        raise ValueError(f"not a resource name: {name!r}")
    return root().joinpath(*parts.parts)


def read_bytes(name: str) -> bytes:
    """The content of a resource. `FileNotFoundError` when there is none of that name."""
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """The content of a UTF-8 text resource. `FileNotFoundError` when there is none of that name."""
    return path(name).read_text(encoding="utf-8")


def languages() -> tuple[str, ...]:
    """The languages that there is a translation for, besides English."""
    return tuple(sorted(folder.name for folder in path("locale").iterdir() if folder.is_dir()))


def missing() -> tuple[str, ...]:
    """The names in `REQUIRED`, and the files that the sample footage names, that are not there."""
    absent = [name for name in REQUIRED if not path(name).is_file()]
    if _SAMPLES not in absent:
        about = json.loads(read_text(_SAMPLES))
        named = [f"sample/{entry['file']}" for entry in about["clips"] + about["pictures"]]
        absent += [name for name in named if not path(name).is_file()]
    return tuple(absent)
