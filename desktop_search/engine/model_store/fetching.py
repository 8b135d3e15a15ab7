"""Fetching a model: goes on where it was interrupted, however that was, and takes in nothing unverified.

Below the models folder, in `.incoming/<id>`: `fetch.json` says what is wanted, decided once; `<file>.part` grows;
a file without that ending is whole and verified.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop_search.core.errors import AppError, FileProblem, NetworkError, NotFound, Unreachable
from desktop_search.engine.model_store.catalogue import COMMIT, MAX_FILE_BYTES, CatalogueModel
from desktop_search.engine.model_store.check import sha256_of
from desktop_search.engine.model_store.holding import held
from desktop_search.engine.model_store.hub import Hub, HubFile
from desktop_search.engine.model_store.installing import Work, busy, disk_problems, ensure_room, settle
from desktop_search.engine.model_store.manifest import HeldFile, Manifest, write_json
from desktop_search.engine.model_store.models import Installation
from desktop_search.engine.model_store.progress import Counter, Stage

_PLAN = "fetch.json"
_BLOCK_BYTES = 1024 * 1024
_WAITS_S = (1.0, 2.0, 4.0)  # before trying again, when nothing at all has come since the last time


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch. Exactly one of `sha256` and `git_id` is given: pinned or the hub's, or the hub's."""

    path: str
    size_bytes: int
    sha256: str
    git_id: str
    origin: str


def fetch_model(work: Work, model: CatalogueModel, hub: Hub) -> Installation:
    """Install a model from the hub. One that lies here whole, at the same revision, is left as it is.

    Raises `NetworkError` and its like when the hub does not answer, for which nothing fetched is lost; `DiskFull`;
    `FileProblem` when a file is not what it should be.
    """
    with held(work.models.folder, model.model_id, busy(model.model_id)), disk_problems(work.models.folder):
        present = work.models.find(model.model_id)
        if present is not None and present.usable and _is_that(present.manifest, model):
            return present
        fetch = _Fetch(work, model, hub)
        files = fetch.run()
        return settle(work, model, fetch.commit, files)


