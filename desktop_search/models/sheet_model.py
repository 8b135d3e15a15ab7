"""The stills of a contact sheet as rows, with their timecodes and whether something was found there."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase, teller

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class SheetRole(IntEnum):
    """What a row gives besides its timecode."""

    AT_MS = Qt.ItemDataRole.UserRole + 1
    PICTURE = Qt.ItemDataRole.UserRole + 2
    HAS_HIT = Qt.ItemDataRole.UserRole + 3


class SheetModel(QAbstractListModel):
    """Stills of one clip, in order; more arrive while it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stills: list[tuple[int, QImage]] = []
        self._moments: tuple[tuple[int, int], ...] = ()
        self._say = teller(None)

    def begin(self, moments: Sequence[tuple[int, int]]) -> None:
        """Another clip: from where to where, in ms, something was found in it."""
        self.beginResetModel()
        self._stills, self._moments = [], tuple(moments)
        self.endResetModel()

    def set_timebase(self, timebase: Timebase | None) -> None:
        """How the clip counts; `None` where that is not known."""
        self._say = teller(timebase)
        self._tell_all()

    def add(self, at_ms: int, picture: QImage) -> None:
        """The next still."""
        count = len(self._stills)
        self.beginInsertRows(QModelIndex(), count, count)
        self._stills.append((at_ms, picture))
        self.endInsertRows()

    def end(self) -> None:
        """All have come: the last one reaches to the end of the clip."""
        self._tell_all()

    def row_at(self, at_ms: int) -> int | None:
        """The still that is on screen at this time, or was last."""
        return max((row for row, still in enumerate(self._stills) if still[0] <= at_ms), default=None)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._stills)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own signature
        """Qt: one fact about one still."""
        if not index.isValid() or not 0 <= index.row() < len(self._stills):
            return None
        at_ms, picture = self._stills[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._say(at_ms)
            case Qt.ItemDataRole.AccessibleTextRole:
                time = self._say(at_ms)
                return _("{time}, a result is here").format(time=time) if self._has_hit(index.row()) else time
            case SheetRole.AT_MS:
                return at_ms
            case SheetRole.PICTURE:
                return picture
            case SheetRole.HAS_HIT:
                return self._has_hit(index.row())
        return None

    def _has_hit(self, row: int) -> bool:
        """Whether something was found between this still and the next."""
        start_ms = self._stills[row][0]
        end_ms = self._stills[row + 1][0] if row + 1 < len(self._stills) else None
        return any(first < (end_ms or first + 1) and last > start_ms for first, last in self._moments)

    def _tell_all(self) -> None:
        if self._stills:
            self.dataChanged.emit(self.index(0), self.index(len(self._stills) - 1))
