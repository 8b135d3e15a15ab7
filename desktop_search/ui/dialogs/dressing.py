"""What all dialogs need: plain buttons at the foot, and room for text that comes later."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)


def dress_dialog(dialog: QDialog, title: str, *, size: tuple[int, int], least: tuple[int, int]) -> None:
    """What a dialog begins with that is made anew whenever it is opened. Sizes are in pixels."""
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinimumSize(*least)
    dialog.resize(*size)


def bring_up(dialog: QWidget) -> None:
    """Show a dialog, or bring it to the front of those that are open."""
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


def make_plain(box: QDialogButtonBox) -> None:
    """Take off the style's own icons, which do not follow our theme, and the Return key, which is for the fields."""
    for button in box.buttons():
        button.setIcon(QIcon())
        if isinstance(button, QPushButton):
            button.setAutoDefault(False)


def close_box(dialog: QDialog) -> QDialogButtonBox:
    """A Close button for a dialog that has nothing to accept."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.close)
    make_plain(box)
    return box


def rows_below() -> QVBoxLayout:
    """Where the rows of a `list_area` come."""
    rows = QVBoxLayout()
    rows.setContentsMargins(0, 0, 8, 0)  # beside the bar that scrolls them
    rows.setSpacing(8)
    return rows


def list_area(rows: QLayout, least_height_px: int) -> QScrollArea:
    """Rows below each other that scroll where there are many."""
    inside = QWidget()
    inside.setLayout(rows)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    area.setMinimumHeight(least_height_px)
    return area


class FittingDialog(QDialog):
    """Becomes higher when its wrapped text needs it; Qt itself sees to that only before the dialog is shown."""

    def event(self, event: QEvent) -> bool:
        """A layout request comes whenever something inside changed its size."""
        wants_room = event.type() is QEvent.Type.LayoutRequest  # asked first: an event may delete the dialog
        handled = super().event(event)
        layout = self.layout() if wants_room else None
        if layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return handled


def scrolled(page: QWidget) -> QScrollArea:
    """A page that may become longer than the screen is high."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setContentsMargins(0, 6, 8, 0)
    area.setMinimumWidth(page.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
    area.setWidget(page)
    return area


def thin_bar(accessible_name: str) -> QProgressBar:
    """A line that moves while something is asked, of which nobody knows how long it takes."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setMaximumHeight(4)
    bar.setAccessibleName(accessible_name)
    return bar


def ruled_line() -> QFrame:
    """A line between the parts of a dialog."""
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
