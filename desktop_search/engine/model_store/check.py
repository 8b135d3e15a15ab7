"""Whether a model's files are what they should be, and whether the model does what it should."""

from __future__ import annotations

import hashlib
import importlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.model_store.installed import InstalledModel, Kind
from desktop_search.engine.model_store.manifest import Checked, HeldFile, Manifest
from desktop_search.engine.model_store.progress import Counter, Report, Stage

_log = logging.getLogger(__name__)
_BLOCK_BYTES = 1024 * 1024

# The built-in check of each kind: a function that takes an `InstalledModel`, raises `FileProblem` when it fails, and
# may return the milliseconds that one picture, sentence or second of sound took.
CHECKS: Mapping[Kind, str] = {
    Kind.SEEN: "desktop_search.engine.meaning.sanity:check_seen",
    Kind.TEXT: "desktop_search.engine.meaning.sanity:check_text",
    Kind.SPEECH: "desktop_search.engine.speech.sanity:check_speech",
    Kind.CAPTION: "desktop_search.engine.captions.sanity:check_caption",
    Kind.FACE: "desktop_search.engine.people.sanity:check_face",
    Kind.PERSON: "desktop_search.engine.people.sanity:check_person",
}


def sha256_of(file: Path, token: CancelToken, at: Callable[[int], None]) -> str:
    """The checksum of a file; `at` hears the bytes read. Raises `OSError` or `Cancelled`."""
    digest, done = hashlib.sha256(), 0
    with file.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            token.check()
            digest.update(block)
            done += len(block)
            at(done)
    return digest.hexdigest()


def verify(folder: Path, manifest: Manifest, token: CancelToken, report: Report) -> Manifest:
    """Compute all checksums anew; the manifest with the files' present times.

    Raises `FileProblem` for the first file that is not what it was when it was installed.
    """
    counter, seen = Counter(report, manifest.model_id, Stage.VERIFYING, manifest.size_bytes), []
    for file in manifest.files:
        counter.begin(file.path)
        seen.append(_verified(folder, file, token, counter))
        counter.end(file.size_bytes)
    return replace(manifest, files=tuple(seen))


def _verified(folder: Path, file: HeldFile, token: CancelToken, counter: Counter) -> HeldFile:
    path, hint = folder / file.path, "Fetch or import the model again."
    try:
        modified_ns = path.stat().st_mtime_ns
        digest = sha256_of(path, token, counter.at)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileProblem(f"The file {file.path} cannot be read: {reason}.", hint=hint) from None
    if digest != file.sha256:
        raise FileProblem(f"The file {file.path} is not what it was when it was installed.", hint=hint)
    return replace(file, modified_ns=modified_ns)


def try_out(model: InstalledModel, checks: Mapping[Kind, str]) -> Checked:
    """Run the built-in check of the model's kind, and say how it went."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        return Checked(True, "", at, _check_function(checks[model.kind])(model))
    except AppError as error:
        return Checked(False, error.message, at, None)
    except Exception as error:  # noqa: BLE001 - whatever a runtime raises over a model that it cannot use
        _log.warning("the model %s failed its check: %s: %s", model.model_id, type(error).__name__, error)
        return Checked(False, f"It cannot be loaded: {type(error).__name__}.", at, None)


def _check_function(name: str) -> Callable[[InstalledModel], float | None]:
    module, _, function = name.partition(":")
    found: Callable[[InstalledModel], float | None] = getattr(importlib.import_module(module), function)
    return found
