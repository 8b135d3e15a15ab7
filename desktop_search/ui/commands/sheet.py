"""The sheet of keys (F1): searchable, to be copied or printed, always what the table says now."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from desktop_search.core.command_sheet import Line, as_text, sections
from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.dialogs.dressing import bring_up, close_box


class ShortcutSheet(QDialog):
    """One for the window; it stays open beside the work."""

    def __init__(self, commands: CommandSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(620, 640)
        self.setMinimumSize(360, 300)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find a command or a key"))
        self.field.setAccessibleName(_("Find a command or a key"))
        self.field.setClearButtonEnabled(True)
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Keyboard shortcuts"))
        self.page.setOpenLinks(False)
        copy = QPushButton(_("Copy as text"))
        copy.setAutoDefault(False)
        copy.setToolTip(_("The sheet as plain text, to be printed or kept with your notes"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.field)
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(close_box(self))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.page, 1)
        column.addLayout(foot)
        self.field.textChanged.connect(lambda _text: self._show())
        commands.keys_changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """What is on show, as plain text."""
        return as_text(self._found())

    def open(self) -> None:
        """Show it, or bring it to the front."""
        bring_up(self)
        self.field.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.field.selectAll()

    def _found(self) -> list[tuple[str, list[Line]]]:
        return sections(self._commands.commands, self._commands.all_keys_text, self.field.text())

    def _show(self) -> None:
        parts = []
        for title, lines in self._found():
            rows = (
                f"<tr><td width='30%'><b>{escape(line.keys)}</b></td><td width='46%'>{escape(line.name)}</td>"
                f"<td>{escape(line.place)}</td></tr>"
                for line in lines
            )
            parts.append(f"<h3 style='margin: 10px 2px 4px'>{escape(title)}</h3>")
            parts.append(f"<table width='100%' cellpadding='2'>{''.join(rows)}</table>")
        none = escape(_("No key is called so."))
        self.page.setHtml("".join(parts) or f"<p>{none}</p>")
