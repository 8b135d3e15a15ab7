"""The uploads pane on the screen, alone or with a real queue and catalog behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.catalog.database import Catalog
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.jobs.runner import JobRunner
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue
from desktop_search.ui.style.theme import Theme, apply_theme
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.fakes.library import FakeLibrary
from tests.support.focus import wait_exposed

SERVER = "https://search.example"


def row(item_id: int, state: UploadState = UploadState.WAITING, cause: str = "") -> UploadItem:
    path = Path(f"/footage/clip {item_id}.mp4")
    return UploadItem(item_id, "local", path, MediaKind.VIDEO, state, cause=cause, size_bytes=1000, sent_bytes=500)


@pytest.fixture
def pane(qtbot: QtBot, qapp: QApplication) -> UploadsPane:
    apply_theme(qapp, Theme.DARK)
    made = UploadsPane()
    qtbot.addWidget(made)
    made.resize(250, 640)
    made.show()
    wait_exposed(qtbot, made)
    return made


@dataclass
class Drags:
    """Synthetic drags over the pane, as Qt delivers them."""

    pane: UploadsPane

    def enter(self, mime: QMimeData) -> bool:
        at, action = QPoint(50, 300), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
        event = QDragEnterEvent(at, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.pane, event)
        if event.isAccepted():
            assert event.dropAction() is Qt.DropAction.CopyAction
        return event.isAccepted()

    def move(self, mime: QMimeData) -> bool:
        at, action = QPoint(60, 500), Qt.DropAction.CopyAction
        event = QDragMoveEvent(at, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.pane, event)
        return event.isAccepted()

    def leave(self) -> None:
        QApplication.sendEvent(self.pane, QDragLeaveEvent())

    def drop(self, mime: QMimeData) -> bool:
        at, action = QPointF(60, 500), Qt.DropAction.CopyAction
        event = QDropEvent(at, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.pane, event)
        return event.isAccepted()


@pytest.fixture
def drags(pane: UploadsPane) -> Drags:
    return Drags(pane)


def mime_of(*urls: QUrl | Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(url)) if isinstance(url, Path) else url for url in urls])
    return mime


@dataclass
class Desk:
    """Pane, controller, real queue and catalog; the library is in memory."""

    qtbot: QtBot
    pane: UploadsPane
    controller: UploadsController
    library: FakeLibrary

    def states(self) -> dict[str, UploadState]:
        return {item.path.name: item.state for item in self.pane.model.items}

    def wait_states(self, **states: UploadState) -> None:
        self.wait(lambda: {name.partition(".")[0]: state for name, state in self.states().items()} == states)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=15_000)


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def catalog_file(tmp_path: Path) -> Path:
    return tmp_path / "catalog.db"


@pytest.fixture
def desk(qtbot: QtBot, pane: UploadsPane, library: FakeLibrary, catalog_file: Path) -> Iterator[Desk]:
    catalog = Catalog(catalog_file)
    queue = UploadQueue(
        catalog,
        library.clients,
        is_paid=lambda _: False,
        proxies=Preparer(catalog_file.with_name("proxies")),
        poll_remote_s=0.05,
        settled_s=0.0,
    )
    runner = JobRunner()
    controller = UploadsController(runner, queue, pane)
    controller.library_id = SERVER
    yield Desk(qtbot, pane, controller, library)
    assert runner.shut_down() == []
    catalog.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[..., list[Path]]:
    """Real pictures of these names in a folder of their own."""

    def make(*names: str) -> list[Path]:
        folder = tmp_path / "footage"
        folder.mkdir(exist_ok=True)
        for name in names:  # no two of the same content
            Image.new("RGB", (64, 48 + sum(name.encode())), "navy").save(folder / name)
        return [folder / name for name in names]

    return make
