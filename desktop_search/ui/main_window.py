"""The one window: puts the panes side by side. No logic: everything it shows comes in by the constructor."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QVBoxLayout, QWidget

_UPLOADS_PERCENT, _UPLOADS_MIN_PX, _UPLOADS_MAX_PX = 23, 230, 380
_RESULTS_PERCENT = 50  # of what is left
_CLIP_PERCENT = 26


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

    Signals:
        closing(): the user closes the window; the window is still there.
        add_files_asked(), add_folder_asked(), import_asked(), watched_asked(), log_asked(), usage_asked(),
            models_asked(), preferences_asked(), about_asked(): the menu's commands.
        search_focus_asked(): go to the query field.
    """

    closing = Signal()
    add_files_asked = Signal()
    add_folder_asked = Signal()
    import_asked = Signal()
    watched_asked = Signal()
    log_asked = Signal()
    usage_asked = Signal()
    models_asked = Signal()
    preferences_asked = Signal()
    about_asked = Signal()
    search_focus_asked = Signal()

    def __init__(self, panes: Panes) -> None:
        super().__init__()
        self.setWindowTitle("Desktop Search")
        self.setMinimumSize(900, 560)
        self.resize(1440, 900)
        self._clip = _splitter("Player and clip", panes.player, panes.clip, Qt.Orientation.Vertical)
        self._clip.setStretchFactor(0, 1)
        self._clip.setStretchFactor(1, 0)
        self._watch = _splitter("Results and player", panes.results, self._clip)
        self._around_picture = (panes.uploads, panes.search, panes.results, panes.clip)
        self._is_picture_alone = False
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(panes.search)
        column.addWidget(self._watch, 1)
        self._columns = _splitter("Uploads and search", panes.uploads, found)
        self._is_shared_by_user = False
        for splitter in self._splitters():
            splitter.splitterMoved.connect(self._on_splitter_moved)
        centre = QWidget()
        rows = QVBoxLayout(centre)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(panes.notices)
        rows.addWidget(self._columns, 1)
        self.setCentralWidget(centre)
        self._fill_menus()
        self.menuBar().setCornerWidget(panes.library, Qt.Corner.TopRightCorner)

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

    def _fill_menus(self) -> None:
        file_menu = self.menuBar().addMenu("&File")
        self._command(file_menu, "&Add files…", self.add_files_asked, QKeySequence.StandardKey.Open)
        self._command(file_menu, "Add f&older…", self.add_folder_asked, QKeySequence("Ctrl+Shift+O"))
        self._command(file_menu, "&Import from the web…", self.import_asked, QKeySequence("Ctrl+Shift+I"))
        self._command(file_menu, "&Watched folders…", self.watched_asked, None)
        file_menu.addSeparator()
        self._command(file_menu, "&Transfer log…", self.log_asked, None)
        self._command(file_menu, "&Usage and costs…", self.usage_asked, None)
        file_menu.addSeparator()
        self._command(file_menu, "&Models for this computer…", self.models_asked, None)
        self._command(file_menu, "&Preferences…", self.preferences_asked, QKeySequence("Ctrl+,"))
        file_menu.addSeparator()
        leave = QAction("&Quit", self)
        leave.setShortcut(QKeySequence(QKeySequence.StandardKey.Quit))
        leave.triggered.connect(self.close)
        file_menu.addAction(leave)
        search_menu = self.menuBar().addMenu("&Search")
        self._command(search_menu, "&Find in footage", self.search_focus_asked, QKeySequence.StandardKey.Find)
        help_menu = self.menuBar().addMenu("&Help")
        self._command(help_menu, "&About Desktop Search", self.about_asked, None)

    def _command(
        self, menu: QMenu, text: str, signal: SignalInstance, keys: QKeySequence | QKeySequence.StandardKey | None
    ) -> None:
        action = QAction(text, self)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(signal)
        menu.addAction(action)


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
