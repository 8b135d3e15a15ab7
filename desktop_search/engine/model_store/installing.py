"""The last steps that fetching and importing share: into its place, the check, and into use when it is the first."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.errors import DiskFull, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.model_store.catalogue import CatalogueModel
from desktop_search.engine.model_store.check import try_out, verify
from desktop_search.engine.model_store.holding import held
from desktop_search.engine.model_store.installed import Kind
from desktop_search.engine.model_store.manifest import Checked, HeldFile, Manifest, write_manifest
from desktop_search.engine.model_store.models import Installation, Models
from desktop_search.engine.model_store.progress import Progress, Report, Stage

_SPARE_BYTES = 64 * 1024**2  # left free on the disk whatever happens


@dataclass(frozen=True, slots=True)
class Work:
    """What any work on models needs: where they lie, how they are checked, how to stop, whom to tell."""

    models: Models
    checks: Mapping[Kind, str]
    token: CancelToken
    report: Report


def settle(work: Work, model: CatalogueModel, revision: str, files: Iterable[HeldFile]) -> Installation:
    """Install what was gathered for a model, check it, and use it when it is the first of its kind.

    Raises `FileProblem` when the check does not pass; the model then stays, unused.
    """
    manifest = Manifest(
        model_id=model.model_id,
        kind=model.kind,
        family=model.family,
        title=model.title,
        licence=model.licence,
        attribution=model.attribution,
        repo=model.repo,
        revision=revision,
        files=tuple(files),
        settings=model.settings,
    )
    with disk_problems(work.models.folder):
        write_manifest(work.models.incoming(model.model_id), manifest)
        work.models.take_in(model.model_id)
    return _try(work, manifest)


def check(work: Work, model_id: str) -> Installation:
    """Compute a model's checksums again and run its check. Raises `FileProblem` when either fails, and keeps that."""
    with held(work.models.folder, model_id, busy(model_id)):
        installation = work.models.get(model_id)
        try:
            manifest = verify(installation.folder, installation.manifest, work.token, work.report)
        except FileProblem as problem:
            failed = Checked(False, problem.message, "", None)
            with disk_problems(work.models.folder):
                write_manifest(installation.folder, installation.manifest.with_check(failed))
            raise
        return _try(work, manifest)


def _try(work: Work, manifest: Manifest) -> Installation:
    model_id, folder = manifest.model_id, work.models.folder / manifest.model_id
    work.report(Progress(model_id, Stage.TRYING, "", manifest.size_bytes, manifest.size_bytes))
    checked = try_out(manifest.model(folder), work.checks)
    with disk_problems(work.models.folder):
        write_manifest(folder, manifest.with_check(checked))
    if not checked.passed:
        hint = "It is installed but not used; the log has the details."
        raise FileProblem(f"The model “{model_id}” did not pass its check: {checked.problem}", hint=hint)
    work.models.use_if_first(model_id)
    return work.models.get(model_id)


def busy(model_id: str) -> str:
    """What is said when another process works on a model."""
    return f"Another process is working on the model “{model_id}”."


def revision_of_files(files: Iterable[HeldFile]) -> str:
    """A name for what nobody gave a revision: the same files have the same."""
    digest = hashlib.sha256("".join(sorted(f"{file.path}:{file.sha256}\n" for file in files)).encode())
    return f"files-{digest.hexdigest()[:34]}"


def ensure_room(folder: Path, needed_bytes: int) -> None:
    """Raises `DiskFull` when the disk of `folder` has no room for so much more."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes + _SPARE_BYTES:
        needed, left = (f"{amount / 1e6:,.0f} MB" for amount in (needed_bytes, free))
        message = f"There is no room for the model: {needed} are needed, {left} are free."
        raise DiskFull(message, hint=f"Make room on the disk of “{folder}”, or name another folder by --models-dir.")


@contextmanager
def disk_problems(folder: Path) -> Iterator[None]:
    """Trouble with the disk as something that a person can read."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            hint = "Make room and try again; what was fetched is kept."
            raise DiskFull(f"The disk of “{folder}” is full.", hint=hint) from None
        reason = error.strerror or type(error).__name__
        raise FileProblem(f"The models folder “{folder}” cannot be used: {reason}.") from None
