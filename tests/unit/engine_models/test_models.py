from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.engine.model_store.catalogue import Catalogue
from desktop_search.engine.model_store.holding import held
from desktop_search.engine.model_store.importing import import_model
from desktop_search.engine.model_store.installed import ChosenModels, Kind
from desktop_search.engine.model_store.installing import Work, check
from desktop_search.engine.model_store.models import Installation, Models
from tests.support.model_folders import write_files
from tests.unit.engine_models.conftest import make_work


@pytest.fixture
def words(work: Work, catalogue: Catalogue, tmp_path: Path) -> Installation:
    folder = write_files(tmp_path / "words", {"model.onnx": b"sentences" * 1000})
    return import_model(work, catalogue, folder)


@pytest.fixture
def other(work: Work, catalogue: Catalogue, source: Path, installed: Installation) -> Installation:
    return import_model(work, catalogue, source, "other-eyes")


def test_without_a_folder_there_are_no_models(models: Models) -> None:
    assert models.chosen() == ChosenModels()
    assert models.installed() == ()
    assert models.disk_bytes() == 0


def test_the_first_of_a_kind_is_used_and_a_choice_stands(
    models: Models, installed: Installation, other: Installation, words: Installation
) -> None:
    chosen = models.chosen()
    assert chosen.seen is not None
    assert chosen.text is not None
    assert (chosen.seen.model_id, chosen.text.model_id, chosen.speech) == ("tiny-eyes", "tiny-words", None)
    models.use("other-eyes")
    assert [found.manifest.model_id for found in models.installed() if found.in_use] == ["other-eyes", "tiny-words"]


def test_another_reader_sees_a_choice_at_once(models: Models, other: Installation) -> None:
    engine = Models(models.folder)
    assert engine.chosen().seen is not None
    models.use("other-eyes")
    chosen = engine.chosen().seen
    assert chosen is not None
    assert chosen.model_id == "other-eyes"
    models.use_none(Kind.SEEN)
    assert engine.chosen().seen is None


def test_none_stays_none_when_another_is_installed(
    models: Models, work: Work, catalogue: Catalogue, source: Path, installed: Installation
) -> None:
    models.use_none(Kind.SEEN)
    import_model(work, catalogue, source, "other-eyes")
    assert models.chosen().seen is None


def test_a_file_that_changed_takes_the_model_out_of_use_until_it_is_checked(
    models: Models, work: Work, installed: Installation
) -> None:
    file = installed.folder / "tokenizer.json"
    content = file.read_bytes()
    file.write_bytes(content + b" ")
    assert models.chosen().seen is None
    assert "tokenizer.json is missing, or has changed" in models.get("tiny-eyes").problem
    with pytest.raises(FileProblem, match=r"tokenizer\.json is not what it was"):
        check(work, "tiny-eyes")
    file.write_bytes(content)
    assert models.chosen().seen is None, "the times differ, and the last check failed"
    assert check(work, "tiny-eyes").usable
    assert models.chosen().seen is not None


def test_a_change_that_keeps_size_and_time_is_found_by_the_check(
    models: Models, work: Work, installed: Installation
) -> None:
    file = installed.folder / "tokenizer.json"
    before = file.stat()
    file.write_bytes(b'{"tokens": {}}')
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert models.chosen().seen is not None, "the quick look cannot know"
    with pytest.raises(FileProblem, match=r"tokenizer\.json is not what it was"):
        check(work, "tiny-eyes")
    assert models.chosen().seen is None


def test_a_lost_file_takes_the_model_out_of_use(models: Models, installed: Installation) -> None:
    (installed.folder / "onnx" / "text_model.onnx").unlink()
    assert models.chosen().seen is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 99}', '{"version": 1, "model_id": "tiny-eyes"}'])
def test_a_damaged_manifest_is_no_model(models: Models, installed: Installation, content: str) -> None:
    (installed.folder / "model.json").write_text(content)
    assert models.chosen().seen is None
    assert models.find("tiny-eyes") is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"smelt": "tiny-eyes"}'])
def test_a_damaged_choice_is_no_choice(models: Models, installed: Installation, content: str) -> None:
    (models.folder / "chosen.json").write_text(content)
    assert models.chosen() == ChosenModels()
    models.use("tiny-eyes")
    assert models.chosen().seen is not None


def test_a_check_that_fails_later_takes_the_model_out_of_use(models: Models, installed: Installation) -> None:
    with pytest.raises(FileProblem, match="taken for a cat"):
        check(make_work(models, "fails"), "tiny-eyes")
    assert models.chosen().seen is None
    check(make_work(models), "tiny-eyes")
    assert models.chosen().seen is not None


def test_files_that_two_models_share_count_once(models: Models, other: Installation) -> None:
    assert other.manifest.size_bytes == 300_014
    assert 300_014 < models.disk_bytes() < 310_000


def test_a_removed_model_is_gone_and_out_of_use(models: Models, other: Installation) -> None:
    assert models.remove("tiny-eyes") > 300_014
    assert models.find("tiny-eyes") is None
    assert models.chosen().seen is None
    models.use_if_first("other-eyes")
    assert models.chosen().seen is not None
    with pytest.raises(FileProblem, match="no model “tiny-eyes” to remove"):
        models.remove("tiny-eyes")


def test_an_open_file_does_not_hold_up_removing_where_the_system_allows_that(
    models: Models, installed: Installation
) -> None:
    with (installed.folder / "tokenizer.json").open("rb") as reader:
        models.remove("tiny-eyes")
        assert reader.read() == b'{"tokens": []}'
    assert models.disk_bytes() == (models.folder / "chosen.json").stat().st_size


def test_what_another_process_works_on_is_not_removed(models: Models, installed: Installation) -> None:
    with held(models.folder, "tiny-eyes", ""), pytest.raises(FileProblem, match="Another process"):
        models.remove("tiny-eyes")
    assert models.chosen().seen is not None
