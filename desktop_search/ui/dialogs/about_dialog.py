"""What this program is, its licence, and the versions that a bug report needs."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop_search import __version__
from desktop_search.core.language import _
from desktop_search.ui.dialogs.dressing import FittingDialog, make_plain

_WHAT = _("Find moments in your footage by what is seen, said, or pictured.")
_LICENCE = _("Free software under the GNU General Public License, version 3 or later. It comes without any warranty.")


def versions(player: Mapping[str, str]) -> dict[str, str]:
    """The versions that matter, by name. `player` is what it says of itself; nothing where there is none."""
    return {
        "Desktop Search": __version__,
        "Qt": qVersion() or "?",
        "PySide": metadata.version("PySide6_Essentials"),
        "libVLC": _("not found"),
        **player,
        "Python": platform.python_version(),
        _("System"): platform.platform(terse=True),
    }


class AboutDialog(FittingDialog):
    """Open it with `open()` or `show()`; it deletes itself when closed."""

    def __init__(self, player: Mapping[str, str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Desktop Search"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(380)
        self._versions = versions(player or {})
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for words, role in (("Desktop Search", "heading"), (_WHAT, ""), (_LICENCE, "caption")):
            label = QLabel(words)
            label.setWordWrap(True)
            label.setProperty("role", role)
            column.addWidget(label)
        form = QFormLayout()
        for name, version in self._versions.items():
            value = QLabel(version)
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{name}")
            form.addRow(name, value)
        column.addLayout(form)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_("Copy versions"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.close)
        make_plain(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        column.addWidget(buttons)

    def _on_copy_clicked(self) -> None:
        lines = [f"{name}: {version}" for name, version in self._versions.items()]
        QGuiApplication.clipboard().setText("\n".join(lines))
