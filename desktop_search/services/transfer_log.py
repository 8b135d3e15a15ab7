"""The transfer log for the window: found by text, read in pages, exported as CSV."""

from __future__ import annotations

import csv
import errno
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.core.errors import AppError, DiskFull, FileProblem
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_log import LogEntry

_PAGE_ROWS = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
HEADINGS = (
    "Began",
    "Ended",
    "Seconds",
    "Library",
    "File",
    "Kind",
    "Sent as",
    "Part from (s)",
    "Part to (s)",
    "Bytes",
    "Mean bytes per second",
    "Fingerprint",
    "Answer id",
    "Estimated cost (USD)",
)


class TransferLog:
    """Everything that reached a library. Not for the GUI thread; methods raise `CatalogProblem`."""

    def __init__(self, catalog: Catalog) -> None:
        self._table = TransferLogTable(catalog)

    def ids(self, text: str = "") -> tuple[int, ...]:
        """The lines that hold `text`, newest first."""
        return self._table.ids(text)

    def entries(self, ids: Sequence[int]) -> tuple[LogEntry, ...]:
        """Lines by id, a few hundred at most."""
        return self._table.entries(ids)

    def recent_rate(self, library_ids: Sequence[str]) -> float | None:
        """Mean bytes per second of the latest uploads to these libraries; `None` when there were none."""
        return self._table.recent_rate(library_ids)

    def export(self, target: Path, text: str, token: CancelToken, report: Callable[[Any], None]) -> int:
        """Write the lines that hold `text` to `target`, whole or not at all; returns how many there are.

        RFC 4180 in UTF-8, with the mark at the beginning by which spreadsheets know it; cells that a spreadsheet would
        run as a formula begin with an apostrophe. Reports lines so far. Raises `Cancelled`, `FileProblem`, `DiskFull`.
        """
        ids = self.ids(text)
        fresh: Path | None = None
        try:
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8-sig", errors="backslashreplace", newline="", dir=target.parent, delete=False
            ) as file:
                fresh = Path(file.name)
                self._write(file, ids, token, report)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        except OSError as error:
            raise _not_exported(target, error) from error
        finally:
            if fresh is not None:
                with suppress(OSError):
                    fresh.unlink(missing_ok=True)
        return len(ids)

    def _write(self, file: IO[str], ids: Sequence[int], token: CancelToken, report: Callable[[Any], None]) -> None:
        lines = csv.writer(file)
        lines.writerow(HEADINGS)
        for start in range(0, len(ids), _PAGE_ROWS):
            token.check()
            lines.writerows(cells(entry) for entry in self.entries(ids[start : start + _PAGE_ROWS]))
            report(min(start + _PAGE_ROWS, len(ids)))


def cells(entry: LogEntry) -> tuple[str, ...]:
    """One line of the CSV."""
    took_s = "" if entry.began_ms is None else f"{(entry.ended_ms - entry.began_ms) / 1000:.3f}"
    return (
        _time(entry.began_ms),
        _time(entry.ended_ms),
        took_s,
        _safe(entry.library_id),
        _safe(str(entry.path)),
        entry.kind.value,
        entry.sent_as.value,
        _seconds(entry.part_start_ms),
        _seconds(entry.part_end_ms),
        str(entry.size_bytes),
        "" if entry.rate_bytes_s is None else f"{entry.rate_bytes_s:.0f}",
        _safe(entry.fingerprint),
        _safe(entry.remote_id),
        f"{entry.cost:.6f}",
    )


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _time(time_ms: int | None) -> str:
    """Local time with its offset, to the second."""
    return "" if time_ms is None else datetime.fromtimestamp(time_ms / 1000).astimezone().isoformat(timespec="seconds")


def _seconds(time_ms: int | None) -> str:
    return "" if time_ms is None else f"{time_ms / 1000:.3f}"


def _not_exported(target: Path, error: OSError) -> AppError:
    details = f"{target}: {type(error).__name__}: {error}"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(_("There is no room left for the export."), hint=_("Free some space."), details=details)
    words = _("The log could not be exported: {reason}.").format(reason=reason_of(error))
    return FileProblem(words, hint=_("Choose another folder or name."), details=details)
