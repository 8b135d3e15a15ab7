"""What a file of footage is: kind, size, length, rate, start timecode, and what the camera wrote into it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop_search.core.byte_source import ByteSource
from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import STILL_SUFFIXES
from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind
from desktop_search.media.opening import NO_PICTURE, check_whole, open_video, regular_file_size
from desktop_search.media.pictures import read_picture_facts
from desktop_search.media.tags import camera_of, place_of, taken_of

_COMMON_RATES = tuple(
    rate
    for nominal in (24, 25, 30, 48, 50, 60, 100, 120, 240)
    for rate in (Fraction(nominal), Fraction(nominal * 1000, 1001))
)
_RATE_TOLERANCE = Fraction(1, 5000)  # containers that store a frame's length in whole ns or ms miss by less
_PACKETS_TO_FIRST_FRAME = 300


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """Facts of one file.

    `width` and `height` are as shown: rotation and pixel shape applied. `rotation_deg` (0, 90, 180, 270) is the
    counter-clockwise turn that makes the stored picture upright. `duration_ms` is 0 for pictures, as is `rate` a
    mere default. `taken` is in UTC, whole seconds. `start_timecode` is as the file has it, "" where it has none or none
    that makes sense. `subtitles` holds one language ("" if unsaid) per text track.
    """

    kind: MediaKind
    container: str
    video_codec: str
    duration_ms: int
    width: int
    height: int
    size_bytes: int
    rotation_deg: int = 0
    rate: Fraction = Fraction(25)
    timebase: Timebase = field(default_factory=Timebase)
    start_timecode: str = ""
    audio_codec: str = ""
    taken: datetime | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None
    subtitles: tuple[str, ...] = ()

    @property
    def has_audio(self) -> bool:
        """Whether there is a track of sound."""
        return bool(self.audio_codec)


def probe(path: Path, *, allow_cut: bool = False) -> MediaInfo:
    """Look into a file; its first frame is decoded, so that what passes here can be shown.

    Raises `FileProblem` whose message is the cause in words: missing, empty, unreadable, cut off, not a video, …
    With `allow_cut` a file that ends too early passes when its first frame decodes.
    """
    size_bytes = regular_file_size(path)
    if path.suffix.lower() in STILL_SUFFIXES:
        return _probe_picture(path, size_bytes)
    if not allow_cut:
        check_whole(path)
    with open_video(path) as (container, stream):
        return read_video(container, stream, size_bytes)


def probe_arriving(source: ByteSource, token: CancelToken) -> MediaInfo:
    """As `probe`, of a file that is on its way: waits for its head, and for its index where that is elsewhere.

    Raises `Cancelled` too, and the `AppError` for which the file will not come.
    """
    with open_video(source, token) as (container, stream):
        return read_video(container, stream, source.size_bytes(token))


def exact_rate(rate: Fraction | None) -> Fraction:
    """A frame rate, snapped to the well-known one it means: 2997/100 becomes 30000/1001. 25 when unknown."""
    if not rate or rate <= 0:
        return Fraction(25)
    nearest = min(_COMMON_RATES, key=lambda common: abs(common - rate))
    return nearest if abs(nearest - rate) <= nearest * _RATE_TOLERANCE else rate


@dataclass(frozen=True, slots=True)
class Shape:
    """How a frame is shown: rotation (see `MediaInfo`) and pixel shape applied to width and height."""

    width: int
    height: int
    rotation_deg: int


def rate_of(stream: VideoStream) -> Fraction:
    """The frame rate of an open video; 25 where the file says none."""
    return exact_rate(stream.guessed_rate or stream.average_rate)


def read_video(container: InputContainer, stream: VideoStream, size_bytes: int) -> MediaInfo:
    """What an open video is; decodes its first frame. Raises `FileProblem`."""
    shape = shape_of(_first_frame(container, stream), stream.sample_aspect_ratio)
    return video_facts(container, stream, size_bytes, shape, length_ms(container, stream))


def video_facts(
    container: InputContainer, stream: VideoStream, size_bytes: int, shape: Shape, duration_ms: int
) -> MediaInfo:
    """What an open video is, whose first frame has that shape. Nothing is decoded."""
    tags = {name.lower(): text for part in (stream, container) for name, text in part.metadata.items()}
    rate, timecode = rate_of(stream), _timecode_tag(container, stream)
    subtitles = tuple(track.language or "" for track in container.streams.subtitles)
    codec, name = stream.codec_context.name, container.format.name
    timebase = timebase_of(rate, timecode)
    place = place_of(tags) or (None, None)
    return MediaInfo(
        kind=MediaKind.VIDEO,
        container=name,
        video_codec=codec,
        duration_ms=duration_ms,
        width=shape.width,
        height=shape.height,
        size_bytes=size_bytes,
        rotation_deg=shape.rotation_deg,
        rate=rate,
        timebase=timebase or Timebase(rate),
        start_timecode=timecode if timebase else "",
        audio_codec=_audio_codec(container),
        taken=taken_of(tags),
        camera=camera_of(tags),
        latitude=place[0],
        longitude=place[1],
        subtitles=subtitles,
    )


def shape_of(frame: VideoFrame, pixel_shape: Fraction | None) -> Shape:
    """How a frame with pixels of this shape is shown."""
    width, height = shown_size(frame, pixel_shape)
    rotation = round(frame.rotation / 90) * 90 % 360
    return Shape(height, width, rotation) if rotation % 180 else Shape(width, height, rotation)


def shown_size(frame: VideoFrame, pixel_shape: Fraction | None) -> tuple[int, int]:
    """Width and height of a frame with square pixels, before rotation."""
    shape = pixel_shape if pixel_shape and Fraction(1, 8) <= pixel_shape <= 8 else Fraction(1)
    return max(1, round(frame.width * shape)), frame.height


def _first_frame(container: InputContainer, stream: VideoStream) -> VideoFrame:
    for count, packet in enumerate(container.demux(stream)):
        frame = _alone(stream, packet) if count == 0 else None
        for found in [frame] if frame is not None else stream.decode(packet):
            return found
        if count > _PACKETS_TO_FIRST_FRAME:
            break
    raise FileProblem(NO_PICTURE, hint=_("Try to open it in another player."))


def _alone(stream: VideoStream, packet: Packet[VideoStream]) -> VideoFrame | None:
    """The frame of one packet, where it needs no other: decoders hold back some until they got many."""
    with suppress(av.error.FFmpegError):
        if frames := [*stream.decode(packet), *stream.decode(None)]:
            return frames[0]
    stream.codec_context.flush_buffers()
    return None


def _timecode_tag(container: InputContainer, stream: VideoStream) -> str:
    """The start timecode: of the video itself, of a timecode track, or of the file."""
    for tags in (stream.metadata, *(track.metadata for track in container.streams.data), container.metadata):
        if text := tags.get("timecode") or tags.get("TIMECODE"):  # Matroska shouts
            return text
    return ""


def _audio_codec(container: InputContainer) -> str:
    """Of the track that a player would choose; "unknown" where its format is."""
    track = container.streams.best("audio") or next(iter(container.streams.audio), None)
    if track is None:
        return ""
    return track.codec_context.name if track.codec_context is not None else "unknown"  # type: ignore[redundant-expr]


def timebase_of(rate: Fraction, timecode: str) -> Timebase | None:
    """How a clip with this start timecode counts; `None` where it has none that makes sense at its rate."""
    drops = rate.denominator == 1001 and round(rate) % 30 == 0 and timecode.count(":") < 3
    counting = Timebase(rate, drop_frame=drops)
    try:
        return Timebase(rate, drops, counting.frame_at(counting.parse(timecode)))
    except ValueError:
        return None


def length_ms(container: InputContainer, stream: VideoStream) -> int:
    """How long an open video is: as the file says, else by its packets, which are all read then."""
    return _duration_ms(container, stream) or _counted_duration_ms(container, stream)


def _duration_ms(container: InputContainer, stream: VideoStream) -> int:
    if stream.duration and stream.time_base:
        return round(stream.duration * stream.time_base * 1000)
    return round(Fraction(container.duration, 1000)) if container.duration else 0


def _counted_duration_ms(container: InputContainer, stream: VideoStream) -> int:
    """From the packets themselves, for recordings that never wrote their length."""
    container.seek(0)
    first, last = None, 0
    for packet in container.demux(stream):
        if packet.pts is not None:
            first = packet.pts if first is None else min(first, packet.pts)
            last = max(last, packet.pts + (packet.duration or 0))
    container.seek(0)
    return round((last - (first or 0)) * (stream.time_base or Fraction(0)) * 1000)


def _probe_picture(path: Path, size_bytes: int) -> MediaInfo:
    facts = read_picture_facts(path)
    return MediaInfo(
        kind=MediaKind.IMAGE,
        container=facts.format_name,
        video_codec="",
        duration_ms=0,
        width=facts.width,
        height=facts.height,
        size_bytes=size_bytes,
        taken=facts.taken,
        camera=facts.camera,
        latitude=facts.latitude,
        longitude=facts.longitude,
    )
