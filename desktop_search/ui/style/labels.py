"""Labels that several panes have alike."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ShortenedLabel(QLabel):
    """One line from outside that asks for no room: what does not fit is left out of its middle and told by the tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """Qt: as narrow as the layout likes."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw what fits."""
        room, text = self.contentsRect(), self.text()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        self.setToolTip(text if shown != text else "")
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def wrapped_label(role: str, words: str = "") -> QLabel:
    """A label that shows `words` as they are, in as many lines as they need."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def breakable(text: str) -> str:
    """`text` such that a label may go on in its next line after a part of an address or of a path."""
    for sign in "/\\?&=":
        text = text.replace(sign, f"{sign}\u200b")
    return text


def say(label: QLabel, words: str) -> None:
    """Show these words, or nothing at all where there are none."""
    label.setText(words)
    label.setVisible(bool(words))
