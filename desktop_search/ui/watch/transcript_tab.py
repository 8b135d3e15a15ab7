"""What is said in the clip: read along, click to go there, search, copy, save as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.footage import TranscriptLine
from desktop_search.core.language import _, number
from desktop_search.core.timecode import Timebase
from desktop_search.core.transcripts import FORMATS, with_timecode
from desktop_search.models.transcript_model import LineRole, TranscriptModel
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import wrapped_label
from desktop_search.ui.watch.line_delegate import LineDelegate


class TranscriptTab(QWidget):
    """Signals:
    line_chosen(ms): go to where this line begins.
    save_asked(Path, str): write this text to that file.
    """

    line_chosen = Signal(object)
    save_asked = Signal(object, str)

    def __init__(self, title: str, find_words: str) -> None:
        """`title` is what the lines are, such as "Transcript"; `find_words` stand in the field that finds in them."""
        super().__init__()
        self._title = title
        self._name = ""
        self._timebase: Timebase | None = None
        self.model = TranscriptModel(self)
        self.view = self._make_view()
        self.note = wrapped_label("caption")
        self.note.setContentsMargins(8, 8, 8, 8)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reading = ProgressNote(_("Reading: {title}").format(title=title))
        self.reading.setContentsMargins(8, 0, 8, 8)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(find_words)
        self.finder.setAccessibleName(find_words)
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(lambda _text: self._go_to_match(0))
        self.finder.installEventFilter(self)
        self.matches = QLabel()
        self.matches.setProperty("role", "caption")
        self.save = QPushButton(_("Save as…"))
        self.save.setProperty("role", "quiet")
        self.save.clicked.connect(self.choose_file)
        self._lay_out()
        self.show_note("")

    def set_lines(self, name: str, lines: Sequence[TranscriptLine], timebase: Timebase | None) -> None:
        """The lines of a clip, and how it counts; `None` where that is not known."""
        self._name, self._timebase = " ".join(name.split()), timebase
        self.model.set_lines(lines, timebase)
        self._show_list(is_shown=True)
        self._go_to_match(0)

    def show_note(self, words: str) -> None:
        """Words in the list's place: loading, nothing said, what went wrong."""
        self.model.set_lines((), None)
        self.note.setText(words)
        self._show_list(is_shown=False)

    def set_position(self, at_ms: int) -> None:
        """Follow the picture, unless the user is looking for something in here."""
        if self.model.set_position(at_ms) and self.model.current_row is not None and not self.finder.text():
            self.view.scrollTo(self.model.index(self.model.current_row), QAbstractItemView.ScrollHint.EnsureVisible)

    def copy(self) -> None:
        """The chosen lines with clip and timecode, for notes; all of them when none is chosen."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        chosen = [self.model.lines[row] for row in rows] or self.model.lines
        text = "\n".join(with_timecode(line, self._name, self._timebase) for line in chosen)
        QGuiApplication.clipboard().setText(text)

    def choose_file(self) -> None:
        """Ask where to save, and in which form."""
        dialog = QFileDialog(self, _("Save: {title}").format(title=self._title))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{words} (*{suffix})" for suffix, (words, _write) in FORMATS.items()])
        dialog.selectFile(f"{Path(self._name).stem}.srt")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.save_as(Path(names[0]), dialog.selectedNameFilter()))
        dialog.open()

    def save_as(self, path: Path, name_filter: str = "") -> None:
        """Ask for the file to be written in the form that its name or the chosen filter says."""
        suffix = path.suffix.lower()
        if suffix not in FORMATS:
            suffix = next((known for known in FORMATS if f"*{known})" in name_filter), ".txt")
            path = path.with_name(path.name + suffix)
        _words, write = FORMATS[suffix]
        self.save_asked.emit(path, write(self.model.lines, self._name, self._timebase))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next place that was found, Shift+Enter to the one before; Escape clears."""
        if watched is self.finder and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._go_to_match(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape and self.finder.text():
                self.finder.clear()
                return True
        return super().eventFilter(watched, event)

    def _go_to_match(self, step: int) -> None:
        """Choose the next (1) or previous (-1) line with the words, or (0) the first from the chosen one on."""
        rows = self.model.find(self.finder.text())
        if not rows:
            self.matches.setText(_("not found") if self.finder.text().strip() else "")
            return
        here = self.view.currentIndex().row()
        if step < 0:
            row = max((row for row in rows if row < here), default=rows[-1])
        else:
            row = min((row for row in rows if row >= here + step), default=rows[0])
        self.matches.setText(_("{some} of {all}").format(some=number(rows.index(row) + 1), all=number(len(rows))))
        self.view.setCurrentIndex(self.model.index(row))
        self.view.scrollTo(self.model.index(row), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _show_list(self, *, is_shown: bool) -> None:
        for widget in (self.view, self.finder, self.matches, self.save):
            widget.setVisible(is_shown)
        self.note.setVisible(not is_shown)

    def _on_chosen(self, index: QModelIndex) -> None:
        line: TranscriptLine = index.data(LineRole.LINE)
        self.line_chosen.emit(line.start_ms)

    def _make_view(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(LineDelegate(view))
        view.setAccessibleName(self._title)
        view.setAccessibleDescription(_("Enter or a click goes to where a line is said; Ctrl+C copies with timecode."))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMouseTracking(True)
        view.clicked.connect(self._on_chosen)
        view.activated.connect(self._on_chosen)
        copy = QAction(_("Copy with timecode"), view)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        view.addAction(copy)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return view

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.addWidget(self.finder, 1)
        head.addWidget(self.matches)
        head.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.note, 1)
        column.addWidget(self.reading)
        self.reading.hide()  # a layout shows what it is given
