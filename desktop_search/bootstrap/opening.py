"""The window from its first frame until it is whole.

The first frame needs little (`shell.py`). Once it is on the screen the rest of the program is imported and the services
are built on a thread, and then the window is filled, step by step, by the thread that paints.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop_search.bootstrap.shell import Shell
from desktop_search.services.restoring import restore_at_start
from desktop_search.settings.first_choices import first_choices
from desktop_search.settings.folders import Folders

if TYPE_CHECKING:  # loaded behind the first frame
    from desktop_search.bootstrap.compose import Composition
    from desktop_search.bootstrap.services import Services

_log = logging.getLogger(__name__)
WHOLE = "the window is whole"  # in the log
_UNSEEN_MS = 1000  # a window that is minimised from the start is never painted


class Opening(QObject):
    """Opens the window: first `shell`, then the rest. Must be ended by `end`, however far it came.

    Signals:
        shown(): the first frame is on the screen.
        ready(): the program is whole, and begins its work.
        failed(Exception): why it cannot be; the window stays as it is.
    """

    shown = Signal()
    ready = Signal()
    failed = Signal(object)

    def __init__(self, app: QApplication, folders: Folders) -> None:
        """Raises `FileProblem` where a backup that waits cannot take its place."""
        super().__init__()
        self._folders = folders
        self._restored = restore_at_start(folders)
        self.shell = Shell(app, first_choices(folders.preferences_file))
        self._loader = _Loader(folders)
        # Queued by hand: the loader's thread emits.
        self._loader.loaded.connect(self._on_loaded, Qt.ConnectionType.QueuedConnection)
        self._loader.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self._composition: Composition | None = None
        self._steps: Iterator[None] = iter(())
        self._waiting: list[Callable[[Composition], object]] = []
        self._next = QTimer(self)
        self._next.timeout.connect(self._step)
        self._unseen = QTimer(self)
        self._unseen.setSingleShot(True)
        self._unseen.timeout.connect(self._on_seen)

    def show(self) -> None:
        """The first frame; everything else follows when it is painted."""
        self.shell.window.painted.connect(self._on_painted)
        self._unseen.start(_UNSEEN_MS)
        self.shell.window.show()
        self.shell.window.activateWindow()

    def when_ready(self, act: Callable[[Composition], object]) -> None:
        """Do this with the whole program: now, or once it is whole."""
        if self._composition is not None and self._composition.is_whole:
            act(self._composition)
        else:
            self._waiting.append(act)

    def wait(self) -> Composition:
        """The whole program; the window lives meanwhile. Raises what prevents it."""
        loop, problems = QEventLoop(), list[Exception]()
        self.ready.connect(loop.quit)
        self.failed.connect(problems.append)
        self.failed.connect(loop.quit)
        loop.exec()
        if problems:
            raise problems[0]
        assert self._composition is not None
        return self._composition

    def end(self) -> None:
        """End what there is, in order; what is loading is waited for."""
        self.shell.window.hide()
        self._unseen.stop()
        self._next.stop()
        services = self._loader.end()
        if self._composition is not None:
            self._composition.shut_down()
        elif services is not None:
            services.close()
        self.shell.window.deleteLater()
        self.deleteLater()

    def _on_painted(self) -> None:
        self._unseen.start(0)  # when the frame has gone to the screen

    def _on_seen(self) -> None:
        self.shown.emit()
        self._loader.start()

    def _on_loaded(self) -> None:
        from desktop_search.bootstrap.compose import Composition

        services = self._loader.services
        assert services is not None
        try:
            self._composition = Composition(services, self.shell)
        except Exception as error:  # noqa: BLE001 - told, and the program ends
            self._fail(error)
            return
        self._steps = self._composition.steps(self._restored)
        self._next.start()

    def _step(self) -> None:
        """One step of filling the window; between two of them it answers to what the user does."""
        try:
            next(self._steps)
        except StopIteration:
            self._next.stop()
            self._begin()
        except Exception as error:  # noqa: BLE001 - told, and the program ends
            self._next.stop()
            self._fail(error)

    def _begin(self) -> None:
        composition = self._composition
        assert composition is not None
        _log.info(WHOLE)
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act(composition)
        self.ready.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


class _Loader(QObject):
    """Imports the program and builds its services on a thread.

    Attributes:
        services: once `loaded`.
    """

    loaded = Signal()
    failed = Signal(object)

    def __init__(self, folders: Folders) -> None:
        super().__init__()
        self._folders = folders
        self._is_ended = False
        self._thread = threading.Thread(target=self._load, name="loading")
        self.services: Services | None = None

    def start(self) -> None:
        """Begin; once."""
        if self._thread.ident is None:
            self._thread.start()

    def end(self) -> Services | None:
        """Wait for the thread; what it has built, `None` where it did not come so far."""
        self._is_ended = True
        if self._thread.ident is not None:
            self._thread.join()
        return self.services

    def _load(self) -> None:
        try:
            import desktop_search.bootstrap.compose  # noqa: F401 - all that the window is filled with
            from desktop_search.bootstrap.services import Services

            if not self._is_ended:
                self.services = Services(self._folders)
                self.loaded.emit()
        except Exception as error:  # noqa: BLE001 - told on the thread of the window
            self.failed.emit(error)
