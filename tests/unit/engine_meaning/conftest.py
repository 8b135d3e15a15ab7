"""Tiny models for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.engine.model_store.installed import InstalledModel
from tests.support.tiny_models import make_tiny_seen, make_tiny_text


@pytest.fixture
def seen_model(tmp_path: Path) -> InstalledModel:
    return make_tiny_seen(tmp_path / "seen")


@pytest.fixture
def text_model(tmp_path: Path) -> InstalledModel:
    return make_tiny_text(tmp_path / "text")
