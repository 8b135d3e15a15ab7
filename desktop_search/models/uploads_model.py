"""The upload queue as a Qt list: one row for each file, in the order in which they go, changed row by row."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop_search.core.language import _
from desktop_search.core.uploads import Priority, UploadItem, UploadState
from desktop_search.models.transfer_pace import Paces
from desktop_search.models.upload_actions import order_key
from desktop_search.models.upload_words import course_words, plain_line, row_name, state_words, summary_words

_NO_PARENT = QModelIndex()
_SIGNALS_MAX = 32  # beyond this many changed rows at once, one signal for the whole range is cheaper


_PRIORITY_WORDS = {
    Priority.HIGH: _("{row}, high priority"),
    Priority.NORMAL: "{row}",
    Priority.LOW: _("{row}, low priority"),
}


class UploadRole(IntEnum):
    """What a row gives beyond the roles of Qt."""

    ITEM = Qt.ItemDataRole.UserRole + 1  # the UploadItem itself
    WORDS = Qt.ItemDataRole.UserRole + 2  # its state in words, with rate and time left


class UploadsModel(QAbstractListModel):
    """Rows by priority and position, each found by its id in one step.

    Signals:
        counts_changed(): how many rows there are, or are in some state, has changed.
        paces_changed(): bytes have gone, or time has passed while they should.
    """

    counts_changed = Signal()
    paces_changed = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._items: list[UploadItem] = []
        self._row_by_id: dict[int, int] = {}
        self._counts: Counter[UploadState] = Counter()
        self._paces = Paces()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many files there are; none below a row."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, full path as tool tip, name and state for screen readers, or the `UploadItem`."""
        row = index.row()
        if not 0 <= row < len(self._items):
            return None
        item = self._items[row]
        if role == UploadRole.ITEM:
            return item
        if role == UploadRole.WORDS:
            return self.words(item)
        if role == Qt.ItemDataRole.DisplayRole:
            return row_name(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _PRIORITY_WORDS[item.priority].format(row=f"{row_name(item)}, {self.words(item)}")
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return plain_line(str(item.path))
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Rows can be chosen and dragged; they are dropped between rows, never onto one."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    @property
    def items(self) -> tuple[UploadItem, ...]:
        """All rows."""
        return tuple(self._items)

    def known(self) -> Mapping[int, UploadItem]:
        """All rows by their id, as they are now; the mapping is the caller's own."""
        return {item.item_id: item for item in self._items}

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

    def words(self, item: UploadItem) -> str:
        """The row's state in words, with its rate and time left while it is sent."""
        if item.state is not UploadState.SENDING:
            return state_words(item)
        return state_words(item, self._paces.row(item.item_id, item.size_bytes, self._clock()))

    def summary(self) -> str:
        """All rows in one line of words."""
        return summary_words(self._counts)

    def course(self, start_every_s: float = 0.0) -> str:
        """What is still to be sent, the rate and the time left; "" when there is nothing to send.

        `start_every_s`: how often a library that costs money lets an upload begin.
        """
        return course_words(self._paces.left_bytes, self._paces.whole(self._clock(), start_every_s))

    def count(self, *states: UploadState) -> int:
        """How many rows are in one of these states."""
        return sum(self._counts[state] for state in states)

    @property
    def is_sending(self) -> bool:
        """Whether any row is being sent over a network."""
        return bool(self._paces.sending_ids)

    def refresh_paces(self) -> None:
        """Time has passed: rates fall and times left run down also while nothing is reported."""
        for item_id in self._paces.sending_ids:
            index = self.index_of(item_id)
            self.dataChanged.emit(index, index)
        self.paces_changed.emit()

    def set_items(self, items: Sequence[UploadItem]) -> None:
        """Become `items`, touching only the rows that differ, so that the selection and the view stay."""
        wanted = {item.item_id for item in items}
        self.remove([item_id for item_id in self._row_by_id if item_id not in wanted])
        self.put(items)

    def put(self, items: Iterable[UploadItem]) -> None:
        """Change the rows that are known, and take in the others."""
        new: dict[int, UploadItem] = {}
        changed: list[int] = []
        is_moved = False
        counts_before = self._counts.copy()
        for item in items:
            row = self._row_by_id.get(item.item_id)
            if row is None:
                new[item.item_id] = item
            elif _differ(before := self._items[row], item):
                is_moved |= before.position != item.position or before.priority is not item.priority
                self._note(before, item)
                self._items[row] = item
                changed.append(row)
        self._announce(changed)
        if new:
            is_moved |= self._append(sorted(new.values(), key=order_key))
        if is_moved:
            self._arrange(sorted(self._items, key=order_key))
        if self._counts != counts_before:
            self.counts_changed.emit()
        if changed or new:
            self.paces_changed.emit()

    def remove(self, item_ids: Iterable[int]) -> None:
        """Take rows away; unknown ids are ignored."""
        rows = sorted({self._row_by_id[item_id] for item_id in item_ids if item_id in self._row_by_id})
        if not rows:
            return
        if rows[-1] - rows[0] + 1 != len(rows):
            # Many gaps, one removal: what goes is brought together at the end first, and the selection stays.
            gone = set(rows)
            stay = [item for row, item in enumerate(self._items) if row not in gone]
            self._arrange(stay + [self._items[row] for row in rows])
            rows = list(range(len(stay), len(self._items)))
        first, last = rows[0], rows[-1]
        self.beginRemoveRows(QModelIndex(), first, last)
        for item in self._items[first : last + 1]:
            self._note(item, None)
            del self._row_by_id[item.item_id]
        del self._items[first : last + 1]
        for row in range(first, len(self._items)):
            self._row_by_id[self._items[row].item_id] = row
        self.endRemoveRows()
        self.counts_changed.emit()

    def _note(self, before: UploadItem | None, after: UploadItem | None) -> None:
        """Keep the sums true: `before` becomes `after`."""
        if before is not None:
            self._counts[before.state] -= 1
        if after is not None:
            self._counts[after.state] += 1
        self._paces.change(before, after, self._clock())

    def _announce(self, changed: Sequence[int]) -> None:
        if len(changed) > _SIGNALS_MAX:
            self.dataChanged.emit(self.index(min(changed)), self.index(max(changed)))
            return
        for row in changed:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _append(self, items: list[UploadItem]) -> bool:
        """Put rows at the end; whether they belong before others, so that all must be arranged."""
        first = len(self._items)
        belongs_before = bool(self._items) and order_key(items[0]) < order_key(self._items[-1])
        self.beginInsertRows(QModelIndex(), first, first + len(items) - 1)
        for row, item in enumerate(items, first):
            self._row_by_id[item.item_id] = row
            self._note(None, item)
        self._items += items
        self.endInsertRows()
        return belongs_before

    def _arrange(self, items: list[UploadItem]) -> None:
        """Put the same rows into another order; the selection and the current row go along."""
        self.layoutAboutToBeChanged.emit()
        before = self._items
        self._items = items
        self._row_by_id = {item.item_id: row for row, item in enumerate(items)}
        held = self.persistentIndexList()
        self.changePersistentIndexList(
            held, [self.index(self._row_by_id[before[index.row()].item_id]) for index in held]
        )
        self.layoutChanged.emit()


def _differ(before: UploadItem, item: UploadItem) -> bool:
    """Whether two of one row differ; what mostly does is compared first, since paths take long."""
    return before is not item and (
        before.state is not item.state or before.sent_bytes != item.sent_bytes or before != item
    )
