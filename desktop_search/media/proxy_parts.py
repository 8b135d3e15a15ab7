"""A proxy as it is written: into one file, or from cut to cut into several when one would be too large."""

from __future__ import annotations

import shutil
from collections import deque
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.frame import VideoFrame

from desktop_search.core.errors import DiskFull, FileProblem
from desktop_search.core.language import _
from desktop_search.core.proxy_look import Look
from desktop_search.media.cut_watch import CutWatch
from desktop_search.media.opening import NO_PICTURE
from desktop_search.media.probe import MediaInfo, timebase_of
from desktop_search.media.proxy_job import MadePart, ProxyJob
from desktop_search.media.proxy_sound import SAMPLE_RATE_HZ, Mixer
from desktop_search.media.proxy_writer import PartWriter

_SPARE_BYTES = 100 * 1000**2  # never fill a disk to the last byte
_LOOK_AT_DISK_EVERY = 250  # frames
_HELD_BACK_S = 3  # what the encoder may still hold, or have borrowed, when a part ends
_INDEX_BYTES_PER_FRAME = 40
_WATCH_FROM, _CUT_FROM, _END_AT = 0.5, 0.75, 0.95  # of the room: look for cuts, end with one, end anyhow


class _Part:
    """One file that is not finished."""

    def __init__(self, path: Path, writer: PartWriter, start: Fraction) -> None:
        self.path, self.writer, self.start = path, writer, start
        self.frames = 0
        self.end_sample: int | None = None  # known once its picture is complete

    @property
    def size_bytes(self) -> int:
        return self.writer.written_bytes + self.frames * _INDEX_BYTES_PER_FRAME


class PartsWriter:
    """Takes frames in order and packets of sound as they come. Leaving the block early abandons what is open."""

    def __init__(self, job: ProxyJob, info: MediaInfo, look: Look, mixer: Mixer | None) -> None:
        self._job, self._look, self._mixer = job, look, mixer
        told = job.start_timecode
        self._timebase = info.timebase if info.start_timecode else timebase_of(info.rate, told) if told else None
        held_bytes = look.expected_bytes(_HELD_BACK_S * 1000, has_sound=mixer is not None)
        self._room_bytes = max(job.max_bytes // 2, job.max_bytes - held_bytes)
        self._open: deque[_Part] = deque()  # the last one gets frames; those before it still wait for their sound
        self._made: list[MadePart] = []
        self._cuts = CutWatch()
        self._frames, self._last_at = 0, Fraction(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        for part in self._open:
            part.writer.abandon()

    def hear(self, packet: Packet[AudioStream]) -> None:
        """Take a packet of sound."""
        if self._mixer is not None:
            self._mixer.add(packet)

    def show(self, frame: VideoFrame, at: Fraction, tolerance: Fraction) -> None:
        """Take the next frame, `at` seconds after the first; `tolerance` as in `PartWriter.picture`."""
        if not self._open:
            self._begin(Fraction(0))
        elif self._ends_before(frame):
            self._open[-1].end_sample = _sample(at)
            self._begin(at)
        part = self._open[-1]
        begins = part.frames == 0
        part.writer.picture(frame, Fraction(0) if begins else at - part.start, tolerance)
        part.frames += 1
        self._frames, self._last_at = self._frames + 1, at
        if self._frames % _LOOK_AT_DISK_EVERY == 0:
            check_room(self._job.folder, 0)
        self._write_sound(_sample(at), rest=False)

    def finish(self) -> tuple[MadePart, ...]:
        """Complete all files. Raises `FileProblem` when there was no frame, or a file got too large."""
        if not self._open:
            raise FileProblem(NO_PICTURE, hint=_("Try to open it in another player."))
        end = self._last_at + 1 / self._look.rate
        self._open[-1].end_sample = _sample(end)
        self._write_sound(_sample(end), rest=True)
        ends = [*(part.start_ms for part in self._made[1:]), round(end * 1000)]
        return tuple(MadePart(part.path, part.start_ms, last) for part, last in zip(self._made, ends, strict=True))

    def _begin(self, at: Fraction) -> None:
        path = self._job.folder / f"{len(self._made) + len(self._open) + 1}.mp4"
        timecode = self._timebase.format(round(at * 1000)) if self._timebase else ""
        writer = PartWriter(path, self._look, timecode, has_sound=self._mixer is not None)
        self._open.append(_Part(path, writer, at))

    def _ends_before(self, frame: VideoFrame) -> bool:
        filled = self._open[-1].size_bytes / self._room_bytes
        if filled < _WATCH_FROM:
            return False
        is_cut = self._cuts.begins_shot(frame)
        return filled >= _END_AT or (is_cut and filled >= _CUT_FROM)

    def _write_sound(self, until: int, *, rest: bool) -> None:
        """Hand out the sound up to sample `until`, and finish the files that have all of theirs."""
        while self._open:
            part = self._open[0]
            limit = until if part.end_sample is None else part.end_sample
            if self._mixer is not None:
                part.writer.sound(self._mixer.take(limit, rest=rest))
            complete = self._mixer is None or self._mixer.taken == part.end_sample
            if part.end_sample is None or not complete:
                return
            self._finish(self._open.popleft())

    def _finish(self, part: _Part) -> None:
        part.writer.finish()
        if part.path.stat().st_size > self._job.max_bytes:
            raise FileProblem(_("No proxy of this video could be made that is small enough for the library."))
        self._made.append(MadePart(part.path, round(part.start * 1000), 0))


def check_room(folder: Path, needed_bytes: int) -> None:
    """Raises `DiskFull` where the disk of `folder` has no room for so much more, and something to spare."""
    if shutil.disk_usage(folder).free < needed_bytes + _SPARE_BYTES:
        raise disk_full(folder)


def disk_full(folder: Path, details: str = "") -> DiskFull:
    """The error for a disk without room for a proxy."""
    return DiskFull(
        _("There is not enough room on the disk for a proxy of this video."),
        hint=_("Free some space on the disk of {folder}.").format(folder=folder),
        details=details,
    )


def _sample(at: Fraction) -> int:
    return round(at * SAMPLE_RATE_HZ)
