"""The selects of a bin as a table: clip, in, out, rating and note; timecode is each clip's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop_search.core.language import N_, _
from desktop_search.core.selects import Select
from desktop_search.core.timecode import Timebase
from desktop_search.models.headed_table import HeadedTable
from desktop_search.models.result_words import clock, one_line

_COLUMNS = (N_("Clip"), N_("In"), N_("Out"), N_("Rating"), N_("Note"))
_NOTE = _COLUMNS.index("Note")
_NUMBERS = ("In", "Out")
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class SelectsModel(HeadedTable):
    """Signals:
    note_entered(Select, str): a note was written into a row.
    """

    note_entered = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(_COLUMNS, _NUMBERS)
        self._rows: tuple[Select, ...] = ()
        self._timebases: dict[Path, Timebase] = {}

    @property
    def selects(self) -> tuple[Select, ...]:
        """All of them, in their order."""
        return self._rows

    def set_selects(self, selects: Sequence[Select], timebases: Mapping[Path, Timebase]) -> None:
        """What is in the bin now, and how the clips count."""
        self.beginResetModel()
        self._rows, self._timebases = tuple(selects), dict(timebases)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """As many as are in the bin."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """The note can be written in place."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _NOTE else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and where they stand."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        select = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(select)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (one_line(str(select.path or "")), self._length(select))))
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's own
        """A note; the row shows it once it is kept."""
        if role != Qt.ItemDataRole.EditRole or index.column() != _NOTE or not index.isValid():
            return False
        select = self._rows[index.row()]
        if select.noted(str(value)) != select:
            self.note_entered.emit(select, str(value))
        return True

    def _words(self, select: Select) -> tuple[str, ...]:
        timebase = self._timebase(select)
        say = timebase.format if timebase else clock
        stars = "★" * select.rating
        return one_line(select.name), say(select.start_ms), say(select.end_ms), stars, select.note

    def _length(self, select: Select) -> str:
        timebase, length_ms = self._timebase(select), select.end_ms - select.start_ms
        length = (Timebase(timebase.rate, timebase.drop_frame).format if timebase else clock)(length_ms)
        return _("{length} long").format(length=length)

    def _timebase(self, select: Select) -> Timebase | None:
        return None if select.path is None else self._timebases.get(select.path)
