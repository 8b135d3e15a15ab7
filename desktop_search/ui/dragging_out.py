"""Footage dragged into other programs: as files, whole or trimmed, and as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QEvent, QEventLoop, QMimeData, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_search.core.footage_range import FootageRange
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.drag_picture import PAD_PX, drag_picture

URLS, TEXT = "text/uri-list", "text/plain"
_LANE = "dragged clips"
_INPUT = {
    *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick),
    *(QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.Shortcut, QEvent.Type.Wheel),
    *(QEvent.Type.ContextMenu, QEvent.Type.DragEnter),
}


@dataclass(frozen=True)
class Dragged:
    """What is dragged.

    Attributes:
        own_format: by which this program knows it again.
        words: what hangs on the mouse.
        text: for programs that take text: a line for each.
        ranges: of files, as far as there are such.
    """

    own_format: str
    words: str
    text: str
    ranges: tuple[FootageRange, ...]


class ClipMaker(Protocol):
    """Makes files of ranges; may take long."""

    def make(
        self, ranges: Sequence[FootageRange], token: CancelToken, report: Callable[[tuple[int, int]], object]
    ) -> tuple[Path, ...]:
        """A file for each."""
        ...


class OutgoingData(QMimeData):
    """Files are asked for when they are wanted, and once."""

    def __init__(self, dragged: Dragged, files: Callable[[], Sequence[Path]]) -> None:
        super().__init__()
        self._dragged, self._files = dragged, files
        self._urls: QByteArray | None = None

    def formats(self) -> list[str]:
        """Qt: what there is of it."""
        return [self._dragged.own_format, *([URLS] if self._dragged.ranges else []), TEXT]

    def hasFormat(self, kind: str, /) -> bool:  # noqa: N802 - Qt's own
        """Qt: whether there is this."""
        return kind in self.formats()

    def retrieveData(self, kind: str, _wanted: Any, /) -> object:  # noqa: ANN401, N802 - Qt's own
        """Qt: the thing itself."""
        if kind == URLS and self._dragged.ranges:
            if self._urls is None:
                self._urls = QByteArray()  # who asks again meanwhile gets nothing, not a second copy
                self._urls = _uri_list(self._files())
            return self._urls
        if kind == TEXT:
            return self._dragged.text
        return QByteArray(b"1") if kind == self._dragged.own_format else None


class DragOut(QObject):
    """Lets things be dragged; files are whole clips, or with `is_trimmed` clips that hold the ranges alone.

    Signals:
    failed(AppError): the clips could not be made; the other program got none.
    busy(object, str): a job that takes its time, and what it is about.
    """

    failed = Signal(object)
    busy = Signal(object, str)

    def __init__(self, runner: JobRunner, maker: ClipMaker, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._maker = runner, maker
        self.is_trimmed = False

    def drag(self, view: QWidget, dragged: Dragged) -> None:
        """Let the user drag it; returns when it was let go.

        Others may only copy: a file manager that is let move would take the footage away.
        """
        drag = QDrag(view)
        drag.setMimeData(OutgoingData(dragged, lambda: self._files(dragged)))
        drag.setPixmap(drag_picture(view, dragged.words))
        drag.setHotSpot(QPoint(-PAD_PX, -PAD_PX))
        drag.exec(Qt.DropAction.CopyAction)

    def _files(self, dragged: Dragged) -> Sequence[Path]:
        if not self.is_trimmed:
            return tuple(dict.fromkeys(each.path for each in dragged.ranges))
        return self._made(dragged.ranges)

    def _made(self, ranges: tuple[FootageRange, ...]) -> Sequence[Path]:
        """The other program waits for the answer; this one goes on painting, and can only be told to stop meanwhile."""
        waiting, made = QEventLoop(), list[Path]()

        def done(paths: tuple[Path, ...]) -> None:
            made.extend(paths)
            waiting.quit()

        def failed(error: object) -> None:
            self.failed.emit(error)
            waiting.quit()

        job: JobHandle = self._runner.start(
            lambda token, report: self._maker.make(ranges, token, report),
            lane=_LANE,
            done=done,
            failed=failed,
            cancelled=waiting.quit,
        )
        self.busy.emit(job, _("Making the dragged clips…"))
        only_stop, app = _OnlyStop(job), QApplication.instance()
        assert app is not None
        app.installEventFilter(only_stop)
        waiting.exec()
        app.removeEventFilter(only_stop)
        return made


class _OnlyStop(QObject):
    """While another program waits: a line of progress takes clicks and keys, Esc stops, and nothing else is done."""

    def __init__(self, job: JobHandle) -> None:
        super().__init__()
        self._job = job

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: whether the event is held back."""
        if event.type() not in _INPUT or not isinstance(watched, QWidget):  # windows hand on to their widgets
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._job.cancel()
            return True
        return not isinstance(watched.parent(), ProgressNote)


def _uri_list(paths: Sequence[Path]) -> QByteArray:
    lines = (bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()) + b"\r\n" for path in paths)
    return QByteArray(b"".join(lines))
