from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.engine.model_store.catalogue import COMMIT, load_catalogue
from desktop_search.engine.model_store.installed import Kind
from tests.support.model_folders import entry, write_catalogue


def test_the_programs_own_catalogue_names_what_it_fetches() -> None:
    catalogue = load_catalogue()
    assert {model.kind for model in catalogue.models} == set(Kind)
    for model in catalogue.models:
        has_checksums = all(file.sha256 for file in model.files)
        assert COMMIT.fullmatch(model.revision) or has_checksums, model.model_id
        assert model.fetch_bytes > 0
        named = [value for name, value in model.settings.items() if name.endswith("_file")]
        assert set(named) <= {file.path for file in model.files}, "settings name files that are not fetched"
    unpinned = [model.model_id for model in catalogue.models if not model.pinned]
    assert unpinned == ["siglip2-base-patch32-256", "vit-gpt2-image-captioning"], "docs/models.md says which are pinned"


def test_the_documentation_names_every_model_and_its_revision() -> None:
    text = (Path(__file__).parents[3] / "docs" / "models.md").read_text()
    for model in load_catalogue().models:
        assert f"`{model.model_id}`" in text
        assert model.repo in text
        assert model.revision[:12] in text


def test_sizes_that_are_not_known_are_not_counted_as_exact(tmp_path: Path) -> None:
    rough = entry("rough", pinned=False, about_bytes=1_000_000)
    catalogue = load_catalogue(write_catalogue(tmp_path / "own.json", entry("exact"), rough))
    exact, about = catalogue.models
    assert (exact.fetch_bytes, exact.sizes_known, exact.pinned) == (300_014, True, True)
    assert (about.fetch_bytes, about.sizes_known, about.pinned) == (1_000_000, False, False)


@pytest.mark.parametrize(
    "damage",
    [
        {"id": "../elsewhere"},
        {"id": "Capitals"},
        {"kind": "smelt"},
        {"repo": ""},
        {"settings": {"dim": [1]}},
        {"files": [{"path": "../../etc/passwd", "size_bytes": 1, "sha256": None}]},
        {"files": [{"path": "/etc/passwd", "size_bytes": 1, "sha256": None}]},
        {"files": [{"path": "model.json", "size_bytes": 1, "sha256": None}]},
        {"files": [{"path": "a.onnx", "size_bytes": -1, "sha256": None}]},
        {"files": [{"path": "a.onnx", "size_bytes": 10**12, "sha256": None}]},
        {"files": [{"path": "a.onnx", "size_bytes": 1, "sha256": "abc"}]},
    ],
)
def test_a_catalogue_that_would_lead_astray_is_refused(tmp_path: Path, damage: dict[str, Any]) -> None:
    file = write_catalogue(tmp_path / "own.json", entry("good") | damage)
    with pytest.raises(FileProblem, match="not a catalogue of models"):
        load_catalogue(file)


def test_a_file_that_is_no_catalogue_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        load_catalogue(tmp_path / "missing.json")
    (tmp_path / "list.json").write_text(json.dumps(["models"]))
    with pytest.raises(FileProblem, match="not a catalogue"):
        load_catalogue(tmp_path / "list.json")
    twice = write_catalogue(tmp_path / "twice.json", entry("same"), entry("same"))
    with pytest.raises(FileProblem, match="two models of the same id"):
        load_catalogue(twice)
