"""Selects handed to an editing program that runs on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_search.core.editors import EditorEvent
from desktop_search.core.errors import FileProblem
from desktop_search.core.handing_over import Arrangement, HandedOver, Progress, Stage
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import Select
from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import TimelineEvent, counting_like
from desktop_search.core.token import CancelToken
from desktop_search.handoff.resolve import EditorUnavailable, ResolveJob, find_resolve, hand_to_resolve
from desktop_search.handoff.words import clip_name, plain
from desktop_search.media.child_work import run_in_child
from desktop_search.services.handing_over import HandOver, Report

_STALL_LIMIT_S = 60.0


class ToEditor:
    """Safe from any thread; may take long."""

    def __init__(self, hand_over: HandOver) -> None:
        self._hand_over = hand_over

    def export(
        self, selects: Sequence[Select], arrangement: Arrangement, title: str, token: CancelToken, report: Report
    ) -> HandedOver:
        """Put them at the end of the timeline that is open there, or as markers on their clips.

        Raises `NothingWritten`, `EditorUnavailable` with what to do about it, `Cancelled`.
        """
        scripting, library = find_resolve()
        events = self._hand_over.events_of(selects, token, report)
        base = counting_like(events)
        on_sources = arrangement is Arrangement.SOURCES
        job = ResolveJob(scripting, library, title, tuple(_event(each, base) for each in events), on_sources)

        def tell(permille: int) -> None:
            report(Progress(Stage.CLIPS, permille * len(events) // 1000, len(events)))

        try:
            problems = run_in_child(hand_to_resolve, job, token, tell, stall_limit_s=_STALL_LIMIT_S)
        except FileProblem as error:  # the process ended, or got stuck
            said = _("DaVinci Resolve broke off.")
            raise EditorUnavailable(said, hint=_("Look at its timeline."), details=error.details) from error
        exact = len(events) - len(problems)
        said = ngettext(
            "{exact} of {count} range is in DaVinci Resolve",
            "{exact} of {count} ranges are in DaVinci Resolve",
            len(events),
            exact=exact,
        )
        return HandedOver(Path("DaVinci Resolve"), len(events), said, problems)


def _event(event: TimelineEvent, timeline: Timebase) -> EditorEvent:
    clip = event.clip
    return EditorEvent(
        str(clip.path),
        clip_name(clip.path),
        event.in_frame,
        event.out_frame,
        plain(event.note),
        event.colour,
        clip.timebase.rate == timeline.rate,
    )
