"""The one clip that is searched, as a chip; a click takes it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton

from desktop_search.core.language import _
from desktop_search.core.query import ClipKey
from desktop_search.models.result_words import one_line
from desktop_search.ui.style.icons import icon

_LONGEST = 40


class InsideChip(QToolButton):
    """Hidden while whole libraries are searched.

    Signals:
        changed(): another clip, or none.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.clip: ClipKey | None = None
        self.name = ""
        self.setProperty("role", "chip")
        self.setIcon(icon("close"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.clicked.connect(lambda: self.set_clip(None))
        self.hide()

    def set_clip(self, clip: ClipKey | None, name: str = "") -> None:
        """Search inside this clip, which is called so, or everywhere again."""
        if (clip, name) == (self.clip, self.name):
            return
        self.clip, self.name = clip, name if clip is not None else ""
        shown = one_line(self.name)
        short = shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
        self.setText(_("inside: {clip}").format(clip=short).replace("&", "&&"))
        self.setAccessibleName(_("Search everywhere, not only inside {clip}").format(clip=shown))
        self.setToolTip(_("Only this clip is searched; click to search everywhere"))
        self.setVisible(clip is not None)
        self.changed.emit()
