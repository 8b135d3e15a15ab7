"""The left column: drop footage anywhere in it, and watch each file become searchable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.drops import Skipped
from desktop_search.core.footage import FOOTAGE_SUFFIXES, IMAGE_SUFFIXES, FootageDetails
from desktop_search.core.library import Library
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.models.upload_words import state_words
from desktop_search.models.uploads_model import UploadsModel
from desktop_search.ui.uploads.details_form import DetailsForm
from desktop_search.ui.uploads.drop_zone import DropZone
from desktop_search.ui.uploads.dropped_paths import local_paths
from desktop_search.ui.uploads.skipped_list import SkippedList
from desktop_search.ui.uploads.upload_delegate import ThumbnailOf
from desktop_search.ui.uploads.uploads_view import UploadsView


class UploadsPane(QWidget):
    """Shows the queue and collects the user's wishes; it changes nothing by itself.

    Signals:
        add_asked(object, object): a list of paths, and the `FootageDetails` that apply to them.
        retry_asked(object), remove_asked(object): tuples of item ids.
        clear_done_asked(): take the searchable rows off the list.
    """

    add_asked = Signal(object, object)
    retry_asked = Signal(object)
    remove_asked = Signal(object)
    clear_done_asked = Signal()

    def __init__(self, thumbnail_of: ThumbnailOf | None = None, *, foot: QWidget | None = None) -> None:
        """`foot` stands below the list."""
        super().__init__()
        self.model = UploadsModel()
        self.model.setParent(self)
        self.setAccessibleName("Uploads")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setMinimumWidth(200)
        self.drop_zone = DropZone()
        self.details_form = DetailsForm()
        self.skipped = SkippedList()
        self.view = UploadsView(self.model, thumbnail_of)
        self.view.setMinimumHeight(110)
        self._summary = _line_of_text("Upload summary")
        self._adding = _line_of_text("Adding footage")
        self._refusal = _line_of_text("Why nothing was added", role="problem")
        self._cause = _line_of_text("Why the chosen file failed or waits")
        self._clear_done = QPushButton("Clear finished")
        self._clear_done.setProperty("role", "quiet")
        self._clear_done.setToolTip("Take searchable files off this list; they stay in the library")
        self._lay_out(foot)
        self._connect()
        self._on_counts_changed()

    def set_library(self, library: Library) -> None:
        """Say where footage that is added goes."""
        self.drop_zone.set_library(library)

    def set_items(self, items: Sequence[UploadItem]) -> None:
        """Show these rows and no others."""
        self.model.set_items(items)

    def put_item(self, item: UploadItem) -> None:
        """Show this row as it is now."""
        self.model.put([item])

    def show_adding(self, words: str) -> None:
        """Say how far adding is; "" when it is over."""
        self._adding.setText(words)
        self._adding.setVisible(bool(words))

    def show_skipped(self, skipped: Sequence[Skipped]) -> None:
        """Say what was not added, and why."""
        self.skipped.add(skipped)

    @property
    def cause(self) -> str:
        """Why the one chosen file failed or waits; "" otherwise."""
        return self._cause.text()

    @property
    def summary(self) -> str:
        """The summary line."""
        return self._summary.text()

    def offer(self, paths: Sequence[Path]) -> None:
        """Ask for these paths to be added with the details of the form, unless the form has problems."""
        details: FootageDetails | None = self.details_form.details()
        self._refusal.setVisible(details is None)
        if details is None:
            self._refusal.setText("Nothing was added yet: mend the details below, then add the footage again.")
            self.details_form.focus_problem()
        elif paths:
            self.add_asked.emit(list(paths), details)

    def browse_files(self) -> None:
        """Let the user choose files."""
        dialog = QFileDialog(self, "Add videos and pictures")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        everything = _pattern(FOOTAGE_SUFFIXES | IMAGE_SUFFIXES)
        dialog.setNameFilters(
            [
                f"Videos and pictures ({everything})",
                f"Videos ({_pattern(FOOTAGE_SUFFIXES)})",
                f"Pictures ({_pattern(IMAGE_SUFFIXES)})",
                "All files (*)",
            ]
        )
        self._open(dialog)

    def browse_folder(self) -> None:
        """Let the user choose a folder."""
        dialog = QFileDialog(self, "Add a folder of footage")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take the drag only if a local file or folder is in it."""
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As on entering."""
        self._consider(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went elsewhere."""
        self.drop_zone.set_lit(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was let go."""
        paths = local_paths(event.mimeData())
        self.drop_zone.set_lit(False)
        if not paths:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.offer(paths)

    def _consider(self, event: QDragMoveEvent) -> None:
        takes = bool(local_paths(event.mimeData()))
        self.drop_zone.set_lit(takes)
        if takes:
            # A copy, whatever the other program prefers: a move would let it delete the original.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.open()

    def _on_files_selected(self, names: Sequence[str]) -> None:
        self.offer([Path(name) for name in names])

    def _on_details_edited(self) -> None:
        self._refusal.hide()

    def _on_counts_changed(self) -> None:
        words = self.model.summary()
        self._summary.setText(words)
        self._summary.setVisible(bool(words))
        self._clear_done.setVisible(self.model.count(UploadState.SEARCHABLE) > 0)

    def _show_cause(self) -> None:
        """The row may be too narrow for the reason; the one chosen row says it in full below the list."""
        chosen = self.view.chosen()
        words = state_words(chosen[0]) if len(chosen) == 1 and chosen[0].cause else ""
        self._cause.setText(words)
        self._cause.setProperty("role", "problem" if words.startswith("failed") else "caption")
        self._cause.style().polish(self._cause)
        self._cause.setVisible(bool(words))

    def _on_reveal_asked(self, item: UploadItem) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(item.path.parent)))

    def _connect(self) -> None:
        self.drop_zone.files_asked.connect(self.browse_files)
        self.drop_zone.folder_asked.connect(self.browse_folder)
        self.view.retry_asked.connect(self.retry_asked)
        self.view.remove_asked.connect(self.remove_asked)
        self.view.reveal_asked.connect(self._on_reveal_asked)
        self.model.counts_changed.connect(self._on_counts_changed)
        self.model.dataChanged.connect(self._show_cause)
        self.model.rowsRemoved.connect(self._show_cause)
        self.view.selectionModel().selectionChanged.connect(self._show_cause)
        self.details_form.edited.connect(self._on_details_edited)
        self._clear_done.clicked.connect(self.clear_done_asked)

    def _lay_out(self, foot: QWidget | None) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(8, 4, 8, 0)
        column.setSpacing(6)
        heading = QLabel("Uploads")
        heading.setProperty("role", "heading")
        kept = self._clear_done.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing jumps when it comes
        self._clear_done.setSizePolicy(kept)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self._clear_done)
        column.addLayout(head)
        for widget in (self.drop_zone, self._refusal, self.details_form, self._adding, self.skipped, self._summary):
            column.addWidget(widget)
        self._cause.setContentsMargins(8, 0, 8, 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(column)
        whole.addWidget(self.view, 1)  # from edge to edge, as the results are
        whole.addWidget(self._cause)
        if foot is not None:
            whole.addWidget(foot)


def _pattern(suffixes: frozenset[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in sorted(suffixes))


def _line_of_text(name: str, role: str = "caption") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setAccessibleName(name)
    label.hide()
    return label
