"""The exact picture that is on screen at a time, upright and in its true shape."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.codec.context import ThreadType
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from desktop_search.core.byte_source import ByteSource
from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.media.frame_clock import FrameClock, is_avi
from desktop_search.media.opening import NO_PICTURE, open_video
from desktop_search.media.pictures import upright
from desktop_search.media.probe import shown_size

HALF_MS = Fraction(1, 2000)  # whole milliseconds cannot name every frame's start
STEPS_BACK_S = (0, 2, 10, 60)  # where a container's index points too late, the search starts earlier
_LEAVES_OUT = frozenset({"h264", "hevc"})  # decoders that can leave out frames which no other frame needs
_MOST_REORDERED = 16  # frames that are stored before a frame and shown after it, in both of them
_JPEG_QUALITY = 85
LAST_TIMESTAMP = 2**62


def frame_at(
    video: Path | ByteSource, at_ms: int, max_side_px: int | None = None, token: CancelToken | None = None
) -> Image.Image:
    """The frame on screen at `at_ms` after the first video frame, as upright RGB with square pixels.

    That is the last frame that began at or before `at_ms` + ½ ms; the first before the start, the last after the
    end. With `max_side_px` it is scaled down to that. Raises `FileProblem`, and `Cancelled` within a frame or two.
    """
    token = token if token is not None else CancelToken()
    for find in (_by_leaving_out, _by_seeking, _from_the_start):
        with open_video(video, token) as (container, stream):
            stream.thread_type = ThreadType.AUTO
            frame = find(container, stream, at_ms, token)
            if frame is not None:
                return as_picture(frame, stream.sample_aspect_ratio, max_side_px)
    raise FileProblem(NO_PICTURE, hint=_("Try to open it in another player."))


def jpeg_thumbnail(path: Path, at_ms: int, max_side_px: int) -> bytes:
    """`frame_at` as JPEG bytes. Raises `FileProblem`."""
    return as_jpeg(frame_at(path, at_ms, max_side_px))


def picture_thumbnail(path: Path, max_side_px: int) -> bytes:
    """A still image, upright and scaled down, as JPEG bytes. Raises `FileProblem`."""
    return as_jpeg(upright(path, max_side_px))


def as_jpeg(picture: Image.Image) -> bytes:
    """JPEG bytes of an RGB picture."""
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=_JPEG_QUALITY)
    return data.getvalue()


def _by_leaving_out(
    container: InputContainer, stream: VideoStream, at_ms: int, token: CancelToken
) -> VideoFrame | None:
    """As `_by_seeking`, two to six times as fast: frames that no other frame needs are not decoded, but for the last.

    `None` where that might end at another frame: where timestamps are missing, or a frame lies in two packets.
    """
    if stream.codec_context.name not in _LEAVES_OUT or is_avi(container):
        return None
    limit = _limit(container, stream, at_ms, token)
    ways = (_way_to(container, stream, limit, token) for _here in _sought(container, stream, limit))
    way: list[Packet[VideoStream]] = next(filter(None, ways), [])
    for number, packet in enumerate(way):
        # The one before the last may hold the other half of an interlaced frame.
        stream.codec_context.skip_frame = "NONREF" if number < len(way) - 2 else "DEFAULT"
        for frame in _decoded(stream, packet, token):
            if frame.pts == way[-1].pts:
                return frame
    rest = _decoded(stream, None, token) if way else []
    return next((frame for frame in rest if frame.pts == way[-1].pts), None)


def _way_to(
    container: InputContainer, stream: VideoStream, limit: Fraction, token: CancelToken
) -> list[Packet[VideoStream]]:
    """The packets from a key frame to the last frame that began by `limit`, as they are stored; none where unsure."""
    read: list[Packet[VideoStream]] = []
    later = 0
    for packet in container.demux(stream):
        token.check()
        if not packet.size:
            break
        if packet.pts is None:
            return []
        if not read and not packet.is_keyframe:
            continue
        read.append(packet)
        later += packet.pts > limit
        if later > _MOST_REORDERED or (packet.dts is not None and packet.dts > limit):
            break
    shown = [(packet.pts or 0, place) for place, packet in enumerate(read) if not packet.is_discard]
    pts, place = max((each for each in shown if each[0] <= limit), default=(LAST_TIMESTAMP, 0))
    # What is shown before the key frame may need frames from before it.
    return read[: place + 1] if read and (read[0].pts or 0) <= pts <= limit else []


def _by_seeking(container: InputContainer, stream: VideoStream, at_ms: int, token: CancelToken) -> VideoFrame | None:
    """`None` near the start, and where the container's index is of no use."""
    limit = _limit(container, stream, at_ms, token)
    for _here in _sought(container, stream, limit):
        found = _last_until(timed_frames(container, stream, token), limit)
        if found is not None:
            return found
    return None


