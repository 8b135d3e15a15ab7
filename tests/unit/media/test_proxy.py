"""Proxies hold every frame at its time, count like the original, and sound like it."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from desktop_search.media.frames import frame_at
from desktop_search.media.probe import probe
from tests.clips import Scene, Shape
from tests.clips.fixtures import ClipCache
from tests.unit.media.proxies import ffmpeg, ffprobe, frame_times_ms, numbered_frames, proxy_of
from tests.unit.media.remux import remux

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


def test_frames_at_uneven_times_stay_where_they_are(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("even.mov", SCENES, rate=Fraction(30), size=(320, 180), codec="mpeg4")
    source = tmp_path / "uneven.mov"
    uneven = "setpts='(N+mod(N*N,7)/10)/30/TB'"
    ffmpeg(
        "-i",
        clip.path,
        "-vf",
        uneven,
        "-vsync",
        "passthrough",
        "-enc_time_base",
        "1:90000",
        "-c:v",
        "mjpeg",
        "-q:v",
        "2",
        source,
    )
    (part,) = proxy_of(source, tmp_path / "proxy")
    assert numbered_frames([part.path]) == list(range(clip.frame_count))
    assert frame_times_ms(part.path) == pytest.approx(frame_times_ms(source), abs=0.1)
    assert len({round(later - at) for at, later in pairwise(frame_times_ms(source))}) > 2


def test_turned_footage_is_upright_and_odd_sizes_are_even(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("turned.mov", SCENES, size=(320, 180), codec="mpeg4")
    turned, odd = tmp_path / "turned.mov", tmp_path / "odd.mkv"
    remux(clip.path, turned, rotation_deg=90)
    ffmpeg("-i", clip.path, "-vf", "crop=319:179:0:0:exact=1", "-c:v", "ffv1", "-pix_fmt", "yuv444p", odd)
    for source, size in ((turned, (180, 320)), (odd, (320, 180))):
        (part,) = proxy_of(source, tmp_path / source.stem)
        before, after = probe(source), probe(part.path)
        assert (after.width, after.height, after.rotation_deg) == (*size, 0)
        assert abs(before.width - after.width) <= 1
        seen, shown = (np.asarray(frame_at(path, 500, 90)).astype(int) for path in (source, part.path))
        assert np.abs(seen - shown).mean() < 6


def test_large_pictures_are_made_smaller(tmp_path: Path) -> None:
    for size, shown in (("3840x2160", (1920, 1080)), ("1500x3000", (960, 1920))):
        source = tmp_path / f"{size}.mkv"
        ffmpeg("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25:duration=0.2", "-c:v", "mpeg4", source)
        (part,) = proxy_of(source, tmp_path / size)
        info = probe(part.path)
        assert (info.width, info.height) == shown


def test_interlaced_footage_keeps_its_frames(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("shot.mov", SCENES, size=(320, 180), codec="mpeg4")
    source = tmp_path / "fields.mov"
    arguments = ("-vf", "setfield=tff", "-c:v", "prores_ks", "-flags", "+ilme+ildct", "-field_order", "tt")
    ffmpeg("-i", clip.path, *arguments, source)
    with av.open(str(source)) as container:
        assert next(container.decode(video=0)).interlaced_frame
    (part,) = proxy_of(source, tmp_path / "proxy")
    assert numbered_frames([part.path]) == list(range(clip.frame_count))


def with_sound(picture: Path, target: Path, *sound: str) -> None:
    ffmpeg("-i", picture, *sound, "-map", "0:v", "-map", "1", "-c:v", "copy", "-c:a", "pcm_s16le", target)


def test_eight_channels_without_names_are_all_heard(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("shot.mov", SCENES, size=(320, 180), **PRORES)
    source = tmp_path / "eight.mov"
    tone = "aevalsrc='0|0|0|0|0|0|0|0.5*sin(2*PI*440*t)':s=44100:d=2:c=octagonal"
    with_sound(clip.path, source, "-f", "lavfi", "-i", tone)
    (part,) = proxy_of(source, tmp_path / "proxy")
    with av.open(str(part.path)) as container:
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    assert heard.shape[0] == 2
    assert 0.05 < float(np.abs(heard[:, 24_000:72_000]).max()) < 0.6


def test_sound_stays_beside_the_picture(clips: ClipCache, tmp_path: Path) -> None:
    """A beep in the file's second second, in a track that begins late, is there in the proxy."""
    clip = clips.get("shot.mov", SCENES, size=(320, 180), **PRORES)
    source = tmp_path / "late.mov"
    beep = "sine=frequency=440:sample_rate=48000:duration=0.5"
    with_sound(clip.path, source, "-itsoffset", "1", "-f", "lavfi", "-i", beep)
    (part,) = proxy_of(source, tmp_path / "proxy")
    with av.open(str(part.path)) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    loud = np.flatnonzero(np.abs(heard) > 0.02) / 48_000
    assert loud[0] == pytest.approx(1.0, abs=0.03)
    assert loud[-1] == pytest.approx(1.5, abs=0.03)


def test_damage_costs_the_damaged_frames_alone(clips: ClipCache, tmp_path: Path) -> None:
    data = bytearray(clips.get("shot.mov", SCENES, size=(320, 180), **PRORES).path.read_bytes())
    chance = random.Random(7)
    for _ in range(200):
        data[chance.randrange(len(data) // 4, len(data) // 2)] = chance.randrange(256)
    source = tmp_path / "damaged.mov"
    source.write_bytes(data)
    (part,) = proxy_of(source, tmp_path / "proxy")
    times = frame_times_ms(part.path)
    assert 25 <= len(times) <= 50
    assert times[-1] == pytest.approx(1960)


def test_sound_may_change_its_channels_midway(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("shot.mov", SCENES, size=(320, 180), codec="mpeg4")
    source = tmp_path / "both.ts"
    for number, channels in enumerate((1, 6)):
        tone = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=2")
        offset = ("-output_ts_offset", str(2 * number), "-muxdelay", "0")
        coding = ("-c:v", "mpeg2video", "-c:a", "ac3", "-ac", str(channels))
        ffmpeg("-i", clip.path, *tone, *coding, *offset, tmp_path / f"{number}.ts")
    source.write_bytes(b"".join((tmp_path / f"{number}.ts").read_bytes() for number in range(2)))
    (part,) = proxy_of(source, tmp_path / "proxy")
    with av.open(str(part.path)) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    assert np.abs(heard[12_000:84_000]).max() > 0.05
    assert np.abs(heard[108_000:180_000]).max() > 0.01
