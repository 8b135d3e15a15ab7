"""What the engine is doing, in one line and in detail."""

from __future__ import annotations

from desktop_search.core.engine_state import EngineState, Relinked
from desktop_search.core.language import _, ngettext, number
from desktop_search.models.upload_words import plain_line

_LEARNING = {
    "seen": _("Looking at clips again with the new model"),
    "text": _("Reading transcripts again with the new model"),
    "speech": _("Listening to clips again with the new model"),
    "caption": _("Describing clips"),
    "person": _("Looking for people in clips"),
}


def activity_words(state: EngineState) -> str:
    """One line: "Indexing 2 clips · 14 wait"; "" when there is nothing to say."""
    parts = []
    if state.paused:
        parts.append(_("Indexing is paused"))
    elif state.indexing:
        parts.append(ngettext("Indexing {count} clip", "Indexing {count} clips", len(state.indexing)))
    if state.waiting:
        parts.append(ngettext("{count} waits", "{count} wait", state.waiting))
    if not state.indexing and not state.waiting:
        parts += [
            _("{work}: {done} of {total}").format(work=_LEARNING[kind], done=number(one.done), total=number(one.total))
            for kind, one in state.learning
            if kind in _LEARNING
        ]
    if state.offline_count:
        parts.append(ngettext("{count} clip offline", "{count} clips offline", state.offline_count))
    return " · ".join(parts)


def offline_words(state: EngineState) -> str:
    """Which clips are offline and what that means; "" when there are none."""
    if not state.offline:
        return ""
    lines = [_("Still searchable, but their files are away. Connect the drive, or find them where they are now:")]
    lines += [plain_line(video.file) for video in state.offline]
    if state.offline_count > len(state.offline):
        more = state.offline_count - len(state.offline)
        lines.append(ngettext("and {count} more", "and {count} more", more))
    return "\n".join(lines)


def relinked_words(result: Relinked) -> str:
    """What came of looking for files: "2 clips were found again. 1 clip is still away." """
    said = [ngettext("{count} clip was found again.", "{count} clips were found again.", result.found_count)]
    if result.offline_count:
        said.append(ngettext("{count} clip is still away.", "{count} clips are still away.", result.offline_count))
    if not result.complete:
        said.append(_("The folder is too large to be gone through; choose one further down."))
    return " ".join(said)
