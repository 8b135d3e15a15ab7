from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.errors import Cancelled, DiskFull, FileProblem
from desktop_search.engine.model_store.catalogue import Catalogue, load_catalogue
from desktop_search.engine.model_store.holding import held
from desktop_search.engine.model_store.importing import import_model
from desktop_search.engine.model_store.installing import Work
from desktop_search.engine.model_store.models import Models
from desktop_search.engine.model_store.progress import Progress, Stage
from tests.support.model_folders import COMMIT, FILES, entry, sha256, write_catalogue, write_files
from tests.unit.engine_models.conftest import make_work


def test_an_imported_model_is_whole_and_in_use(work: Work, catalogue: Catalogue, source: Path, models: Models) -> None:
    installation = import_model(work, catalogue, source, "tiny-eyes")
    assert installation.usable
    assert installation.in_use
    assert {path: (installation.folder / path).read_bytes() for path in FILES} == FILES
    seen = models.chosen().seen
    assert seen is not None
    assert (seen.model_id, seen.revision, seen.settings) == ("tiny-eyes", COMMIT, {"dim": 8})
    assert {path: (source / path).read_bytes() for path in FILES} == FILES, "the source stays"


def test_files_without_their_folders_are_taken_too(work: Work, catalogue: Catalogue, tmp_path: Path) -> None:
    flat = write_files(tmp_path / "flat", {Path(path).name: content for path, content in FILES.items()})
    folder = import_model(work, catalogue, flat, "tiny-eyes").folder
    assert (folder / "onnx" / "vision_model.onnx").read_bytes() == FILES["onnx/vision_model.onnx"]


def test_a_disk_that_knows_no_second_names_is_copied_to(
    work: Work, catalogue: Catalogue, source: Path, monkeypatch: pytest.MonkeyPatch, models: Models
) -> None:
    def refused(*_: Any) -> None:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "link", refused)
    seen: list[Progress] = []
    folder = import_model(make_work(models, report=seen.append), catalogue, source, "tiny-eyes").folder
    assert (folder / "tokenizer.json").stat().st_ino != (source / "tokenizer.json").stat().st_ino
    assert seen[-1].stage is Stage.TRYING
    copying = [progress for progress in seen if progress.stage is Stage.COPYING]
    assert [progress.done_bytes for progress in copying] == sorted(progress.done_bytes for progress in copying)
    assert copying[-1].done_bytes == copying[-1].total_bytes == sum(map(len, FILES.values()))


def test_a_disk_without_room_is_said_before_copying(
    work: Work, catalogue: Catalogue, source: Path, monkeypatch: pytest.MonkeyPatch, models: Models
) -> None:
    def refused(*_: Any) -> None:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(DiskFull, match="no room for the model"):
        import_model(work, catalogue, source, "tiny-eyes")
    assert models.installed() == ()


@pytest.mark.parametrize("lost", sorted(FILES))
def test_a_missing_file_is_named(work: Work, catalogue: Catalogue, source: Path, lost: str, models: Models) -> None:
    (source / lost).unlink()
    with pytest.raises(FileProblem, match=f"{lost} is missing"):
        import_model(work, catalogue, source, "tiny-eyes")
    assert models.installed() == ()


def test_a_file_that_was_cut_off_is_named(work: Work, catalogue: Catalogue, source: Path) -> None:
    cut = source / "onnx" / "text_model.onnx"
    cut.write_bytes(cut.read_bytes()[:-1])
    with pytest.raises(FileProblem, match=r"text_model.onnx has 99999 bytes instead of 100000"):
        import_model(work, catalogue, source, "tiny-eyes")


def test_a_changed_byte_is_found(work: Work, catalogue: Catalogue, source: Path, models: Models) -> None:
    changed = source / "onnx" / "vision_model.onnx"
    changed.write_bytes(b"E" + changed.read_bytes()[1:])
    with pytest.raises(FileProblem, match=r"checksum of onnx/vision_model.onnx"):
        import_model(work, catalogue, source, "tiny-eyes")
    assert models.installed() == ()
    assert models.disk_bytes() == 0


def test_the_model_is_told_from_its_files(work: Work, tmp_path: Path, source: Path) -> None:
    other = entry("longer", {path: content + b"." for path, content in FILES.items()})
    names = entry("any-size", pinned=False)
    catalogue = load_catalogue(write_catalogue(tmp_path / "three.json", names, other, entry("tiny-eyes")))
    assert import_model(work, catalogue, source).manifest.model_id == "tiny-eyes"


