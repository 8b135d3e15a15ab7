"""How the player shows video: who draws it, and who decodes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QGroupBox, QVBoxLayout, QWidget

from desktop_search.player.picture_way import PictureWay
from desktop_search.ui.style.labels import wrapped_label

_WAYS = {
    PictureWay.AUTOMATIC: "Automatically",
    PictureWay.WINDOW: "VLC, into a window",
    PictureWay.PAINTED: "This program",
}
_ABOUT = (
    "VLC draws into windows of Windows, macOS and X11. In a Wayland window this program always paints the video "
    "itself. Both choices count from the next start."
)


class PlayerPage(QWidget):
    """Signals:
    way_chosen(str): who is to draw, as it is kept.
    hardware_chosen(bool): whether the graphics processor may decode.
    """

    way_chosen = Signal(str)
    hardware_chosen = Signal(bool)

    def __init__(self, way: str, *, hardware: bool) -> None:
        super().__init__()
        self.way_box = QComboBox()
        self.way_box.setAccessibleName("Who draws the video")
        for each, words in _WAYS.items():
            self.way_box.addItem(words, each.value)
        self.way_box.setCurrentIndex(max(0, self.way_box.findData(way)))
        self.way_box.activated.connect(lambda _row: self.way_chosen.emit(self.way_box.currentData()))
        self.hardware_box = QCheckBox("Let the &graphics processor decode what it can")
        self.hardware_box.setToolTip("Off: where the picture of clips is torn, green or missing while they play")
        self.hardware_box.setChecked(hardware)
        self.hardware_box.toggled.connect(self.hardware_chosen)
        group = QGroupBox("Video")
        form = QFormLayout(group)
        form.addRow("&Drawn by", self.way_box)
        form.addRow(self.hardware_box)
        form.addRow(wrapped_label("caption", _ABOUT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(group)
        column.addStretch(1)