class _Fetch:
    def __init__(self, work: Work, model: CatalogueModel, hub: Hub) -> None:
        self._work, self._model, self._hub = work, model, hub
        self._heard = False  # whether the hub has sent anything; without that, "no network" is said at once
        self._folder = work.models.incoming(model.model_id)
        self.commit, self._wanted = self._plan()
        total = sum(file.size_bytes for file in self._wanted)
        self._fetched = Counter(work.report, model.model_id, Stage.FETCHING, total)
        self._verified = Counter(work.report, model.model_id, Stage.VERIFYING, total)

    def run(self) -> list[HeldFile]:
        """Gather all files, verified."""
        here = {file.path: self._lies_here(file) for file in self._wanted}
        missing = [file for file in self._wanted if here[file.path] is None]
        ensure_room(self._folder, sum(file.size_bytes - self._begun(file) for file in missing))
        held_files = []
        for file in self._wanted:
            target, lying = self._folder / file.path, here[file.path]
            target.parent.mkdir(parents=True, exist_ok=True)
            self._fetched.begin(file.path)
            if not target.is_file() and (lying is None or not self._taken(file, lying)):
                self._receive(file)
            self._fetched.end(file.size_bytes)
            self._verified.end(file.size_bytes)
            held_files.append(self._held(file))
        (self._folder / _PLAN).unlink()
        return held_files

    def _plan(self) -> tuple[str, tuple[Wanted, ...]]:
        """What is wanted: as it was decided when the fetch began, unless the catalogue has changed since."""
        model, file = self._model, self._folder / _PLAN
        asked = {"repo": model.repo, "revision": model.revision, "files": [asdict(each) for each in model.files]}
        try:
            plan = json.loads(file.read_text(encoding="utf-8"))
            if plan["asked"] == asked:
                return str(plan["commit"]), tuple(Wanted(**wanted) for wanted in plan["files"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        commit, wanted = self._decided()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        write_json(file, {"asked": asked, "commit": commit, "files": [asdict(each) for each in wanted]})
        return commit, wanted

    def _decided(self) -> tuple[str, tuple[Wanted, ...]]:
        """Sizes and checksums: those of the catalogue, and the hub's where it has none."""
        model = self._model
        if model.pinned:
            known = [(file.path, file.size_bytes or 0, file.sha256 or "") for file in model.files]
            return model.revision, tuple(Wanted(path, size, sha256, "", "catalogue") for path, size, sha256 in known)
        state = self._hub.describe(model.repo, model.revision)
        if COMMIT.fullmatch(model.revision) and state.commit != model.revision:
            raise FileProblem(f"The model hub answered with another revision of “{model.repo}” than was asked for.")
        if not COMMIT.fullmatch(state.commit):
            raise FileProblem(f"The model hub did not say which revision “{model.repo}” is at.")
        wanted = []
        for file in model.files:
            said = state.files.get(file.path)
            if said is None:
                raise NotFound(f"The model hub has no {file.path} in “{model.repo}”.")
            if file.size_bytes not in (None, said.size_bytes) or not 0 < said.size_bytes <= MAX_FILE_BYTES:
                raise FileProblem(f"{file.path} has {said.size_bytes} bytes at the model hub, which cannot be right.")
            wanted.append(_wanted(file.path, file.sha256, said))
        return state.commit, tuple(wanted)

    def _part(self, file: Wanted) -> Path:
        target = self._folder / file.path
        return target.with_name(f"{target.name}.part")

    def _begun(self, file: Wanted) -> int:
        """How much of a file lies here."""
        if (self._folder / file.path).is_file():
            return file.size_bytes
        return min(_size(self._part(file)), file.size_bytes)

    def _lies_here(self, file: Wanted) -> Path | None:
        """The same file in a model that is installed: models share encoders and tokenizers."""
        for installation in self._work.models.installed():
            for present in installation.manifest.files:
                if present.sha256 == file.sha256 and _size(installation.folder / present.path) == file.size_bytes:
                    return installation.folder / present.path
        return None

    def _taken(self, file: Wanted, lying: Path) -> bool:
        """Take a file over from another model, by a second name for it where the disk allows that."""
        part = self._part(file)
        part.unlink(missing_ok=True)
        try:
            os.link(lying, part)
        except OSError:
            ensure_room(self._folder, file.size_bytes)
            shutil.copyfile(lying, part)
        return self._took_place(file)

    def _receive(self, file: Wanted) -> None:
        resumed = self._begun(file) > 0
        self._receive_rest(file)
        if self._took_place(file):
            return
        if resumed:  # the beginning may have been spoilt where it lay; once more, all of it
            self._receive_rest(file)
            if self._took_place(file):
                return
        hint = "Try again later; if it stays so, the model has been changed at its source."
        raise FileProblem(f"The checksum of {file.path}, as fetched, is not the right one.", hint=hint)

    def _receive_rest(self, file: Wanted) -> None:
        part, failures = self._part(file), 0
        if _size(part) > file.size_bytes:
            part.unlink()
        while (begun := _size(part)) < file.size_bytes:
            try:
                self._receive_some(file, part, begun)
            except AppError as problem:
                if not problem.retryable or (isinstance(problem, Unreachable) and not self._heard):
                    raise
                failures = failures + 1 if _size(part) == begun else 1
                if failures > len(_WAITS_S):
                    raise
                self._work.token.wait(_WAITS_S[failures - 1])

    def _receive_some(self, file: Wanted, part: Path, begun: int) -> None:
        opened = self._hub.read(self._model.repo, self.commit, file.path, begun)
        with opened as (start, blocks), part.open("ab") as out:
            out.truncate(start)
            done = start
            for block in blocks:
                self._work.token.check()
                done += len(block)
                if done > file.size_bytes:
                    raise FileProblem(f"The model hub sends more than the {file.size_bytes} bytes of {file.path}.")
                out.write(block)
                out.flush()  # what has come is kept, even if this process is killed
                self._heard = True
                self._fetched.at(done)
            os.fsync(out.fileno())
        if done < file.size_bytes:
            raise NetworkError("The connection to the model hub ended too early.")

    def _took_place(self, file: Wanted) -> bool:
        """Whether what was fetched is right; if so it now has its name, if not it is gone."""
        part = self._part(file)
        self._verified.begin(file.path)
        if file.sha256:
            right = sha256_of(part, self._work.token, self._verified.at) == file.sha256
        else:
            right = _git_id(part) == file.git_id
        if right:
            part.replace(self._folder / file.path)
        else:
            part.unlink()
        return right

    def _held(self, file: Wanted) -> HeldFile:
        target = self._folder / file.path
        sha256 = file.sha256 or sha256_of(target, self._work.token, lambda _: None)
        return HeldFile(file.path, file.size_bytes, sha256, file.origin, target.stat().st_mtime_ns)


def _is_that(manifest: Manifest, model: CatalogueModel) -> bool:
    """Whether what lies here is what the catalogue now means; a newer program may know other files or settings."""
    same_files = {file.path for file in manifest.files} == {file.path for file in model.files}
    return same_files and manifest.revision == model.revision and dict(manifest.settings) == dict(model.settings)


def _wanted(path: str, pinned: str | None, said: HubFile) -> Wanted:
    sha256 = pinned or said.sha256 or ""
    if not sha256 and not COMMIT.fullmatch(said.git_id):
        raise FileProblem(f"The model hub does not say what the checksum of {path} is.")
    return Wanted(path, said.size_bytes, sha256, "" if sha256 else said.git_id, "catalogue" if pinned else "hub")


def _git_id(file: Path) -> str:
    """The id that Git gives a file of this content."""
    digest = hashlib.sha1(b"blob %d\0" % file.stat().st_size, usedforsecurity=False)
    with file.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
