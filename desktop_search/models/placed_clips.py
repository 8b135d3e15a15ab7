"""Clips of a place as lines of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractListModel, QDateTime, QLocale, QModelIndex, QPersistentModelIndex, Qt

from desktop_search.core.map_points import PlacedClip
from desktop_search.core.query import ClipKey
from desktop_search.models.kept_rows import replace_rows
from desktop_search.models.result_words import one_line
from desktop_search.models.upload_words import plain_line, tool_tip

_Index = QModelIndex | QPersistentModelIndex


class PlacedClipsModel(QAbstractListModel):
    """One line each: what the search has found first, then by capture time; the date behind the name."""

    def __init__(self) -> None:
        super().__init__()
        self._clips: tuple[PlacedClip, ...] = ()

    def show(self, clips: Sequence[PlacedClip], hits: Collection[ClipKey]) -> None:
        """Be about these clips; the line that one is at stays so."""
        now = sorted(clips, key=lambda clip: (clip.clip not in hits, clip.taken_ms is None, clip.taken_ms or 0))
        replace_rows(self, [clip.clip for clip in self._clips], [clip.clip for clip in now], lambda: self._put(now))

    def _put(self, clips: Sequence[PlacedClip]) -> None:
        self._clips = tuple(clips)

    def clip(self, row: int) -> PlacedClip:
        """The clip of a line."""
        return self._clips[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: how many lines."""
        return 0 if parent.isValid() else len(self._clips)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a line shows and says."""
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        clip = self._clips[index.row()]
        name = plain_line(one_line(clip.name or clip.clip[2]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(name)
        return name if clip.taken_ms is None else f"{name} · {_day(clip.taken_ms)}"


def _day(taken_ms: int) -> str:
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(taken_ms).date(), "d MMM yyyy")
