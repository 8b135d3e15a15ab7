"""Selects as a file for another program: looked at first, written whole or not at all, then read back and proved."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from desktop_search.core.errors import AppError, DiskFull, FileProblem
from desktop_search.core.handing_over import Form, HandedOver
from desktop_search.core.selects import Select
from desktop_search.core.timeline import SourceClip, Timeline, TimelineEvent, counting_like, problems_of
from desktop_search.core.token import CancelToken
from desktop_search.handoff import forms
from desktop_search.handoff.verifying import proved
from desktop_search.media.source_clip import source_clip

Report = Callable[[tuple[int, int]], object]
_MOST_SAID = 20


class NothingWritten(AppError):
    """Some selects cannot be handed over. `details` has a line for each."""


class HandOver:
    """Safe from any thread; every method may take long.

    Args:
        clip_of: looks into a file of footage. Raises `FileProblem`.
    """

    def __init__(self, clip_of: Callable[[Path], SourceClip] = source_clip) -> None:
        self._clip_of = clip_of

    def export(
        self, selects: Sequence[Select], form: Form, target: Path, token: CancelToken, report: Report
    ) -> HandedOver:
        """Write them, one after the other, with `report((looked at, all))` on the way.

        Raises `NothingWritten` before anything is written, where a file is gone or a range makes no sense;
        `FileProblem` and `DiskFull` where the target cannot be written; `Cancelled`. What was there before stays
        whole until the new file is.
        """
        if not selects:
            raise NothingWritten("There is nothing to export.", hint="Choose some ranges first.")
        events = self._events(selects, token, report)
        timeline = Timeline(target.stem, counting_like(events), events)
        fresh = target.with_name(f".{uuid4().hex[:12]}{form.suffix}")
        try:
            forms.write(timeline, form, fresh)
            read = forms.read_back(timeline, form, fresh)
            token.check()
            _settle(fresh, target)
        except OSError as error:
            raise _not_written(error, target) from None
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        if read is None:
            return HandedOver(target, len(events), f"{len(events)} entries written")
        proof = proved(timeline, read, self._clip_of)
        return HandedOver(target, len(events), str(proof), proof.problems)

    def _events(self, selects: Sequence[Select], token: CancelToken, report: Report) -> tuple[TimelineEvent, ...]:
        clips: dict[Path, SourceClip | str] = {}
        events, problems = list[TimelineEvent](), list[str]()
        for number, select in enumerate(selects, 1):
            token.check()
            clip = self._clip(select, clips)
            if isinstance(clip, SourceClip):
                event = event_of(select, clip)
                said = " ".join(problems_of(event))
                events.append(event)
            else:
                said = clip
            if said:
                problems.append(f"{number} ({select.name}): {said}")
            report((number, len(selects)))
        if problems:
            raise NothingWritten(
                f"{len(problems)} of {len(selects)} ranges cannot be handed over; nothing was written.",
                hint="Take them out, or mend them, then export again.",
                details="\n".join(problems[:_MOST_SAID]),
            )
        return tuple(events)

    def _clip(self, select: Select, clips: dict[Path, SourceClip | str]) -> SourceClip | str:
        """The clip, or why there is none."""
        if select.path is None:
            return "It is in the library alone; its file is not on this computer."
        if select.path not in clips:
            try:
                clips[select.path] = self._clip_of(select.path)
            except FileProblem as error:
                clips[select.path] = f"{error.message} ({select.path})"
        return clips[select.path]


def event_of(select: Select, clip: SourceClip) -> TimelineEvent:
    """The select in frames of its clip: from the frame on screen at its in point, up to the one at its out point."""
    base = clip.timebase
    return TimelineEvent(
        clip,
        base.frame_at(select.start_ms),
        base.frame_at(select.end_ms),
        select.note,
        select.rating,
        select.colour,
        select.tags,
    )


def _settle(fresh: Path, target: Path) -> None:
    """Onto the disk, then into the place of what was there."""
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(target)


def _not_written(error: OSError, target: Path) -> AppError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"There is no room left for “{target.name}”.", hint="Free some space, or choose another disk.")
    reason = error.strerror or str(error)
    return FileProblem(f"“{target.name}” could not be written: {reason}.", hint="Choose another folder.")
