"""Deleting from a library: asked in place with all names, then taken back as long as it has not been sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QPushButton, QVBoxLayout

from desktop_search.core.errors import AppError
from desktop_search.core.language import _, ngettext
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.jobs.runner import JobHandle, JobRunner
from desktop_search.models.import_words import library_words
from desktop_search.models.item_words import item_name
from desktop_search.services.deletions import Deletions
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.notices import Notice, NoticeBar, NoticeLevel
from desktop_search.ui.style.labels import wrapped_label

LANE = "library changes"
GRACE_MS = 8000
_LIST_PX, _ROW_PX = 132, 18


class DeleteStrip(QFrame):
    """Signals:
    confirmed(object): delete these items.
    left(): the question is put away.
    """

    confirmed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._items: tuple[LibraryItem, ...] = ()
        self.question = wrapped_label("strong")
        self.names = QListView()
        self._names = QStringListModel(self)
        self.names.setModel(self._names)
        self.names.setAccessibleName(_("What is to be deleted"))
        self.names.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.names.setUniformItemSizes(True)
        self.delete, self.keep = QPushButton(_("Delete")), QPushButton(_("Keep"))
        self.delete.setProperty("role", "primary")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(self.question)
        column.addWidget(self.names)
        column.addLayout(buttons)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.keep.clicked.connect(self.put_away)
        self.hide()

    def ask(self, items: Sequence[LibraryItem]) -> None:
        """Name them all, and wait for an answer."""
        self._items = tuple(items)
        library_id = items[0].library_id
        place = _("the library of this computer") if library_id == LOCAL_ID else library_words(library_id)
        words = ngettext(
            "Delete {count} video from {place}?", "Delete {count} videos from {place}?", len(items), place=place
        )
        about = _("Files on this computer stay where they are.")
        self.question.setText(f"{words} {about}")
        self._names.setStringList([item_name(item) for item in items])
        self.names.setFixedHeight(min(_LIST_PX, 8 + _ROW_PX * len(items)))
        self.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Nothing is deleted."""
        self._items = ()
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps them."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _on_delete_clicked(self) -> None:
        items = self._items
        self.put_away()
        self.confirmed.emit(items)


@dataclass
class _Pending:
    """A deletion that has not been sent, or not to its end."""

    items: tuple[LibraryItem, ...]  # without those that are gone
    timer: QTimer
    notice: Notice | None = None


class DeleteController(QObject):
    """Nothing is sent before its time is up; what waits when the program ends is offered once more at the next start.

    Signals:
        deleted(object): these items are gone.
        failed(AppError): some are still there.
    """

    deleted = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, deletions: Deletions, page: LibraryPage, notices: NoticeBar) -> None:
        super().__init__(page)
        self._runner, self._deletions, self._page, self._notices = runner, deletions, page, notices
        self.grace_ms = GRACE_MS
        self._pending: list[_Pending] = []
        self._sending: list[LibraryItem] = []
        self.strip = DeleteStrip()
        page.put_below(self.strip)
        self.strip.confirmed.connect(self._on_confirmed)
        self.strip.left.connect(page.enter)

    def why_not(self, items: Sequence[LibraryItem]) -> str:
        """Why these cannot be deleted."""
        return "" if all(item.kind is ItemKind.VIDEO for item in items) else _("only videos can be deleted")

    def go_on(self) -> None:
        """What was not sent before the program ended is, after as long as it takes to say no."""

        def done(items: tuple[LibraryItem, ...]) -> None:
            words = ngettext(
                "{count} video that you deleted before the program ended is about to be deleted.",
                "{count} videos that you deleted before the program ended are about to be deleted.",
                len(items),
            )
            if items:
                self._wait(items, words)

        self._note(self._deletions.planned, done)

    def _on_confirmed(self, items: tuple[LibraryItem, ...]) -> None:
        words = ngettext("{count} video is about to be deleted.", "{count} videos are about to be deleted.", len(items))
        deletions = self._deletions
        self._note(lambda: deletions.plan(items))
        self._wait(items, words)

    def _note(self, work: Callable[[], object], done: Callable[[Any], object] | None = None) -> None:
        """In the lane of deleting itself, so that all of it happens in its order."""
        self._runner.start(lambda _token, _report: work(), lane=LANE, done=done, failed=self._on_note_failed)

    def _on_note_failed(self, error: AppError) -> None:
        self._notices.show_error(error)
        self.failed.emit(error)

    def _wait(self, items: tuple[LibraryItem, ...], words: str) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        pending = _Pending(items, timer)
        pending.notice = self._notices.show_notice(
            NoticeLevel.WARNING, words, action_text=_("Undo"), action=partial(self._undo, pending)
        )
        self._pending.append(pending)
        timer.timeout.connect(partial(self._send, pending))
        timer.start(self.grace_ms)
        self._hide()

    def _undo(self, pending: _Pending) -> None:
        if pending in self._pending:
            self._pending.remove(pending)
            pending.timer.stop()
            self._take_back(pending.items)
            self._hide()

    def _take_back(self, items: Sequence[LibraryItem]) -> None:
        deletions = self._deletions
        self._note(lambda: deletions.take_back(items))

    def _send(self, pending: _Pending) -> None:
        self._pending.remove(pending)
        if pending.notice is not None and pending.notice in self._notices.notices:
            pending.notice.dismiss()
        self._sending += pending.items
        deletions = self._deletions
        job = self._runner.start(
            lambda token, report: deletions.delete(pending.items, token, report),
            lane=LANE,
            progress=partial(self._on_deleted, pending),
            failed=partial(self._on_refused, pending),
        )
        job.ended.connect(lambda job: self._on_ended(pending, job))
        self._notices.show_progress(job, _("Deleting from the library…"))

    def _on_refused(self, pending: _Pending, error: AppError) -> None:
        """They are planned no more, for the next start would be refused as well; the user may try again."""
        if self._notices.remedy_of(error) is None:
            again = partial(self._on_confirmed, pending.items)
            self._notices.show_error(error, action_text=_("Delete again"), action=again)
        else:
            self._notices.show_error(error)
        self.failed.emit(error)

    def _on_deleted(self, pending: _Pending, items: tuple[LibraryItem, ...]) -> None:
        gone = {item.key for item in items}
        pending.items = tuple(item for item in pending.items if item.key not in gone)
        self._sending = [item for item in self._sending if item.key not in gone]
        self._page.model.remove([item.key for item in items])
        self.deleted.emit(items)

    def _on_ended(self, pending: _Pending, job: JobHandle) -> None:
        """What is still there is shown again, and not deleted later either, unless it is the program that ends."""
        if job.token.cancelled:
            self._take_back(pending.items)
        self._sending = [item for item in self._sending if item not in pending.items]
        self._hide()

    def _hide(self) -> None:
        waiting = [item.key for pending in self._pending for item in pending.items]
        self._page.model.hide([*waiting, *(item.key for item in self._sending)])
