"""OpenTimelineIO: .otio, and .otioz with the media inside."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, SourceClip, Timeline
from desktop_search.handoff.words import clip_name, file_url, plain

_OURS = "desktop_search"


def otio_timeline(timeline: Timeline) -> otio.schema.Timeline:
    """The same timeline: a track of picture, and one of sound where all clips have some."""
    made = otio.schema.Timeline(plain(timeline.name))
    base = timeline.timebase
    made.global_start_time = _time(base.start_frame, base)
    kinds = [otio.schema.TrackKind.Video]
    if timeline.clips and all(clip.audio_channels for clip in timeline.clips):
        kinds.append(otio.schema.TrackKind.Audio)
    for kind in kinds:
        track = otio.schema.Track(kind, kind=kind)
        for place in timeline.placed():
            track.append(_clip(place, base))
        made.tracks.append(track)
    return made


def otio_text(timeline: Timeline) -> str:
    """The document, JSON."""
    return str(otio_timeline(timeline).to_json_string(indent=2))


def write_otioz(timeline: Timeline, target: Path) -> None:
    """With all media in it, each file whole. Raises OSError."""
    try:
        otio.adapters.write_to_file(otio_timeline(timeline), str(target), adapter_name="otioz")
    except otio.exceptions.OTIOError as error:
        raise OSError(str(error)) from error


def _clip(place: Placed, record: Timebase) -> otio.schema.Clip:
    event = place.event
    source = event.clip.timebase
    clip = otio.schema.Clip(
        clip_name(event.clip.path),
        media_reference=_media(event.clip),
        source_range=otio.opentime.TimeRange(
            _time(source.start_frame + event.in_frame, source), _time(place.frames, record)
        ),
        metadata={_OURS: {"note": plain(event.note), "rating": event.rating, "tags": [*map(plain, event.tags)]}},
    )
    if event.note:
        marked = _range(source.start_frame + event.in_frame, 1, source)
        clip.markers.append(otio.schema.Marker(plain(event.note), marked_range=marked))
    return clip


def _media(clip: SourceClip) -> otio.schema.ExternalReference:
    media = otio.schema.ExternalReference(
        target_url=file_url(clip.path), available_range=_range(clip.timebase.start_frame, clip.frames, clip.timebase)
    )
    media.name = clip_name(clip.path)
    if clip.reel:
        media.metadata["cmx_3600"] = {"reel": plain(clip.reel)}
    return media


def _time(frames: int, timebase: Timebase) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frames, float(timebase.rate))


def _range(start: int, frames: int, timebase: Timebase) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_time(start, timebase), _time(frames, timebase))
