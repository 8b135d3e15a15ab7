"""Originals out of a library into a folder of the user: checked, gone on with, and never over another file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from desktop_search.core.calls import CallKind
from desktop_search.core.errors import ServerError
from desktop_search.core.file_names import file_name, numbered
from desktop_search.core.footage import FOOTAGE_SUFFIXES, IMAGE_SUFFIXES
from desktop_search.core.hits import ImageHit
from desktop_search.core.language import _
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.transfers.fetching import disk_full, in_words
from desktop_search.transfers.ports import Clients

_SPARE_BYTES = 100 * 1000**2  # never fill a disk to the last byte
_PART_SUFFIX = ".part"
_SUFFIXES = sorted(FOOTAGE_SUFFIXES | IMAGE_SUFFIXES)
ImagePath = Callable[[ImageHit, CancelToken], Path]
Report = Callable[[tuple[int, int | None]], None]


class Originals:
    """Saves files of a library. Safe from any thread."""

    def __init__(self, clients: Clients, image_path: ImagePath) -> None:
        self._clients, self._image_path = clients, image_path

    def save(self, item: LibraryItem, folder: Path, token: CancelToken, report: Report) -> Path:
        """The item's file in the folder, under its name or one with a number; reports `(bytes so far, in all | None)`.

        What came before a failure, or before it was cancelled, lies beside as "….part", and the next time goes on from
        there where the library can begin anywhere. Raises `NotFound`, `DiskFull`, `FileProblem`, `Cancelled`, and
        any other `AppError` of the library.
        """
        suffix = ".jpg" if item.kind is ItemKind.IMAGE else _suffix_of(item)
        name = file_name(item.name, item.item_id, _SUFFIXES, suffix)
        part = folder / f".{file_name(item.item_id, 'video', (), '')}{_PART_SUFFIX}"
        try:
            if item.kind is ItemKind.IMAGE:
                self._copy_image(item, part, token)
            else:
                self._fetch(item, part, token, report)
            return _put_in_place(part, folder, name)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                with suppress(OSError):  # what filled the disk must not stay in the way
                    part.unlink(missing_ok=True)
            raise in_words(error, folder / name) from error
        finally:
            _drop_if_empty(part)

    def _fetch(self, item: LibraryItem, part: Path, token: CancelToken, report: Report) -> None:
        client = self._clients(item.library_id, token)
        wait_s = client.wait_s(CallKind.DOWNLOAD)
        token.wait(wait_s, _("The library allows only so many downloads in a minute.") if wait_s > 0 else "")
        with part.open("r+b" if part.exists() else "w+b") as file:
            sink = _PartSink(part, file, item.size_bytes)
            client.download_video(
                item.item_id,
                item.namespace,
                sink,
                token=token,
                on_received=lambda received, total: report((received, total)),
            )
            file.flush()
            os.fsync(file.fileno())
        if not sink.is_whole:
            part.unlink(missing_ok=True)
            raise ServerError(
                _("“{name}” did not come whole.").format(name=part.name),
                hint=_("Try again."),
                details=f"{sink.received_bytes} of {sink.total_bytes} bytes",
            )

    def _copy_image(self, item: LibraryItem, part: Path, token: CancelToken) -> None:
        found = item.as_found
        assert isinstance(found, ImageHit)
        shutil.copyfile(self._image_path(found, token), part)


class _PartSink:
    """A file that is written from where it was left; see `ByteSink`."""

    def __init__(self, part: Path, file: BinaryIO, size_bytes: int | None) -> None:
        self._part, self._file = part, file
        here = file.seek(0, os.SEEK_END)
        self.received_bytes = here if size_bytes and here < size_bytes else 0
        self.total_bytes: int | None = None
        self._is_over = False

    @property
    def is_whole(self) -> bool:
        """Whether as many bytes are here as the library has said, and any at all."""
        return self.received_bytes > 0 and self.received_bytes == (self.total_bytes or self.received_bytes)

    def next_byte(self) -> int | None:
        """From where it is wanted next; `None` when all is here."""
        if self._is_over or (self.total_bytes is not None and self.received_bytes >= self.total_bytes):
            return None
        return self.received_bytes

    def begin(self, at: int, total_bytes: int | None, *, ranges: bool) -> None:  # noqa: ARG002 - the protocol's
        """What follows begins at this byte. Raises `DiskFull` before anything is written that would not fit."""
        if self.total_bytes is not None and total_bytes != self.total_bytes:
            raise ServerError(_("The file was changed while it was fetched."), hint=_("Try again."))
        self.received_bytes, self.total_bytes = at, total_bytes
        missing = (total_bytes or 0) - at
        if missing + _SPARE_BYTES > shutil.disk_usage(self._part.parent).free:
            raise disk_full(self._part)
        self._file.truncate(at)
        self._file.seek(at)

    def take(self, piece: bytes) -> bool:
        """Keep the next bytes."""
        self._file.write(piece)
        self.received_bytes += len(piece)
        return True

    def end(self) -> None:
        """The server has no more."""
        self._is_over = self.total_bytes is None


def _drop_if_empty(part: Path) -> None:
    with suppress(OSError):
        if part.stat().st_size == 0:
            part.unlink()


def _suffix_of(item: LibraryItem) -> str:
    ending = Path(item.blob.blob).suffix.lower() if item.blob is not None else ""
    return ending if ending in FOOTAGE_SUFFIXES else ".mp4"


def _put_in_place(part: Path, folder: Path, name: str) -> Path:
    """Under the first name that is free; taking it and finding it free is one step."""
    target = next(folder / candidate for candidate in numbered(name) if _is_taken_now(folder / candidate))
    try:
        part.replace(target)
    except OSError:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise
    return target


def _is_taken_now(target: Path) -> bool:
    """Take the name for us; `False` when another file has it."""
    try:
        target.open("xb").close()
    except FileExistsError:
        return False
    return True
