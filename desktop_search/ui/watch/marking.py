"""The marked range of each clip, and the chosen hit with its handles."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_search.core.handles import Handles
from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase

Range = tuple[int | None, int | None]
_OPEN: Range = (None, None)


class Marking(QObject):
    """Ranges are kept for each file as long as the program runs. Times in ms.

    Signals:
        changed(): another range, hit or clip.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ranges: dict[Path, Range] = {}
        self._path: Path | None = None
        self._timebase = Timebase()
        self._handles = Handles()
        self._duration_ms = 0
        self._hit: tuple[int, int] | None = None

    @property
    def range(self) -> Range:
        """In and out of the clip that is shown."""
        return self._ranges.get(self._path, _OPEN) if self._path is not None else _OPEN

    @property
    def hit(self) -> tuple[int, int] | None:
        """From where to where the chosen hit is."""
        return self._hit

    @property
    def hit_with_handles(self) -> tuple[int, int] | None:
        """The chosen hit, widened by its handles and bounded by the clip."""
        return self._handles.around(*self._hit, self._timebase, self._duration_ms) if self._hit is not None else None

    @property
    def handles(self) -> Handles:
        """What is taken along before and after a hit."""
        return self._handles

    @property
    def text(self) -> str:
        """The range in timecode, "" where nothing is marked."""
        ends = zip((_("In"), _("Out")), self.range, strict=True)
        return "   ".join(f"{word} {self._timebase.format(at)}" for word, at in ends if at is not None)

    @property
    def length_text(self) -> str:
        """How long the marked range is, else the clip; "" while that is not known."""
        start_ms, end_ms = self.range
        end_ms = self._duration_ms if end_ms is None else end_ms
        if self._path is None or not end_ms:
            return ""
        length = self._timebase.length(start_ms or 0, end_ms)
        return length if self.range == _OPEN else _("{length} marked").format(length=length)

    def choose(self, path: Path, timebase: Timebase, hit: tuple[int, int]) -> None:
        """A hit of this file is what is marked from now on."""
        if path != self._path:
            self._duration_ms = 0
        self._path, self._timebase, self._hit = path, timebase, hit
        self.changed.emit()

    def leave(self) -> None:
        """No clip is shown."""
        self._path = self._hit = None
        self.changed.emit()

    def set_handles(self, handles: Handles) -> None:
        """What is taken along before and after a hit."""
        self._handles = handles
        self.changed.emit()

    def set_duration(self, duration_ms: int) -> None:
        """How long the clip is; 0 when unknown."""
        self._duration_ms = duration_ms
        self.changed.emit()

    def mark(self, end: int, at_ms: int) -> None:
        """Set in (0) or out (1); an end on the wrong side of the other takes its place."""
        other = self.range[1 - end]
        if other is not None and (at_ms > other if end == 0 else at_ms < other):
            other = None
        self.set_range(*((at_ms, other) if end == 0 else (other, at_ms)))

    def set_range(self, in_ms: int | None, out_ms: int | None) -> None:
        """Both ends at once; `None` for an open one."""
        if self._path is not None:
            self._ranges[self._path] = in_ms, out_ms
            self.changed.emit()

    def mark_hit(self) -> None:
        """In and out around the chosen hit, with its handles."""
        if self.hit_with_handles is not None:
            self.set_range(*self.hit_with_handles)

    def clear(self) -> None:
        """Nothing is marked in this clip."""
        self.set_range(*_OPEN)
