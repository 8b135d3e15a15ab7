"""The page of the preferences about what is remembered of searches."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGroupBox, QVBoxLayout, QWidget

from desktop_search.core.language import _
from desktop_search.ui.style.labels import wrapped_label

_ABOUT_ANSWERS = _(
    "memories.ai charges for each search. The same search shows the kept answer, with the time it is from, until you "
    "refresh it. At most 300 answers are kept, for 30 days. Switching this off forgets them."
)


class SearchPage(QWidget):
    """Signals:
    remember_chosen(bool): remember what is searched for.
    keep_chosen(bool): keep answers that were paid for.
    """

    remember_chosen = Signal(bool)
    keep_chosen = Signal(bool)

    def __init__(self, *, remembers: bool, keeps: bool) -> None:
        super().__init__()
        self.remember_box = QCheckBox(_("&Remember the last 100 searches, and begin with the last one"))
        self.remember_box.setChecked(remembers)
        self.remember_box.toggled.connect(self.remember_chosen)
        self.keep_box = QCheckBox(_("&Keep answers that were paid for on this computer"))
        self.keep_box.setChecked(keeps)
        self.keep_box.toggled.connect(self.keep_chosen)
        group = QGroupBox(_("Searches"))
        inner = QVBoxLayout(group)
        inner.addWidget(self.remember_box)
        inner.addWidget(self.keep_box)
        inner.addWidget(wrapped_label("caption", _ABOUT_ANSWERS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(group)
        column.addStretch(1)
