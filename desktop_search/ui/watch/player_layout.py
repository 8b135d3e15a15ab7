"""Where the parts of the player's pane are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import ShortenedLabel
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
    below.addWidget(timeline)
    below.addLayout(words)
    below.addWidget(transport)
    return made


def stack(pane: QWidget, title: QLabel, length: QLabel, pages: QWidget, *below: QWidget) -> None:
    """Title with the length, picture and what is below it, from top to bottom."""
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = QHBoxLayout()
    head.setContentsMargins(_MARGIN_PX, 6, _MARGIN_PX, 6)  # as the line above the results
    head.addWidget(title, 1)
    head.addWidget(length)
    column.addLayout(head)
    column.addWidget(pages, 1)
    for part in below:
        column.addWidget(part)


def progress(accessible_name: str) -> ProgressNote:
    """A line below the picture, for what takes its time."""
    note = ProgressNote(accessible_name)
    note.setContentsMargins(_MARGIN_PX, 2, _MARGIN_PX, 2)
    return note


def title_line(accessible_name: str) -> QLabel:
    """A small line of text from outside, shown as far as there is room."""
    return _named(ShortenedLabel(), accessible_name)


def caption(accessible_name: str) -> QLabel:
    """A small line of text, shown as it is."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    return _named(label, accessible_name)


def _named(label: QLabel, accessible_name: str) -> QLabel:
    label.setAccessibleName(accessible_name)
    label.setProperty("role", "caption")
    return label
