"""The place that says what can be dropped, and how to add footage without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.footage import FOOTAGE_SUFFIXES, STILL_SUFFIXES
from desktop_search.core.language import _
from desktop_search.core.library import Library
from desktop_search.ui.style.icons import icon

_TEACH = _("Drop videos, pictures or whole folders here")
_LET_GO = _("Let go to add")
_KINDS = _("MP4, MOV, MXF, MKV, AVI and more · JPEG, PNG, WebP, GIF, BMP")


class DropZone(QFrame):
    """A dashed field with two buttons; it lights up while a drag that can be taken is over the pane.

    Signals:
        files_asked(), folder_asked(): the buttons.
    """

    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lit = False
        self._destination = ""
        self.setProperty("role", "drop")
        self.setAccessibleName(_("Add footage"))
        self.setAccessibleDescription(_("Drop videos, pictures or whole folders here, or use the buttons."))
        self._teach = _centred(_TEACH)
        self._kinds = _centred(_KINDS, role="caption")
        kinds = " ".join(sorted(FOOTAGE_SUFFIXES | STILL_SUFFIXES))
        self.setToolTip(_("All kinds that can be searched: {kinds}").format(kinds=kinds))
        self._goes_to = _centred("", role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(4)
        for label in (self._teach, self._kinds, self._goes_to):
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(self._make_buttons())

    def set_library(self, library: Library) -> None:
        """Say where added footage goes."""
        self._destination = (
            _("Indexed on this computer") if library.is_local else _("Sent to {library}").format(library=library.title)
        )
        self._goes_to.setText(self._destination)

    def set_compact(self, compact: bool) -> None:
        """Leave the room to the list: who has added footage knows what can be added."""
        self._kinds.setHidden(compact)
        self._teach.setHidden(compact)

    def set_lit(self, lit: bool) -> None:
        """Show, or stop showing, that letting go now adds the footage."""
        if lit != self._lit:
            self._lit = lit
            self._teach.setText(_LET_GO if lit else _TEACH)
            self._goes_to.setText(_LET_GO if lit and self._teach.isHidden() else self._destination)
            self.setProperty("hot", lit)
            self.style().unpolish(self)
            self.style().polish(self)

    @property
    def is_lit(self) -> bool:
        """Whether a drag that can be taken is over the pane."""
        return self._lit

    def _make_buttons(self) -> QWidget:
        files = QPushButton(_("Files…"))
        files.setIcon(icon("add"))
        files.setAccessibleName(_("Browse files"))
        files.setToolTip(_("Choose videos and pictures to add"))
        files.clicked.connect(self.files_asked)
        folder = QPushButton(_("Folder…"))
        folder.setIcon(icon("folder"))
        folder.setAccessibleName(_("Browse folder"))
        folder.setToolTip(_("Choose a folder; everything in it is added"))
        folder.clicked.connect(self.folder_asked)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addStretch(1)
        line.addWidget(files)
        line.addWidget(folder)
        line.addStretch(1)
        return row


def _centred(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
