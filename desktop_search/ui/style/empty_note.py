"""What an empty list says in its middle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView

from desktop_search.ui.style.labels import wrapped_label

_MARGIN_PX = 24


class EmptyNote(QObject):
    """Shows `words` in the middle of `view` as long as it has no rows; its model must be set."""

    def __init__(self, view: QAbstractItemView, words: str) -> None:
        super().__init__(view)
        self._model, self._viewport = view.model(), view.viewport()
        self.label = wrapped_label("caption", words)
        self.label.setParent(self._viewport)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._viewport.installEventFilter(self)
        rows = self._model
        for changed in (rows.modelReset, rows.layoutChanged, rows.rowsInserted, rows.rowsRemoved):
            changed.connect(self._show)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay in the middle."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        self.label.setVisible(self._model.rowCount() == 0)
        self._place()

    def _place(self) -> None:
        self.label.setGeometry(self._viewport.rect().adjusted(_MARGIN_PX, 0, -_MARGIN_PX, 0))
