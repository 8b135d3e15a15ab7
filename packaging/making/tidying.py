"""A folder that is going to be packed: the same modes and times for everybody, and no debugging symbols."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

# Wheels whose libraries still carry their symbols, and Python itself where it was built by hand. The others are left as
# they came: what a wheel's maker has rewritten does not always survive `strip`.
_WITH_SYMBOLS = re.compile(
    r"^(libpython3|python3\.\d+/lib-dynload/|numkong/|ctranslate2/|ctranslate2\.libs/libctranslate2|av/|yaml/"
    r"|cryptography/|hf_xet/|pyclipper/|tokenizers/)"
)
_GLIBC = re.compile(rb"GLIBC_(2\.\d+)\x00")


def strip_symbols(internal: Path) -> None:
    """Take the debugging symbols out of the libraries below `internal` that carry them. Needs binutils."""
    tool = shutil.which("strip")
    if tool is None:
        raise FileNotFoundError("strip is missing; install binutils")
    names = [
        str(path)
        for path in sorted(internal.rglob("*.so*"))
        if not path.is_symlink() and _WITH_SYMBOLS.match(path.relative_to(internal).as_posix())
    ]
    subprocess.run([tool, "--strip-unneeded", *names], check=True)


def same_for_everybody(folder: Path, date_s: int) -> None:
    """Modes 755 and 644, and the time `date_s` (since 1970), for all that lies in `folder`."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or (os.access(path, os.X_OK) and not _is_library(path)) else 0o644)
        os.utime(path, (date_s, date_s), follow_symlinks=False)
    folder.chmod(0o755)
    os.utime(folder, (date_s, date_s))


def oldest_glibc(folder: Path) -> str:
    """The version of glibc that the programs and libraries below `folder` need at least, as "2.35"."""
    found = {"2.17"}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if content.startswith(b"\x7fELF"):
                found |= {match.decode() for match in _GLIBC.findall(content)}
    return max(found, key=lambda version: int(version.split(".")[1]))


def _is_library(path: Path) -> bool:
    return ".so" in path.name
