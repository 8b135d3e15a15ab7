"""The line above the map: how much of the library it shows, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.controls import tool_button
from desktop_search.ui.style.labels import wrapped_label


class MapBar(QWidget):
    """Signals:
    drawing_toggled(bool): a drag draws a rectangle from now on, or moves the map again.
    """

    drawing_toggled = Signal(bool)

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self.words = wrapped_label("caption")
        self.draw = tool_button("area", _("Draw a rectangle to search in"), commands, "map.draw")
        self.draw.setCheckable(True)
        self.draw.toggled.connect(self.drawing_toggled)
        commands.connect("map.draw", self.draw.toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        for icon_name, words, command_id in (
            ("add", _("Closer"), "map.zoom-in"),
            ("minus", _("Farther"), "map.zoom-out"),
            ("fit", _("Show all clips"), "map.show-all"),
            ("place", _("Search only within 20 km of the chosen place"), "map.only-near"),
        ):
            row.addWidget(_running(tool_button(icon_name, words, commands, command_id), commands, command_id))
        row.addWidget(self.draw)


def _running(button: QToolButton, commands: CommandSet, command_id: str) -> QToolButton:
    button.clicked.connect(lambda: commands.run(command_id))
    return button
