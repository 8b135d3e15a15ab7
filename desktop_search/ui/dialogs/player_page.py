"""How the player shows video: who draws it, who decodes it, and what is taken along around a hit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.handles import MOST_HANDLES, Handles, HandleUnit
from desktop_search.core.language import _
from desktop_search.player.picture_way import PictureWay
from desktop_search.ui.style.labels import wrapped_label
from desktop_search.ui.style.spins import indent

_WAYS = {
    PictureWay.AUTOMATIC: _("Automatically"),
    PictureWay.WINDOW: _("VLC, into a window"),
    PictureWay.PAINTED: _("This program"),
}
_ABOUT = _(
    "VLC draws into windows of Windows, macOS and X11. In a Wayland window this program always paints the video "
    "itself. Both choices count from the next start."
)
_ABOUT_HANDLES = _(
    "Taken along before and after a hit when it is marked by a key or taken into the selects, and shown hatched on the "
    "timeline."
)
_ABOUT_DRAGGING = _(
    "They are copied at key frames into the folder of your videos when they are let go. Else whole clips are dragged."
)


class PlayerPage(QWidget):
    """Signals:
    way_chosen(str): who is to draw, as it is kept.
    hardware_chosen(bool): whether the graphics processor may decode.
    handles_chosen(Handles): what is taken along before and after a hit.
    trimmed_chosen(bool): whether ranges are dragged out as clips of their own.
    """

    way_chosen = Signal(str)
    hardware_chosen = Signal(bool)
    handles_chosen = Signal(object)
    trimmed_chosen = Signal(bool)

    def __init__(self, way: str, *, hardware: bool, handles: Handles, drag_trimmed: bool) -> None:
        super().__init__()
        self.way_box = QComboBox()
        self.way_box.setAccessibleName(_("Who draws the video"))
        for each, words in _WAYS.items():
            self.way_box.addItem(words, each.value)
        self.way_box.setCurrentIndex(max(0, self.way_box.findData(way)))
        self.way_box.activated.connect(lambda _row: self.way_chosen.emit(self.way_box.currentData()))
        self.hardware_box = QCheckBox(_("Let the &graphics processor decode what it can"))
        self.hardware_box.setToolTip(_("Off: where the picture of clips is torn, green or missing while they play"))
        self.hardware_box.setChecked(hardware)
        self.hardware_box.toggled.connect(self.hardware_chosen)
        group = QGroupBox(_("Video"))
        form = QFormLayout(group)
        form.addRow(_("&Drawn by"), self.way_box)
        form.addRow(self.hardware_box)
        form.addRow(wrapped_label("caption", _ABOUT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(group)
        column.addWidget(self._handles_group(handles))
        column.addWidget(self._dragging_group(drag_trimmed))
        column.addStretch(1)

    def _handles_group(self, handles: Handles) -> QGroupBox:
        self.handles_spin, self.handles_unit = QSpinBox(), QComboBox()
        self.handles_spin.setRange(0, MOST_HANDLES)
        self.handles_spin.setValue(handles.amount)
        self.handles_spin.setAccessibleName(_("Handles"))
        indent(self.handles_spin)
        self.handles_unit.setAccessibleName(_("Unit of the handles"))
        for unit in HandleUnit:
            self.handles_unit.addItem(unit.title, unit)
        self.handles_unit.setCurrentIndex(self.handles_unit.findData(handles.unit))
        self.handles_spin.valueChanged.connect(self._on_handles)
        self.handles_unit.activated.connect(self._on_handles)
        row = QHBoxLayout()
        row.addWidget(self.handles_spin)
        row.addWidget(self.handles_unit)
        row.addStretch(1)
        group = QGroupBox(_("Marking"))
        form = QFormLayout(group)
        label = QLabel(_("&Handles"))
        label.setBuddy(self.handles_spin)
        form.addRow(label, row)
        form.addRow(wrapped_label("caption", _ABOUT_HANDLES))
        return group

    def _dragging_group(self, drag_trimmed: bool) -> QGroupBox:
        self.trimmed_box = QCheckBox(_("Drag ranges out as &clips of their own"))
        self.trimmed_box.setChecked(drag_trimmed)
        self.trimmed_box.toggled.connect(self.trimmed_chosen)
        group = QGroupBox(_("Dragging into other programs"))
        form = QFormLayout(group)
        form.addRow(self.trimmed_box)
        form.addRow(wrapped_label("caption", _ABOUT_DRAGGING))
        return group

    def _on_handles(self, _value: int) -> None:
        self.handles_chosen.emit(Handles(self.handles_spin.value(), self.handles_unit.currentData()))
