"""The list of parts of an installed program (CycloneDX 1.5), and the texts of their licences, inside of it."""

from __future__ import annotations

import json
import platform
import shutil
import sysconfig
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from identity import HOME_PAGE, NAME, PROJECT, SUMMARY, VERSION
from parts import Part, normal
from PySide6.QtCore import qVersion

FILE, FOLDER = "sbom.cdx.json", "licences"
# Models that wheels bring, with where they come from: (package, name, licence).
_MODELS = (
    ("faster-whisper", "Silero VAD", "MIT"),
    ("pocketsphinx", "CMU US English acoustic and language model", "BSD-2-Clause"),
    ("rapidocr", "PP-OCR text detection and recognition", "Apache-2.0"),
    ("opencv-python-headless", "Haar cascade for frontal faces", "BSD-3-Clause"),
)


def write_sbom(internal: Path, parts: Sequence[Part], date_s: int) -> None:
    """Write the list and the licences into the program's folder `internal`. `date_s` stands for now, since 1970."""
    components = [_python(), *(_component(part) for part in parts)]
    reference = f"pkg:generic/{NAME}@{VERSION}"
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{reference}#{date_s}')}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(date_s)),
            "component": {
                "type": "application",
                "bom-ref": reference,
                "name": NAME,
                "version": VERSION,
                "description": SUMMARY,
                "licenses": [{"expression": "GPL-3.0-or-later"}],
                "externalReferences": [{"type": "website", "url": HOME_PAGE}],
            },
        },
        "components": components,
        "dependencies": [{"ref": reference, "dependsOn": [component["bom-ref"] for component in components]}],
    }
    _save(internal / FILE, document)
    _copy_licences(internal / FOLDER, parts)


def add_components(internal: Path, more: Sequence[dict[str, Any]]) -> None:
    """Put `more` components into the list that is there already."""
    document = json.loads((internal / FILE).read_text("utf-8"))
    document["components"] += more
    document["dependencies"][0]["dependsOn"] += [component["bom-ref"] for component in more]
    _save(internal / FILE, document)


def _save(target: Path, document: dict[str, Any]) -> None:
    target.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _python() -> dict[str, Any]:
    version = platform.python_version()
    return {
        "type": "platform",
        "bom-ref": f"pkg:generic/python@{version}",
        "name": "CPython",
        "version": version,
        "licenses": [{"expression": "PSF-2.0"}],
    }


def _component(part: Part) -> dict[str, Any]:
    reference = f"pkg:pypi/{normal(part.name)}@{part.version}"
    inside = [_library(reference, name, version) for name, version in part.libraries]
    if normal(part.name) == "pyside6-essentials":
        qt = _library(reference, "Qt", qVersion() or "")
        inside.append(qt | {"licenses": [{"expression": "LGPL-3.0-only"}]})
    inside += [
        {
            "type": "machine-learning-model",
            "bom-ref": f"{reference}#{name.replace(' ', '-')}",
            "name": name,
            "licenses": [{"expression": licence}],
        }
        for package, name, licence in _MODELS
        if package == normal(part.name)
    ]
    return {
        "type": "library",
        "bom-ref": reference,
        "name": part.name,
        "version": part.version,
        "purl": reference,
        "licenses": [{"expression": part.licence}],
        **({"components": inside} if inside else {}),
    }


def _library(owner: str, name: str, version: str) -> dict[str, Any]:
    known = {"version": version} if version else {}
    return {"type": "library", "bom-ref": f"{owner}#{name}{version}", "name": name, **known}


def _copy_licences(target: Path, parts: Sequence[Part]) -> None:
    for part in parts:
        folder = target / normal(part.name)
        folder.mkdir(parents=True)
        for file in part.licence_files:
            name = file.name if not (folder / file.name).exists() else f"{file.parent.name}-{file.name}"
            shutil.copyfile(file, folder / name)
    shutil.copyfile(PROJECT / "LICENSE", target / "LICENSE.txt")
    for place in (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path("/usr/share/doc/python3/copyright")):
        if place.is_file():
            shutil.copyfile(place, target / "python.txt")
            break
