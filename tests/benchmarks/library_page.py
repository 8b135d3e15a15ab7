"""The page of a library with many items: opened from the catalog, scrolled, and found in, beside bare Qt and SQLite."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QAbstractItemView, QApplication

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.library_rows import ItemArrangement, ItemGroup, ItemSort
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.benchmarks.lists import HEIGHT_PX, WIDTH_PX, BareList, scrolling, wait_ms
from tests.benchmarks.measuring import Measured, compare

_FLOOR = "SQLite and a bare QListView of as many strings"
_LIBRARY = "local"


def library_page(folder: Path, items: int) -> Iterator[Measured]:
    """From the catalog to the first paint, then a step of scrolling, sorting and finding, each with its paint."""
    catalog = Catalog(folder / "catalog.db")
    LibraryItemsTable(catalog).put(_item(number) for number in range(items))
    with VirtualDisplay():
        app = QApplication([])
        apply_theme(app, Theme.DARK)
        desk, floor = _Desk(catalog), _Bare(catalog)
        for title, arrangement in (
            ("grid", ItemArrangement()),
            ("table", ItemArrangement(is_grid=False)),
            ("grid by folders", ItemArrangement(group=ItemGroup.FOLDER)),
        ):
            desk.page.set_arrangement(arrangement)
            name = f"{items:,} items, {title}"
            yield compare(f"{name}: from the catalog to the paint", desk.open, _FLOOR, floor.open)
            yield scrolling(f"{name}: a step of scrolling, painted", desk.view, floor.view, _FLOOR)
        desk.page.set_arrangement(ItemArrangement())
        yield compare(f"{items:,} items: sorted otherwise, painted", desk.sort, _FLOOR, floor.open)
        yield compare(f"{items:,} items: found by a word, painted", desk.find, _FLOOR, floor.open)
        desk.close()
    catalog.close()


class _Desk:
    """The real page. Its posters are made as they are asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._runner, self._table = JobRunner({"thumbs": 2}), LibraryItemsTable(catalog)
        self.page = LibraryPage(ThumbnailLoader(self._runner, _poster), CommandSet())
        self._turns = 0
        self.page.resize(WIDTH_PX, HEIGHT_PX)
        self.page.show()
        wait_ms(300)
        self.open()

    @property
    def view(self) -> QAbstractItemView:
        return self.page.views.view

    def open(self) -> None:
        self.page.model.set_items(())
        self.page.show_kept(self._table.all(_LIBRARY, ItemKind.VIDEO))
        self.view.viewport().repaint()

    def sort(self) -> None:
        self._turns += 1
        sort = tuple(ItemSort)[self._turns % len(ItemSort)]
        self.page.set_arrangement(replace(self.page.model.arrangement, sort=sort))
        self.view.viewport().repaint()

    def find(self) -> None:
        self._turns += 1
        self.page.bar.words.setText(f"take {self._turns % 10}")
        self.view.viewport().repaint()

    def close(self) -> None:
        self._runner.shut_down()
        self.page.close()


class _Bare(BareList):
    """All rows of the table, as plain as SQLite gives them."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self.open()

    def open(self) -> None:
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT * FROM library_items").fetchall()
        self.show(row[4] for row in rows)


def _item(number: int) -> LibraryItem:
    return LibraryItem(
        _LIBRARY,
        ItemKind.VIDEO,
        "default",
        f"VI{number}",
        f"A001_C{number:05} take {number % 10}.mov",
        "PARSE",
        duration_ms=1000 * (number % 600),
        size_bytes=1_000_000 * (number % 3000),
        created_ms=1_700_000_000_000 + number * 1000,
        taken_ms=None if number % 3 else 1_600_000_000_000 + number * 1000,
        camera=f"Camera {number % 7}",
        tags=("harbour", "day 2") if number % 2 else (),
        width=3840,
        height=2160,
        fps=25.0,
        path=f"/footage/card {number // 500}/A001_C{number:05}.mov",
    )


def _poster(key: Hashable, _side_px: int, _token: object, _early: object) -> bytes:
    number = hash(key) % 251
    data = BytesIO()
    gradient = Image.linear_gradient("L").resize((256, 144)).rotate(number)
    Image.merge("RGB", (gradient, gradient.point(lambda value: value * number // 251), gradient)).save(data, "JPEG")
    return data.getvalue()
