"""Text from outside as files for editing programs can hold it."""

from __future__ import annotations

from pathlib import Path, PurePath


def plain(text: str) -> str:
    """One line of it, with nothing that XML or a text file could not hold."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line.encode("utf-8", "replace").decode("utf-8")


def clip_name(path: Path) -> str:
    """The file's name with its ending: without it, editing programs do not find the file again."""
    return plain(path.name)


def file_url(path: Path) -> str:
    """`file:///…` with everything percent-encoded that has to be, on every system."""
    return url_of(path.absolute())


def url_of(path: PurePath) -> str:
    """The same for an absolute path of any system."""
    return path.as_uri()
