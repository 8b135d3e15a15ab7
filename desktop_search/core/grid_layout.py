"""Where the cells of a grid stand: all of one size, in lines, under headings that have a line of their own. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in pixels from the top left of the grid."""

    left: int
    top: int
    width: int
    height: int


class GridLayout:
    """Rows by number, of which some are headings. What it works out grows with the headings, not with the rows.

    Args:
        rows: how many there are, headings among them.
        headings: the rows that are headings, in order; where there are any, the first row is one.
        width_px: of the grid; the cells share it, as many in a line as fit.
        cell: width and height of a cell.
    """

    def __init__(
        self, rows: int, headings: Sequence[int], *, width_px: int, cell: tuple[int, int], heading_px: int
    ) -> None:
        self.rows, self.columns = rows, max(1, width_px // cell[0])
        self._width_px, self._cell, self._heading_px = width_px, cell, heading_px if headings else 0
        self._lead = 1 if headings else 0  # rows of a section before its first cell
        self._first = list(headings) or [0]
        self._tops: list[int] = []
        top = 0
        for first, end in zip(self._first, [*self._first[1:], rows], strict=True):
            self._tops.append(top)
            lines = -(-(end - first - self._lead) // self.columns)
            top += self._heading_px + lines * cell[1]
        self.height_px = top

    def is_heading(self, row: int) -> bool:
        """Whether a row is a heading."""
        return bool(self._lead) and row == self._first[bisect_right(self._first, row) - 1]

    def box(self, row: int) -> Box:
        """Where a row is."""
        section = bisect_right(self._first, row) - 1
        top, cell = self._tops[section], row - self._first[section] - self._lead
        if cell < 0:
            return Box(0, top, self._width_px, self._heading_px)
        line, column = divmod(cell, self.columns)
        return Box(column * self._cell[0], top + self._heading_px + line * self._cell[1], *self._cell)

    def row_at(self, x_px: int, y_px: int) -> int:
        """The row there; -1 beside and below the cells."""
        if not 0 <= y_px < self.height_px or not 0 <= x_px < self._width_px:
            return -1
        section = bisect_right(self._tops, y_px) - 1
        below = y_px - self._tops[section] - self._heading_px
        if below < 0:
            return self._first[section]
        column = x_px // self._cell[0]
        row = self._first[section] + self._lead + below // self._cell[1] * self.columns + column
        return row if column < self.columns and row < self._end(section) else -1

    def nearest(self, x_px: int, y_px: int) -> int:
        """The row there, or the last one before that place; -1 without rows."""
        if not self.rows:
            return -1
        y_px = min(max(y_px, 0), self.height_px - 1)
        section = bisect_right(self._tops, y_px) - 1
        below = y_px - self._tops[section] - self._heading_px
        if below < 0:
            return self._first[section]
        column = min(max(x_px // self._cell[0], 0), self.columns - 1)
        row = self._first[section] + self._lead + below // self._cell[1] * self.columns + column
        return min(row, self._end(section) - 1)

    def between(self, top_px: int, bottom_px: int) -> range:
        """The rows of which something can be seen between these."""
        if not self.rows:
            return range(0)
        return range(self.nearest(0, top_px), self.nearest(self._width_px, bottom_px) + 1)

    def below(self, row: int, lines: int) -> int:
        """The cell so many lines further down, or up; headings are stepped over. The row itself at the ends."""
        step = 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            box = self.box(row)
            next_top = box.top + box.height if step > 0 else box.top - 1
            while 0 <= next_top < self.height_px:
                found = self.nearest(box.left, next_top)
                if not self.is_heading(found):
                    row = found
                    break
                next_top += step * self._heading_px
            else:
                return row
        return row

    def beside(self, row: int, step: int) -> int:
        """The next cell, or the one before; the row itself at the ends."""
        found = row + step
        while 0 <= found < self.rows and self.is_heading(found):
            found += step
        return found if 0 <= found < self.rows else row

    def _end(self, section: int) -> int:
        return self._first[section + 1] if section + 1 < len(self._first) else self.rows
