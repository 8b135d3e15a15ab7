"""What was not added, and why: said once after adding, opened if wanted, put away when read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout

from desktop_search.core.drops import Skipped
from desktop_search.core.language import _, ngettext, number
from desktop_search.models.upload_words import plain_line, plain_name, tool_tip
from desktop_search.ui.style.buttons import close_button

_LISTED_MAX = 2000  # beyond this, a list helps nobody
_SAID_AT_ONCE_MAX = 3  # so few are read faster than opened


class SkippedList(QFrame):
    """ "3 not added ▸" with the reasons below, opened where they are few; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[Skipped] = set()
        self._opener = QToolButton()
        self._opener.setProperty("role", "opener")
        self._opener.setCheckable(True)
        self._opener.setAutoRaise(True)
        self._opener.setArrowType(Qt.ArrowType.RightArrow)
        self._opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._opener.setToolTip(_("Show what was not added, and why"))
        self._opener.toggled.connect(self._on_opener_toggled)
        dismiss = close_button(_("Dismiss what was not added"), _("Dismiss"))
        dismiss.setAutoRaise(True)
        dismiss.clicked.connect(self.clear)
        self._list = QListWidget()
        self._list.setAccessibleName(_("What was not added, with reasons"))
        self._list.setMaximumHeight(132)
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.hide()
        line = QHBoxLayout()
        line.addWidget(self._opener, 1, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._list)
        self.hide()

    @property
    def lines(self) -> list[str]:
        """What the list says, one entry each."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @property
    def headline(self) -> str:
        """How many were not added, in words."""
        return self._opener.text()

    def add(self, skipped: Sequence[Skipped]) -> None:
        """Say these too; several adds gather until they are dismissed, and nothing is said twice."""
        new = [entry for entry in dict.fromkeys(skipped) if entry not in self._said]
        for entry in new[: max(0, _LISTED_MAX - len(self._said))]:
            text = f"{plain_name(entry.path)} — {plain_line(entry.reason)}"
            row = QListWidgetItem(text)
            row.setToolTip(tool_tip(f"{plain_line(str(entry.path))}\n{plain_line(entry.reason)}"))
            self._list.addItem(row)
        self._said.update(new)
        if count := len(self._said):
            words = ngettext("{count} not added", "{count} not added", count)
            if count > _LISTED_MAX:
                listed = _("the first {count} are listed").format(count=number(_LISTED_MAX))
                words = f"{words} ({listed})"
            self._opener.setText(words)
            self._opener.setAccessibleName(self._opener.text())
            if self.isHidden() and count <= _SAID_AT_ONCE_MAX:
                self._opener.setChecked(True)
            self.show()

    def clear(self) -> None:
        """Put the list away."""
        self._said.clear()
        self._list.clear()
        self._opener.setChecked(False)
        self.hide()

    def _on_opener_toggled(self, is_open: bool) -> None:
        self._opener.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._list.setVisible(is_open)
