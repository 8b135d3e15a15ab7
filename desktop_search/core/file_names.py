"""File names made of names from elsewhere: whatever a video is called, its file can be saved everywhere. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

_FORBIDDEN = frozenset('<>:"/\\|?*')  # on one system or another
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{number}" for number in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)
_MAX_BYTES = 180  # of 255, so that a number and the ending of an unfinished file fit behind


def file_name(name: str, fallback: str, suffixes: Collection[str], suffix: str) -> str:
    """A name that every file system takes, as much like `name` as that allows; `fallback` where nothing is left of it.

    Args:
        suffixes: endings that stay, such as ".mov", in small letters.
        suffix: what is put behind a name with none of them.
    """
    ending = next((each for each in suffixes if name.casefold().endswith(each)), "")
    stem = name[: len(name) - len(ending)] if ending else name
    kept = name[len(stem) :] or suffix
    stem = "".join(" " if _is_unfit(sign) else sign for sign in unicodedata.normalize("NFC", stem))
    stem = " ".join(stem.split()).strip(". ")
    while len(stem.encode("utf-8")) > _MAX_BYTES:
        stem = stem[:-1].rstrip(". ")
    if not stem:
        stem = fallback
    elif stem.partition(".")[0].casefold() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem}{kept}"


def numbered(name: str) -> Iterator[str]:
    """The name, then "name (2).mov", "name (3).mov" …"""
    yield name
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    number = 2
    while True:
        yield f"{stem} ({number}){dot}{ending}"
        number += 1


def _is_unfit(sign: str) -> bool:
    return sign in _FORBIDDEN or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
