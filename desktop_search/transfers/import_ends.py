"""When an import is over, and what is then said of it: a task of the service has no state (contract §9.3)."""

from __future__ import annotations

from dataclasses import replace

from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportState
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.tasks import TaskReport, TaskState
from desktop_search.transfers.polling import FAILED, GONE

QUIET_MS = 2 * 60 * 60 * 1000  # posts that cannot be fetched simply never appear; after this long nobody waits for them
_MISSING_LIMIT = 3
_CAUSES_MAX = 3
_TASK_ENDS = frozenset({TaskState.DONE, TaskState.FAILED})


def after_look(item: ImportItem, seen: TaskReport | None, now_ms: int, missed: int) -> ImportItem:
    """The row after the library was asked how far it is, `missed` times in a row in vain (`seen` is then `None`)."""
    if seen is None:
        if missed < _MISSING_LIMIT:
            return item
        return replace(item, state=ImportState.FAILED, cause=GONE, changed_ms=now_ms)
    videos = tuple(map(ImportedVideo.of, seen.videos))
    fresh = replace(item, videos=videos, fetch_permille=seen.fetch_permille, cause="")
    if fresh.videos != item.videos or fresh.fetch_permille != item.fetch_permille:
        fresh = replace(fresh, changed_ms=now_ms)
    if not _is_over(fresh, seen, now_ms):
        return fresh
    nothing_came = not fresh.count(Readiness.SEARCHABLE)
    state = ImportState.FAILED if nothing_came else ImportState.DONE
    return replace(fresh, state=state, cause=_cause(fresh, seen), fetch_permille=None, changed_ms=now_ms)


def newly_searchable(item: ImportItem, seen: TaskReport) -> tuple[VideoRecord, ...]:
    """The videos that have become searchable since the row was stored; each is among them once."""
    known = {video.video_no for video in item.videos if video.readiness is Readiness.SEARCHABLE}
    return tuple(
        video for video in seen.videos if video.readiness is Readiness.SEARCHABLE and video.video_no not in known
    )


def _is_over(item: ImportItem, seen: TaskReport, now_ms: int) -> bool:
    if item.count(Readiness.WORKING):
        return False
    if seen.state is not TaskState.UNKNOWN:
        return seen.state in _TASK_ENDS
    return len(item.videos) >= item.wish.expected or now_ms - item.changed_ms >= QUIET_MS


def _cause(item: ImportItem, seen: TaskReport) -> str:
    """What did not come, and why as far as the library says it."""
    causes = [f"{failure.address}: {failure.cause}" for failure in seen.failures]
    causes += [f"{video.name}: {video.cause or FAILED}" for video in item.videos if video.readiness is Readiness.FAILED]
    if item.wish.kind is ImportKind.VIDEO and item.videos:
        return item.videos[0].cause or (FAILED if causes else "")
    missing = item.wish.expected - len(item.videos) - len(seen.failures)
    if missing > 0 and item.wish.kind is ImportKind.POSTS:
        words = _("{count} of {all} posts did not come; the library does not say why.")
        causes.append(words.format(count=number(missing), all=number(item.wish.expected)))
    if not causes and not item.videos:
        return _("The library found no posts there.")
    more = len(causes) - _CAUSES_MAX
    return "\n".join(
        [*causes[:_CAUSES_MAX], *([ngettext("and {count} more", "and {count} more", more)] if more > 0 else [])]
    )
