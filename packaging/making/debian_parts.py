"""Which Debian packages libraries were taken from: for the list of parts and for their licences."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sbom import FOLDER, add_components


def add_debian_parts(internal: Path, libraries: Iterable[Path]) -> None:
    """Name the packages of the `libraries` in the program's list of parts, and put their licences beside it.

    Raises `LookupError` for a library that no package owns: nothing would be known of its licence.
    """
    packages = _owners([library.resolve() for library in libraries])
    folder = internal / FOLDER / "debian"
    folder.mkdir()
    for package in packages:
        name = package.split(":")[0]
        shutil.copyfile(Path("/usr/share/doc") / name / "copyright", folder / f"{name}.txt")
    add_components(internal, [_component(package) for package in sorted(packages)])


def _owners(libraries: Sequence[Path]) -> set[str]:
    """Debian 12 still notes some files below /lib, which is a link to /usr/lib there."""
    names = [str(library) for library in libraries]
    older = [name.removeprefix("/usr") for name in names]
    asked = subprocess.run(["dpkg-query", "--search", *names, *older], capture_output=True, text=True, check=False)
    owner_of = {place: owner for owner, _, place in (line.partition(": ") for line in asked.stdout.splitlines())}
    unknown = [name for name, old in zip(names, older, strict=True) if name not in owner_of and old not in owner_of]
    if unknown:
        raise LookupError(f"no package owns {', '.join(unknown)}")
    return {owner_of.get(name) or owner_of[old] for name, old in zip(names, older, strict=True)}


def _component(package: str) -> dict[str, Any]:
    form = "${Package}\t${Version}\t${source:Package}\t${source:Version}\t${Architecture}"
    asked = subprocess.run(["dpkg-query", "-W", "-f", form, package], capture_output=True, text=True, check=True)
    name, version, source, source_version, architecture = asked.stdout.split("\t")
    reference = f"pkg:deb/debian/{name}@{version}?arch={architecture}"
    return {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": version,
        "purl": reference,
        "licenses": [{"license": {"name": f"see {FOLDER}/debian/{name}.txt"}}],
        "properties": [{"name": "debian:source", "value": f"{source} {source_version}"}],
    }
