"""The models that can be fetched, as plain data: `resources/models.json`, or a file of one's own in the same form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from desktop_search import resources
from desktop_search.core.errors import FileProblem
from desktop_search.engine.model_store.installed import Kind

_RESOURCE = "models.json"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
MAX_FILE_BYTES = 8 * 1024**3


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A file of a model. Without a size or checksum, what the hub says at the first download is taken and kept.

    Attributes:
        path: its name in the repository, with "/" between folders.
    """

    path: str
    size_bytes: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """A model that can be fetched.

    Attributes:
        family: how it is loaded, see `InstalledModel`.
        revision: a commit, or a branch that is led to a commit at the download.
        about_bytes: the size of all files, roughly; asked only where the sizes are not all known. 0 when unknown.
        faster_than: the model of the same kind that this one stands in for on slow computers; "" for none.
    """

    model_id: str
    kind: Kind
    family: str
    title: str
    purpose: str
    licence: str
    attribution: str
    repo: str
    revision: str
    files: tuple[CatalogueFile, ...]
    about_bytes: int = 0
    faster_than: str = ""
    settings: Mapping[str, int | float | str] = field(default_factory=dict)

    @property
    def pinned(self) -> bool:
        """Whether revision, sizes and checksums are all known beforehand."""
        known = all(file.sha256 is not None and file.size_bytes is not None for file in self.files)
        return known and COMMIT.fullmatch(self.revision) is not None

    @property
    def fetch_bytes(self) -> int:
        """The size of all files; an estimate (0: unknown) unless every size is known."""
        sizes = [file.size_bytes for file in self.files]
        return sum(size for size in sizes if size is not None) if None not in sizes else self.about_bytes

    @property
    def sizes_known(self) -> bool:
        """Whether `fetch_bytes` is exact."""
        return all(file.size_bytes is not None for file in self.files)


class Catalogue:
    """All models that can be fetched, by id, in the order of the file."""

    def __init__(self, models: tuple[CatalogueModel, ...]) -> None:
        self.models = models
        self._by_id = {model.model_id: model for model in models}

    def find(self, model_id: str) -> CatalogueModel | None:
        """The model of that id, if there is one."""
        return self._by_id.get(model_id)

    def get(self, model_id: str) -> CatalogueModel:
        """The model of that id. Raises `FileProblem`."""
        model = self.find(model_id)
        if model is None:
            known = ", ".join(self._by_id) or "none"
            raise FileProblem(f"There is no model “{model_id}”.", hint=f"Known models: {known}.")
        return model


def load_catalogue(file: Path | None = None) -> Catalogue:
    """The program's own catalogue, or that of `file`. Raises `FileProblem` for a file that is none."""
    try:
        text = resources.read_text(_RESOURCE) if file is None else file.read_text(encoding="utf-8")
        entries = json.loads(text)["models"]
        models = tuple(_model(entry) for entry in entries)
    except OSError as error:
        raise FileProblem(f"The catalogue “{file}” cannot be read: {error.strerror or error}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileProblem(
            f"“{file}” is not a catalogue of models.",
            hint="See docs/models.md for its form.",
            details=f"{type(error).__name__}: {error}",
        ) from None
    if len({model.model_id for model in models}) != len(models):
        raise FileProblem(f"“{file}” has two models of the same id.")
    return Catalogue(models)


def _model(entry: Mapping[str, Any]) -> CatalogueModel:
    return CatalogueModel(
        model_id=_matching(_ID, entry["id"]),
        kind=Kind(entry["kind"]),
        family=_text(entry["family"]),
        title=_text(entry["title"]),
        purpose=_text(entry["purpose"]),
        licence=_text(entry["licence"]),
        attribution=_text(entry["attribution"]),
        repo=_text(entry["repo"]),
        revision=_text(entry["revision"]),
        files=tuple(_file(file) for file in entry["files"]),
        about_bytes=_size(entry.get("about_bytes", 0)),
        faster_than=str(entry.get("faster_than", "")),
        settings=settings_from(entry.get("settings", {})),
    )


def _file(entry: Mapping[str, Any]) -> CatalogueFile:
    size, sha256 = entry.get("size_bytes"), entry.get("sha256")
    return CatalogueFile(
        path=safe_path(entry["path"]),
        size_bytes=None if size is None else _size(size),
        sha256=None if sha256 is None else _matching(_SHA256, sha256),
    )


def safe_path(value: object) -> str:
    """A file's name below its model's folder. Raises `ValueError` for one that would lead elsewhere."""
    path = PurePosixPath(_text(value))
    unsafe = path.is_absolute() or ".." in path.parts or "\\" in str(path) or ":" in str(path)
    if unsafe or str(path) in (".", "model.json"):
        raise ValueError(f"not a file of a model: {value!r}")
    return str(path)


def settings_from(value: object) -> dict[str, int | float | str]:
    """Numbers and texts by name. Raises `ValueError` for anything else."""
    if not isinstance(value, dict) or not all(isinstance(each, int | float | str) for each in value.values()):
        raise ValueError("settings are numbers and texts by name")
    return dict(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"a text is missing: {value!r}")
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"not of the right form: {value!r}")
    return value


def _size(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_FILE_BYTES:
        raise ValueError(f"not a size: {value!r}")
    return value
