"""A proxy that would be too large is divided where a new shot begins; nothing is lost or shown twice."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from desktop_search.core.errors import DiskFull, FileProblem
from desktop_search.media import frame_code, proxy_parts
from desktop_search.media.probe import probe
from tests.unit.media.proxies import ffmpeg, frame_times_ms, numbered_frames, proxy_of

RATE = Fraction(30000, 1001)
SHOT_FRAMES, SHOTS = 40, 9
SIZE = (320, 180)


def busy_clip(path: Path, *, cuts: bool = True) -> Path:
    """Shots of noise, which takes many bytes, around one brightness after the other; a tone beside them."""
    chance, silent = np.random.default_rng(4), path.with_name("silent.mov")
    with av.open(str(silent), "w") as container:
        stream = container.add_stream("mpeg4", rate=RATE, options={"q:v": "2"})
        stream.width, stream.height = SIZE
        stream.bit_rate = 4_000_000
        stream.metadata["timecode"] = "09:59:58;10"
        for number in range(SHOT_FRAMES * SHOTS):
            ground = 60 + 45 * (number // SHOT_FRAMES % 3) if cuts else 100
            pixels = chance.integers(ground - 30, ground + 30, (SIZE[1] // 4, SIZE[0] // 4, 3)).astype(np.uint8)
            pixels = pixels.repeat(4, axis=0).repeat(4, axis=1)
            frame_code.draw(pixels, number, 0)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    tone = f"sine=frequency=440:sample_rate=48000:duration={float(SHOTS * SHOT_FRAMES / RATE)}"
    ffmpeg("-i", silent, "-f", "lavfi", "-i", tone, "-c:v", "copy", "-c:a", "pcm_s16le", path)
    return path


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return busy_clip(tmp_path_factory.mktemp("busy") / "busy.mov")


def test_parts_begin_with_shots_and_keep_every_frame(busy: Path, tmp_path: Path) -> None:
    limit = 600_000
    parts = proxy_of(busy, tmp_path / "proxy", limit)
    assert len(parts) >= 3
    assert numbered_frames([part.path for part in parts]) == list(range(SHOT_FRAMES * SHOTS))
    original = probe(busy)
    starts = [round(shot * SHOT_FRAMES * 1000 / RATE) for shot in range(SHOTS)]
    for part in parts:
        info = probe(part.path)
        assert part.start_ms in starts
        assert part.path.stat().st_size <= limit
        assert info.start_timecode == original.timebase.format(part.start_ms)
        assert info.duration_ms == pytest.approx(part.end_ms - part.start_ms, abs=1)
        assert frame_times_ms(part.path)[0] == 0
    assert [part.end_ms for part in parts[:-1]] == [part.start_ms for part in parts[1:]]
    with av.open(str(parts[1].path)) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    assert len(heard) / 48_000 == pytest.approx((parts[1].end_ms - parts[1].start_ms) / 1000, abs=0.03)
    whole = heard[4800 : len(heard) // 480 * 480 - 4800].reshape(-1, 480)
    assert np.abs(whole).max(axis=1).min() > 0.05  # no gap in the tone


def test_without_a_cut_it_is_divided_all_the_same(tmp_path: Path) -> None:
    source = busy_clip(tmp_path / "busy.mov", cuts=False)
    parts = proxy_of(source, tmp_path / "proxy", 600_000)
    assert len(parts) >= 3
    assert numbered_frames([part.path for part in parts]) == list(range(SHOT_FRAMES * SHOTS))


def test_a_disk_without_room_is_said(busy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy_parts, "_SPARE_BYTES", 1 << 62)
    with pytest.raises(DiskFull, match="not enough room"):
        proxy_of(busy, tmp_path / "proxy")


def test_what_cannot_be_made_small_enough_is_said(busy: Path, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="small enough"):
        proxy_of(busy, tmp_path / "proxy", 1000)
