"""The folders of a library, or its namespaces: which there are, and what the library lets be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.language import _, ngettext
from desktop_search.core.listing import FOLDER_NAME_MAX_CHARS
from desktop_search.models.upload_words import plain_line
from desktop_search.services.library_folders import Shelf, Shelves
from desktop_search.ui.dialogs.dressing import close_box
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import say, wrapped_label


class FoldersDialog(QDialog):
    """Stays open beside the window if wanted. It acts on nothing by itself.

    Signals:
        make_asked(str), rename_asked(object, str), delete_asked(object): with names and `Shelf`s.
    """

    make_asked = Signal(str)
    rename_asked = Signal(object, str)
    delete_asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Folders of {library}").format(library=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(420, 320)
        self._shelves: tuple[Shelf, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Folders"))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the folder"))
        self.name.setPlaceholderText(_("Name"))
        self.name.setMaxLength(FOLDER_NAME_MAX_CHARS)
        self.make, self.rename = QPushButton(_("New")), QPushButton(_("Rename"))
        self.delete = QPushButton(_("Delete"))
        for button in (self.make, self.rename, self.delete):
            button.setAutoDefault(False)
        self._changes = QWidget()
        self.reading = ProgressNote(_("Asking the library"))
        self.problem = wrapped_label("problem")
        self.problem.hide()
        self._lay_out()
        self.make.clicked.connect(lambda: self.make_asked.emit(self.name.text()))
        self.rename.clicked.connect(self._on_rename_clicked)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.name.textChanged.connect(lambda _text: self._show_state())
        self.name.returnPressed.connect(self.make.click)
        self._changes.hide()

    @property
    def shelf(self) -> Shelf | None:
        """The one that is chosen."""
        row = self.list.currentRow()
        return self._shelves[row] if 0 <= row < len(self._shelves) else None

    def show_shelves(self, shelves: Shelves) -> None:
        """Show these; what the library does not offer is not shown. What is chosen and what is typed stay."""
        chosen = "" if self.shelf is None else _identity(self.shelf)
        scrolled = self.list.verticalScrollBar().value()
        self._shelves = shelves.items
        identities = [_identity(shelf) for shelf in shelves.items]
        is_there = chosen in identities
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems(_lines(shelves.items))
            self.list.setCurrentRow(identities.index(chosen) if is_there else 0)
        self.list.verticalScrollBar().setValue(scrolled)
        if not (is_there or self.name.isModified()):
            self._propose_name()
        self._changes.setVisible(shelves.has_folders)
        self.show_problem("")
        self._show_state()

    def show_problem(self, words: str) -> None:
        """Why something was not done; "" for nothing."""
        say(self.problem, words)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self._changes)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.name, 1)
        for button in (self.make, self.rename, self.delete):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        for widget in (self._changes, self.problem, self.reading):
            column.addWidget(widget)
        column.addWidget(close_box(self))

    def _on_row_changed(self, _row: int) -> None:
        self._propose_name()
        self._show_state()

    def _propose_name(self) -> None:
        """The name of the one that is chosen, to be changed."""
        if self.shelf is not None and not self.shelf.is_fixed:
            self.name.setText(self.shelf.name)

    def _show_state(self) -> None:
        shelf, name = self.shelf, self.name.text().strip()
        is_new = bool(name) and name not in {each.name for each in self._shelves}
        self.make.setEnabled(is_new)
        self.rename.setEnabled(is_new and shelf is not None and not shelf.is_fixed)
        self.delete.setEnabled(shelf is not None and not shelf.is_fixed and shelf.count == 0)
        self.delete.setToolTip("" if self.delete.isEnabled() else _("Only an empty folder can be deleted"))

    def _on_rename_clicked(self) -> None:
        self.rename_asked.emit(self.shelf, self.name.text())

    def _on_delete_clicked(self) -> None:
        self.delete_asked.emit(self.shelf)


def _identity(shelf: Shelf) -> str:
    """By which it is known under another name too."""
    return shelf.namespace if shelf.folder is None else shelf.folder.folder_id


def _lines(shelves: Sequence[Shelf]) -> list[str]:
    counts = [ngettext("{count} video", "{count} videos", shelf.count) for shelf in shelves]
    return [f"{plain_line(shelf.name)} · {count}" for shelf, count in zip(shelves, counts, strict=True)]
