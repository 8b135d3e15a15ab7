"""A bin of 5,000 selects: changed, undone, shown and scrolled; beside bare SQLite and a bare table of Qt."""

from __future__ import annotations

import gc
import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.catalog.database import Catalog
from desktop_search.core.hits import Hit
from desktop_search.core.selects import Bin, Select
from desktop_search.core.timecode import Timebase
from desktop_search.models.selects_words import length_words
from desktop_search.services.selects import Selects
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.selects.keeping import BinOnShow
from desktop_search.ui.selects.selects_tab import SelectsTab
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.benchmarks.measuring import Measured, compare

_NTSC, _CLIPS, _CHANGES = Timebase(Fraction(30000, 1001), drop_frame=True), 100, 100
_SQLITE = "SQLite alone changes as many rows"
_TABLE = "a bare QTableView of as many rows of text"


def selects_list(folder: Path, rows: int) -> Iterator[Measured]:
    """Changes and their undo as they are kept on the disk, then the list as it is seen."""
    with closing(Catalog(folder / "catalog.db")) as catalog:
        kept = Selects(catalog, lambda _path: (_NTSC, 3_600_000), str)
        bin_id = kept.bins()[0].bin_id
        kept.take(_hits(rows), bin_id)
        yield from _kept(kept, bin_id, folder, rows)
        yield _memory(kept, bin_id, rows)
        selects = kept.of(bin_id)
    with VirtualDisplay():
        app = QApplication([])
        apply_theme(app, Theme.DARK)
        yield from _shown(selects)


def _hits(rows: int) -> Iterator[Hit]:
    for number in range(rows):
        path = Path(f"/footage/A001_C{number % _CLIPS:03}.mov")
        yield Hit(f"VI{number % _CLIPS}", path.name, number * 40, number * 40 + 2000, original=path, library_id="local")


def _kept(kept: Selects, bin_id: int, folder: Path, rows: int) -> Iterator[Measured]:
    stars, bare = cycle(range(1, 6)), _Bare(folder / "bare.db", rows)

    def rate() -> None:
        kept.change(bin_id, partial(_rated, next(stars)), "rating")

    def turn() -> None:
        kept.change(bin_id, lambda there: there[::-1], "moving")

    yield compare(f"{rows:,} selects: all are rated", rate, _SQLITE, bare.change)
    yield compare(f"{rows:,} selects: … and that is undone", kept.undo, _SQLITE, bare.change, after_each=rate)
    yield compare(f"{rows:,} selects: put in another order", turn, _SQLITE, bare.change)
    bare.close()


def _memory(kept: Selects, bin_id: int, rows: int) -> Measured:
    """What a hundred changes of all rows leave in memory, beside the rows themselves."""
    gc.collect()
    tracemalloc.start()
    held = kept.of(bin_id)
    floor_mb = tracemalloc.get_traced_memory()[0] / 1e6
    for number in range(_CHANGES):
        kept.change(bin_id, partial(_rated, number % 5 + 1), "rating")
    del held
    gc.collect()
    ours_mb = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    what = f"{rows:,} selects: {_CHANGES} changes of all of them, to be undone, hold"
    return Measured(what, ours_mb, ours_mb, "the selects themselves, once", floor_mb, unit="MB")


def _shown(selects: tuple[Select, ...]) -> Iterator[Measured]:
    timebases = {select.path: _NTSC for select in selects if select.path is not None}
    shown = BinOnShow((Bin(1, "Selects"),), 1, selects, timebases, length=length_words(selects, timebases))
    tab, bare = SelectsTab(CommandSet()), _bare_table(len(selects))
    for widget in (tab, bare):
        widget.resize(700, 500)
        widget.show()
    empty = replace(shown, selects=(), length="")

    def show() -> None:
        tab.show_bin(empty)
        tab.show_bin(shown)
        tab.view.viewport().repaint()

    def show_bare() -> None:
        model = bare.model()
        bare.setModel(QStringListModel())
        bare.setModel(model)
        bare.viewport().repaint()

    count = f"{len(selects):,} selects"
    yield compare(f"{count}: shown", show, _TABLE, show_bare)
    yield compare(f"{count}: changed while on show", partial(_show_again, tab, shown), _TABLE, bare.viewport().repaint)
    yield compare(f"{count}: scrolled by 50 pages", partial(_scroll, tab.view), _TABLE, partial(_scroll, bare))
    yield compare(f"{count}: all chosen", partial(_choose, tab.view), _TABLE, partial(_choose, bare))


def _show_again(tab: SelectsTab, shown: BinOnShow) -> None:
    tab.show_bin(shown)
    tab.view.viewport().repaint()


def _scroll(view: QTableView) -> None:
    bar = view.verticalScrollBar()
    for page in range(50):
        bar.setValue(page * bar.maximum() // 50)
        view.viewport().repaint()


def _choose(view: QTableView) -> None:
    view.clearSelection()
    view.selectAll()
    view.viewport().repaint()


def _rated(stars: int, there: tuple[Select, ...]) -> list[Select]:
    return [one.marked(lambda mark: mark.rated(stars)) for one in there]


def _bare_table(rows: int) -> QTableView:
    model = QStandardItemModel()
    for number in range(rows):
        model.appendRow([QStandardItem(f"{column} {number}") for column in range(6)])
    view = QTableView()
    view.setModel(model)
    model.setParent(view)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.verticalHeader().hide()
    return view


class _Bare:
    """A table with as many rows, each of which gets another value in one transaction that is on the disk at its end."""

    def __init__(self, file: Path, rows: int) -> None:
        self._rows, self._value = rows, 0
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE selects (id INTEGER PRIMARY KEY, rating INTEGER, name TEXT)")
        self._connection.executemany("INSERT INTO selects VALUES (?, 0, 'clip')", ((n,) for n in range(rows)))

    def change(self) -> None:
        self._value += 1
        self._connection.execute("BEGIN IMMEDIATE")
        values = ((self._value, number) for number in range(self._rows))
        self._connection.executemany("UPDATE selects SET rating = ? WHERE id = ?", values)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
