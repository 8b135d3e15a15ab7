"""The one window: puts the panes side by side. No logic: everything it shows comes in by the constructor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QSplitter, QVBoxLayout, QWidget

from desktop_search.core.commands import Place
from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.menus import fill_menu_bar
from desktop_search.ui.commands.pane_ring import PaneRing

_UPLOADS_PERCENT, _UPLOADS_MIN_PX, _UPLOADS_MAX_PX = 23, 250, 380
_RESULTS_PERCENT = 50  # of what is left
_CLIP_PERCENT = 34


@dataclass(frozen=True)
class Panes:
    """The parts of the window, each whole by itself."""

    uploads: QWidget
    search: QWidget
    results: QWidget
    player: QWidget
    clip: QWidget
    library: QWidget
    notices: QWidget


class MainWindow(QMainWindow):
    """Menu and library switch above; uploads left; search over results and player right.

    It is there before the panes are: until `put` their grounds stand in their places, at the sizes of the last run.

    Signals:
        painted(): the window is on the screen for the first time.
        closing(): the user closes the window; the window is still there.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self, commands: CommandSet, search: QWidget) -> None:
        """`search` stands in the place of the search until the panes are put in."""
        super().__init__()
        self.setWindowTitle("Desktop Search")
        self.setMinimumSize(960, 560)
        self.resize(1440, 900)
        self._commands = commands
        self._is_picture_alone = self._is_shared_by_user = self._is_painted = False
        self._around_picture: tuple[QWidget, ...] = ()
        self._clip = _splitter(_("Player and clip"), _ground(), _ground(), Qt.Orientation.Vertical)
        self._clip.setStretchFactor(0, 1)
        self._clip.setStretchFactor(1, 0)
        self._watch = _splitter(_("Results and player"), _ground(), self._clip)
        self._found = _Column(search, self._watch)
        self._columns = _splitter(_("Uploads and search"), _ground(), self._found)
        for splitter in self._splitters():
            splitter.splitterMoved.connect(self._on_splitter_moved)
        self._all = _Column(_ground(), self._columns)
        self.setCentralWidget(self._all)
        commands.connect("file.quit", self.close)
        commands.attach(Place.WINDOW, self)
        fill_menu_bar(self.menuBar(), commands)

    def put_search(self, search: QWidget) -> None:
        """The search takes the place of what stood there."""
        self._found.put_above(search)

    def put(self, panes: Panes) -> Iterator[None]:
        """Put in all panes but the search, which is there already; one at a step."""
        self._all.put_above(panes.notices)
        self.menuBar().setCornerWidget(panes.library, Qt.Corner.TopRightCorner)
        panes.library.show()
        yield
        for splitter, place, pane in (
            (self._watch, 0, panes.results),
            (self._columns, 0, panes.uploads),
            (self._clip, 0, panes.player),
            (self._clip, 1, panes.clip),
        ):
            _replace(splitter, place, pane)
            yield
        self._around_picture = (panes.uploads, panes.search, panes.results, panes.clip)
        ring = PaneRing((panes.uploads, panes.search, panes.results, panes.player, panes.clip), self)
        self._commands.connect("view.next-pane", ring.to_next)
        self._commands.connect("view.previous-pane", ring.to_previous)

    def layout_state(self) -> str:
        """Geometry and splitters as text for the preferences."""
        self.set_picture_alone(is_alone=False)
        states = (self.saveGeometry(), *(splitter.saveState() for splitter in self._splitters()))
        return " ".join(bytes(state.toBase64().data()).decode("ascii") for state in states)

    def restore_layout(self, state: str) -> None:
        """Put back what `layout_state` gave; anything else is ignored."""
        parts = [QByteArray.fromBase64(part.encode("ascii", "ignore")) for part in state.split(" ")]
        if len(parts) == 1 + len(self._splitters()):
            self.restoreGeometry(parts[0])
            states = zip(self._splitters(), parts[1:], strict=True)
            self._is_shared_by_user = all(splitter.restoreState(state) for splitter, state in states)

    def toggle_picture_alone(self) -> None:
        """The picture on the whole screen, or the window as it was."""
        self.set_picture_alone(is_alone=not self._is_picture_alone)

    def set_picture_alone(self, *, is_alone: bool) -> None:
        """Hide all but the player, and fill the screen. The player stays where it is, for libVLC paints into it."""
        if is_alone == self._is_picture_alone:
            return
        self._is_picture_alone = is_alone
        for widget in (*self._around_picture, self.menuBar()):
            widget.setVisible(not is_alone)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until the user has moved a splitter, every size of the window is shared out anew."""
        super().resizeEvent(event)
        if not self._is_shared_by_user and not self._is_picture_alone:
            self._share_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first frame; what is inside is painted in the same go."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the composer first, while the layout can still be read."""
        self.closing.emit()
        super().closeEvent(event)

    def _splitters(self) -> tuple[QSplitter, ...]:
        return self._columns, self._watch, self._clip

    def _share_out(self) -> None:
        width = self.width()
        uploads = min(_UPLOADS_MAX_PX, max(_UPLOADS_MIN_PX, width * _UPLOADS_PERCENT // 100))
        rest = width - uploads
        results = rest * _RESULTS_PERCENT // 100
        self._columns.setSizes([uploads, rest])
        self._watch.setSizes([results, rest - results])
        about_clip = self.height() * _CLIP_PERCENT // 100
        self._clip.setSizes([self.height() - about_clip, about_clip])
        self._columns.setStretchFactor(0, 0)
        self._columns.setStretchFactor(1, 1)
        self._watch.setStretchFactor(0, 1)
        self._watch.setStretchFactor(1, 1)

    def _on_splitter_moved(self, _position: int, _index: int) -> None:
        self._is_shared_by_user = True


def _splitter(
    name: str, first: QWidget, second: QWidget, direction: Qt.Orientation = Qt.Orientation.Horizontal
) -> QSplitter:
    splitter = QSplitter(direction)
    splitter.setAccessibleName(name)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    splitter.addWidget(first)
    splitter.addWidget(second)
    return splitter


class _Column(QWidget):
    """One widget above another, which takes the room."""

    def __init__(self, above: QWidget, below: QWidget) -> None:
        super().__init__()
        self._above = above
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(above)
        self._rows.addWidget(below, 1)

    def put_above(self, widget: QWidget) -> None:
        """Instead of the upper one, which goes."""
        self._rows.replaceWidget(self._above, widget)
        self._above.hide()
        self._above.deleteLater()
        self._above = widget


def _ground() -> QWidget:
    """What a pane stands on, before the pane is there."""
    ground = QFrame()
    ground.setProperty("role", "panel")
    return ground


def _replace(splitter: QSplitter, place: int, pane: QWidget) -> None:
    sizes = splitter.sizes()
    ground = splitter.replaceWidget(place, pane)
    pane.show()
    splitter.setSizes(sizes)
    if ground is not None:
        ground.deleteLater()
