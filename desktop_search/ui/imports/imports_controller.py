"""Between the import dialog and the imports at work: wishes go to worker threads, changes come back as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.footage import Readiness
from desktop_search.core.imports import ImportItem, ImportWish
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.jobs.runner import JobRunner
from desktop_search.settings.preferences import Preferences
from desktop_search.transfers.importing import Imports
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.imports.imports_dialog import ImportsDialog

_LANE, _CHANGES_LANE = "imports", "import-changes"


class ImportsController(QObject):
    """Opens the one dialog, and runs the imports whether or not it is open.

    Signals:
        changed(object): an `ImportItem` that got any further.
        brought(str): id of a library in which an import has made something searchable.
        failed(object): an `AppError` that concerns the imports as a whole.
    """

    changed = Signal(object)
    brought = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, imports: Imports, load: Callable[[], Preferences], window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._imports, self._load, self._window = runner, imports, load, window
        self._dialog: ImportsDialog | None = None
        self._library = THIS_COMPUTER
        self._items: dict[int, ImportItem] = {}
        self._removed: set[int] = set()
        self._running = False

    @property
    def dialog(self) -> ImportsDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def start(self) -> None:
        """Show the rows of the last run, and go on with them."""
        self._change(self._imports.items)

    def set_library(self, library: Library) -> None:
        """What is imported from now on goes there."""
        self._library = library
        if self._dialog is not None:
            self._dialog.form.set_library(library)

    def try_again(self) -> None:
        """Ask libraries that are left alone for a while once more: something about them has changed."""
        self._imports.try_again()

    def open(self, addresses: str = "") -> None:
        """Show the dialog, or bring it to the front; `addresses` are added to its lines."""
        if self._dialog is None:
            self._dialog = self._new_dialog()
        bring_up(self._dialog)
        if addresses:
            self._dialog.form.offer(addresses)

    def _new_dialog(self) -> ImportsDialog:
        dialog = ImportsDialog(self._window)
        dialog.form.set_library(self._library)
        dialog.form.import_asked.connect(self._on_import_asked)
        dialog.retry_asked.connect(self._on_retry_asked)
        dialog.remove_asked.connect(self._on_remove_asked)
        dialog.destroyed.connect(self._on_dialog_destroyed)
        dialog.set_items(tuple(self._items.values()))
        dialog.show()
        load = self._load
        self._runner.start(lambda _token, _report: load(), lane=_CHANGES_LANE, done=self._on_preferences_read)
        return dialog

    def _on_preferences_read(self, preferences: Preferences) -> None:
        if self._dialog is not None:
            self._dialog.form.set_prices(preferences.transfers.prices)

    def _on_import_asked(self, wishes: Sequence[ImportWish]) -> None:
        self._change(lambda: self._imports.add(wishes))

    def _on_retry_asked(self, item_id: int) -> None:
        self._change(lambda: self._imports.retry([item_id]))

    def _on_remove_asked(self, item_id: int) -> None:
        self._removed.add(item_id)
        self._items.pop(item_id, None)
        self._show_items()
        self._change(lambda: self._imports.remove([item_id]))

    def _change(self, change: Callable[[], Sequence[ImportItem] | None]) -> None:
        """Do it off the GUI thread, show the rows that it gives back, and keep the long job running."""
        self._runner.start(
            lambda _token, _report: change() or (),
            lane=_CHANGES_LANE,
            done=self._on_changed,
            failed=self._on_failed,
        )

    def _on_changed(self, items: Sequence[ImportItem]) -> None:
        for item in items:
            known = self._items.get(item.item_id)
            if known is None or known.changed_ms <= item.changed_ms:  # else what was reported since then is newer
                self._put(item)
        if self._dialog is not None:
            self._dialog.show_problem("")
        self._keep_running()

    def _keep_running(self) -> None:
        if not self._running:
            self._running = True
            handle = self._runner.start(self._imports.run, lane=_LANE, progress=self._put, failed=self._on_failed)
            handle.ended.connect(self._on_run_ended)

    def _on_run_ended(self) -> None:
        self._running = False

    def _put(self, item: ImportItem) -> None:
        if item.item_id in self._removed:
            return
        before = self._items.get(item.item_id)
        self._items[item.item_id] = item
        if self._dialog is not None:
            self._dialog.put_item(item)
        if before is not None and before != item:
            self.changed.emit(item)
            if item.count(Readiness.SEARCHABLE) > before.count(Readiness.SEARCHABLE):
                self.brought.emit(item.wish.library_id)

    def _show_items(self) -> None:
        if self._dialog is not None:
            self._dialog.set_items(tuple(self._items.values()))

    def _on_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(str(error))
        else:
            self.failed.emit(error)

    def _on_dialog_destroyed(self) -> None:
        self._dialog = None
