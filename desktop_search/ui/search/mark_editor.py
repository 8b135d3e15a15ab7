"""A line below the results in which the chosen ones get a note or tags, in place of a dialog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from desktop_search.core.language import _, number
from desktop_search.core.marks import NOTE_MAX_CHARS, Mark
from desktop_search.ui.style.buttons import close_button
from desktop_search.ui.uploads.tag_chips import TagChips


class MarkEditor(QFrame):
    """Return in it keeps what was typed, Escape leaves everything as it was.

    Signals:
        note_given(str): for those that were chosen when it was opened.
        tags_given(object, object): tags to add, and tags to take away.
        left(): it was closed; back to the list.
    """

    note_given = Signal(str)
    tags_given = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._known: tuple[str, ...] = ()
        self._is_tags = False
        self._label = QLabel()
        self._label.setProperty("role", "caption")
        self.note = QLineEdit()
        self.note.setMaxLength(NOTE_MAX_CHARS)
        self.tags = TagChips(lambda: self._known)
        self.tags.entry.setAccessibleName(_("Tags, separated by commas"))
        self.tags.entry.setPlaceholderText(_("Type a tag, then a comma"))
        self._keep = QPushButton(_("Keep"))
        self._keep.clicked.connect(self._give)
        close = close_button(_("Leave the marks as they are"), _("Leave (Esc)"))
        close.clicked.connect(self._leave)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 6, 8, 6)
        line.addWidget(self._label)
        line.addWidget(self.note, 1)
        line.addWidget(self.tags, 1)
        line.addWidget(self._keep)
        line.addWidget(close)
        for field in (self.note, self.tags.entry):
            field.installEventFilter(self)
        self.hide()

    def edit_note(self, marks: Sequence[Mark]) -> None:
        """Open it for the note of results with these marks."""
        notes = {mark.note for mark in marks}
        self._open(is_tags=False, count=len(marks))
        self.note.setAccessibleName(self._label.text())
        self.note.setText(notes.pop() if len(notes) == 1 else "")
        self.note.setModified(False)
        self.note.setPlaceholderText(
            _("Several notes; what you type takes their place") if notes else _("What is it good for?")
        )
        self.note.selectAll()
        self.note.setFocus()

    def edit_tags(self, marks: Sequence[Mark], known: Iterable[str]) -> None:
        """Open it for the tags of results with these marks. `known` are offered."""
        self._known = tuple(known)
        self._open(is_tags=True, count=len(marks))
        self.tags.set_files([mark.tags for mark in marks])
        self.tags.entry.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return keeps, Escape leaves; Return behind a typed tag makes a chip of it first."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
            is_empty = watched is self.note or not self.tags.entry.text().strip()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_empty:
                self._give()
                return True
        return super().eventFilter(watched, event)

    def _open(self, *, is_tags: bool, count: int) -> None:
        self._is_tags = is_tags
        self._label.setText(_label(is_tags=is_tags, count=count))
        self.note.setVisible(not is_tags)
        self.tags.setVisible(is_tags)
        self.show()

    def _give(self) -> None:
        if self._is_tags:
            self.tags_given.emit(*self.tags.difference())
        elif self.note.isModified():
            self.note_given.emit(self.note.text())
        self._leave()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()


def _label(*, is_tags: bool, count: int) -> str:
    if count == 1:
        return _("Tags") if is_tags else _("Note")
    words = _("Tags, {count} chosen") if is_tags else _("Note, {count} chosen")
    return words.format(count=number(count))
