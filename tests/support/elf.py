"""What the programs and libraries in a folder want of the system that they are to run on. Needs binutils."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_FILE = re.compile(r"^File: (.+)$")
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_VERSION = re.compile(r"Name: ((GLIBC|GLIBCXX|CXXABI)_\w[\w.]*)")


@dataclass(frozen=True)
class Wanted:
    """From all of them together.

    Attributes:
        libraries: names of the libraries that are not in the folder itself, with the names of those that load them.
        versions: of the interfaces of glibc and of the C++ library, as "GLIBC_2.35".
    """

    libraries: dict[str, set[str]]
    versions: set[str]


def wanted_by(folder: Path) -> Wanted:
    """What is linked; what a program looks for by itself while it runs does not show here."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    command = ["readelf", "--wide", "--dynamic", "--version-info", *map(str, files)]
    asked = subprocess.run(command, capture_output=True, text=True, check=True)
    inside = {path.name for path in folder.rglob("*.so*")}
    libraries, versions, loading = defaultdict[str, set[str]](set), set[str](), ""
    for line in asked.stdout.splitlines():
        if match := _FILE.match(line):
            loading = Path(match[1]).name
        elif (match := _NEEDED.search(line)) and match[1] not in inside:
            libraries[match[1]].add(loading)
        elif match := _VERSION.search(line):
            versions.add(match[1])
    return Wanted(dict(libraries), versions)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
