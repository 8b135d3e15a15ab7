"""The items of a library as rows of a grid and of a table, with posters as they arrive."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from desktop_search.core.hits import ClipKey
from desktop_search.core.language import _
from desktop_search.core.library_items import ItemState, LibraryItem, key_of
from desktop_search.core.library_rows import (
    Heading,
    ItemArrangement,
    ItemFilter,
    ItemGroup,
    ItemRow,
    ItemSort,
    is_admitted,
    keeps_place,
    rows_of,
    searched_text,
    sorted_items,
)
from desktop_search.models import item_words as words
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.models.upload_words import plain_line, tool_tip

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_GATHERED_MS = 200  # what comes page by page is arranged together
_STATE_PARTS = attrgetter("library_id", "status", "is_away")  # what the state is made of
_REST = 5  # between two arrangements there are so many times as long as one takes, for the window to live


class ItemRole(IntEnum):
    """What a row gives besides its words."""

    ROW = Qt.ItemDataRole.UserRole + 1
    POSTER = Qt.ItemDataRole.UserRole + 2
    POSTER_PROBLEM = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its heading, what it says, by what it sorts, how wide it is at first in pixels."""

    title: str
    words: Callable[[LibraryItem], str]
    width_px: int
    sort: ItemSort | None = None
    is_number: bool = False


COLUMNS = (
    Column(_("Name"), words.item_name, 205, ItemSort.NAME),
    Column(_("State"), words.state_words, 100, ItemSort.STATE),
    Column(_("Length"), words.length_words, 56, ItemSort.DURATION, is_number=True),
    Column(_("Size"), words.item_size, 66, ItemSort.SIZE, is_number=True),
    Column(_("Picture"), words.resolution_words, 90, ItemSort.PICTURE, is_number=True),
    Column(_("Rate"), words.rate_words, 60, ItemSort.RATE, is_number=True),
    Column(_("Camera"), lambda item: plain_line(item.camera), 110),
    Column(_("Captured"), lambda item: words.day_words(item.taken_ms), 130, ItemSort.TAKEN),
    Column(_("Place"), words.place_words, 150),
    Column(_("Tags"), lambda item: plain_line(", ".join(item.tags)), 130),
    Column(_("Namespace"), lambda item: plain_line(item.namespace), 110),
    Column(_("Added"), lambda item: words.day_words(item.created_ms), 130, ItemSort.ADDED),
    Column(_("File on this computer"), lambda item: plain_line(item.path), 260),
)


