"""A hundred damaged files of each container, and of each kind of picture: each fails in words, or is found sanely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_search.engine.library.worker import Worker
from tests.unit.bad_input.damage import damaged, whole_clip
from tests.unit.bad_input.judging import what_becomes
from tests.unit.engine_indexing.drawing import scenery

_FILES = 100
_STUCK_S = 20.0


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker(stall_limit_s=_STUCK_S)
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".avi"])
def test_damaged_videos(worker: Worker, tmp_path: Path, suffix: str) -> None:
    whole = whole_clip(tmp_path / f"whole{suffix}").read_bytes()
    other = whole_clip(tmp_path / ("other.mp4" if suffix == ".mkv" else "other.mkv")).read_bytes()
    assert what_becomes(worker, "video", tmp_path / f"whole{suffix}") == ""
    ends = _ends(worker, "video", tmp_path / f"damaged{suffix}", whole, other)
    assert ends[""] >= _FILES // 5  # much is still there in most of them
    assert ends.total() - ends[""] >= 5


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".gif", ".webp", ".bmp"])
def test_damaged_pictures(worker: Worker, tmp_path: Path, suffix: str) -> None:
    picture = Image.fromarray(scenery(1, 160, 90))
    picture.save(tmp_path / f"whole{suffix}")
    picture.save(tmp_path / "other.jpg", quality=20)
    whole, other = (tmp_path / f"whole{suffix}").read_bytes(), (tmp_path / "other.jpg").read_bytes()
    ends = _ends(worker, "image", tmp_path / f"damaged{suffix}", whole, other)
    assert ends.total() - ends[""] >= 5


def _ends(worker: Worker, kind: str, path: Path, whole: bytes, other: bytes) -> Counter[str]:
    """What became of the damaged files, counted by cause."""
    ends: Counter[str] = Counter()
    for seed in range(_FILES):
        path.write_bytes(damaged(whole, other, seed))
        ends[what_becomes(worker, kind, path)] += 1
    return ends
