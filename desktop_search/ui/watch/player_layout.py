"""Where the parts of the player's pane are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_search.ui.watch.timecode_field import TimecodeField
from desktop_search.ui.watch.timeline import MARGIN_PX, Timeline
from desktop_search.ui.watch.transport import Transport

_MARGIN_PX = 8


def controls(
    timeline: Timeline, timecode: TimecodeField, speed: QLabel, range_label: QLabel, transport: Transport
) -> QWidget:
    """What is below the picture: the timeline, a line of timecodes, the buttons."""
    made = QWidget()
    below = QVBoxLayout(made)
    inset = _MARGIN_PX - MARGIN_PX  # timeline and buttons bring a margin of their own
    below.setContentsMargins(inset, 4, inset, _MARGIN_PX)
    below.setSpacing(4)
    words = QHBoxLayout()
    words.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
    words.addWidget(timecode)
    words.addWidget(speed)
    words.addStretch(1)
    words.addWidget(range_label)
    buttons = QHBoxLayout()
    buttons.addWidget(transport)
    buttons.addStretch(1)
    below.addWidget(timeline)
    below.addLayout(words)
    below.addLayout(buttons)
    return made


def stack(pane: QWidget, title: QLabel, pages: QWidget, *below: QWidget) -> None:
    """Title, picture and what is below it, from top to bottom."""
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    title.setContentsMargins(_MARGIN_PX, 6, _MARGIN_PX, 6)  # as the line above the results
    column.addWidget(title)
    column.addWidget(pages, 1)
    for part in below:
        column.addWidget(part)


def caption(accessible_name: str) -> QLabel:
    """A small line of text from outside, shown as it is."""
    label = QLabel()
    label.setAccessibleName(accessible_name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "caption")
    return label
