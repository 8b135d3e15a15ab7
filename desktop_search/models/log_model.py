"""The transfer log as a Qt table that knows all ids at once, and reads the lines that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop_search.core.language import N_, _, number
from desktop_search.core.library import LOCAL_ID, THIS_COMPUTER
from desktop_search.core.transfer_log import LogEntry, SentAs
from desktop_search.core.uploads import MediaKind
from desktop_search.models.forecast_words import dollars
from desktop_search.models.headed_table import HeadedTable
from desktop_search.models.transfer_words import rate_words, size_words, span_words
from desktop_search.models.upload_words import plain_line, plain_name, tool_tip

_NO_PARENT = QModelIndex()
_PAGE_ROWS = 200
_HELD_MAX = 20_000  # lines in memory; beyond, all are read anew as they are looked at
_SHAPES = {
    SentAs.AS_IS: _("as it is"),
    SentAs.PROXY: _("proxy"),
    SentAs.PART: _("part"),
    SentAs.IN_PLACE: _("in place"),
}
_NUMBERS = frozenset({"Size", "Rate", "Cost"})


class LogModel(HeadedTable):
    """Newest line first.

    Signals:
        wanted(object): ids of lines that are looked at and not here; answer with `put`.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(COLUMNS, _NUMBERS)
        self._ids: tuple[int, ...] = ()
        self._held: dict[int, LogEntry] = {}
        self._asked: set[int] = set()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many lines there are; none below a line."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; "…" while its line is being read."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        entry = self._held.get(self._ids[index.row()])
        if entry is None:
            self._ask(index.row())
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(_tip(entry, COLUMNS[index.column()]))
        return cell_words(entry, COLUMNS[index.column()])

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these lines. New ones above the known ones leave selection and view where they are."""
        fresh = len(ids) - len(self._ids)
        if fresh == 0 and tuple(ids) == self._ids:
            return
        if fresh > 0 and self._ids and tuple(ids[fresh:]) == self._ids:
            self.beginInsertRows(QModelIndex(), 0, fresh - 1)
            self._ids = tuple(ids)
            self.endInsertRows()
            return
        self.beginResetModel()
        self._ids = tuple(ids)
        self.endResetModel()

    def put(self, entries: Iterable[LogEntry]) -> None:
        """Lines that were read."""
        if len(self._held) > _HELD_MAX:
            self._held.clear()
        self._held |= {entry.entry_id: entry for entry in entries}
        self._asked -= self._held.keys()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    def forget_asked(self) -> None:
        """Lines could not be read; they are asked for again when they are looked at."""
        self._asked.clear()

    def _ask(self, row: int) -> None:
        first = row - row % _PAGE_ROWS
        page = tuple(one for one in self._ids[first : first + _PAGE_ROWS] if one not in self._held)
        if self._ids[row] not in self._asked:
            self._asked.update(page)
            self.wanted.emit(page)


def cell_words(entry: LogEntry, column: str) -> str:
    """What one cell says."""
    return _CELLS[column](entry)


def library_words(library_id: str) -> str:
    """What the library is called."""
    return THIS_COMPUTER.title if library_id == LOCAL_ID else plain_line(library_id)


def _tip(entry: LogEntry, column: str) -> str:
    if column == "File":
        words = _("picture, {count} bytes") if entry.kind is MediaKind.IMAGE else _("video, {count} bytes")
        return f"{plain_line(str(entry.path))}\n{words.format(count=number(entry.size_bytes))}"
    if column == "Sent":
        ended = f"{_moment(entry):%Y-%m-%d %H:%M:%S}"
        if entry.began_ms is None:
            return ended
        took_s = (entry.ended_ms - entry.began_ms) / 1000
        return _("{moment}, it took {seconds} s").format(moment=ended, seconds=number(took_s, 1))
    return cell_words(entry, column)


def _moment(entry: LogEntry) -> datetime:
    return datetime.fromtimestamp(entry.ended_ms / 1000).astimezone()


def _shape(entry: LogEntry) -> str:
    span = span_words(entry.part_start_ms, entry.part_end_ms)
    shape = _SHAPES[entry.sent_as]
    return f"{shape} {span}" if span else shape


def _rate(entry: LogEntry) -> str:
    return "" if entry.rate_bytes_s is None else rate_words(entry.rate_bytes_s)


_CELLS: dict[str, Callable[[LogEntry], str]] = {
    N_("Sent"): lambda entry: f"{_moment(entry):%Y-%m-%d %H:%M}",
    N_("File"): lambda entry: plain_name(entry.path),
    N_("Library"): lambda entry: library_words(entry.library_id),
    N_("As"): _shape,
    N_("Size"): lambda entry: size_words(entry.size_bytes),
    N_("Rate"): _rate,
    N_("Cost"): lambda entry: dollars(entry.cost) if entry.cost else "",
    N_("Answer id"): lambda entry: plain_line(entry.remote_id),
    N_("Fingerprint"): lambda entry: plain_line(entry.fingerprint),
}
COLUMNS = tuple(_CELLS)
