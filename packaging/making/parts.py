"""Which Python packages an installed program holds, found from the files that PyInstaller took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from identity import PROJECT

_TEXTS = PROJECT / "packaging" / "licences"
# Wheels that come without the text of their licence.
_TEXT_OF = {
    "ctranslate2": ("MIT-ctranslate2.txt",),
    "flatbuffers": ("Apache-2.0.txt",),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-2.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-2.0.txt"),
    "tokenizers": ("Apache-2.0.txt",),
}
# Licences that wheels name in other words than SPDX's, or not at all.
_SPDX_OF = {
    "backports-tarfile": "MIT",
    "colorlog": "MIT",
    "flatbuffers": "Apache-2.0",
    "jaraco-classes": "MIT",
    "mdurl": "MIT",
    "markdown-it-py": "MIT",
    "omegaconf": "BSD-3-Clause",
    "onnxruntime": "MIT",
    "opencv-python-headless": "Apache-2.0",
    "opentimelineio": "Apache-2.0",
    "pocketsphinx": "BSD-2-Clause",
    "protobuf": "BSD-3-Clause",
    "pycmx": "MIT",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "python-vlc": "LGPL-2.1-or-later",
    "setuptools": "MIT",
    "tokenizers": "Apache-2.0",
}
_LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS|THIRDPARTY)", re.IGNORECASE)
_LIBRARY = re.compile(r"^(?P<name>[A-Za-z0-9_+.-]+?)(-[0-9a-f]{8})+\.so\.?(?P<version>[0-9.]*)$")


@dataclass(frozen=True)
class Part:
    """One Python package. `libraries` are those of others inside its wheel: (name, version or "")."""

    name: str
    version: str
    licence: str
    licence_files: tuple[Path, ...]
    libraries: tuple[tuple[str, str], ...]


def normal(name: str) -> str:
    """A package's name as registries write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parts_of(taken: Iterable[Path]) -> list[Part]:
    """The packages that any of the files `taken` belongs to, by name.

    Raises `LookupError` for one without a licence, or without the text of it: such a package cannot be shipped.
    """
    wanted = {path.resolve() for path in taken}
    found = [dist for dist in distributions() if any(file in wanted for file in _files(dist))]
    unique = {normal(dist.name): dist for dist in found}
    return [_part(name, dist, wanted) for name, dist in sorted(unique.items())]


def _files(dist: Distribution) -> Iterable[Path]:
    return (Path(str(dist.locate_file(file))).resolve() for file in dist.files or ())


def _part(name: str, dist: Distribution, taken: Set[Path]) -> Part:
    licence = _SPDX_OF.get(name) or dist.metadata.get("License-Expression") or dist.metadata.get("License") or ""
    inside = [file for file in dist.files or () if file.suffix != ".py" and _LICENCE_FILE.search(file.name)]
    texts = [Path(str(dist.locate_file(file))) for file in inside] or [_TEXTS / text for text in _TEXT_OF.get(name, ())]
    if not licence or "\n" in licence or not texts:
        raise LookupError(f"{name}: its licence, or the text of it, is not known; see packaging/making/parts.py")
    inside_wheel = (path for path in _files(dist) if path.parent.name.endswith(".libs") and path in taken)
    matches = (_LIBRARY.match(path.name) for path in inside_wheel)
    libraries = sorted({(match["name"], match["version"]) for match in matches if match})
    return Part(dist.name, dist.version, licence, tuple(texts), tuple(libraries))
