"""OpenTimelineIO: .otio, and .otioz with the media inside."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, SourceClip, Timeline, TimelineEvent
from desktop_search.handoff.words import clip_name, file_url, plain

_OURS = "desktop_search"


def otio_timeline(timeline: Timeline) -> otio.schema.Timeline:
    """The same timeline: a track of picture, and one of sound where all clips have some."""
    made = otio.schema.Timeline(plain(timeline.name))
    base = timeline.timebase
    made.global_start_time = _time(base.start_frame, base)
    track = otio.schema.Track(otio.schema.TrackKind.Video, kind=otio.schema.TrackKind.Video)
    track.extend([_clip(place, base) for place in timeline.placed()])
    made.tracks.append(track)
    if timeline.clips and all(clip.audio_tracks for clip in timeline.clips):
        sound = track.deepcopy()
        sound.name = sound.kind = otio.schema.TrackKind.Audio
        made.tracks.append(sound)
    return made


def otio_text(timeline: Timeline) -> str:
    """The document, JSON."""
    return str(otio_timeline(timeline).to_json_string(indent=1))


def otio_sources_text(timeline: Timeline) -> str:
    """The document: a collection of the whole clips, with a marker from in to out for each event."""
    bin_ = otio.schema.SerializableCollection(plain(timeline.name))
    for clip, events in timeline.by_clip.items():
        whole = otio.schema.Clip(clip_name(clip.path), media_reference=_media(clip))
        for event in events:
            marked = _range(clip.timebase.start_frame + event.in_frame, event.frames, clip.timebase)
            marker = otio.schema.Marker(plain(event.note) or whole.name, marked_range=marked, metadata=_metadata(event))
            whole.markers.append(marker)
        bin_.append(whole)
    return str(bin_.to_json_string(indent=1))


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
        metadata=_metadata(event),
    )
    if event.note:
        marked = _range(source.start_frame + event.in_frame, 1, source)
        clip.markers.append(otio.schema.Marker(plain(event.note), marked_range=marked))
    return clip


def _metadata(event: TimelineEvent) -> dict[str, object]:
    """What was written down of it; nothing where there is nothing."""
    said = {"note": plain(event.note), "rating": event.rating, "colour": event.colour}
    told: dict[str, object] = {name: value for name, value in said.items() if value}
    if event.tags:
        told["tags"] = [*map(plain, event.tags)]
    return {_OURS: told} if told else {}


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