class LibraryModel(QAbstractTableModel):
    """Keeps what is selected and current through every change, by the keys of the items.

    Signals:
        arranged(): other rows are on show.
    """

    arranged = Signal()

    def __init__(self, posters: ThumbnailLoader | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posters = posters
        self._items: dict[ClipKey, LibraryItem] = {}
        self._texts: dict[ClipKey, str] = {}
        self._hidden: frozenset[ClipKey] = frozenset()
        self._arrangement, self._filter = ItemArrangement(), ItemFilter()
        self._rows: list[ItemRow] = []
        self._headings: tuple[int, ...] = ()
        self._places: dict[ClipKey, int] | None = {}
        self._shown = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_GATHERED_MS)
        self._later.timeout.connect(self._arrange)
        if posters is not None:
            posters.changed.connect(self._on_poster_changed)

    @property
    def arrangement(self) -> ItemArrangement:
        """How the items are shown."""
        return self._arrangement

    @property
    def items(self) -> Mapping[ClipKey, LibraryItem]:
        """All of them, also those that the filter hides."""
        return self._items

    @property
    def headings(self) -> tuple[int, ...]:
        """The rows that are headings, in order."""
        return self._headings

    @property
    def shown(self) -> int:
        """How many items are on show."""
        return self._shown

    def states(self) -> Counter[ItemState]:
        """How many items are in each state; those that wait to be deleted are none any more."""
        items = self._items.values()
        there = items if not self._hidden else [item for item in items if item.key not in self._hidden]
        alike = Counter(map(_STATE_PARTS, there))
        samples = dict(zip(map(_STATE_PARTS, there), there, strict=True))
        states: Counter[ItemState] = Counter()
        for kind, count in alike.items():
            states[samples[kind].state] += count
        return states

    def set_items(self, items: Iterable[LibraryItem]) -> None:
        """Show these and no others."""
        if self._posters is not None:
            self._posters.forget_waiting()
        self._later.stop()
        listed = list(items)
        self._items, self._texts = dict(zip(map(key_of, listed), listed, strict=True)), {}
        self._arrange()

    def put(self, items: Iterable[LibraryItem]) -> None:
        """These are so now; what comes shortly after each other is shown together."""
        news = {item.key: item for item in items if self._items.get(item.key) != item}
        if not news:
            return
        stay = all(self._stays(self._items.get(key), item) for key, item in news.items())
        self._items |= news
        for key in news:
            self._texts.pop(key, None)
        if stay:
            self._show_in_place(news)
        elif not self._later.isActive():
            self._later.start()

    def remove(self, keys: Iterable[ClipKey]) -> None:
        """These are there no more."""
        for key in keys:
            self._items.pop(key, None)
        self._arrange()

    def hide(self, keys: Iterable[ClipKey]) -> None:
        """Show all but these, for now."""
        self._hidden = frozenset(keys)
        self._arrange()

    def set_arrangement(self, arrangement: ItemArrangement) -> None:
        """Show the same items otherwise."""
        self._arrangement = arrangement
        self._arrange()

    def set_filter(self, wanted: ItemFilter) -> None:
        """Show those alone that this lets through."""
        self._filter = wanted
        self._arrange()

    def row_at(self, row: int) -> ItemRow | None:
        """One row, without the detour over `data`."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: ClipKey) -> int | None:
        """Where an item is."""
        return self._row_of.get(key)

    def index(self, row: int, column: int = 0, parent: _Index = _NO_PARENT) -> QModelIndex:
        """Qt: where an item is. A grid asks for each row as it opens; Qt itself counts rows and columns each time."""
        is_there = 0 <= row < len(self._rows) and 0 <= column < len(COLUMNS) and not parent.isValid()
        return self.createIndex(row, column) if is_there else QModelIndex()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the headings above the columns."""
        is_there = orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS)
        return COLUMNS[section].title if is_there and role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Qt: headings cannot be chosen."""
        if isinstance(self.row_at(index.row()), Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own signature
        """Qt: one fact about one row; `None` for what a row does not have."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ItemRole.ROW:
            return row
        if isinstance(row, Heading):
            is_said = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return words.heading_words(row) if is_said and index.column() == 0 else None
        column = COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.words(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(words.item_tip(row))
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                return ", ".join(words.item_tip(row).splitlines())
        return self._poster_data(row, role)

    def _poster_data(self, item: LibraryItem, role: int) -> object:
        if self._posters is None or role not in (ItemRole.POSTER, ItemRole.POSTER_PROBLEM):
            return None
        if role == ItemRole.POSTER:
            return self._posters.image(item.poster)
        return self._posters.problem(item.poster) or None

    def _arrange(self) -> None:
        began_s = time.monotonic()
        self._later.stop()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._key_at(index.row()) for index in before]
        shown = self._shown_items()
        self._shown = len(shown)
        self._rows = rows_of(sorted_items(shown, self._arrangement), self._arrangement.group)
        self._places = None
        is_grouped = self._arrangement.group is not ItemGroup.NONE
        self._headings = tuple(at for at, row in enumerate(self._rows) if type(row) is Heading) if is_grouped else ()
        now = [
            QModelIndex() if key is None or key not in self._row_of else self.index(self._row_of[key], index.column())
            for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, now)
        self.layoutChanged.emit()
        self.arranged.emit()
        took_ms = round((time.monotonic() - began_s) * 1000)
        self._later.setInterval(max(_GATHERED_MS, _REST * took_ms))

    def _stays(self, before: LibraryItem | None, now: LibraryItem) -> bool:
        """Whether an item is on show where it was, so that nothing has to be arranged for it."""
        if before is None or self._later.isActive() or now.key not in self._row_of:
            return False
        texts = (searched_text(before), searched_text(now)) if self._filter.words else ("", "")
        return keeps_place(before, now, self._arrangement) and texts[0] == texts[1]

    def _show_in_place(self, news: Mapping[ClipKey, LibraryItem]) -> None:
        rows = sorted(self._row_of[key] for key in news)
        for key, item in news.items():
            self._rows[self._row_of[key]] = item
        self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], len(COLUMNS) - 1))

    @property
    def _row_of(self) -> dict[ClipKey, int]:
        """Where each item is; worked out when it is asked for, which opening a list does not."""
        if self._places is None:
            items = ((at, row) for at, row in enumerate(self._rows) if isinstance(row, LibraryItem))
            self._places = {key_of(row): at for at, row in items}
        return self._places

    def _key_at(self, row: int) -> ClipKey | None:
        found = self.row_at(row)
        return found.key if isinstance(found, LibraryItem) else None

    def _shown_items(self) -> list[LibraryItem]:
        if self._filter == ItemFilter() and not self._hidden:
            return list(self._items.values())
        return [item for key, item in self._items.items() if key not in self._hidden and self._admits(key, item)]

    def _admits(self, key: ClipKey, item: LibraryItem) -> bool:
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = searched_text(item)
        return is_admitted(item, text, self._filter)

    def _on_poster_changed(self, poster: Hashable) -> None:
        key = getattr(poster, "clip", None) or (poster.library_id, poster.namespace, poster.image_id)  # type: ignore[attr-defined]
        row = self._row_of.get(key)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0), [ItemRole.POSTER, ItemRole.POSTER_PROBLEM])


def items_in(rows: Sequence[ItemRow | None]) -> tuple[LibraryItem, ...]:
    """The items among rows."""
    return tuple(row for row in rows if isinstance(row, LibraryItem))
