"""The left column: drop footage anywhere in it, and watch each file become searchable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_search.core.drops import Skipped
from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _
from desktop_search.core.library import Library
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.models.upload_actions import QueueAction
from desktop_search.models.upload_words import state_words
from desktop_search.models.uploads_model import UploadsModel
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import wrapped_label
from desktop_search.ui.uploads.browsing import browse_files, browse_folder
from desktop_search.ui.uploads.details_form import DetailsForm
from desktop_search.ui.uploads.drop_zone import DropZone
from desktop_search.ui.uploads.dropped_paths import links, local_paths
from desktop_search.ui.uploads.queue_bar import QueueBar
from desktop_search.ui.uploads.rows_editor import RowsEditor
from desktop_search.ui.uploads.skipped_list import SkippedList
from desktop_search.ui.uploads.upload_delegate import ThumbnailOf
from desktop_search.ui.uploads.uploads_view import UploadsView


class UploadsPane(QWidget):
    """Shows the queue and collects the user's wishes; it changes nothing by itself.

    Signals:
        add_asked(object, object): a list of paths, and the `FootageDetails` that apply to them.
        asked(object, object): a `QueueAction`, and the ids of the rows that it is for (`None`: all that it fits).
        move_asked(object, object): ids of rows, and the id of the row before which they go (`None`: to the end).
        details_asked(object, object): ids of rows, and the `DetailsChange` that they get.
        clear_done_asked(): take the searchable rows off the list.
        links_dropped(str): addresses on the web, one to a line.
        tags_asked(): the tags that the library has would be of use now; see `set_library_tags`.
        reveal_asked(Path): show this file in its folder.
    """

    add_asked = Signal(object, object)
    asked = Signal(object, object)
    move_asked = Signal(object, object)
    details_asked = Signal(object, object)
    clear_done_asked = Signal()
    links_dropped = Signal(str)
    tags_asked = Signal()
    reveal_asked = Signal(object)

    def __init__(
        self,
        thumbnail_of: ThumbnailOf | None = None,
        *,
        head: QWidget | None = None,
        foot: QWidget | None = None,
        commands: CommandSet | None = None,
    ) -> None:
        """`head` stands above the list, `foot` below it. Without `commands` the pane has some of its own."""
        super().__init__()
        self.model = UploadsModel()
        self.model.setParent(self)
        self.setAccessibleName(_("Uploads"))
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setMinimumWidth(250)
        self.drop_zone = DropZone()
        self._library_tags: frozenset[str] = frozenset()
        self._editor: RowsEditor | None = None
        self.details_form = DetailsForm(self.used_tags)
        self.skipped = SkippedList()
        self.view = UploadsView(self.model, thumbnail_of, commands or CommandSet(self))
        self.view.setMinimumHeight(40)
        self.bar = QueueBar(self.model)
        self.adding = ProgressNote(_("Adding footage"))
        self._refusal = _line_of_text(_("Why nothing was added"), role="problem")
        self._cause = _line_of_text(_("Why the chosen file failed or waits"))
        self._lay_out(head, foot)
        self._connect()

    def set_library(self, library: Library) -> None:
        """Say where footage that is added goes."""
        self.drop_zone.set_library(library)

    def set_items(self, items: Sequence[UploadItem]) -> None:
        """Show these rows and no others."""
        self.view.keep_place(lambda: self.model.set_items(items))

    def put_items(self, items: Iterable[UploadItem], gone: Iterable[int] = ()) -> None:
        """Show these rows as they are now, new ones among them, and no longer those with the ids in `gone`."""
        if gone:
            self.view.keep_place(lambda: self.model.remove(gone))
        self.model.put(items)

    def used_tags(self) -> frozenset[str]:
        """The tags that were used before, in the list and in the library."""
        return self._library_tags.union(*{item.details.tags for item in self.model.items})

    def set_library_tags(self, tags: Iterable[str]) -> None:
        """Offer these tags too."""
        self._library_tags = frozenset(tags)

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
        return self.bar.summary

    def offer(self, paths: Sequence[Path]) -> None:
        """Ask for these paths to be added with the details of the form, unless the form has problems."""
        details: FootageDetails | None = self.details_form.details()
        self._refusal.setVisible(details is None)
        if details is None:
            self._refusal.setText(_("Nothing was added yet: mend the details below, then add the footage again."))
            self.details_form.focus_problem()
        elif paths:
            self.add_asked.emit(list(paths), details)

    def browse_files(self) -> None:
        """Let the user choose files."""
        browse_files(self, self._on_files_selected)

    def browse_folder(self) -> None:
        """Let the user choose a folder."""
        browse_folder(self, self._on_files_selected)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take the drag only if a local file or folder, or a link, is in it."""
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
        paths, addresses = local_paths(event.mimeData()), links(event.mimeData())
        self.drop_zone.set_lit(False)
        if not paths and not addresses:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            self.offer(paths)
        if addresses:
            self.links_dropped.emit("\n".join(addresses))

    def _consider(self, event: QDragMoveEvent) -> None:
        takes = bool(local_paths(event.mimeData()) or links(event.mimeData()))
        self.drop_zone.set_lit(takes)
        if takes:
            # A copy, whatever the other program prefers: a move would let it delete the original.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _on_files_selected(self, names: Sequence[str]) -> None:
        self.offer([Path(name) for name in names])

    def _on_details_edited(self) -> None:
        self._refusal.hide()

    def _show_cause(self) -> None:
        """The row may be too narrow for the reason; the one chosen row says it in full below the list."""
        chosen = self.view.sole_chosen()
        words = state_words(chosen) if chosen is not None and chosen.cause else ""
        has_failed = chosen is not None and chosen.state is UploadState.FAILED
        if words == self._cause.text():
            return
        self._cause.setText(words)
        self._cause.setProperty("role", "problem" if has_failed else "caption")
        self._cause.style().polish(self._cause)
        self._cause.setVisible(bool(words))

    def _on_view_asked(self, action: QueueAction, ids: Sequence[int]) -> None:
        if action is QueueAction.REVEAL:
            item = self.model.item_by_id(ids[0])
            if item is not None:
                self.reveal_asked.emit(item.path)
        elif action is QueueAction.EDIT:
            self._open_editor()
        else:
            self.asked.emit(action, ids)

    def _open_editor(self) -> None:
        if self._editor is not None:
            self._editor.close()
        self._editor = RowsEditor(self.view.chosen(), self.used_tags, self.window())
        self._editor.details_chosen.connect(self.details_asked)
        self._editor.tags_asked.connect(self.tags_asked)
        self._editor.finished.connect(self._on_editor_finished)
        self._editor.show()

    def _on_editor_finished(self) -> None:
        self._editor = None

    def _connect(self) -> None:
        self.drop_zone.files_asked.connect(self.browse_files)
        self.drop_zone.folder_asked.connect(self.browse_folder)
        self.bar.asked.connect(lambda action: self.asked.emit(action, None))
        self.bar.clear_done_asked.connect(self.clear_done_asked)
        self.view.asked.connect(self._on_view_asked)
        self.view.move_asked.connect(self.move_asked)
        self.model.dataChanged.connect(self._show_cause)
        self.model.rowsRemoved.connect(self._show_cause)
        self.view.selectionModel().selectionChanged.connect(self._show_cause)
        self.model.counts_changed.connect(lambda: self.drop_zone.set_compact(self.model.rowCount() > 0))
        self.details_form.edited.connect(self._on_details_edited)
        self.details_form.tags_asked.connect(self.tags_asked)

    def _lay_out(self, head: QWidget | None, foot: QWidget | None) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(8, 4, 8, 0)
        column.setSpacing(6)
        heading = QLabel(_("Uploads"))
        heading.setProperty("role", "heading")
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.bar.buttons)
        column.addLayout(top)
        for widget in (self.drop_zone, self._refusal, self.details_form, self.adding, self.skipped, self.bar):
            column.addWidget(widget)
        if head is not None:
            column.addWidget(head)
        self._cause.setContentsMargins(8, 0, 8, 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(column)
        whole.addWidget(self.view, 1)  # from edge to edge, as the results are
        whole.addWidget(self._cause)
        if foot is not None:
            whole.addWidget(foot)
        if head is not None:
            head.raise_()  # where room is too scarce for all, the list gives way


def _line_of_text(name: str, role: str = "caption") -> QLabel:
    label = wrapped_label(role)
    label.setAccessibleName(name)
    label.hide()
    return label
