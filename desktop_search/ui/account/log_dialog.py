"""The transfer log: everything that was sent, found by any part of its text, exported as CSV."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import _, ngettext
from desktop_search.models.log_model import COLUMNS, LogModel
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.tables import plain_table

_TYPING_MS = 150
_WIDTHS_PX = {
    COLUMNS.index(name): width_px
    for name, width_px in {
        "Sent": 150,
        "Library": 116,
        "As": 84,
        "Size": 74,
        "Rate": 84,
        "Cost": 72,
        "Answer id": 112,
        "Fingerprint": 104,
    }.items()
}


class LogDialog(QDialog):
    """Shows what it is given; the window behind stays usable.

    Signals:
        filter_asked(str): show the lines that hold this text.
        export_asked(object, str): write the lines that hold the text to this `Path`.
    """

    filter_asked = Signal(str)
    export_asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Transfer log"), size=(1020, 520), least=(640, 320))
        self.model = LogModel()
        self.model.setParent(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("File, folder, library or id"))
        self.field.setAccessibleName(_("Show only lines with this text"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_text_changed)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(lambda: self.filter_asked.emit(self.text))
        self.table = plain_table(self.model, _("What was sent"), _WIDTHS_PX, COLUMNS.index("File"))
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "caption")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.table)
        self._count = wrapped_label("caption")
        self.exporting = ProgressNote(_("Exporting the transfer log"))
        self._problem = wrapped_label("problem")
        self.export = QPushButton(_("Export as CSV…"))
        self.export.setAutoDefault(False)
        self.export.setToolTip(_("Write the lines that are shown to a file for spreadsheets"))
        self.export.clicked.connect(self._on_export_clicked)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.field.setFocus)
        self._lay_out()
        self._show_count()

    @property
    def text(self) -> str:
        """What the lines are to hold."""
        return self.field.text().strip()

    @property
    def words(self) -> str:
        """What it says below the table: how many lines, or how the export goes."""
        return self._count.text()

    @property
    def problem(self) -> str:
        """What went wrong; "" when nothing did."""
        return self._problem.text()

    def show_ids(self, ids: tuple[int, ...]) -> None:
        """Show these lines."""
        self.model.set_ids(ids)
        say(self._problem, "")
        self._show_count()

    def show_words(self, words: str) -> None:
        """Say how the export goes, until the lines are others."""
        say(self._problem, "")
        self._count.setText(words)

    def show_problem(self, words: str) -> None:
        """Say what went wrong."""
        self._show_count()
        say(self._problem, words)

    def _show_count(self) -> None:
        rows = self.model.rowCount()
        self._pages.setCurrentIndex(1 if rows else 0)
        self._empty.setText(_("No line has this text.") if self.text else _("Nothing was sent yet."))
        self._count.setText(line_words(rows) if rows else "")
        self.export.setEnabled(rows > 0)

    def _on_text_changed(self) -> None:
        self._typing.start()

    def _on_export_clicked(self) -> None:
        dialog = QFileDialog(self, _("Export the transfer log"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Comma-separated values (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(_("transfer log {day}.csv").format(day=QDate.currentDate().toString(Qt.DateFormat.ISODate)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.export_asked.emit(Path(names[0]), self.text))
        dialog.open()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.field, 1)
        head.addWidget(self.export)
        close = close_box(self)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._problem)
        column.addWidget(self.exporting)
        column.addLayout(foot)


def line_words(count: int) -> str:
    """ "1 line", "1,202 lines"."""
    return ngettext("{count} line", "{count} lines", count)
