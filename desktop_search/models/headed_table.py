"""A Qt table with headings, of which some columns are numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_search.core.language import _

_NO_PARENT = QModelIndex()


class HeadedTable(QAbstractTableModel):
    """Columns by their headings in English, by which `numbers` names some too; those stand to the right."""

    def __init__(self, columns: Sequence[str], numbers: Collection[str]) -> None:
        super().__init__()
        self._columns, self._numbers = tuple(columns), frozenset(numbers)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """As many as there are headings."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings above."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self._columns[section])
        return self.alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Where the words of that column stand."""
        flags = Qt.AlignmentFlag
        side = flags.AlignRight if self._columns[column] in self._numbers else flags.AlignLeft
        return side | flags.AlignVCenter
