"""Small pictures of clips on this computer: a strip over a hit, and a sheet of stills over a whole clip."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from desktop_search.core.errors import NotFound
from desktop_search.core.hits import Hit
from desktop_search.core.language import _
from desktop_search.core.sheet_times import sheet_times
from desktop_search.core.token import CancelToken
from desktop_search.media.frames import as_jpeg
from desktop_search.media.probe import probe
from desktop_search.media.stills import Still, stills
from desktop_search.transfers.downloads import FootageFiles

STRIP_STILLS = 16
SHEET_STILLS = 60
_STRIP_SIDE_PX, _SHEET_SIDE_PX = 256, 320
_EXACT_UP_TO_MS = 60_000  # of a longer hit, and of a longer clip, frames that are quick to find are near enough
_SHEET_STEP_MS = 500


@dataclass(frozen=True, slots=True)
class SheetStill:
    """One picture of a sheet as JPEG: when its frame begins, in ms, as the times of hits in the clip count."""

    at_ms: int
    jpeg: bytes


class ClipPictures:
    """Never fetches a clip: what is not on this computer has none. Safe from any thread; kept in the bounded cache.

    Methods raise `NotFound` where the clip is not here, `FileProblem`, `Cancelled`.
    """

    def __init__(self, files: FootageFiles) -> None:
        self._files, self._kept = files, files.pictures

    def strip(self, hit: Hit, token: CancelToken) -> bytes:
        """`STRIP_STILLS` frames from in to out, side by side and equally wide, as one JPEG."""
        place = self._kept.place(*hit.clip, "strip", str(hit.start_ms), str(hit.out_ms), suffix=".jpg")
        data = self._kept.read(place)
        if data is None:
            data = as_jpeg(_side_by_side(list(self._strip_pictures(hit, token))))
            self._kept.write(place, data)
        return data

    def sheet(
        self,
        hit: Hit,
        shots_ms: Sequence[int],
        token: CancelToken,
        report: Callable[[tuple[SheetStill, int]], None],
    ) -> None:
        """Stills over the whole clip in order, each by `report((still, how many at most))`.

        Each shot begins with one, as far as `shots_ms` knows them, in the time of the hit. At most `SHEET_STILLS`,
        whatever the length; each frame once.
        """
        path = self._path(hit)
        begins_ms = hit.start_ms - self._files.in_file(hit, path).start_ms
        length_ms = max(1, probe(path, allow_cut=True).duration_ms)
        starts = [start - begins_ms for start in shots_ms]
        times = sheet_times(length_ms, starts, SHEET_STILLS, _SHEET_STEP_MS)
        places = [self._sheet_place(hit, path, at_ms, begins_shot=at_ms in starts) for at_ms in times]
        kept = [self._kept.read(place) for place in places]
        missing = [at_ms for at_ms, data in zip(times, kept, strict=True) if data is None]
        is_exact = length_ms <= _EXACT_UP_TO_MS
        fresh = stills(path, missing, _SHEET_SIDE_PX, token, is_exact=is_exact, near_ms=starts)
        last_ms = -1
        for place, data in zip(places, kept, strict=True):
            token.check()
            still = _read(data) if data is not None else _written(next(fresh))
            if data is None:
                self._kept.write(place, still.jpeg)
            if still.at_ms > last_ms:
                report((replace(still, at_ms=still.at_ms + begins_ms), len(times)))
                last_ms = still.at_ms

    def _sheet_place(self, hit: Hit, path: Path, at_ms: int, *, begins_shot: bool) -> Path:
        return self._kept.place(*hit.clip, "sheet", str(path), str(at_ms), str(begins_shot), suffix=".jpg")

    def _strip_pictures(self, hit: Hit, token: CancelToken) -> Iterator[Image.Image]:
        path = self._path(hit)
        there = self._files.in_file(hit, path)
        length_ms = there.out_ms - there.start_ms
        times = [there.start_ms + length_ms * number // STRIP_STILLS for number in range(STRIP_STILLS)]
        for still in stills(path, times, _STRIP_SIDE_PX, token, is_exact=length_ms <= _EXACT_UP_TO_MS):
            yield still.picture

    def _path(self, hit: Hit) -> Path:
        path = self._files.path_here(hit)
        if path is None:
            raise NotFound(_("This clip is not on this computer."), hint=_("Play it once, then it is fetched."))
        return path


def _side_by_side(pictures: Sequence[Image.Image]) -> Image.Image:
    width, height = pictures[0].size
    strip = Image.new("RGB", (width * len(pictures), height))
    for number, picture in enumerate(pictures):
        strip.paste(picture, (number * width, 0))
    return strip


def _written(still: Still) -> SheetStill:
    """The time goes into the picture's comment, so that it is kept with it."""
    data = io.BytesIO()
    still.picture.save(data, "JPEG", quality=85, comment=str(still.at_ms).encode("ascii"))
    return SheetStill(still.at_ms, data.getvalue())


def _read(jpeg: bytes) -> SheetStill:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return SheetStill(int(picture.info.get("comment", b"0")), jpeg)
