"""What is known of a clip, as pairs of words for a table."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.hits import Hit
from desktop_search.core.known_texts import localised
from desktop_search.core.language import _, number, short_number
from desktop_search.core.timecode import Timebase, teller
from desktop_search.models.upload_words import plain_line

_STATES = {
    Readiness.SEARCHABLE: _("searchable"),
    Readiness.WORKING: _("still indexing"),
    Readiness.FAILED: _("failed"),
}


def clip_details(
    hit: Hit, record: VideoRecord | None, path: Path | None, timebase: Timebase | None
) -> tuple[tuple[str, str], ...]:
    """Name and value of everything that is known; what is not known is left out."""
    pairs = [
        (_("Name"), plain_line(hit.file_name)),
        (_("File"), plain_line(str(path)) if path is not None else ""),
        (_("Starts at"), timebase.format(0) if timebase else ""),
        (_("Part from"), teller(timebase)(hit.part_start_ms) if hit.part_start_ms else ""),
        (_("Frame rate"), _rate(timebase) if timebase else ""),
        *(_of_record(record) if record is not None else [(_("State"), _("not in the library any more"))]),
        (_("Namespace"), hit.namespace),
        (_("Number"), hit.video_no),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _of_record(record: VideoRecord) -> list[tuple[str, str]]:
    cause = f": {plain_line(localised(record.cause))}" if record.cause else ""
    size = _("{size} MB").format(size=number(record.size_bytes / 1e6, 1)) if record.size_bytes else ""
    place = f"{record.latitude:.5f}, {record.longitude:.5f}" if record.latitude is not None else ""
    return [
        (_("State"), _STATES[record.readiness] + cause),
        (_("Length"), _length(record.duration_ms)),
        (_("Picture"), f"{record.width} × {record.height}" if record.width and record.height else ""),
        (_("Size"), size),
        (_("Camera"), plain_line(record.camera)),
        (_("Taken (UTC)"), _moment(record.taken_ms)),
        (_("Place"), place),
        (_("Tags"), plain_line(", ".join(record.tags))),
        (_("Added (UTC)"), _moment(record.created_ms)),
    ]


def _rate(timebase: Timebase) -> str:
    words = _("{rate} frames per second, drop-frame") if timebase.drop_frame else _("{rate} frames per second")
    return words.format(rate=short_number(float(timebase.rate)))


def _length(duration_ms: int | None) -> str:
    if duration_ms is None:
        return ""
    minutes, second = divmod(round(duration_ms / 1000), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}"


def _moment(at_ms: int | None) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S") if at_ms is not None else ""
