"""The timecode below the picture: it runs with the clip, and takes one that is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop_search.core.language import _

_TIP = _("Timecode. Type one to go there: 10:04:13:05, its last digits (1305), or +12 and -12 frames (G)")


class TimecodeField(QLineEdit):
    """Signals:
    time_typed(ms): go there.
    left(): typing has ended; the keys are the player's again.
    """

    time_typed = Signal(object)
    left = Signal()

    def __init__(self, read: Callable[[str], int]) -> None:
        """`read` gives the milliseconds that a typed text names, or raises `ValueError` with the reason."""
        super().__init__()
        self._read, self._running = read, ""
        self.setProperty("role", "timecode")
        self.setAccessibleName(_("Timecode"))
        self.setAccessibleDescription(_TIP)
        self.setToolTip(_TIP)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setTextMargins(-3, 0, 0, 0)  # in line with the timeline above it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("00:00:00:00") + 20)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textEdited.connect(lambda _text: self._show_problem(""))

    def show_time(self, text: str) -> None:
        """What the clock says; put off while somebody types."""
        self._running = text
        if not self.hasFocus():
            self.setText(text)

    def begin(self, first: str = "") -> None:
        """Let a timecode be typed, `first` being its first sign; without one the old one can be changed."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if first:
            self.setText(first)
        else:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, Escape leaves things as they are."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The clock stands while somebody types."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And runs again."""
        super().focusOutEvent(event)
        self._show_problem("")
        self.setText(self._running)
        self.deselect()

    def _go(self) -> None:
        try:
            at_ms = self._read(self.text())
        except ValueError as error:
            self._show_problem(str(error))
            return
        self.left.emit()
        self.time_typed.emit(at_ms)

    def _show_problem(self, words: str) -> None:
        self.setProperty("invalid", "true" if words else "false")
        self.setToolTip(words or _TIP)
        self.setAccessibleDescription(words or _TIP)
        self.style().polish(self)
