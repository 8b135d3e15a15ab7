"""Which pictures look nearly the same, found off the GUI thread as they arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report

LANE = "looks"
_ACROSS, _DOWN = 8, 8
_STEP = 3  # of 255; smaller differences of brightness are noise
_LEAST_CONTRAST = 24  # of 255; black, white and fades look like one another, whatever they are of
_BITS_APART, _COLOURS_APART = 5, 18
_BANDS, _BAND_BITS = 6, 11  # of six bands one is the same where no more than five bits differ
_SETTLE_MS = 300


@dataclass(frozen=True, slots=True)
class Look:
    """How a small picture looks: where it gets brighter from left to right (dHash), and the colours of its quarters."""

    bits: int
    colours: tuple[int, ...]

    def is_like(self, other: Look) -> bool:
        """Whether nobody would want to see both."""
        if (self.bits ^ other.bits).bit_count() > _BITS_APART:
            return False
        return all(abs(a - b) <= _COLOURS_APART for a, b in zip(self.colours, other.colours, strict=True))


def look_of(image: QImage) -> Look | None:
    """The look of a picture; `None` of one that shows next to nothing, such as a black first frame. From any thread."""
    if image.isNull():
        return None
    small = image.scaled(
        _ACROSS + 1, _DOWN, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB888)
    data, stride = bytes(small.constBits()), small.bytesPerLine()
    rows = [[data[y * stride + 3 * x : y * stride + 3 * x + 3] for x in range(_ACROSS + 1)] for y in range(_DOWN)]
    grey = [[(299 * red + 587 * green + 114 * blue) // 1000 for red, green, blue in row] for row in rows]
    levels = [value for row in grey for value in row]
    if max(levels) - min(levels) < _LEAST_CONTRAST:
        return None
    bits = 0
    for row in grey:
        for left, right in pairwise(row):
            bits = bits << 1 | (right - left > _STEP)
    return Look(bits, tuple(_quarters(rows)))


def _quarters(rows: list[list[bytes]]) -> Iterator[int]:
    for part in (rows[: _DOWN // 2], rows[_DOWN // 2 :]):
        for columns in (slice(0, _ACROSS // 2), slice(_ACROSS // 2, None)):
            pixels = [pixel for row in part for pixel in row[columns]]
            yield from (sum(pixel[channel] for pixel in pixels) // len(pixels) for channel in range(3))


class LookGroups:
    """Puts looks into groups, each told by its first. Used by one thread at a time."""

    def __init__(self) -> None:
        self._firsts: list[Look] = []
        self._members: list[set[Hashable]] = []
        self._group_of: dict[Hashable, int] = {}
        self._by_band: dict[tuple[int, int], list[int]] = defaultdict(list)

    def put(self, key: Hashable, look: Look) -> tuple[int, bool]:
        """The group of a picture, and whether others are in it. A picture has one look: its latest."""
        if (before := self._group_of.get(key)) is not None:
            self._members[before].discard(key)
        group = next((each for each in self._near(look) if self._firsts[each].is_like(look)), None)
        if group is None:
            group = len(self._firsts)
            self._firsts.append(look)
            self._members.append(set())
            for band in _bands(look):
                self._by_band[band].append(group)
        self._members[group].add(key)
        self._group_of[key] = group
        return group, len(self._members[group]) > 1

    def _near(self, look: Look) -> Iterator[int]:
        return (group for band in _bands(look) for group in self._by_band[band])


def _bands(look: Look) -> Iterator[tuple[int, int]]:
    return ((band, look.bits >> band * _BAND_BITS & (1 << _BAND_BITS) - 1) for band in range(_BANDS))


class LookSorter(QObject):
    """Finds the groups of the pictures it is shown, one answer at a time.

    Signals:
        grouped(): pictures that were seen lately look like others; told once they have stopped coming for a moment.
    """

    grouped = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.groups: dict[Hashable, int] = {}
        self._seen: dict[Hashable, int] = {}
        self._sorter = LookGroups()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.grouped)

    def begin(self) -> None:
        """Another answer: what was seen before is forgotten."""
        self._runner.cancel_lane(LANE)
        self.groups, self._seen, self._sorter = {}, {}, LookGroups()
        self._timer.stop()

    def see(self, key: Hashable, image: QImage) -> None:
        """Look at a picture, unless it is the one that was looked at before."""
        if self._seen.get(key) == image.cacheKey():
            return
        self._seen[key] = image.cacheKey()
        self._runner.start(
            partial(_grouped, self._sorter, key, image), lane=LANE, done=partial(self._on_grouped, self._sorter, key)
        )

    def _on_grouped(self, sorter: LookGroups, key: Hashable, result: tuple[int, bool] | None) -> None:
        if result is None or sorter is not self._sorter:
            return
        group, is_shared = result
        if self.groups.get(key) != group:
            self.groups[key] = group
            if is_shared:
                self._timer.start()


def _grouped(
    sorter: LookGroups, key: Hashable, image: QImage, _token: CancelToken, _report: Report
) -> tuple[int, bool] | None:
    look = look_of(image)
    return None if look is None else sorter.put(key, look)
