"""Tiny models for these tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_search.engine.model_store.installed import InstalledModel
from tests.clips import Scene
from tests.clips.fixtures import ClipCache
from tests.support.tiny_models import make_tiny_seen, make_tiny_text


@pytest.fixture
def seen_model(tmp_path: Path) -> InstalledModel:
    return make_tiny_seen(tmp_path / "seen")


@pytest.fixture
def text_model(tmp_path: Path) -> InstalledModel:
    return make_tiny_text(tmp_path / "text")


@pytest.fixture
def film(clips: ClipCache, tmp_path: Path) -> Path:
    """Three shots of a second each, and subtitles beside them."""
    scenes = [Scene(1, colour) for colour in ("red", "green", "blue")]
    path = tmp_path / "film.mp4"
    shutil.copy(clips.get("film.mp4", scenes, size=(320, 180), numbered=False).path, path)
    path.with_suffix(".srt").write_text(
        "1\n00:00:00,200 --> 00:00:00,900\nThe boat is leaving.\n\n2\n00:00:01,200 --> 00:00:02,900\nA red ball.\n"
    )
    return path
