"""The lines of a transcript as a Qt list: time, words, and which one is being said."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_search.core.footage import TranscriptLine
from desktop_search.core.timecode import Timebase, teller
from desktop_search.core.transcripts import line_at

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class LineRole(IntEnum):
    """What a row gives besides its words."""

    LINE = Qt.ItemDataRole.UserRole + 1
    TIME = Qt.ItemDataRole.UserRole + 2
    IS_CURRENT = Qt.ItemDataRole.UserRole + 3


class TranscriptModel(QAbstractListModel):
    """Times are shown at the clip's own start and rate."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[TranscriptLine, ...] = ()
        self._say = teller(None)
        self._current: int | None = None

    @property
    def lines(self) -> tuple[TranscriptLine, ...]:
        """All of them."""
        return self._lines

    @property
    def current_row(self) -> int | None:
        """The line that is said where the picture is."""
        return self._current

    def set_lines(self, lines: Sequence[TranscriptLine], timebase: Timebase | None) -> None:
        """Another clip; without a `timebase` nobody knows how it counts."""
        self.beginResetModel()
        self._lines, self._say, self._current = tuple(lines), teller(timebase), None
        self.endResetModel()

    def set_position(self, at_ms: int) -> bool:
        """Where the picture is; says whether another line is being said now."""
        row = line_at(self._lines, at_ms)
        if row == self._current:
            return False
        changed, self._current = (self._current, row), row
        for number in changed:
            if number is not None:
                self.dataChanged.emit(self.index(number), self.index(number), [LineRole.IS_CURRENT])
        return True

    def find(self, words: str) -> tuple[int, ...]:
        """The rows that hold `words`, capitals or not."""
        wanted = words.casefold().strip()
        return tuple(row for row, line in enumerate(self._lines) if wanted in line.text.casefold()) if wanted else ()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """How many lines there are; none below a row."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, time, the line itself, and time with words for screen readers."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LineRole.LINE:
            return line
        if role == LineRole.TIME:
            return self._say(line.start_ms)
        if role == LineRole.IS_CURRENT:
            return index.row() == self._current
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._say(line.start_ms)} {line.text}"
        return None
