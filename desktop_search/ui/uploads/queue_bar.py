"""Above the list: how far all rows are, which limit holds, and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_search.core.calls import CallKind
from desktop_search.core.language import _
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadState
from desktop_search.models.transfer_words import rate_words
from desktop_search.models.upload_actions import QueueAction
from desktop_search.models.uploads_model import UploadsModel
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.labels import say, wrapped_label

_S = UploadState
_GOES = (_S.WAITING, _S.PREPARING, _S.SENDING)
_TICK_MS = 1000


class QueueBar(QWidget):
    """Words, and the widget `buttons`, both hidden while there are no rows. The numbers run on while something is
    sent, also when nothing is reported.

    Signals:
        asked(object): `QueueAction.PAUSE`, `RESUME` or `RETRY`, for all rows that it fits.
        clear_done_asked(): take the searchable rows off the list.
    """

    asked = Signal(object)
    clear_done_asked = Signal()

    def __init__(self, model: UploadsModel, now: Callable[[], datetime] = datetime.now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._transfers = TransferSettings()
        self._summary = wrapped_label("caption")
        self._summary.setAccessibleName(_("Upload summary"))
        self._course = wrapped_label("caption")
        self._course.setAccessibleName(_("How the transfers go"))
        self._limit = wrapped_label("badge")
        self._limit.setWordWrap(False)
        self._limit.setAccessibleName(_("Bandwidth limit"))
        self._limit.setToolTip(_("Set under Preferences, Transfers"))
        self._pause, self._retry, self._clear = QToolButton(), QToolButton(), QToolButton()
        self.buttons = QWidget(self)
        kept = self.buttons.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing jumps when the first row comes
        self.buttons.setSizePolicy(kept)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        model.counts_changed.connect(self._on_counts_changed)
        model.paces_changed.connect(self._show_words)
        self._on_counts_changed()

    @property
    def summary(self) -> str:
        """How many rows there are, and how many of them are done."""
        return self._summary.text()

    @property
    def limit(self) -> str:
        """Which limit is said to hold; "" for none."""
        return self._limit.text()

    def set_transfers(self, transfers: TransferSettings) -> None:
        """Say of these choices which limit holds."""
        self._transfers = transfers
        self._show_words()

    def _on_tick(self) -> None:
        if self._model.is_sending:
            self._model.refresh_paces()  # which also brings the words up to date
        else:
            self._show_words()

    def _show_words(self) -> None:
        say(self._summary, self._model.summary())
        slot = self._transfers.limits.get(CallKind.UPLOAD)
        say(self._course, self._model.course(slot.seconds / slot.calls if slot else 0.0))
        limit_bytes_s = self._transfers.limit_at(self._now()) if self._model.count(*_GOES) else 0
        words = _("limited to {rate}").format(rate=rate_words(limit_bytes_s)) if limit_bytes_s else ""
        say(self._limit, words)

    def _on_counts_changed(self) -> None:
        count = self._model.count
        pauses = count(*_GOES) > 0 or not count(_S.PAUSED)
        words = _("Pause all") if pauses else _("Resume all")
        self._pause.setIcon(icon("pause" if pauses else "play"))
        self._pause.setAccessibleName(words)
        self._pause.setToolTip(words)
        self._pause.setEnabled(count(*_GOES, _S.PAUSED) > 0)
        self._retry.setEnabled(count(_S.FAILED) > 0)
        self._clear.setEnabled(count(_S.SEARCHABLE) + count(_S.KNOWN) > 0)
        self.setVisible(bool(self._model.rowCount()))
        self.buttons.setVisible(bool(self._model.rowCount()))
        if count(*_GOES):
            self._timer.start()
        else:
            self._timer.stop()
        self._show_words()

    def _on_pause_clicked(self) -> None:
        self.asked.emit(QueueAction.PAUSE if self._model.count(*_GOES) else QueueAction.RESUME)

    def _lay_out(self) -> None:
        self._retry.setIcon(icon("retry"))
        self._retry.setAccessibleName(_("Try all failed again"))
        self._retry.setToolTip(_("Try all failed again"))
        self._clear.setIcon(icon("clear"))
        self._clear.setAccessibleName(_("Clear finished"))
        self._clear.setToolTip(_("Clear finished: take searchable files off this list; they stay in the library"))
        self._pause.clicked.connect(self._on_pause_clicked)
        self._retry.clicked.connect(lambda: self.asked.emit(QueueAction.RETRY))
        self._clear.clicked.connect(self.clear_done_asked)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self._pause, self._retry, self._clear):
            button.setProperty("role", "quiet")
            row.addWidget(button)
        limit = QHBoxLayout()
        limit.addWidget(self._limit)
        limit.addStretch(1)
        words = QVBoxLayout(self)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self._summary)
        words.addWidget(self._course)
        words.addLayout(limit)