def test_two_that_fit_alike_are_asked_about(work: Work, catalogue: Catalogue, source: Path) -> None:
    with pytest.raises(FileProblem, match="one of several models") as caught:
        import_model(work, catalogue, source)
    assert "tiny-eyes, other-eyes" in caught.value.hint


def test_a_folder_of_something_else_is_refused(work: Work, catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="none of the known models"):
        import_model(work, catalogue, tmp_path)
    with pytest.raises(FileProblem, match="not a folder"):
        import_model(work, catalogue, tmp_path / "nowhere")
    with pytest.raises(FileProblem, match="no model “unheard-of”"):
        import_model(work, catalogue, tmp_path, "unheard-of")


def test_a_model_of_another_computer_brings_its_checksums(tmp_path: Path, source: Path) -> None:
    """Without pinned checksums those computed where it was installed first tell damage on the way."""
    catalogue = load_catalogue(write_catalogue(tmp_path / "own.json", entry("own", pinned=False)))
    there = import_model(make_work(Models(tmp_path / "there")), catalogue, source)
    assert {file.sha256_from for file in there.manifest.files} == {"file"}
    here = import_model(make_work(Models(tmp_path / "here")), catalogue, there.folder)
    assert here.manifest.revision == there.manifest.revision
    assert here.manifest.files[0].sha256 == sha256(FILES["onnx/vision_model.onnx"])
    stick = Path(shutil.copytree(there.folder, tmp_path / "stick"))
    (stick / "tokenizer.json").write_bytes(b'{"tokens": [1]')
    with pytest.raises(FileProblem, match=r"checksum of tokenizer\.json"):
        import_model(make_work(Models(tmp_path / "third")), catalogue, stick)


def test_the_same_files_without_a_revision_are_the_same_model(tmp_path: Path, source: Path) -> None:
    catalogue = load_catalogue(write_catalogue(tmp_path / "own.json", entry("own", pinned=False)))

    def revision(name: str, folder: Path) -> str:
        return import_model(make_work(Models(tmp_path / name)), catalogue, folder).manifest.model(folder).identity

    first, again = revision("first", source), revision("again", source)
    (source / "tokenizer.json").write_bytes(b"{}")
    assert first == again
    assert revision("other", source) != first


def test_a_model_that_fails_its_check_is_not_used(models: Models, catalogue: Catalogue, source: Path) -> None:
    with pytest.raises(FileProblem, match="taken for a cat"):
        import_model(make_work(models, "fails"), catalogue, source, "tiny-eyes")
    assert models.chosen().seen is None
    assert "taken for a cat" in models.get("tiny-eyes").problem
    with pytest.raises(FileProblem, match="cannot be used"):
        models.use("tiny-eyes")


def test_a_model_that_no_runtime_takes_is_not_used(
    models: Models, catalogue: Catalogue, source: Path, expected_logs: Any
) -> None:
    expected_logs.expect("failed its check: RuntimeError: no such operator")
    with pytest.raises(FileProblem, match="cannot be loaded"):
        import_model(make_work(models, "breaks"), catalogue, source, "tiny-eyes")
    assert not models.get("tiny-eyes").usable


def test_importing_can_be_cancelled_and_leaves_nothing(models: Models, catalogue: Catalogue, source: Path) -> None:
    work = make_work(models, report=lambda _: work.token.cancel())
    with pytest.raises(Cancelled):
        import_model(work, catalogue, source, "tiny-eyes")
    assert models.disk_bytes() == 0


def test_another_process_that_works_on_the_model_is_not_disturbed(
    work: Work, catalogue: Catalogue, source: Path, models: Models
) -> None:
    with (
        held(models.folder, "tiny-eyes", ""),
        pytest.raises(FileProblem, match="Another process is working on the model “tiny-eyes”"),
    ):
        import_model(work, catalogue, source, "tiny-eyes")
    import_model(work, catalogue, source, "tiny-eyes")


def test_a_newer_import_takes_the_place_of_the_older(
    work: Work, catalogue: Catalogue, source: Path, models: Models
) -> None:
    import_model(work, catalogue, source, "tiny-eyes")
    (models.folder / "tiny-eyes" / "left-over").write_text("of an older version")
    import_model(work, catalogue, source, "tiny-eyes")
    held_files = {path.name for path in (models.folder / "tiny-eyes").rglob("*") if path.is_file()}
    assert held_files == {"vision_model.onnx", "text_model.onnx", "tokenizer.json", "model.json"}
    assert json.loads((models.folder / "chosen.json").read_text()) == {"seen": "tiny-eyes"}
