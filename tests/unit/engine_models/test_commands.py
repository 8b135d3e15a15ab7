"""The command as a real process, driven by its JSON lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.model_folders import FILES
from tests.support.models_command import ROOT, Ended, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def own(catalogue_file: Path) -> tuple[str, str]:
    return "--catalogue", str(catalogue_file)


@pytest.fixture
def imported(folder: Path, own: tuple[str, str], source: Path) -> Ended:
    ended = run(folder, "import", str(source), "--id", "tiny-eyes", *own)
    assert ended.code == 0, ended.errors
    return ended


def _row(ended: Ended, model_id: str) -> dict[str, object]:
    return next(row for row in ended.lines[0]["models"] if row["id"] == model_id)


def test_the_programs_entry_lists_its_own_models_without_network_or_folder(profile_home: Path) -> None:
    command = [sys.executable, "-m", "desktop_search", "models", "list"]
    plain = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert "siglip2-base-patch16-256" in plain.stdout
    assert "CC-BY-4.0" in plain.stdout
    told = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True, cwd=ROOT)
    (line,) = told.stdout.splitlines()
    answer = json.loads(line)
    assert answer["folder"] == str(profile_home / ".local/share/desktop-search/models")
    assert answer["disk_bytes"] == 0
    assert answer["free_bytes"] > 0
    kinds = ["caption", "face", "person", "seen", "speech", "text"]
    assert sorted({row["kind"] for row in answer["models"]}) == kinds
    assert not any(row["installed"] for row in answer["models"])
    assert sorted(row["kind"] for row in answer["models"] if row["recommended"]) == kinds
    assert not Path(answer["folder"]).exists()


def test_a_list_says_what_lies_here(folder: Path, own: tuple[str, str], imported: Ended) -> None:
    row = _row(run(folder, "list", *own), "tiny-eyes")
    expected = {"installed": True, "usable": True, "in_use": True, "ms_per_item": 5.0, "problem": "", "pinned": True}
    assert expected.items() <= row.items()
    assert row["disk_bytes"] == row["fetch_bytes"] == sum(map(len, FILES.values()))
    assert row["checked_at"]


def test_a_model_that_no_catalogue_knows_any_more_is_listed(folder: Path, imported: Ended) -> None:
    row = _row(run(folder, "list"), "tiny-eyes")
    assert {"installed": True, "in_catalogue": False, "fetch_bytes": 0}.items() <= row.items()


def test_importing_says_how_far_it_is_and_what_came_of_it(imported: Ended) -> None:
    assert [progress["stage"] for progress in imported.progress][-1] == "trying"
    assert {progress["id"] for progress in imported.progress} == {"tiny-eyes"}
    last = imported.progress[-1]
    assert last["done_bytes"] == last["total_bytes"] == 300_014
    assert imported.done["id"] == "tiny-eyes"
    assert imported.done["in_use"] is True
    assert "is installed" in imported.done["message"]


def test_choosing_checking_and_removing(folder: Path, own: tuple[str, str], source: Path, imported: Ended) -> None:
    run(folder, "import", str(source), "--id", "other-eyes", *own)
    assert run(folder, "use", "other-eyes", *own).done["in_use"] is True
    assert _row(run(folder, "list", *own), "tiny-eyes")["in_use"] is False
    checked = run(folder, "check", "tiny-eyes", *own)
    assert {progress["stage"] for progress in checked.progress} == {"verifying", "trying"}
    assert checked.done["usable"] is True
    assert run(folder, "use", "--none", "seen", *own).done["kind"] == "seen"
    assert _row(run(folder, "list", *own), "other-eyes")["in_use"] is False
    assert run(folder, "remove", "other-eyes", *own).done["removed_bytes"] > 300_000
    assert _row(run(folder, "list", *own), "other-eyes")["installed"] is False


def test_failures_are_said_in_json_with_a_code(folder: Path, own: tuple[str, str], imported: Ended) -> None:
    failing = run(folder, "check", "tiny-eyes", *own, check="fails")
    assert failing.code == 2
    assert "taken for a cat" in failing.failed["message"]
    assert failing.failed["hint"]
    assert (failing.failed["cancelled"], failing.failed["retryable"]) == (False, False)
    assert run(folder, "use", "tiny-words", *own).failed["message"] == "The model “tiny-words” is not installed."
    assert run(folder, "remove", "tiny-words", *own).code == 2


def test_failures_are_said_in_words(folder: Path, source: Path) -> None:
    command = [sys.executable, "-m", "desktop_search", "models", "import", str(source), "--models-dir", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"desktop-search models: “{source}” holds none of the known models. Say which")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, own: tuple[str, str], source: Path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")
    ended = run(tmp_path / "models", "import", str(source), "--id", "tiny-eyes", *own)
    assert ended.code == 2
    assert "cannot be used" in ended.failed["message"]


def test_nothing_heavy_is_loaded_for_a_list(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop_search.engine.model_store.commands import run_models; "
        "run_models(['list', '--json'], default_folder=Path(sys.argv[1])); "
        "print([name for name in ('onnxruntime', 'huggingface_hub', 'PySide6', 'uvicorn') if name in sys.modules])"
    )
    command = [sys.executable, "-c", script, str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.splitlines()[-1] == "[]"
