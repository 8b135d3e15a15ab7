"""`model.json`: what lies in a model's folder, as it was when its checksums were last computed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_search.engine.model_store.catalogue import safe_path, settings_from
from desktop_search.engine.model_store.installed import InstalledModel, Kind

NAME = "model.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of an installed model.

    Attributes:
        sha256_from: "catalogue" (pinned), "hub" (what it said at the first download) or "file" (computed from it).
        modified_ns: its time of change when its checksum was computed; with the size it tells a changed file quickly.
    """

    path: str
    size_bytes: int
    sha256: str
    sha256_from: str
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Checked:
    """How the built-in check of a model went.

    Attributes:
        passed: whether the model may be used.
        problem: why not; "" when it passed.
        at: when, as ISO 8601 in UTC.
        ms_per_item: what one picture, sentence or second of sound cost; None when not measured.
    """

    passed: bool
    problem: str
    at: str
    ms_per_item: float | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """An installed model. `checked` is None until the built-in check has ended."""

    model_id: str
    kind: Kind
    family: str
    title: str
    licence: str
    attribution: str
    repo: str
    revision: str
    files: tuple[HeldFile, ...]
    checked: Checked | None = None
    settings: Mapping[str, int | float | str] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files)

    def model(self, folder: Path) -> InstalledModel:
        """The model as its users get it, lying in `folder`."""
        return InstalledModel(self.model_id, self.kind, self.family, folder, self.revision, dict(self.settings))

    def with_check(self, checked: Checked | None) -> Manifest:
        """The same with another result of the check."""
        return replace(self, checked=checked)

    def changed_file(self, folder: Path) -> str:
        """The first file that is missing or not as it was, by size and time; "" when all are as they were."""
        for file in self.files:
            try:
                found = (folder / file.path).stat()
            except OSError:
                return file.path
            if (found.st_size, found.st_mtime_ns) != (file.size_bytes, file.modified_ns):
                return file.path
        return ""


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in `folder`; None where there is none, or none that can be read."""
    try:
        value = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if value["version"] != _VERSION:
            return None
        return _parsed(value)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `model.json`, whole or not at all. Raises `OSError`."""
    value = {"version": _VERSION, **asdict(manifest)}
    write_json(folder / NAME, value)


def write_json(file: Path, value: object) -> None:
    """Write JSON to `file`, whole or not at all. Raises `OSError`."""
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("w", encoding="utf-8") as out:
        json.dump(value, out, indent=2)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _parsed(value: dict[str, Any]) -> Manifest:
    checked = value["checked"]
    texts = {name: str(value[name]) for name in ("model_id", "family", "title", "licence", "attribution", "repo")}
    return Manifest(
        **texts,
        kind=Kind(value["kind"]),
        revision=str(value["revision"]),
        files=tuple(
            HeldFile(
                path=safe_path(file["path"]),
                size_bytes=int(file["size_bytes"]),
                sha256=str(file["sha256"]),
                sha256_from=str(file["sha256_from"]),
                modified_ns=int(file["modified_ns"]),
            )
            for file in value["files"]
        ),
        checked=None if checked is None else Checked(**checked),
        settings=settings_from(value["settings"]),
    )
