"""Clips cut out of footage: the very frames that were chosen, their timecode, and their sound."""

from __future__ import annotations

import resource
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from desktop_search.core.cutting import Cut, CutClip, CutJob
from desktop_search.core.errors import Cancelled, DiskFull, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.media.cutting import cut_clip, make_cut, suffix_of
from desktop_search.media.probe import probe
from tests.clips import Clip, Scene, Shape, read_frame_number
from tests.clips.fixtures import ClipCache
from tests.unit.media.proxies import ffmpeg, ffprobe, numbered_frames

SCENES = [Scene(3, "purple", shape=Shape.BALL)]
SIZE = (320, 180)
NTSC = Fraction(30000, 1001)
EXACT = (Cut.H264, Cut.PRORES)
MOVING = (*EXACT, Cut.COPY)


def cut(source: Path, folder: Path, clip: Clip, first: int, end: int, how: Cut) -> CutClip:
    """Frames `first` up to `end`, as times in whole ms."""
    begins, ends = (round(frame * 1000 / clip.rate) for frame in (first, end))
    return make_cut(CutJob(source, folder / f"cut{suffix_of(source, how)}", begins, ends, how), lambda _: None)


@pytest.mark.parametrize("how", EXACT)
@pytest.mark.parametrize(
    ("name", "rate", "timecode"),
    [
        ("a.mov", Fraction(24000, 1001), "10:04:13:05"),
        ("a.mp4", NTSC, "23:59:58;20"),
        ("a.mkv", Fraction(25), ""),
        ("a.mxf", Fraction(25), ""),
        ("a.avi", Fraction(25), ""),
        ("a.mts", Fraction(50), ""),
    ],
)
def test_exact_clips_hold_the_chosen_frames(
    clips: ClipCache, tmp_path: Path, name: str, rate: Fraction, timecode: str, how: Cut
) -> None:
    codec = "mpeg2video" if name.endswith("mxf") else "libx264"
    clip = clips.get(name, SCENES, rate=rate, size=SIZE, timecode=timecode, codec=codec)
    last = clip.frame_count
    for number, (first, end) in enumerate([(0, 7), (37, 60), (last - 3, last)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        made = cut(clip.path, folder, clip, first, end, how)
        assert numbered_frames([made.path]) == list(range(first, end))
        assert (made.in_frame, made.frames, made.early, made.late) == (first, end - first, 0, 0)
        found = probe(made.path)
        assert found.rate == rate
        assert found.video_codec == ("h264" if how is Cut.H264 else "prores")
        if timecode:
            assert found.start_timecode == made.timecode == probe(clip.path).timebase.timecode(first)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {"gop": 25}),
        ("a.mov", {"gop": 25, "timecode": "01:00:00:00"}),
        ("a.mkv", {"gop": 25}),
        ("a.mts", {"gop": 25}),
        ("a.mov", {"codec": "prores_ks", "pixel_format": "yuv422p10le", "timecode": "10:00:00:00"}),
        ("a.mxf", {"codec": "mpeg2video", "gop": 12}),
    ],
)
def test_a_copy_begins_at_a_key_frame_and_says_where(
    clips: ClipCache, tmp_path: Path, name: str, options: dict[str, object]
) -> None:
    clip = clips.get(name, SCENES, size=SIZE, **options)
    made = cut(clip.path, tmp_path, clip, 40, 60, Cut.COPY)
    shown = numbered_frames([made.path])
    assert shown == list(range(made.in_frame, made.in_frame + made.frames))
    assert made.in_frame == 40 - made.early <= 40
    assert 40 - made.in_frame < int(str(options.get("gop", 1)))
    assert shown[-1] == 59 + made.late >= 59
    assert made.late <= 3
    before, after = probe(clip.path), probe(made.path)
    assert after.video_codec == before.video_codec
    if before.start_timecode:
        assert after.start_timecode == made.timecode == before.timebase.timecode(made.in_frame)


def test_what_cannot_be_copied_is_said(clips: ClipCache, tmp_path: Path) -> None:
    avi = clips.get("a.avi", SCENES, size=SIZE)
    # Key frames that lean on what only the clip's beginning holds: as some recorders write transport streams.
    options = {"x264-params": "keyint=30:open-gop=1:bframes=3"}
    mp4 = clips.get("a.mp4", SCENES, size=SIZE, options=options)
    stream = tmp_path / "a.ts"
    ffmpeg("-i", mp4.path, "-c", "copy", stream)
    for source in (avi.path, stream):
        with pytest.raises(FileProblem, match="cannot be cut without encoding"):
            cut(source, tmp_path, avi, 40, 60, Cut.COPY)
        (tmp_path / f"cut{suffix_of(source, Cut.COPY)}").unlink()


