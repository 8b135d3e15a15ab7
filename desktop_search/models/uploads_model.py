"""The upload queue as a Qt list: one row for each file, changed row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.models.upload_words import plain_line, plain_name, state_words, summary_words

_NO_PARENT = QModelIndex()
_RUNS_WORTH_KEEPING_THE_VIEW = 64  # beyond this many gaps at once, a view is quicker built anew


class UploadRole(IntEnum):
    """What a row gives beyond the roles of Qt."""

    ITEM = Qt.ItemDataRole.UserRole + 1  # the UploadItem itself


class UploadsModel(QAbstractListModel):
    """Rows in the order in which they were added, each found by its id in one step.

    Signals:
        counts_changed(): how many rows there are, or are in some state, has changed.
    """

    counts_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: list[UploadItem] = []
        self._row_by_id: dict[int, int] = {}
        self._counts: Counter[UploadState] = Counter()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many files there are; none below a row."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, full path as tool tip, name and state for screen readers, or the `UploadItem`."""
        if not index.isValid() or not 0 <= index.row() < len(self._items):
            return None
        item = self._items[index.row()]
        if role == UploadRole.ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return plain_name(item.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{plain_name(item.path)}, {state_words(item)}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return plain_line(str(item.path))
        return None

    @property
    def items(self) -> tuple[UploadItem, ...]:
        """All rows."""
        return tuple(self._items)

    def item_at(self, row: int) -> UploadItem:
        """The file of that row."""
        return self._items[row]

    def item_by_id(self, item_id: int) -> UploadItem | None:
        """The row with that id, or `None`."""
        row = self._row_by_id.get(item_id)
        return None if row is None else self._items[row]

    def index_of(self, item_id: int) -> QModelIndex:
        """Where the row with that id is; an invalid index when there is none."""
        row = self._row_by_id.get(item_id)
        return QModelIndex() if row is None else self.index(row)

    def summary(self) -> str:
        """All rows in one line of words."""
        return summary_words(self._counts)

    def count(self, state: UploadState) -> int:
        """How many rows are in `state`."""
        return self._counts[state]

    def set_items(self, items: Sequence[UploadItem]) -> None:
        """Become `items`, touching only the rows that differ, so that the selection and the view stay."""
        wanted = {item.item_id for item in items}
        self.remove(item_id for item_id in list(self._row_by_id) if item_id not in wanted)
        self.put(items)

    def put(self, items: Iterable[UploadItem]) -> None:
        """Change the rows that are known, and append the others."""
        new: dict[int, UploadItem] = {}
        counts_before = self._counts.copy()
        for item in items:
            row = self._row_by_id.get(item.item_id)
            if row is None:
                new[item.item_id] = item
            elif self._items[row] != item:
                self._replace(row, item)
        if new:
            self._append(list(new.values()))
        if self._counts != counts_before:
            self.counts_changed.emit()

    def remove(self, item_ids: Iterable[int]) -> None:
        """Take rows away; unknown ids are ignored."""
        rows = sorted({self._row_by_id[item_id] for item_id in item_ids if item_id in self._row_by_id})
        if not rows:
            return
        runs = _runs(rows)
        if len(runs) > _RUNS_WORTH_KEEPING_THE_VIEW:
            self.beginResetModel()
            self._forget(runs)
            self.endResetModel()
        else:
            for first, last in reversed(runs):
                self.beginRemoveRows(QModelIndex(), first, last)
                self._forget([(first, last)])
                self.endRemoveRows()
        self.counts_changed.emit()

    def _forget(self, runs: Sequence[tuple[int, int]]) -> None:
        for first, last in reversed(runs):
            for item in self._items[first : last + 1]:
                self._counts[item.state] -= 1
                del self._row_by_id[item.item_id]
            del self._items[first : last + 1]
        for row in range(runs[0][0], len(self._items)):
            self._row_by_id[self._items[row].item_id] = row

    def _replace(self, row: int, item: UploadItem) -> None:
        self._counts[self._items[row].state] -= 1
        self._counts[item.state] += 1
        self._items[row] = item
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def _append(self, items: list[UploadItem]) -> None:
        first = len(self._items)
        self.beginInsertRows(QModelIndex(), first, first + len(items) - 1)
        for row, item in enumerate(items, first):
            self._row_by_id[item.item_id] = row
            self._counts[item.state] += 1
        self._items += items
        self.endInsertRows()


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted rows as runs of neighbours, first and last of each."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
