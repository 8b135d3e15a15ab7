"""Everything that is known of the clip, as text that can be marked and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_search.core.language import _
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import wrapped_label


class DetailsTab(QWidget):
    """Names on the left, values on the right."""

    def __init__(self) -> None:
        super().__init__()
        view = QScrollArea()
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setWidgetResizable(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(_("Details of the clip"))
        self.reading = ProgressNote(_("Reading: {title}").format(title=_("Details")))
        self.reading.setContentsMargins(8, 0, 8, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(view, 1)
        column.addWidget(self.reading)
        self.reading.hide()  # a layout shows what it is given
        self._body = QWidget()
        self._form = QFormLayout(self._body)
        self._form.setContentsMargins(8, 8, 8, 8)
        self._form.setVerticalSpacing(4)
        self._form.setHorizontalSpacing(12)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        view.setWidget(self._body)
        view.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these names and values in place of what was there."""
        self._clear()
        for name, value in pairs:
            label = wrapped_label("", value)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setAccessibleName(name)
            caption = QLabel(name)
            caption.setProperty("role", "caption")
            self._form.addRow(caption, label)

    def show_note(self, words: str) -> None:
        """Words in their place."""
        self._clear()
        self._form.addRow(wrapped_label("caption", words))

    def pairs(self) -> dict[str, str]:
        """What is shown, by name."""
        found = {}
        for row in range(self._form.rowCount()):
            name = self._form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            value = self._form.itemAt(row, QFormLayout.ItemRole.FieldRole)
            if name is not None and value is not None:
                found[_text_of(name.widget())] = _text_of(value.widget())
        return found

    def _clear(self) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)


def _text_of(widget: QWidget | None) -> str:
    return widget.text() if isinstance(widget, QLabel) else ""
