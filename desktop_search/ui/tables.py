"""Tables that several windows have alike."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

_ROW_PX = 26


class CopyingTable(QTableView):
    """Copies all of the chosen rows, where Qt would copy one cell."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The copy key gives rows of cells with tabs between them, as spreadsheets take them."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        model, rows = self.model(), sorted(index.row() for index in self.selectionModel().selectedRows())
        cells = [[str(model.index(row, column).data()) for column in range(model.columnCount())] for row in rows]
        if cells:
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in cells))


def plain_table(model: QAbstractItemModel, name: str, widths_px: Mapping[int, int], stretched: int) -> QTableView:
    """Rows to be read and chosen; every row is as high as the others, so that any number of them opens at once.

    Args:
        widths_px: of the columns that do not keep Qt's width.
        stretched: the column that takes what is left.
    """
    table = CopyingTable()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)  # Tab leaves the table
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows, columns = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(_ROW_PX)
    columns.setHighlightSections(False)
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    columns.setMinimumSectionSize(48)
    for column, width_px in widths_px.items():
        columns.resizeSection(column, max(width_px, columns.sectionSizeHint(column)))  # a heading may be longer
    columns.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table
