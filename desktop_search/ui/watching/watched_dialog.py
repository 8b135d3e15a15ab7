"""The watched folders: which there are, how each is, and one more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.watched import WatchReport
from desktop_search.models.import_words import library_words
from desktop_search.ui.dialogs.choosing import choose_folder
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog, list_area, rows_below, ruled_line
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.uploads.details_form import DetailsForm
from desktop_search.ui.watching.watched_row import WatchedRow

_ABOUT = _(
    "New footage in these folders, and in all folders below them, joins the queue by itself once it has stopped "
    "growing. Network drives may be among them."
)
_STARTED_BY_YOU = _("{library} charges for what is sent: it waits in the queue until you start it.")
_EMPTY = _("No folder is watched yet.")


class WatchedDialog(QDialog):
    """Stays open beside the window if wanted. It acts on nothing by itself.

    Signals:
        watch_asked(object, object, bool): the path, its `FootageDetails`, and whether to add what is there already.
        remove_asked(int): watch the folder of this id no longer.
    """

    watch_asked = Signal(object, object, bool)
    remove_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Watched folders"), size=(620, 600), least=(520, 400))
        self._rows: dict[int, WatchedRow] = {}
        self._list = rows_below()
        self._empty, self._cost = wrapped_label("caption", _EMPTY), wrapped_label("caption")
        self._problem = wrapped_label("problem")
        self.details = DetailsForm()
        self.takes_existing = QCheckBox(_("Add also what is there already"))
        self.add_button = QPushButton()
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._on_add_clicked)
        self._lay_out()
        self.set_library(THIS_COMPUTER)
        self.show_problem("")

    @property
    def rows(self) -> tuple[WatchedRow, ...]:
        """The folders in the order of the list."""
        return tuple(self._rows.values())

    @property
    def problem(self) -> str:
        """Why a folder was not taken; "" for nothing."""
        return self._problem.text()

    def set_library(self, library: Library) -> None:
        """Say where the footage of a folder that is added now will go."""
        self.add_button.setText(_("Watch a folder for {library}…").format(library=library_words(library.library_id)))
        say(self._cost, _STARTED_BY_YOU.format(library=library.title) if library.is_paid else "")

    def set_folders(self, reports: Sequence[WatchReport]) -> None:
        """Show these and no others."""
        for folder_id in set(self._rows) - {report.folder.folder_id for report in reports}:
            row = self._rows.pop(folder_id)
            row.hide()
            row.deleteLater()
        for report in reports:
            self.put_folder(report)
        self._empty.setVisible(not self._rows)

    def put_folder(self, report: WatchReport) -> None:
        """Show how this one is now."""
        known = self._rows.get(report.folder.folder_id)
        if known is not None:
            known.show_report(report)
            return
        row = self._rows[report.folder.folder_id] = WatchedRow(report)
        row.remove_asked.connect(self.remove_asked)
        self._list.insertWidget(self._list.count() - 1, row)
        self._empty.hide()

    def show_problem(self, words: str) -> None:
        """Say why a folder was not taken; "" for nothing."""
        say(self._problem, words)

    def take(self, path: Path) -> None:
        """Ask for the folder to be watched, with the details of the form, unless they have problems."""
        details: FootageDetails | None = self.details.details()
        if details is None:
            self.details.focus_problem()
        else:
            self.watch_asked.emit(path, details, self.takes_existing.isChecked())

    def _on_add_clicked(self) -> None:
        if self.details.details() is None:
            self.details.focus_problem()
        else:
            choose_folder(self, _("Choose a folder to watch"), self.take)

    def _lay_out(self) -> None:
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        area = list_area(self._list, least_height_px=130)
        close = close_box(self)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(wrapped_label("caption", _ABOUT))
        column.addWidget(area, 1)
        for widget in (ruled_line(), self.details, self.takes_existing, self._cost, self._problem):
            column.addWidget(widget)
        column.addLayout(foot)
