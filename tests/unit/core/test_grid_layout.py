"""Where the cells of a grid stand, beside working it out row by row."""

from __future__ import annotations

import random

import pytest

from desktop_search.core.grid_layout import Box, GridLayout

CELL, HEADING_PX = (100, 80), 30


def grid(rows: int, headings: tuple[int, ...] = (), width_px: int = 350) -> GridLayout:
    return GridLayout(rows, headings, width_px=width_px, cell=CELL, heading_px=HEADING_PX)


def boxes_one_by_one(rows: int, headings: tuple[int, ...], width_px: int) -> list[Box]:
    """As one who reads does: from left to right, a heading in a line of its own."""
    found, left, top, width = [], 0, 0, CELL[0]
    for row in range(rows):
        if row in headings:
            top += CELL[1] if left else 0
            found.append(Box(0, top, width_px, HEADING_PX))
            left, top = 0, top + HEADING_PX
            continue
        if left and left + width > width_px:
            left, top = 0, top + CELL[1]
        found.append(Box(left, top, *CELL))
        left += width
    return found


@pytest.mark.parametrize("seed", range(30))
def test_every_cell_is_where_reading_would_put_it_and_is_found_there(seed: int) -> None:
    chance = random.Random(seed)
    rows, width_px = chance.randrange(1, 60), chance.randrange(60, 700)
    several = sorted({0, *(chance.randrange(rows) for _ in range(chance.randrange(8)))})
    headings = tuple(several) if chance.random() < 0.7 else ()
    layout, boxes = grid(rows, headings, width_px), boxes_one_by_one(rows, headings, width_px)
    assert [layout.box(row) for row in range(rows)] == boxes
    assert layout.height_px == max(box.top + box.height for box in boxes)
    assert [row for row in range(rows) if layout.is_heading(row)] == list(headings)
    for row, box in enumerate(boxes):
        inside = min(box.left + box.width // 2, width_px - 1), box.top + box.height // 2
        assert layout.row_at(*inside) == layout.nearest(*inside) == row
    top = chance.randrange(layout.height_px)
    seen = {row for row, box in enumerate(boxes) if box.top < top + 200 and box.top + box.height > top}
    assert seen <= set(layout.between(top, top + 200))


def test_nothing_is_beside_and_below_the_cells() -> None:
    layout = grid(4)
    assert [layout.row_at(*place) for place in ((-1, 0), (310, 0), (340, 10), (150, 90), (0, 160), (0, -1))] == [-1] * 6
    assert [layout.nearest(*place) for place in ((310, 0), (150, 90), (0, 900), (-5, -5))] == [2, 3, 3, 0]
    assert (grid(0).height_px, grid(0).nearest(5, 5), grid(0).row_at(5, 5), list(grid(0).between(0, 99))) == (
        0,
        -1,
        -1,
        [],
    )


def test_keys_go_from_cell_to_cell_over_headings() -> None:
    layout = grid(9, (0, 5))  # 1 2 3 / 4 // 6 7 8
    assert [layout.below(row, 1) for row in (1, 2, 4, 6, 8)] == [4, 4, 6, 6, 8]
    assert [layout.below(row, -1) for row in (1, 4, 6, 7, 8)] == [1, 1, 4, 4, 4]
    assert [layout.below(1, 2), layout.below(8, -9), layout.below(2, 9)] == [6, 1, 6]
    assert [layout.beside(-1, 1), layout.beside(4, 1), layout.beside(6, -1), layout.beside(1, -1)] == [1, 6, 4, 1]
    assert [layout.beside(8, 1), layout.beside(9, -1), grid(0).beside(-1, 1)] == [8, 8, -1]