@pytest.mark.parametrize("how", MOVING)
def test_sound_stays_with_its_picture_and_every_track_is_there(clips: ClipCache, tmp_path: Path, how: Cut) -> None:
    clip = clips.get("tone.mov", SCENES, size=SIZE, gop=25)
    source = tmp_path / "tone.mov"
    # Silence up to the very frame 40, then a tone; a second track is stereo.
    tone = "aevalsrc='if(lt(t,1.6),0,0.5*sin(880*PI*t))':s=48000:d=3"
    both = "aevalsrc='0.2*sin(440*PI*t)|0.1*sin(440*PI*t)':s=48000:d=3"
    ffmpeg("-i", clip.path, "-f", "lavfi", "-i", tone, "-f", "lavfi", "-i", both,
           "-map", "0:v", "-map", "1", "-map", "2", "-c:v", "copy", "-c:a", "pcm_s16le", source)  # fmt: skip
    made = cut(source, tmp_path, clip, 30, 70, how)
    sound = [stream for stream in ffprobe(made.path)["streams"] if stream["codec_type"] == "audio"]
    assert [stream["channels"] for stream in sound] == [1, 2]
    with av.open(str(made.path)) as container:
        frames = list(container.decode(audio=0))
    begins = float(frames[0].pts * frames[0].time_base)  # type: ignore[operator]
    loud = np.concatenate([np.abs(frame.to_ndarray().astype(float)).max(axis=0) for frame in frames])
    first_loud = begins + float(np.argmax(loud > loud.max() / 4)) / 48_000
    assert first_loud == pytest.approx((40 - made.in_frame) / 25, abs=0.005)
    assert begins + len(loud) / 48_000 == pytest.approx(made.frames / 25, abs=0.1)


def test_frames_at_uneven_times_count_as_in_editing_programs(clips: ClipCache, tmp_path: Path) -> None:
    times = [n * 40 + (n % 3) * 9 for n in range(75)]
    clip = clips.get("uneven.mkv", SCENES, size=SIZE, times_ms=times)
    made = make_cut(CutJob(clip.path, tmp_path / "cut.mov", times[20], times[31]), lambda _: None)
    assert made.in_frame == 20
    assert numbered_frames([made.path]) == list(range(20, 31))
    still = make_cut(CutJob(clip.path, tmp_path / "still.png", times[20], 0, Cut.PNG), lambda _: None)
    with Image.open(still.path) as picture:
        assert read_frame_number(picture) == 20


@pytest.mark.parametrize("frame", [0, 40, 74])
def test_a_still_is_the_very_frame(clips: ClipCache, tmp_path: Path, frame: int) -> None:
    clip = clips.get("a.mov", SCENES, size=SIZE, timecode="01:00:00:00")
    made = make_cut(CutJob(clip.path, tmp_path / "a.png", frame * 40, 0, Cut.PNG), lambda _: None)
    with Image.open(made.path) as picture:
        assert (picture.format, picture.size) == ("PNG", SIZE)
        assert read_frame_number(picture) == made.in_frame == frame
    assert made.timecode == f"01:00:0{frame // 25}:{frame % 25:02d}"


def test_the_file_is_whole_or_not_there_and_replaces_nothing(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.silent()
    job = CutJob(clip.path, tmp_path / "cut.mov", 0, 400)
    job.target.write_text("mine")
    made = cut_clip(job, CancelToken(), lambda _: None)
    assert made.path == tmp_path / "cut (2).mov"
    assert numbered_frames([made.path]) == list(range(10))
    token = CancelToken()
    with pytest.raises(Cancelled):
        cut_clip(job, token, lambda _: token.cancel())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cut (2).mov", "cut.mov"]
    assert job.target.read_text() == "mine"


@pytest.mark.parametrize("times", [(400, 400), (800, 400), (-40, 80), (60_000, 61_000)])
def test_a_range_that_makes_no_sense(clips: ClipCache, tmp_path: Path, times: tuple[int, int]) -> None:
    for how in MOVING if times[0] == 400 or times[0] == 800 else Cut:
        with pytest.raises(FileProblem, match="holds no frame"):
            make_cut(CutJob(clips.silent().path, tmp_path / f"{how.value}.mov", *times, how), lambda _: None)


def test_a_folder_that_is_not_there(clips: ClipCache, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="Nothing can be written"):
        make_cut(CutJob(clips.silent().path, tmp_path / "no" / "cut.mov", 0, 400), lambda _: None)


@pytest.mark.parametrize("how", Cut)
def test_a_full_disk_is_said(clips: ClipCache, tmp_path: Path, how: Cut) -> None:
    clip = clips.silent()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))  # what a full disk is like from inside of one process
    try:
        with pytest.raises(DiskFull):
            make_cut(CutJob(clip.path, tmp_path / f"cut{suffix_of(clip.path, how)}", 0, 400, how), lambda _: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
