"""Short messages above the panes: what happened, what to do, and the details for a report."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.jobs.runner import JobHandle
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.buttons import close_button
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.theme import tokens

_INFO_STAYS_MS = 8000
_ROWS_MAX = 3
_SIGN_PX = 16


class NoticeLevel(Enum):
    """How much a notice matters. Information goes away by itself, the others stay until dismissed."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_SAID = {
    NoticeLevel.INFO: _("info: {text}"),
    NoticeLevel.WARNING: _("warning: {text}"),
    NoticeLevel.ERROR: _("error: {text}"),
}


class _Sign(QWidget):
    """The warning triangle, painted in the colours of now."""

    def __init__(self, level: NoticeLevel) -> None:
        super().__init__()
        self._level = level
        self.setFixedSize(_SIGN_PX, _SIGN_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it."""
        colour = tokens().warn if self._level is NoticeLevel.WARNING else tokens().bad
        with QPainter(self) as painter:
            icon("warning", colour).paint(painter, self.rect())


class Notice(QFrame):
    """One message with its buttons.

    Signals:
        dismissed(object): this notice is put away.
    """

    dismissed = Signal(object)

    def __init__(self, level: NoticeLevel, text: str, details: str) -> None:
        super().__init__()
        self.level, self.text, self.details = level, text, details
        self.setProperty("role", "notice")
        self.setProperty("level", "warn" if level is NoticeLevel.WARNING else level.value)
        self.setAccessibleName(_SAID[level].format(text=text))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 4, 6, 4)
        if level is not NoticeLevel.INFO:
            self._line.addWidget(_Sign(level))
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line.addWidget(label, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        if details:
            self._add_button(_("Copy details"), self._copy_details)

    def offer(self, text: str, action: Callable[[], object]) -> None:
        """Add a button that does something about it, and puts the notice away."""
        button = self._add_button(text, self.dismiss)
        button.clicked.connect(lambda _checked: action())

    def close_with_button(self) -> None:
        """Add the button that dismisses, as the last one; information starts to count down."""
        close = close_button(_("Dismiss this notice"), _("Dismiss"))
        close.setAutoRaise(True)
        close.clicked.connect(self.dismiss)
        self._line.addWidget(close)
        if self.level is NoticeLevel.INFO:
            self._timer.start(_INFO_STAYS_MS)

    def dismiss(self) -> None:
        """Put it away."""
        self._timer.stop()
        self.hide()
        self.dismissed.emit(self)
        self.deleteLater()

    def _add_button(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.clicked.connect(pressed)
        self._line.addWidget(button)
        return button

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.text}\n\n{self.details}")


class NoticeBar(QWidget):
    """A stack of up to three notices, the newest below; takes no room while there is none.

    Attributes:
        remedy_of: what a button of an error offers, and does: for errors that nothing else is offered for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.remedy_of: Callable[[AppError], tuple[str, Callable[[], object]] | None] = lambda _error: None
        self.setAccessibleName(_("Notices"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._notices: list[Notice] = []

    @property
    def notices(self) -> list[Notice]:
        """What is shown now, oldest first."""
        return list(self._notices)

    def show_notice(
        self,
        level: NoticeLevel,
        text: str,
        *,
        details: str = "",
        action_text: str = "",
        action: Callable[[], object] | None = None,
    ) -> Notice:
        """Say something, with one thing to do about it if there is one. The same text is not said twice at a time."""
        for known in self.notices:
            if (known.level, known.text) == (level, text):
                known.dismiss()
        for surplus in self.notices[: -(_ROWS_MAX - 1)]:
            surplus.dismiss()
        notice = Notice(level, text, details)
        if action is not None:
            notice.offer(action_text, action)
        notice.close_with_button()
        notice.dismissed.connect(self._on_notice_dismissed)
        self._notices.append(notice)
        self._column.addWidget(notice)
        return notice

    def show_info(self, text: str) -> Notice:
        """Say something that goes away by itself."""
        return self.show_notice(NoticeLevel.INFO, text)

    def show_warning(self, text: str) -> Notice:
        """Say something that stays until it is dismissed."""
        return self.show_notice(NoticeLevel.WARNING, text)

    def show_error(
        self, error: AppError, *, action_text: str = "", action: Callable[[], object] | None = None
    ) -> Notice:
        """Say what failed and what to do; the technical part is only for "Copy details"."""
        if action is None and (remedy := self.remedy_of(error)) is not None:
            action_text, action = remedy
        return self.show_notice(
            NoticeLevel.ERROR, str(error), details=error.details, action_text=action_text, action=action
        )

    def show_progress(self, job: JobHandle, words: str) -> ProgressNote:
        """Say that something takes its time, once it does; it can be stopped, and the line goes at its end."""
        note = ProgressNote(words)
        note.setProperty("role", "notice")
        note.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        note.setContentsMargins(12, 4, 6, 4)
        note.over.connect(note.deleteLater)
        self._column.addWidget(note)
        note.hide()  # a layout shows what it is given
        note.follow(job, words)
        return note

    def _on_notice_dismissed(self, notice: Notice) -> None:
        self._notices.remove(notice)
