"""Ranges as files of their own, made while they are dragged out of the program."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_search.core.cutting import Cut, CutClip, CutJob
from desktop_search.core.errors import FileProblem
from desktop_search.core.footage_range import FootageRange
from desktop_search.core.known_texts import reason_of
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.media.cutting import cut_clip, suffix_of

MakeCut = Callable[[CutJob, CancelToken, Callable[[int], None]], CutClip]
_STEM_MAX_CHARS = 80


class DraggedClips:
    """Copies ranges at key frames, into a folder that stays: other programs go on using the files.

    Args:
        look: how a file of footage counts, and how long it is. Raises `FileProblem`.
    """

    def __init__(self, folder: Path, look: Callable[[Path], tuple[Timebase, int]], make: MakeCut = cut_clip) -> None:
        self._folder, self._look, self._make = folder, look, make

    def make(
        self, ranges: Sequence[FootageRange], token: CancelToken, report: Callable[[tuple[int, int]], object]
    ) -> tuple[Path, ...]:
        """A file for each range, in their order, with `report((made, all))` on the way.

        What was made before is not made again. Raises `FileProblem`, `DiskFull`, `Cancelled`.
        """
        made: list[Path] = []
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileProblem(reason_of(error), details=str(self._folder)) from error
        for each in ranges:
            token.check()
            report((len(made), len(ranges)))
            target = self._target(each)
            if not target.is_file():
                job = CutJob(each.path, target, each.start_ms, each.end_ms, Cut.COPY)
                target = self._make(job, token, lambda _permille: None).path
            made.append(target)
        return tuple(made)

    def _target(self, each: FootageRange) -> Path:
        """Named by its clip and its timecode, and by a sign of which file and range it is."""
        base = self._look(each.path)[0]
        key = f"{each.path.stat().st_size}:{each.path.stat().st_mtime_ns}:{each.start_ms}:{each.end_ms}"
        sign = hashlib.blake2b(os.fsencode(each.path) + key.encode(), digest_size=3).hexdigest()
        times = base.format(each.start_ms).replace(":", ".").replace(";", ".")
        return self._folder / f"{each.path.stem[:_STEM_MAX_CHARS]} {times} {sign}{suffix_of(each.path, Cut.COPY)}"
