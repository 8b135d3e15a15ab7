"""Proxies hold every frame at its time, count like the original, and sound like it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.media.probe import probe
from tests.clips import Scene, Shape
from tests.clips.fixtures import ClipCache
from tests.unit.media.proxies import ffmpeg, ffprobe, frame_times_ms, numbered_frames, proxy_of

NTSC, FILM = Fraction(30000, 1001), Fraction(24000, 1001)
SCENES = [Scene(1, "purple", shape=Shape.BALL), Scene(1, "teal", shape=Shape.BOXES)]
PRORES = {"codec": "prores_ks", "options": {"profile": "1"}, "pixel_format": "yuv422p10le"}
DNXHR = {"codec": "dnxhd", "options": {"profile": "dnxhr_lb"}, "pixel_format": "yuv422p"}


@pytest.mark.parametrize(
    ("rate", "timecode"),
    [(NTSC, "09:59:59;20"), (FILM, "10:04:13:05"), (Fraction(25), "01:00:00:00"), (Fraction(50), "00:59:59:40")],
)
def test_every_frame_and_the_timecode_are_the_original_s(
    clips: ClipCache, tmp_path: Path, rate: Fraction, timecode: str
) -> None:
    clip = clips.get("shot.mov", SCENES, rate=rate, size=(320, 180), timecode=timecode, **PRORES)
    before = clip.path.read_bytes(), clip.path.stat().st_mtime_ns
    (part,) = proxy_of(clip.path, tmp_path / "proxy")
    assert numbered_frames([part.path]) == list(range(clip.frame_count))
    original, proxy = probe(clip.path), probe(part.path)
    assert original.video_codec == "prores"
    assert (proxy.video_codec, proxy.rate, proxy.timebase) == ("h264", rate, original.timebase)
    assert proxy.start_timecode == original.start_timecode == timecode
    assert frame_times_ms(part.path) == pytest.approx([float(n * 1000 / rate) for n in range(clip.frame_count)])
    assert part.end_ms == clip.duration_ms
    streams = ffprobe(part.path)["streams"]
    assert (streams[0]["codec_name"], streams[0]["start_pts"], Fraction(streams[0]["avg_frame_rate"])) == (
        "h264",
        0,
        rate,
    )
    assert streams[0]["tags"]["timecode"] == timecode
    assert (clip.path.read_bytes(), clip.path.stat().st_mtime_ns) == before


def test_many_tracks_of_sound_become_one(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("shot.mov", SCENES, size=(320, 180), **DNXHR)
    source = tmp_path / "shot.mxf"
    tones = [f"sine=frequency={200 + 100 * n}:sample_rate=48000:duration=2" for n in range(4)]
    inputs = [argument for tone in tones for argument in ("-f", "lavfi", "-i", tone)]
    maps = [argument for n in range(5) for argument in ("-map", str(n))]
    ffmpeg("-i", clip.path, *inputs, *maps, "-r", "25", "-c:v", "copy", "-c:a", "pcm_s16le", "-ac", "1", source)
    assert probe(source).container == "mxf"
    (part,) = proxy_of(source, tmp_path / "proxy")
    assert numbered_frames([part.path]) == list(range(clip.frame_count))
    sound = [stream for stream in ffprobe(part.path)["streams"] if stream["codec_type"] == "audio"]
    assert [(stream["codec_name"], stream["channels"]) for stream in sound] == [("aac", 2)]
    assert float(sound[0]["duration"]) == pytest.approx(2, abs=0.05)
