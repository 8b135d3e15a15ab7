from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.engine.model_store import listing, speed
from desktop_search.engine.model_store.catalogue import Catalogue, load_catalogue
from desktop_search.engine.model_store.importing import import_model
from desktop_search.engine.model_store.listing import listed
from desktop_search.engine.model_store.models import Models
from tests.support.model_folders import entry, write_catalogue
from tests.unit.engine_models.conftest import make_work


@pytest.fixture
def two(tmp_path: Path) -> Catalogue:
    """A model, and one that stands in for it on slow computers."""
    entries = entry("large"), entry("small", faster_than="large"), entry("words", kind="text")
    return load_catalogue(write_catalogue(tmp_path / "two.json", *entries))


def _recommended(models: Models, catalogue: Catalogue) -> list[str]:
    return [row["id"] for row in listed(models, catalogue) if row["recommended"]]


def test_on_a_slow_computer_the_faster_model_is_recommended(
    models: Models, two: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "estimated_picture_ms", lambda: speed.SLOW_MS - 1)
    assert _recommended(models, two) == ["large", "words"]
    monkeypatch.setattr(listing, "estimated_picture_ms", lambda: speed.SLOW_MS + 1)
    assert _recommended(models, two) == ["small", "words"]


@pytest.mark.parametrize(("check", "better"), [("slow", "small"), ("passes", "large")])
def test_what_was_measured_says_more_than_the_estimate(
    models: Models, two: Catalogue, source: Path, check: str, better: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "estimated_picture_ms", lambda: pytest.fail("it was measured"))
    import_model(make_work(models, check), two, source, "large")
    assert _recommended(models, two) == [better, "words"]
    assert models.chosen().seen is not None, "a recommendation changes nothing that is in use"


def test_the_estimate_comes_from_real_work() -> None:
    gflops = speed.measured_gflops()
    assert 0.1 < gflops < 100_000
    assert speed.estimated_picture_ms() > 0
