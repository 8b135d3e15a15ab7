"""Catalog, selects and settings in one file: written whole or not at all, and read only after all of it was checked."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_search import __version__
from desktop_search.catalog.copying import check_catalog, copy_catalog
from desktop_search.catalog.database import Catalog
from desktop_search.core.backups import BackupFacts
from desktop_search.core.errors import AppError, CatalogProblem, DiskFull, FileProblem
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.services.restoring import PARTIAL, READY
from desktop_search.settings.folders import Folders

KIND, FORMAT = "Desktop Search backup", 1
_MANIFEST, _CATALOG, _PREFERENCES = "manifest.json", "catalog.db", "preferences.json"
_PICTURE = re.compile(r"searches/[A-Za-z0-9][A-Za-z0-9._-]{0,120}", re.ASCII)
_MANIFEST_MAX_BYTES, _ENTRIES_MAX, _BYTES_MAX = 4 * 1024**2, 20_000, 64 * 1024**3
_PIECE_BYTES = 1024**2
Report = Callable[[Any], None]


class Backups:
    """Not for the GUI thread. Keys are in no backup: they are in the keyring alone."""

    def __init__(self, catalog: Catalog, folders: Folders) -> None:
        self._catalog, self._folders = catalog, folders

    def write(self, target: Path, token: CancelToken, report: Report) -> int:
        """Write a backup; how many bytes it has. Reports permille.

        Raises `FileProblem`, `DiskFull`, `CatalogProblem`, and `Cancelled`; what was at `target` is kept then.
        """
        self._folders.refuse_own(target)
        fresh, copy = target.with_name(f"{target.name}.new"), self._folders.data / "catalog.backup-copy"

        def on_copied(done: int, of: int) -> None:
            token.check()
            report(500 * done // max(1, of))

        try:
            copy.unlink(missing_ok=True)
            copy_catalog(self._catalog, copy, on_copied)
            self._pack(fresh, copy, token, report)
            fresh.replace(target)
            return target.stat().st_size
        except OSError as error:
            raise _not_written(error, target) from None
        finally:
            for left in (fresh, copy):
                with suppress(OSError):
                    left.unlink(missing_ok=True)

    def check(self, file: Path, token: CancelToken, report: Report) -> BackupFacts:
        """Unpack a backup beside what is there, and check all of it; nothing is replaced. Reports permille.

        Raises `FileProblem` for what is damaged, foreign or newer, `DiskFull`, `CatalogProblem`, `Cancelled`.
        """
        self.discard()
        partial = self._folders.data / PARTIAL
        try:
            partial.mkdir(parents=True)
            with zipfile.ZipFile(file) as packed:
                manifest = _manifest(packed)
                _unpack(packed, manifest["files"], partial, token, report)
            uploads, selects, searches = check_catalog(partial / _CATALOG)
            _check_preferences(partial / _PREFERENCES)
            return BackupFacts(_moment(manifest), str(manifest.get("program", ""))[:40], uploads, selects, searches)
        except BaseException as error:
            self.discard()
            if isinstance(error, zipfile.BadZipFile | zlib.error | EOFError | NotImplementedError | RuntimeError):
                raise _damaged() from None
            if isinstance(error, CatalogProblem):
                raise FileProblem(error.message, hint=error.hint or _UNTOUCHED, details=error.details) from None
            if isinstance(error, OSError):
                raise _not_read(error, file) from None
            raise

    def accept(self) -> None:
        """What was checked takes the place of what is there when the program starts the next time."""
        partial, ready = self._folders.data / PARTIAL, self._folders.data / READY
        try:
            shutil.rmtree(ready, ignore_errors=True)
            partial.rename(ready)
        except OSError as error:
            raise _not_read(error, partial) from None

    def discard(self) -> None:
        """Forget what was checked."""
        shutil.rmtree(self._folders.data / PARTIAL, ignore_errors=True)

    def _pack(self, target: Path, copy: Path, token: CancelToken, report: Report) -> None:
        sources = {_CATALOG: copy, _PREFERENCES: self._folders.preferences_file}
        pictures = self._folders.data / "searches"
        for file in sorted(pictures.iterdir()) if pictures.is_dir() else ():
            if file.is_file() and _PICTURE.fullmatch(f"searches/{file.name}"):
                sources[f"searches/{file.name}"] = file
        there = {name: file for name, file in sources.items() if file.exists()}
        in_all, done = max(1, sum(file.stat().st_size for file in there.values())), 0
        files: dict[str, dict[str, Any]] = {}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, file in there.items():
                digest, size = hashlib.sha256(), 0
                with file.open("rb") as source, packed.open(name, "w", force_zip64=True) as entry:
                    while piece := source.read(_PIECE_BYTES):
                        token.check()
                        entry.write(piece)
                        digest.update(piece)
                        size += len(piece)
                        done += len(piece)
                        report(min(1000, 500 + 500 * done // in_all))
                files[name] = {"bytes": size, "sha256": digest.hexdigest()}
            if _PREFERENCES not in files:  # nothing was chosen yet, which is to be so again
                packed.writestr(_PREFERENCES, b"{}")
                files[_PREFERENCES] = {"bytes": 2, "sha256": hashlib.sha256(b"{}").hexdigest()}
            packed.writestr(_MANIFEST, json.dumps(_about(files), indent=1))
        with target.open("rb+") as written:
            os.fsync(written.fileno())


def _about(files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    made = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"kind": KIND, "format": FORMAT, "program": __version__, "made": made, "files": files}


def _manifest(packed: zipfile.ZipFile) -> dict[str, Any]:
    """What the backup says of itself, after its names were compared with that. Raises `FileProblem`."""
    names = [entry.filename for entry in packed.infolist()]
    if _MANIFEST not in names or len(names) > _ENTRIES_MAX:
        raise _foreign()
    if packed.getinfo(_MANIFEST).file_size > _MANIFEST_MAX_BYTES:
        raise _damaged()
    try:
        manifest = json.loads(packed.read(_MANIFEST))
    except (ValueError, RecursionError):
        raise _damaged() from None
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        raise _foreign()
    if isinstance(manifest.get("format"), int) and manifest["format"] > FORMAT:
        message = _("This backup was made by a newer version of this program.")
        raise FileProblem(message, hint=_("Install the newer version, then restore it there."))
    files = manifest.get("files")
    if not isinstance(files, dict) or sorted(names) != sorted([*files, _MANIFEST]) or _CATALOG not in files:
        raise _damaged()
    if not all(name in (_CATALOG, _PREFERENCES) or _PICTURE.fullmatch(name) for name in files):
        raise _foreign()  # a name may lead out of the folder
    sizes = [each["bytes"] for each in files.values() if isinstance(each, dict) and type(each.get("bytes")) is int]
    if len(sizes) < len(files) or min(sizes) < 0 or sum(sizes) > _BYTES_MAX:
        raise _damaged()
    return manifest


def _unpack(
    packed: zipfile.ZipFile, files: dict[str, dict[str, Any]], target: Path, token: CancelToken, report: Report
) -> None:
    in_all, done = max(1, sum(each["bytes"] for each in files.values())), 0
    for name, said in files.items():
        digest, size = hashlib.sha256(), 0
        place = target / name
        place.parent.mkdir(exist_ok=True)
        with packed.open(name) as entry, place.open("xb") as out:
            while piece := entry.read(_PIECE_BYTES):
                token.check()
                size += len(piece)
                if size > said["bytes"]:
                    raise _damaged()
                out.write(piece)
                digest.update(piece)
                done += len(piece)
                report(1000 * done // in_all)
            out.flush()
            os.fsync(out.fileno())
        if size != said["bytes"] or digest.hexdigest() != said.get("sha256"):
            raise _damaged()


def _check_preferences(file: Path) -> None:
    if file.exists():
        try:
            content = json.loads(file.read_bytes())
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise _damaged()


def _moment(manifest: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(manifest.get("made")))
    except ValueError:
        raise _damaged() from None


_UNTOUCHED = _("Nothing was changed.")


def _damaged() -> FileProblem:
    return FileProblem(_("This backup is damaged or not complete."), hint=_UNTOUCHED)


def _foreign() -> FileProblem:
    return FileProblem(_("This file is no backup of Desktop Search."), hint=_UNTOUCHED)


def _not_written(error: OSError, target: Path) -> AppError:
    reason = reason_of(error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(_("There is no room left for the backup."), hint=_("Free some space, or choose another disk."))
    message = _("The backup “{name}” could not be written: {reason}.").format(name=target.name, reason=reason)
    return FileProblem(message, hint=_("Choose another folder."))


def _not_read(error: OSError, file: Path) -> AppError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(_("There is no room left to unpack the backup."), hint=_UNTOUCHED)
    reason = reason_of(error)
    message = _("The backup “{name}” could not be read: {reason}.").format(name=file.name, reason=reason)
    return FileProblem(message, hint=_UNTOUCHED)
