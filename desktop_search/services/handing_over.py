"""Selects as a file for another program: looked at first, written whole or not at all, then read back and proved."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from desktop_search.core.errors import AppError, DiskFull, FileProblem
from desktop_search.core.handing_over import Arrangement, Form, HandedOver, Progress, Stage
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import Select
from desktop_search.core.timeline import SourceClip, Timeline, TimelineEvent, counting_like, problems_of
from desktop_search.core.token import CancelToken
from desktop_search.handoff import forms
from desktop_search.handoff.verifying import proved
from desktop_search.media.source_clip import KnownClips

Report = Callable[[Progress], object]
_MOST_SAID = 20


class NothingWritten(AppError):
    """Some selects cannot be handed over. `details` has a line for each."""


class HandOver:
    """Safe from any thread; every method may take long."""

    def __init__(self, clips: KnownClips | None = None, is_arriving: Callable[[Path], bool] = lambda _: False) -> None:
        """`is_arriving` tells whether a file is still being fetched."""
        self._clips, self._is_arriving = clips or KnownClips(), is_arriving

    def export(
        self,
        selects: Sequence[Select],
        form: Form,
        target: Path,
        token: CancelToken,
        report: Report,
        arrangement: Arrangement = Arrangement.TIMELINE,
    ) -> HandedOver:
        """Write them, and say on the way how far it is.

        Raises `NothingWritten` before anything is written, where a file is gone or a range makes no sense;
        `FileProblem` and `DiskFull` where the target cannot be written; `Cancelled`. What was there before stays
        whole until the new file is.
        """
        events = self.events_of(selects, token, report)
        timeline = Timeline(target.stem, counting_like(events), events)
        with written_whole(target) as fresh:
            forms.write(timeline, form, fresh, arrangement)
            read = forms.read_back(timeline, form, fresh, arrangement)
            token.check()
        if read is None:
            said = ngettext("{count} entry written", "{count} entries written", len(events))
            return HandedOver(target, len(events), said)
        proof = proved(timeline, read, self._clips.of, arrangement)
        return HandedOver(target, len(events), str(proof), proof.problems)

    def events_of(self, selects: Sequence[Select], token: CancelToken, report: Report) -> tuple[TimelineEvent, ...]:
        """The selects in frames of their clips. Raises `Cancelled`, and `NothingWritten` naming all that cannot be."""
        if not selects:
            raise NothingWritten(_("There is nothing to export."), hint=_("Choose some ranges first."))
        paths = (one.path for one in selects if one.path is not None and not self._is_arriving(one.path))
        clips = self._clips.of_all(paths, token, lambda seen: report(Progress(Stage.LOOKING, *seen)))
        events, problems = list[TimelineEvent](), list[str]()
        for number, select in enumerate(selects, 1):
            clip = self._clip(select, clips)
            if isinstance(clip, SourceClip):
                event = event_of(select, clip)
                said = " ".join(problems_of(event))
                events.append(event)
            else:
                said = clip
            if said:
                problems.append(f"{number} ({select.name}): {said}")
        if problems:
            words = _("{bad} of {all} ranges cannot be handed over; nothing was written.")
            raise NothingWritten(
                words.format(bad=len(problems), all=len(selects)),
                hint=_("Take them out, or mend them, then export again."),
                details="\n".join(problems[:_MOST_SAID]),
            )
        return tuple(events)

    def _clip(self, select: Select, clips: Mapping[Path, SourceClip | FileProblem]) -> SourceClip | str:
        """The clip, or why there is none."""
        if select.path is None:
            return _("It is in the library alone; its file is not on this computer.")
        if self._is_arriving(select.path):
            return _("Its file is still being fetched; export again when it is here.")
        clip = clips[select.path]
        return f"{clip.message} ({select.path})" if isinstance(clip, FileProblem) else clip


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


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A place beside `target` to write to; what is there at the end of the block takes the place of what was before.

    Raises `FileProblem` and `DiskFull`; then, and for errors inside of the block, nothing is changed.
    """
    fresh = target.with_name(f".{uuid4().hex[:12]}{target.suffix}")
    try:
        yield fresh
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        raise _not_written(error, target) from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _not_written(error: OSError, target: Path) -> AppError:
    """Why a file could not be written, in words."""
    name = target.name
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        said = _("There is no room left for “{name}”.").format(name=name)
        return DiskFull(said, hint=_("Free some space, or choose another disk."))
    said = _("“{name}” could not be written: {reason}.").format(name=name, reason=reason_of(error))
    return FileProblem(said, hint=_("Choose another folder."))
