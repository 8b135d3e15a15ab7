"""Says why a search is waiting and counts the seconds down."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel

from desktop_search.core.language import _
from desktop_search.core.token import CancelToken, Pause

_LOOK_EVERY_MS = 100
_WORTH_WORDS_S = 1.5  # shorter waits are told on the button alone, for the results would jump


class WaitLine(QLabel):
    """Hidden, but for the longer waits of the search that it watches.

    Signals:
        counted(int): seconds that are left of any wait; 0 when none is.
    """

    counted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "caption")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAccessibleName(_("Why the search is waiting"))
        self._token: CancelToken | None = None
        self._shown: Pause | None = None  # the wait that is long enough for words
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.hide()

    def watch(self, token: CancelToken | None) -> None:
        """Tell the pauses of this work from now on; with `None` there is none."""
        self._token = token
        if token is None:
            self._timer.stop()
        else:
            self._timer.start()
        self._look()

    def _look(self) -> None:
        pause = None if self._token is None or self._token.cancelled else self._token.pause
        if pause is not self._shown and (pause is None or pause.left_s >= _WORTH_WORDS_S):
            self._shown = pause
        left_s = math.ceil(pause.left_s) if pause is not None else 0
        self.setVisible(pause is not None and pause is self._shown)
        if pause is not None:
            self.setText(
                _("{why} Going on in {seconds} s; Escape stops the search.").format(why=pause.why, seconds=left_s)
            )
        self.counted.emit(left_s)
