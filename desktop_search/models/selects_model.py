"""The selects of a bin as a table; timecode is each clip's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop_search.core.language import N_
from desktop_search.core.selects import Select
from desktop_search.core.timecode import teller
from desktop_search.models.headed_table import HeadedTable
from desktop_search.models.kept_rows import replace_rows
from desktop_search.models.result_words import one_line
from desktop_search.models.selects_words import Timebases, colour_name, timebase_of, tool_tip

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class Column(IntEnum):
    """What stands where."""

    CLIP = 0
    IN = 1
    OUT = 2
    RATING = 3
    TAGS = 4
    NOTE = 5


class SelectRole:
    """What a row is, for who paints it."""

    SELECT = Qt.ItemDataRole.UserRole
    IS_AWAY = Qt.ItemDataRole.UserRole + 1
    IS_PLAYING = Qt.ItemDataRole.UserRole + 2


class SelectsModel(HeadedTable):
    """Signals:
    note_entered(Select, str): a note was written into a row.
    """

    note_entered = Signal(object, str)

    def __init__(self) -> None:
        columns = (N_("Clip"), N_("In"), N_("Out"), N_("Rating"), N_("Tags"), N_("Note"))
        super().__init__(columns, (columns[Column.IN], columns[Column.OUT]))
        self._rows: tuple[Select, ...] = ()
        self._timebases: Timebases = {}
        self._lengths_ms: Mapping[Path, int] = {}
        self._away: Collection[Path] = ()
        self._playing_id = 0

    @property
    def selects(self) -> tuple[Select, ...]:
        """All of them, in their order."""
        return self._rows

    @property
    def timebases(self) -> Timebases:
        """How their clips count."""
        return self._timebases

    @property
    def lengths_ms(self) -> Mapping[Path, int]:
        """How long their clips are."""
        return self._lengths_ms

    def is_away(self, select: Select) -> bool:
        """Whether its file is not where it was."""
        return select.path is not None and select.path in self._away

    def set_selects(
        self,
        selects: Sequence[Select],
        timebases: Timebases,
        lengths_ms: Mapping[Path, int],
        away: Collection[Path] = (),
    ) -> None:
        """What is in the bin now, how the clips count, which are away; a note that is being written stays so."""
        before, now = [one.select_id for one in self._rows], [one.select_id for one in selects]
        self._timebases, self._lengths_ms, self._away = timebases, lengths_ms, away
        if before != now:
            replace_rows(self, before, now, lambda: self._put(selects))
        elif now:
            self._put(selects)
            self.dataChanged.emit(self.index(0, 0), self.index(len(now) - 1, len(Column) - 1))

    def _put(self, selects: Sequence[Select]) -> None:
        self._rows = tuple(selects)

    def set_playing(self, select_id: int) -> None:
        """Which one plays; 0 for none."""
        was, self._playing_id = self._playing_id, select_id
        for row, select in enumerate(self._rows):
            if select.select_id in (was, select_id):
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def row_of(self, select_id: int) -> int:
        """In which row it stands, -1 where it is not here."""
        return next((row for row, one in enumerate(self._rows) if one.select_id == select_id), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """As many as are in the bin."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """The note can be written in place, rows dragged."""
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.NOTE else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and where they stand."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        select = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(select, Column(index.column()))
        return self._facts(select, index.column(), role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's own
        """A note; the row shows it once it is kept."""
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.NOTE or not index.isValid():
            return False
        select = self._rows[index.row()]
        if select.mark.noted(str(value)) != select.mark:
            self.note_entered.emit(select, str(value))
        return True

    def _facts(self, select: Select, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(select, self._timebases, is_away=self.is_away(select))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.CLIP:
            return ", ".join(filter(None, (self._words(select, Column.CLIP), colour_name(select.colour))))
        if role == SelectRole.IS_AWAY:
            return self.is_away(select)
        if role == SelectRole.IS_PLAYING:
            return select.select_id == self._playing_id
        return select if role == SelectRole.SELECT else None

    def _words(self, select: Select, column: Column) -> str:
        say = teller(timebase_of(select, self._timebases))
        match column:
            case Column.CLIP:
                return one_line(select.name)
            case Column.IN:
                return say(select.start_ms)
            case Column.OUT:
                return say(select.end_ms)
            case Column.RATING:
                return "★" * select.rating
            case Column.TAGS:
                return ", ".join(select.tags)
            case Column.NOTE:
                return select.note
