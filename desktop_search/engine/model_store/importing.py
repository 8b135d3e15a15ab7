"""Models from a folder: brought on a disk, or found in the cache of another program."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path, PurePosixPath

from desktop_search.core.errors import FileProblem
from desktop_search.engine.model_store.catalogue import COMMIT, Catalogue, CatalogueFile, CatalogueModel
from desktop_search.engine.model_store.check import sha256_of
from desktop_search.engine.model_store.holding import held
from desktop_search.engine.model_store.installing import (
    Work,
    busy,
    disk_problems,
    ensure_room,
    revision_of_files,
    settle,
)
from desktop_search.engine.model_store.manifest import HeldFile, Manifest, read_manifest
from desktop_search.engine.model_store.models import Installation
from desktop_search.engine.model_store.progress import Counter, Stage

_BLOCK_BYTES = 1024 * 1024


def import_model(work: Work, catalogue: Catalogue, source: Path, model_id: str = "") -> Installation:
    """Install the model whose files lie in `source`, which stays as it is.

    `model_id` says which one it is; without it the folder's `model.json` does, or names and sizes of the files.
    Raises `FileProblem` when the folder is not that of a known model, or a file is missing or not the right one.
    """
    if not source.is_dir():
        raise FileProblem(f"“{source}” is not a folder.")
    note = read_manifest(source)
    model = _recognised(catalogue, source, note, model_id)
    with held(work.models.folder, model.model_id, busy(model.model_id)), disk_problems(work.models.folder):
        incoming = work.models.incoming(model.model_id)
        shutil.rmtree(incoming, ignore_errors=True)
        incoming.mkdir(parents=True)
        try:
            files = _gathered(work, model, source, incoming, note)
        except BaseException:
            shutil.rmtree(incoming, ignore_errors=True)
            raise
        return settle(work, model, _revision(model, note, files), files)


def _recognised(catalogue: Catalogue, source: Path, note: Manifest | None, model_id: str) -> CatalogueModel:
    if not model_id and note is not None and catalogue.find(note.model_id) is not None:
        model_id = note.model_id
    if model_id:
        model = catalogue.get(model_id)
        problem = _misfit(model, source)
        if problem:
            raise FileProblem(f"“{source}” is not the model “{model_id}”: {problem}.")
        return model
    fitting = [model for model in catalogue.models if not _misfit(model, source)]
    if not fitting:
        known = ", ".join(model.model_id for model in catalogue.models)
        raise FileProblem(f"“{source}” holds none of the known models.", hint=f"Say which it is by --id: {known}.")
    # Where sizes are not pinned anything of the right name fits; the model of which more is known goes first.
    best = max(_sizes_known(model) for model in fitting)
    fitting = [model for model in fitting if _sizes_known(model) == best]
    if len(fitting) > 1:
        names = ", ".join(model.model_id for model in fitting)
        raise FileProblem(f"“{source}” may be one of several models.", hint=f"Say which it is by --id: {names}.")
    return fitting[0]


def _sizes_known(model: CatalogueModel) -> int:
    return sum(file.size_bytes is not None for file in model.files)


def _misfit(model: CatalogueModel, source: Path) -> str:
    """Why a folder is not that of a model, from names and sizes alone; "" when it may be."""
    for file in model.files:
        found = _located(source, file)
        if found is None:
            return f"{file.path} is missing"
        size = found.stat().st_size
        if file.size_bytes is not None and size != file.size_bytes:
            return f"{file.path} has {size} bytes instead of {file.size_bytes}"
    return ""


def _located(source: Path, file: CatalogueFile) -> Path | None:
    """The file as its repository names it, or without the folders."""
    for candidate in (source / file.path, source / PurePosixPath(file.path).name):
        if candidate.is_file():
            return candidate
    return None


def _gathered(
    work: Work, model: CatalogueModel, source: Path, incoming: Path, note: Manifest | None
) -> tuple[HeldFile, ...]:
    noted = {} if note is None else {file.path: file.sha256 for file in note.files}
    sources = {file.path: _located(source, file) or source / file.path for file in model.files}
    total = sum(path.stat().st_size for path in sources.values())
    counter, files = Counter(work.report, model.model_id, Stage.COPYING, total), []
    for file in model.files:
        counter.begin(file.path)
        held_file = _taken(work, sources[file.path], incoming, file, counter)
        expected = file.sha256 or noted.get(file.path)
        if expected is not None and held_file.sha256 != expected:
            hint = "Fetch the files anew; these are damaged, or belong to another version."
            raise FileProblem(f"The checksum of {file.path} is not the right one.", hint=hint)
        files.append(held_file)
        counter.end(held_file.size_bytes)
    return tuple(files)


def _taken(work: Work, source: Path, incoming: Path, file: CatalogueFile, counter: Counter) -> HeldFile:
    """Take one file in, by a second name for it where the disk allows that, else by a copy."""
    target = incoming / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source.resolve(), target)
    except OSError:
        ensure_room(incoming, source.stat().st_size)
        digest = _copied(work, source, target, counter)
    else:
        digest = sha256_of(target, work.token, counter.at)
    state = target.stat()
    origin = "file" if file.sha256 is None else "catalogue"
    return HeldFile(file.path, state.st_size, digest, origin, state.st_mtime_ns)


def _copied(work: Work, source: Path, target: Path, counter: Counter) -> str:
    digest, done = hashlib.sha256(), 0
    with source.open("rb") as given, target.open("wb") as out:
        while block := given.read(_BLOCK_BYTES):
            work.token.check()
            digest.update(block)
            out.write(block)
            done += len(block)
            counter.at(done)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _revision(model: CatalogueModel, note: Manifest | None, files: tuple[HeldFile, ...]) -> str:
    if COMMIT.fullmatch(model.revision):
        return model.revision
    known = note is not None and note.model_id == model.model_id
    return note.revision if known and note is not None else revision_of_files(files)
