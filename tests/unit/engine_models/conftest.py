from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_search.core.token import CancelToken
from desktop_search.engine.model_store.catalogue import Catalogue, load_catalogue
from desktop_search.engine.model_store.importing import import_model
from desktop_search.engine.model_store.installing import Work
from desktop_search.engine.model_store.models import Installation, Models
from desktop_search.engine.model_store.progress import Progress
from tests.support.model_folders import entry, write_catalogue, write_files
from tests.support.models_command import checks


@pytest.fixture
def models(tmp_path: Path) -> Models:
    return Models(tmp_path / "models")


@pytest.fixture
def work(models: Models) -> Work:
    return make_work(models)


def make_work(models: Models, check: str = "passes", report: Callable[[Progress], None] = lambda _: None) -> Work:
    return Work(models, checks(check), CancelToken(), report)


@pytest.fixture
def catalogue_file(tmp_path: Path) -> Path:
    said = {"model.onnx": b"sentences" * 1000}
    entries = (entry("tiny-eyes"), entry("other-eyes"), entry("tiny-words", said, kind="text", family="e5"))
    return write_catalogue(tmp_path / "catalogue.json", *entries)


@pytest.fixture
def catalogue(catalogue_file: Path) -> Catalogue:
    return load_catalogue(catalogue_file)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with the files of tiny-eyes, which are those of other-eyes too."""
    return write_files(tmp_path / "brought")


@pytest.fixture
def installed(work: Work, catalogue: Catalogue, source: Path) -> Installation:
    return import_model(work, catalogue, source, "tiny-eyes")
