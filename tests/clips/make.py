"""Writes a made clip with PyAV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from PIL import Image

from desktop_search.media import frame_code
from tests.clips.scenes import Scene, Size, draw_scene
from tests.clips.speech import SAMPLE_RATE_HZ, Spoken, soundtrack

_USUAL = {"libx264": {"preset": "veryfast", "crf": "20"}}


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that was made, and what is in it. `starts` are the first frames of its scenes."""

    path: Path
    scenes: tuple[Scene, ...]
    rate: Fraction
    size: Size
    starts: tuple[int, ...]
    frame_count: int
    clip_id: int

    def start_ms(self, scene: int) -> int:
        """When a scene's first frame is shown, in milliseconds."""
        return round(Fraction(self.starts[scene] * 1000) / self.rate)

    @property
    def duration_ms(self) -> int:
        """How long the clip is, in milliseconds."""
        return round(Fraction(self.frame_count * 1000) / self.rate)


def make_clip(
    path: Path,
    scenes: Sequence[Scene],
    rate: Fraction = Fraction(25),
    size: Size = (640, 360),
    speech: str | Sequence[Spoken] | None = None,
    *,
    numbered: bool = True,
    gop: int | None = None,
    clip_id: int = 0,
    timecode: str = "",
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    options: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
    times_ms: Sequence[int] | None = None,
) -> Clip:
    """Write a clip to `path`; its suffix chooses the container (.mp4, .mov, .mkv, .avi, .mxf, .mts, …).

    Args:
        speech: sentences with their times, or one text said from half a second on; without it there is no sound.
        numbered: whether each frame carries its number and `clip_id` (0 to 15) in the strip at the bottom.
        gop: at most so many frames from one key frame to the next; the encoder also begins one at each cut.
        timecode: start timecode such as "10:04:13:05" (";" before the frames: drop-frame), in .mov and .mp4.
        codec, pixel_format, options: the video encoder of FFmpeg, what it takes, and its options.
        metadata: tags of the container.
        times_ms: when each frame begins, for a variable rate; what the clip says of its length does not hold then.
    """
    clip = _describe(path, tuple(scenes), rate, size, clip_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    sentences = [Spoken(speech)] if isinstance(speech, str) else list(speech or ())
    with av.open(str(path), "w") as container:
        container.metadata.update(metadata or {})
        stream = _add_pictures(container, clip, codec, pixel_format, options or {}, gop)
        stream.metadata.update({"timecode": timecode} if timecode else {})
        sound = container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="mono") if sentences else None
        _write_frames(container, stream, clip, times_ms, numbered=numbered)
        if sound is not None:
            _write_sound(container, sound, sentences, clip.duration_ms / 1000)
    return clip


def _add_pictures(
    container: OutputContainer, clip: Clip, codec: str, pixel_format: str, options: Mapping[str, str], gop: int | None
) -> av.VideoStream:
    stream = container.add_stream(codec, rate=clip.rate)
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height = clip.size
    stream.pix_fmt = pixel_format
    stream.options = {**_USUAL.get(codec, {}), **options}
    if gop is not None:
        stream.gop_size = gop
    return stream


def _write_frames(
    container: OutputContainer, stream: av.VideoStream, clip: Clip, times_ms: Sequence[int] | None, *, numbered: bool
) -> None:
    ticks = 1 / clip.rate if times_ms is None else Fraction(1, 1000)
    stream.time_base = stream.codec_context.time_base = ticks
    for number in range(clip.frame_count):
        frame = av.VideoFrame.from_ndarray(np.asarray(clip_frame(clip, number, numbered=numbered)), format="rgb24")
        frame.pts, frame.time_base = number if times_ms is None else times_ms[number], ticks
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def clip_frame(clip: Clip, number: int, *, numbered: bool = True) -> Image.Image:
    """The picture of frame `number` of a made clip, as it was before encoding."""
    scene = max(index for index, start in enumerate(clip.starts) if start <= number)
    after = (*clip.starts[1:], clip.frame_count)[scene]
    progress = (number - clip.starts[scene]) / max(1, after - clip.starts[scene] - 1)
    pixels = np.array(draw_scene(clip.scenes[scene], progress, clip.size))
    if numbered:
        frame_code.draw(pixels, number, clip.clip_id)
    return Image.fromarray(pixels)


def _describe(path: Path, scenes: tuple[Scene, ...], rate: Fraction, size: Size, clip_id: int) -> Clip:
    ends = list(accumulate(max(1, round(scene.seconds * rate)) for scene in scenes))
    return Clip(path, scenes, rate, size, (0, *ends[:-1]), ends[-1], clip_id)


def _write_sound(
    container: OutputContainer, stream: av.AudioStream, sentences: Sequence[Spoken], seconds: float
) -> None:
    frame = av.AudioFrame.from_ndarray(soundtrack(sentences, seconds)[None, :], format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, 0, Fraction(1, SAMPLE_RATE_HZ)
    container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
