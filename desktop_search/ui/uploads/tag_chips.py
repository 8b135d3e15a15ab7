"""Tags as chips: typed with completion, taken away by a click; for one file, or for many that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop_search.core.language import _, number
from desktop_search.models.upload_words import plain_line, tool_tip
from desktop_search.ui.style.flow_layout import FlowLayout
from desktop_search.ui.style.icons import icon

_LONGEST = 28


class TagChips(QWidget):
    """A comma or Return makes a chip of what was typed; Backspace in the empty field takes the last one away.

    Signals:
        changed(): there are other tags now.
        asked(): the field has the cursor, and would like to know the tags that were used before.
    """

    changed = Signal()
    asked = Signal()

    def __init__(self, used_before: Callable[[], Iterable[str]] = tuple) -> None:
        super().__init__()
        self._used_before = used_before
        self._tags: list[str] = []  # on all files
        self._some: dict[str, str] = {}  # on some of them, with how many in words
        self._first: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.entry = QLineEdit()
        self.entry.setMinimumWidth(60)
        self.entry.textChanged.connect(self._on_text_changed)
        self.entry.returnPressed.connect(self._take_entry)
        self.entry.editingFinished.connect(self._take_entry)
        self.entry.installEventFilter(self)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.entry.setCompleter(completer)
        completer.activated.connect(self._on_picked)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chips)
        column.addWidget(self.entry)
        self._chips.hide()

    def tags(self) -> tuple[str, ...]:
        """The tags of all files, with what still stands in the field."""
        return tuple(dict.fromkeys([*self._tags, *_parts(self.entry.text())]))

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show these, as the tags of one file or of all."""
        self.set_files([tuple(tags)])

    def set_files(self, files: Sequence[tuple[str, ...]]) -> None:
        """Show the tags of many files: those that all have, and those that only some have."""
        counts = Counter(tag for tags in files for tag in dict.fromkeys(tags))
        self._tags = [tag for tag, count in counts.items() if count == len(files)]
        self._some = {
            tag: _("{some} of {all}").format(some=number(count), all=number(len(files)))
            for tag, count in counts.items()
            if count < len(files)
        }
        self._first = tuple(self._tags), tuple(self._some)
        self.entry.clear()
        self._show()

    def difference(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The tags that were added for all files, and those that were taken from all, since `set_files`."""
        were, were_some = self._first
        now = self.tags()
        added = tuple(tag for tag in now if tag not in were)
        removed = tuple(tag for tag in (*were, *were_some) if tag not in now and tag not in self._some)
        return added, removed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in the empty field, and the moment in which it gets the cursor."""
        if event.type() is QEvent.Type.FocusIn:
            self._offer_used()
            self.asked.emit()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not self.entry.text():
            last = self._tags[-1:]
            if event.key() == Qt.Key.Key_Backspace and last:
                self._remove(last[0])
                return True
        return super().eventFilter(watched, event)

    def _offer_used(self) -> None:
        self._known.setStringList(sorted(set(self._used_before()) - set(self._tags), key=str.casefold))

    def _on_text_changed(self, text: str) -> None:
        if len(text) == 1:
            self._offer_used()  # the library may have told of its tags since the field got the cursor
        head, comma, rest = text.rpartition(",")
        if comma:
            self._add(_parts(head))
            self.entry.blockSignals(True)  # this very signal follows below
            self.entry.setText(rest.lstrip())
            self.entry.blockSignals(False)
        self.changed.emit()

    def _on_picked(self, tag: str) -> None:
        if tag in self._known.stringList():  # by Return it is taken already, and what was typed comes once more
            self._add([tag])
            self.changed.emit()
        QTimer.singleShot(0, self, self.entry.clear)  # the completer still writes into the field after this

    def _take_entry(self) -> None:
        if self.entry.text().strip():
            self._add(_parts(self.entry.text()))
            self.entry.clear()

    def _add(self, tags: Iterable[str]) -> None:
        for tag in tags:
            self._some.pop(tag, None)
            if tag not in self._tags:
                self._tags.append(tag)
        self._show()

    def _remove(self, tag: str) -> None:
        self._some.pop(tag, None)
        self._tags = [each for each in self._tags if each != tag]
        self._show()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tag in self._tags:
            self._flow.addWidget(self._chip(tag, ""))
        for tag, words in self._some.items():
            self._flow.addWidget(self._chip(tag, words))
        self._chips.setVisible(bool(self._tags or self._some))
        self._chips.updateGeometry()

    def _chip(self, tag: str, some: str) -> QToolButton:
        shown = plain_line(tag)
        chip = QToolButton()
        chip.setProperty("role", "chip")
        short = shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
        chip.setText((f"{short} ({some})" if some else short).replace("&", "&&"))
        chip.setIcon(icon("close"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(_("Remove tag {tag}").format(tag=shown))
        chip.setToolTip(
            tool_tip(
                _("On {some} files. Remove “{tag}” from them").format(some=some, tag=shown)
                if some
                else _("Remove “{tag}”").format(tag=shown)
            )
        )
        chip.clicked.connect(partial(self._remove, tag))
        return chip


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
