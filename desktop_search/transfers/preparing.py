"""Proxies of footage that a library does not take as it is: made beside the queue, kept until they are sent."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import CLOUD_VIDEO_MAX_BYTES
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.media.child_work import OnPermille, run_in_child
from desktop_search.media.proxy_job import MadePart, ProxyJob
from desktop_search.media.settling import onto_disk

_PART_SUFFIX = ".part"
_STEM_MAX_BYTES = 200  # of 255 that file systems take, with room for the number of a part


@dataclass(frozen=True, slots=True)
class Part:
    """A file to send. `start_ms` and `end_ms` say which part of the original it is; `None` for all of it."""

    path: Path
    start_ms: int | None = None
    end_ms: int | None = None


class Preparer:
    """Makes proxies in a folder of their own. Safe from any thread; originals are only ever read."""

    def __init__(self, proxies_dir: Path, *, max_bytes: int = CLOUD_VIDEO_MAX_BYTES) -> None:
        """`max_bytes`: the most that one file may have."""
        self._folder, self._max_bytes = proxies_dir, max_bytes

    def prepare(self, item: UploadItem, token: CancelToken, on_permille: Callable[[int], None]) -> tuple[Part, ...]:
        """One proxy of the row's file, or several in order, each beginning with a new shot, where one was too large.

        They are named like the original. Raises `FileProblem`, `DiskFull`, and `Cancelled` within a second; nothing is
        left behind then. What is returned outlives a power cut.
        """
        # A name of its own for each attempt: parts of an earlier one may still wait to be sent.
        done = self._folder / f"{item.item_id}-{secrets.token_hex(4)}"
        making = done.with_name(done.name + _PART_SUFFIX)
        try:
            making.mkdir(parents=True)
            job = ProxyJob(item.path, making, self._max_bytes, item.facts.start_timecode)
            made = run_in_child(_work_for(item.kind), job, token, on_permille)
            names = _names(item.path, made)
            for part, name in zip(made, names, strict=True):
                onto_disk(part.path.rename(making / name))
            onto_disk(making)
            making.rename(done)
            onto_disk(self._folder)
        except BaseException as error:
            shutil.rmtree(making, ignore_errors=True)
            if isinstance(error, OSError):
                raise FileProblem(
                    _("The proxy could not be saved."),
                    hint=_("Check that you may write in {folder}.").format(folder=self._folder),
                    details=f"{type(error).__name__}: {error}",
                ) from error
            raise
        return _parts(made, [done / name for name in names])

    def discard(self, path: Path) -> None:
        """Delete a proxy that is no longer needed. Files that are no proxies stay; one that is gone is no error."""
        if self._folder not in path.parents:
            return
        with suppress(OSError):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # other parts are still there
            path.parent.rmdir()

    def tidy(self, kept: Collection[Path]) -> None:
        """Delete what no row needs, such as the rest of a run that was cut off. For the start, before `prepare`."""
        try:
            folders = list(self._folder.iterdir())
        except OSError:  # no proxy was ever made
            return
        for folder in folders:
            if not any(path.parent == folder for path in kept):
                shutil.rmtree(folder, ignore_errors=True)
                continue
            for file in folder.iterdir():
                if file not in kept:
                    self.discard(file)


def _work_for(kind: MediaKind) -> Callable[[ProxyJob, OnPermille], tuple[MadePart, ...]]:
    """Imported here, for it brings NumPy, which nothing else at the start of the window needs."""
    from desktop_search.media.proxy import make_proxy
    from desktop_search.media.still_proxy import make_still_proxy

    return make_proxy if kind is MediaKind.VIDEO else make_still_proxy


def _names(original: Path, made: tuple[MadePart, ...]) -> list[str]:
    stem = original.stem
    while len(stem.encode("utf-8", "surrogateescape")) > _STEM_MAX_BYTES:
        stem = stem[:-1]
    if len(made) == 1:
        return [f"{stem}{made[0].path.suffix}"]
    return [f"{stem} part {number} of {len(made)}{part.path.suffix}" for number, part in enumerate(made, 1)]


def _parts(made: tuple[MadePart, ...], paths: list[Path]) -> tuple[Part, ...]:
    if len(made) == 1:
        return (Part(paths[0]),)
    return tuple(Part(path, part.start_ms, part.end_ms) for part, path in zip(made, paths, strict=True))
