"""Folders of the library that is shown: listed, changed, and videos moved between them, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from desktop_search.core.errors import AppError
from desktop_search.core.language import _, ngettext
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.library_items import ItemKind, ItemState, LibraryItem
from desktop_search.core.listing import LEGACY_FOLDER
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Work
from desktop_search.models.upload_words import plain_line
from desktop_search.services.library_folders import LibraryFolders, Shelf, Shelves, checked_name
from desktop_search.ui.browse.folders_dialog import FoldersDialog
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.notices import NoticeBar

LANE = "folders"


class FoldersController(QObject):
    """Signals:
    changing(bool): whether folders are being changed, or videos moved between them.
    renamed(str, str): a namespace of the library that is shown goes by another name now: the old, the new.
    """

    changing = Signal(bool)
    renamed = Signal(str, str)

    def __init__(self, runner: JobRunner, folders: LibraryFolders, page: LibraryPage, notices: NoticeBar) -> None:
        super().__init__(page)
        self._runner, self._folders, self._page, self._notices = runner, folders, page, notices
        self._library = THIS_COMPUTER
        self._shelves: Shelves | None = None
        self.dialog: FoldersDialog | None = None
        page.looked_at.connect(self._learn)

    @property
    def has_folders(self) -> bool:
        """Whether the library is known to have folders that videos can be moved between."""
        return self._shelves is not None and self._shelves.has_folders

    def set_library(self, library: Library) -> None:
        """Be about this one."""
        self._library, self._shelves = library, None
        self._runner.cancel_lane(LANE)
        if self.dialog is not None:
            self.dialog.close()
        if self._page.isVisible():
            self._learn()

    def open(self) -> None:
        """The dialog with all folders."""
        if self.dialog is None:
            self.dialog = dialog = FoldersDialog(self._library.title, self._page.window())
            dialog.make_asked.connect(lambda name: self._change(partial(self._folders.make, self._id, name)))
            dialog.rename_asked.connect(self._rename)
            dialog.delete_asked.connect(lambda shelf: self._change(partial(self._folders.delete, self._id, shelf)))
            dialog.destroyed.connect(self._on_dialog_destroyed)
        bring_up(self.dialog)
        self._list()

    def ask_where(self, items: Sequence[LibraryItem]) -> None:
        """Offer the folders that these can be moved into."""
        menu = QMenu(self._page)
        menu.setAccessibleName(_("Move into a folder"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for shelf in self._targets(items):
            action = menu.addAction(plain_line(shelf.name).replace("&", "&&"))
            action.triggered.connect(partial(self._move, tuple(items), shelf))
        view = self._page.views.view
        menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center()))

    def why_not_moved(self, items: Sequence[LibraryItem]) -> str:
        """Why these cannot be moved now."""
        if any(item.kind is not ItemKind.VIDEO for item in items):
            return _("only videos are in folders")
        if any(item.state is ItemState.INDEXING for item in items):
            return _("not while they are indexed")
        return "" if self._targets(items) else _("there is no other folder")

    @property
    def _id(self) -> str:
        return self._library.library_id

    def _targets(self, items: Sequence[LibraryItem]) -> list[Shelf]:
        """Where these are not already, all of them."""
        if self._shelves is None or not self._shelves.has_folders:
            return []
        there = {item.namespace for item in items}
        usable = (each for each in self._shelves.items if each.folder and each.folder.folder_id != LEGACY_FOLDER)
        return [shelf for shelf in usable if there != {shelf.namespace}]

    def _learn(self) -> None:
        if self._shelves is None:
            self._list()

    def _list(self) -> None:
        self._start(lambda token, _report: self._folders.list(self._id, token), self._on_listed)

    def _rename(self, shelf: Shelf, name: str) -> None:
        change = partial(self._folders.rename, self._id, shelf, name)
        self._change(change, then=lambda: self.renamed.emit(shelf.namespace, checked_name(name)))

    def _change(
        self, change: Callable[[CancelToken], object], words: str = "", then: Callable[[], object] = lambda: None
    ) -> None:
        library_id = self._id

        def work(token: CancelToken, _report: object) -> Shelves:
            change(token)
            return self._folders.list(library_id, token)

        def done(shelves: Shelves) -> None:
            self._on_listed(shelves)
            then()
            if words:
                self._notices.show_info(words)

        self.changing.emit(True)
        self._start(work, done).ended.connect(lambda _job: self.changing.emit(False))

    def _move(self, items: tuple[LibraryItem, ...], shelf: Shelf, _checked: bool = False) -> None:
        name = plain_line(shelf.name)
        words = ngettext(
            "{count} video is in “{folder}” now.", "{count} videos are in “{folder}” now.", len(items), folder=name
        )
        self._change(lambda token: self._folders.move(items, shelf, token), words)

    def _start(self, work: Work, done: Callable[[Shelves], object]) -> JobHandle:
        job = self._runner.start(work, lane=LANE, done=done, failed=self._on_failed)
        if self.dialog is not None:
            self.dialog.reading.follow(job, _("Asking the library…"))
        return job

    def _on_listed(self, shelves: Shelves) -> None:
        self._shelves = shelves
        if self.dialog is not None:
            self.dialog.show_shelves(shelves)

    def _on_failed(self, error: AppError) -> None:
        if self.dialog is not None:
            self.dialog.show_problem(str(error))
        elif self._shelves is not None:  # else nobody has asked: whether there are folders is looked for by itself
            self._notices.show_error(error)

    def _on_dialog_destroyed(self) -> None:
        self.dialog = None