def _sought(container: InputContainer, stream: VideoStream, limit: Fraction) -> Iterator[None]:
    """The container at key frames before `limit`, each time at an earlier one."""
    for back_s in STEPS_BACK_S:
        target = int(limit - back_s / (stream.time_base or Fraction(1, 1000)))
        if target <= (stream.start_time or 0):
            return
        try:
            container.seek(min(target, LAST_TIMESTAMP), stream=stream, backward=True)
        except FFmpegError:
            return
        yield


def _from_the_start(
    container: InputContainer, stream: VideoStream, at_ms: int, token: CancelToken
) -> VideoFrame | None:
    """Decode all of it up to the time; for a container as it was opened."""
    limit = _limit(container, stream, at_ms, token)
    if is_avi(container):
        container.seek(0)
    frames = timed_frames(container, stream, token)
    first = next(frames, None)
    return _last_until(frames, limit) or (first[1] if first else None)


def _limit(container: InputContainer, stream: VideoStream, at_ms: int, token: CancelToken) -> Fraction:
    """The latest timestamp that a wanted frame may have, in the stream's own units."""
    start = stream.start_time or 0
    if is_avi(container):  # its own start time does not know how late the decoder begins to show
        start = next((time for time, _ in timed_frames(container, stream, token)), start)
    return start + (Fraction(at_ms, 1000) + HALF_MS) / (stream.time_base or Fraction(1, 1000))


def _last_until(frames: Iterator[tuple[int, VideoFrame]], limit: Fraction) -> VideoFrame | None:
    """The last frame that began by `limit`; `None` when already the first one is later, or there is none."""
    found = None
    for time, frame in frames:
        if time > limit:
            break
        found = frame
    return found


def timed_frames(
    container: InputContainer, stream: VideoStream, token: CancelToken | None = None
) -> Iterator[tuple[int, VideoFrame]]:
    """Decoded frames in the order they are shown, from where the container is, with their timestamps."""
    token = token if token is not None else CancelToken()
    clock = FrameClock(container, stream)
    for packet in container.demux(stream):
        for frame in _decoded(stream, packet, token):
            time = clock.read(frame)
            yield LAST_TIMESTAMP if time is None else time, frame  # too late for anybody, until one is known


def _decoded(stream: VideoStream, packet: Packet[VideoStream] | None, token: CancelToken) -> list[VideoFrame]:
    token.check()
    try:
        return stream.decode(packet)
    except FFmpegError:  # a damaged spot costs the frames in it, not the rest
        return []


def as_picture(frame: VideoFrame, pixel_shape: Fraction | None, max_side_px: int | None) -> Image.Image:
    """A decoded frame as upright RGB with square pixels, scaled down to `max_side_px`."""
    width, height = shown_size(frame, pixel_shape)
    if max_side_px is not None and max(width, height) > max_side_px:
        scale = Fraction(max_side_px, max(width, height))
        width, height = max(1, round(width * scale)), max(1, round(height * scale))
    pixels = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
    picture, turn = Image.fromarray(pixels), round(frame.rotation / 90) * 90 % 360
    return picture.rotate(turn, expand=True) if turn else picture
