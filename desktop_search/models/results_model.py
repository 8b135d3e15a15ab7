"""The result list as rows that never raise: moments and images, best first, with thumbnails that arrive later."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_search.core.hits import ClipKey, Hit, ImageHit, SearchAnswer
from desktop_search.core.query import Scope
from desktop_search.core.timecode import Timebase
from desktop_search.models.thumbnails import ThumbnailLoader

Found = Hit | ImageHit
_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row gives besides its name."""

    FOUND = Qt.ItemDataRole.UserRole + 1
    TIMES = Qt.ItemDataRole.UserRole + 2
    BADGES = Qt.ItemDataRole.UserRole + 3
    THUMBNAIL = Qt.ItemDataRole.UserRole + 4
    THUMBNAIL_PROBLEM = Qt.ItemDataRole.UserRole + 5


def one_line(text: str) -> str:
    """Names and excerpts may hold line breaks; a row has one line for each."""
    return " ".join(text.split())


def clock(time_ms: int) -> str:
    """A time without frames, for clips whose rate is not known: 0:04.5, 1:02:03.0."""
    seconds, tenth = divmod(round(time_ms / 100), 10)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    start = f"{hours}:{minute:02d}" if hours else f"{minute}"
    return f"{start}:{second:02d}.{tenth}"


class ResultsModel(QAbstractListModel):
    """One answer. `Role.FOUND` is the `Hit` or `ImageHit`; the rest is text and pictures to paint."""

    def __init__(self, thumbnails: ThumbnailLoader | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._rows: tuple[Found, ...] = ()
        self._timebases: dict[ClipKey, Timebase] = {}
        if thumbnails is not None:
            thumbnails.changed.connect(self._on_thumbnail_changed)

    def set_answer(self, answer: SearchAnswer) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = (*answer.hits, *answer.images)
        if self._thumbnails is not None:
            self._thumbnails.forget_waiting()
        self.endResetModel()

    def set_timebases(self, timebases: dict[ClipKey, Timebase]) -> None:
        """How the clips count, by clip; their in and out points are shown as timecode from then on."""
        self._timebases |= timebases
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Role.TIMES])

    def found(self) -> tuple[Found, ...]:
        """All rows, best first."""
        return self._rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own signature
        """Qt: one fact about one row; `None` for what a row does not have."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        found = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(found.name) or "(no name)"
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(found)
            case Role.FOUND:
                return found
            case Role.TIMES:
                return self._times(found)
            case Role.BADGES:
                return badges(found)
        return self._thumbnail_data(found, role)

    def _thumbnail_data(self, found: Found, role: int) -> object:
        if self._thumbnails is None:
            return None
        if role == Role.THUMBNAIL:
            return self._thumbnails.image(found)
        if role in (Role.THUMBNAIL_PROBLEM, Qt.ItemDataRole.ToolTipRole):
            return self._thumbnails.problem(found) or None
        return None

    def _times(self, found: Found) -> str:
        if isinstance(found, ImageHit):
            return ""
        timebase = self._timebases.get(found.clip)
        say = timebase.format if timebase else clock
        return f"{say(found.start_ms)} – {say(found.out_ms)}"

    def _spoken(self, found: Found) -> str:
        score = "" if found.score is None else f", score {found.score:.2f}"
        excerpt = f", “{one_line(found.excerpt)}”" if isinstance(found, Hit) and found.excerpt else ""
        where = f" in {' and '.join(found.marks)}" if found.marks else ""
        return f"{', '.join(badges(found))}{where}: {one_line(found.name)} {self._times(found)}{score}{excerpt}"

    def _on_thumbnail_changed(self, key: object) -> None:
        for row, found in enumerate(self._rows):
            if found == key:
                index = self.index(row)
                self.dataChanged.emit(index, index, [Role.THUMBNAIL, Role.THUMBNAIL_PROBLEM])


def badges(found: Found) -> tuple[str, ...]:
    """Why a row is there, in one word for each reason."""
    if isinstance(found, ImageHit):
        return ("image",)
    words = {Scope.SEEN: "seen", Scope.SAID: "said", None: "picture"}
    return tuple(words.get(scope, "picture") for scope in (found.found_by, *found.also_found_by))
