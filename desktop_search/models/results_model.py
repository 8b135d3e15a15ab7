"""The result list as rows that never raise: moments and images as they are arranged, thumbnails as they arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_search.core.arranging import Known
from desktop_search.core.hits import ClipKey, Found, Hit, SearchAnswer
from desktop_search.core.language import _
from desktop_search.core.marks import NO_MARK, Mark, MarkFilter
from desktop_search.core.result_rows import BELOW, Arrangement, MomentRow, Opener, Row, owner_of, rows
from desktop_search.core.timecode import Timebase
from desktop_search.models.looks import LookSorter
from desktop_search.models.mark_words import mark_words
from desktop_search.models.result_words import name_of, opener_words, reasons_of, spoken, stands_for, times_of
from desktop_search.models.thumbnails import ThumbnailLoader

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class Role(IntEnum):
    """What a row gives besides its name."""

    FOUND = Qt.ItemDataRole.UserRole + 1
    TIMES = Qt.ItemDataRole.UserRole + 2
    BADGES = Qt.ItemDataRole.UserRole + 3
    THUMBNAIL = Qt.ItemDataRole.UserRole + 4
    THUMBNAIL_PROBLEM = Qt.ItemDataRole.UserRole + 5
    ROW = Qt.ItemDataRole.UserRole + 6
    MARK = Qt.ItemDataRole.UserRole + 7


class ResultsModel(QAbstractListModel):
    """One answer, arranged. `Role.ROW` is the row; `Role.FOUND` its `Hit` or `ImageHit`, `None` for an opener.

    Signals:
        looks_changed(): some of what was found looks the same; `fold_anew` says so in the rows.

    Every change of the arrangement is a reset; rows are known again by their keys (`key_of`, `row_of`).
    """

    looks_changed = Signal()

    def __init__(self, thumbnails: ThumbnailLoader | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._found: tuple[Found, ...] = ()
        self._marks: Mapping[Found, Mark] = {}
        self._mark_filter = MarkFilter()
        self._admitted: tuple[Found, ...] = ()
        self._arrangement = Arrangement()
        self._floor = 0.0
        self._known = Known()
        self._opened: set[Hashable] = set()
        self._rows: tuple[Row, ...] = ()
        self._row_by_key: dict[Hashable, int] = {}
        self._rows_of: dict[Found, list[int]] = {}
        self._timebases: dict[ClipKey, Timebase] = {}
        if thumbnails is not None:
            thumbnails.changed.connect(self._on_thumbnail_changed)
            self._looks = LookSorter(thumbnails.runner, self)
            self._looks.grouped.connect(self.looks_changed)

    def set_answer(self, answer: SearchAnswer, floor: float = 0.0) -> None:
        """Replace all rows; what was opened is closed. `floor`: the lowest score that is close enough, 0 to 1."""
        self._found = (*answer.hits, *answer.images)
        self._floor = floor
        self._known = Known()
        self._opened.clear()
        if self._thumbnails is not None:
            self._thumbnails.forget_waiting()
            self._looks.begin()
        self._arrange()

    def continue_answer(self, answer: SearchAnswer) -> None:
        """More has come of the same answer: what is known and opened stays."""
        self._found = (*answer.hits, *answer.images)
        self._arrange()

    @property
    def arrangement(self) -> Arrangement:
        """How the rows are arranged."""
        return self._arrangement

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Arrange the same answer otherwise."""
        self._arrangement = arrangement
        self._arrange()

    def set_floor(self, floor: float) -> None:
        """Move the line below which nothing is close enough."""
        self._floor = floor
        self._arrange()

    def learn(
        self, *, taken_ms: Mapping[ClipKey, int] | None = None, fingerprints: Mapping[ClipKey, str] | None = None
    ) -> None:
        """What is known of the clips besides the answer."""
        known = self._known
        self._known = replace(
            known,
            taken_ms=dict(known.taken_ms) | dict(taken_ms or {}),
            fingerprints=dict(known.fingerprints) | dict(fingerprints or {}),
        )
        self._arrange()

    def fold_anew(self) -> None:
        """Fold what looks the same by now."""
        self._known = replace(self._known, look_groups=dict(self._looks.groups))
        self._arrange()

    def is_open(self, row: int) -> bool | None:
        """Whether what a row can show is on show; `None` where it can show nothing more."""
        match self._rows[row] if 0 <= row < len(self._rows) else None:
            case Opener() as opener:
                return opener.is_open
            case MomentRow(is_inner=False) as moment if len(moment.entry.every) > 1:
                return moment.found in self._opened
        return None

    def set_open(self, row: int, is_open: bool) -> Hashable:
        """Show what belongs to a row, or hide it; the key of the row that stands for both then."""
        entry = self._rows[row]
        if isinstance(entry, Opener) and entry.key == BELOW:
            self._arrangement = replace(self._arrangement, shows_below=is_open)
        elif is_open:
            self._opened.add(entry.key)
        else:
            self._opened.discard(entry.entry.found if isinstance(entry, MomentRow) else entry.key)
        self._arrange()
        return entry.entry.found if isinstance(entry, MomentRow) else entry.key

    def parent_of(self, row: int) -> int | None:
        """The row that would hide this one when it is closed: its entry, else the opener of its clip; or `None`."""
        entry = self._rows[row]
        if isinstance(entry, MomentRow) and entry.is_inner:
            return self._row_by_key.get(entry.entry.found)
        opener = self._row_by_key.get(owner_of(entry))
        return opener if opener is not None and self.is_open(opener) else None

    def opener_of(self, row: int) -> int | None:
        """The row that shows more of this one's clip; `None` where there is no more."""
        return self._row_by_key.get(owner_of(self._rows[row]))

    def row_at(self, row: int) -> Row | None:
        """One row, without the detour over `data`: layouts ask for all of them."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def key_of(self, row: int) -> Hashable | None:
        """By which a row is found again."""
        return self._rows[row].key if 0 <= row < len(self._rows) else None

    def row_of(self, key: Hashable) -> int | None:
        """Where the row with that key is; for a moment inside a closed entry, where that entry is."""
        return self._row_by_key.get(key)

    def set_timebases(self, timebases: dict[ClipKey, Timebase]) -> None:
        """How the clips count, by clip; their in and out points are shown as timecode from then on."""
        self._timebases |= timebases
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Role.TIMES])

    def set_marks(self, marks: Mapping[Found, Mark], wanted: MarkFilter) -> None:
        """What the user thinks of what was found, and which of it is shown by that."""
        self._marks, self._mark_filter = marks, wanted
        if self._admitted_now() != self._admitted:
            self._arrange()
        elif self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Role.MARK])

    def answer(self) -> tuple[Found, ...]:
        """All that was found, best first, also what is below the floor."""
        return self._found

    def found(self) -> tuple[Found, ...]:
        """What is on show from top to bottom, each with what it stands for; then what waits to be opened, best first.

        Without what is below the floor while that is hidden.
        """
        shown: dict[int, Found] = {}
        for row in self._rows:
            if isinstance(row, MomentRow) and not row.is_inner:
                shown |= {id(found): found for found in row.entry.every}
        hides_below = not self._arrangement.shows_below
        waiting = (each for each in self._admitted if not (hides_below and each.is_below(self._floor)))
        return tuple((shown | {id(each): each for each in waiting}).values())

    def count_above(self) -> int:
        """How much of the answer is close enough."""
        return sum(not found.is_below(self._floor) for found in self._found)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Qt: moments and images can be dragged."""
        flags = super().flags(index)
        is_found = index.isValid() and isinstance(self._rows[index.row()], MomentRow)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_found else flags

    @property
    def timebases(self) -> Mapping[ClipKey, Timebase]:
        """How the clips count, as far as it is known."""
        return self._timebases

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own signature
        """Qt: one fact about one row; `None` for what a row does not have."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if isinstance(row, Opener):
            return self._opener_data(row, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name_of(row.found)
            case Qt.ItemDataRole.AccessibleTextRole:
                marked = mark_words(self._mark(row.found))
                return spoken(row, self._timebase(row.found)) + (f", {marked}" if marked else "")
            case Role.FOUND:
                return row.found
            case Role.TIMES:
                return times_of(row.found, self._timebase(row.found))
            case Role.BADGES:
                return reasons_of(row)
            case Role.MARK:
                return self._mark(row.found)
        return self._thumbnail_data(row, role)

    def _opener_data(self, opener: Opener, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return opener_words(opener, self._floor)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            act = _("Left hides it.") if opener.is_open else _("Right shows it.")
            return f"{opener_words(opener, self._floor)}. {act}"
        return None

    def _thumbnail_data(self, row: MomentRow, role: int) -> object:
        if role == Qt.ItemDataRole.ToolTipRole and (words := self._tip(row)):
            return words
        if self._thumbnails is None:
            return None
        if role == Role.THUMBNAIL:
            image = self._thumbnails.image(row.found)
            if image is not None:
                self._looks.see(row.found, image)
            return image
        if role in (Role.THUMBNAIL_PROBLEM, Qt.ItemDataRole.ToolTipRole):
            return self._thumbnails.problem(row.found) or None
        return None

    def _timebase(self, found: Found) -> Timebase | None:
        return self._timebases.get(found.clip) if isinstance(found, Hit) else None

    def _tip(self, row: MomentRow) -> str:
        others = stands_for(row.entry) if not row.is_inner else ""
        parts = (_("With {others}").format(others=others) if others else "", mark_words(self._mark(row.found)))
        return "\n".join(part for part in parts if part)

    def _mark(self, found: Found) -> Mark:
        return self._marks.get(found, NO_MARK)

    def _admitted_now(self) -> tuple[Found, ...]:
        return tuple(each for each in self._found if self._mark_filter.admits(self._mark(each)))

    def _arrange(self) -> None:
        self.beginResetModel()
        self._admitted = self._admitted_now()
        self._rows = rows(self._admitted, self._arrangement, self._floor, self._known, self._opened)
        self._row_by_key, rows_of = {}, defaultdict(list)
        for number, row in enumerate(self._rows):
            self._row_by_key.setdefault(row.key, number)
            if isinstance(row, MomentRow):
                rows_of[row.found].append(number)
        for number, row in enumerate(self._rows):
            if isinstance(row, MomentRow):
                for found in row.entry.every[1:]:
                    self._row_by_key.setdefault(found, number)
        self._rows_of = dict(rows_of)
        self.endResetModel()

    def _on_thumbnail_changed(self, key: Hashable) -> None:
        for row in self._rows_of.get(key, ()):  # type: ignore[call-overload]  # keys of the loader are found things here
            index = self.index(row)
            self.dataChanged.emit(index, index, [Role.THUMBNAIL, Role.THUMBNAIL_PROBLEM])
