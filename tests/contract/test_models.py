"""Models of the real forms, of a few kilobytes, fetched by the program's own command and put to its own checks; and
what the window runs, against the real command.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.errors import AppError, Cancelled
from desktop_search.core.search_models import FetchProgress, ModelKind
from desktop_search.core.token import CancelToken
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.model_store.models import Models
from desktop_search.services.model_commands import ModelCommands
from tests.support.model_folders import FILES, entry, write_catalogue
from tests.support.model_hub import ModelHub, model_hub
from tests.support.models_command import ROOT
from tests.support.tiny_models import make_tiny_seen, make_tiny_text
from tests.support.tiny_speech import tiny_parakeet
from tests.support.tiny_whisper import tiny_whisper
from tests.support.waiting import wait_until


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelHub]:
    with model_hub() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


def _contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _offer(hub: ModelHub, file: Path, model: InstalledModel) -> Path:
    """Put a model on the hub, and into a catalogue."""
    hub.repos[f"tests/{model.model_id}"] = contents = _contents(model.folder)
    about = {"kind": model.kind.value, "family": model.family, "settings": dict(model.settings)}
    return write_catalogue(file, entry(model.model_id, contents) | about)


def _download(folder: Path, catalogue: Path, model_id: str) -> dict[str, Any]:
    """The last line of the program's own command."""
    command = [sys.executable, "-m", "desktop_search", "models", "download", model_id, "--json"]
    options = ["--models-dir", str(folder), "--catalogue", str(catalogue)]
    told = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=ROOT)
    assert told.stdout, told.stderr
    last: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return last


@pytest.mark.parametrize("make", [make_tiny_seen, make_tiny_text, tiny_parakeet, tiny_whisper])
def test_models_of_every_family_are_fetched_pass_their_check_and_are_in_use(
    make: Callable[[Path], InstalledModel], hub: ModelHub, tmp_path: Path
) -> None:
    model = make(tmp_path / "made")
    done = _download(tmp_path / "models", _offer(hub, tmp_path / "own.json", model), model.model_id)["done"]
    assert done["in_use"] is True
    assert done["ms_per_item"] > 0
    chosen = Models(tmp_path / "models").chosen()
    used = {"seen": chosen.seen, "text": chosen.text, "speech": chosen.speech}[model.kind.value]
    assert used is not None
    assert (used.model_id, used.family, used.settings) == (model.model_id, model.family, dict(model.settings))
    assert _contents(model.folder).items() <= _contents(used.folder).items()


def test_towers_that_do_not_belong_together_are_not_used(hub: ModelHub, tmp_path: Path) -> None:
    """Every checksum is right, and still the model is of no use."""
    model = make_tiny_seen(tmp_path / "made")
    other = make_tiny_seen(tmp_path / "other", seed=2)
    text = "onnx/text_model_quantized.onnx"
    (model.folder / text).write_bytes((other.folder / text).read_bytes())
    failed = _download(tmp_path / "models", _offer(hub, tmp_path / "own.json", model), model.model_id)["failed"]
    assert "did not pass its check" in failed["message"]
    assert "simple pictures" in failed["message"]
    assert Models(tmp_path / "models").chosen().seen is None


@pytest.fixture
def commands(hub: ModelHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelCommands:
    """What the window runs, with a catalogue of two."""
    hub.repos = {"tests/one": dict(FILES), "tests/two": dict(FILES)}
    catalogue = write_catalogue(tmp_path / "own.json", entry("one"), entry("two"))
    monkeypatch.setenv("TEST_MODEL_CATALOGUE", str(catalogue))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    command = [sys.executable, "-m", "tests.support.models_command"]
    return ModelCommands(tmp_path / "models", command=command)


def _overview(commands: ModelCommands) -> dict[str, str]:
    """What the window would say of each model."""
    found = commands.overview(CancelToken())
    return {each.model_id: "used" if each.is_used else "here" if each.is_installed else "" for each in found}


def test_the_window_and_the_command_understand_each_other(commands: ModelCommands, tmp_path: Path) -> None:
    token, seen = CancelToken(), list[FetchProgress]()
    one, two = commands.overview(token)
    assert (one.kind, one.download_bytes, one.is_recommended, two.is_recommended) == (
        ModelKind.SEEN, 300_014, True, False
    )  # fmt: skip
    commands.fetch("one", token, seen.append)
    assert (seen[-1].done_bytes, seen[-1].total_bytes) == (300_014, 300_014)
    assert _overview(commands) == {"one": "used", "two": ""}
    commands.bring_in(tmp_path / "models" / "one", token, seen.append)
    commands.fetch("two", token, seen.append)
    commands.use("two", token)
    assert _overview(commands) == {"one": "here", "two": "used"}
    commands.use_none(ModelKind.SEEN, token)
    commands.remove("two", token)
    assert _overview(commands) == {"one": "here", "two": ""}


def test_the_window_hears_why_and_can_cancel(commands: ModelCommands, hub: ModelHub, tmp_path: Path) -> None:
    token, path = CancelToken(), "onnx/vision_model.onnx"
    hub.statuses[path] = 404
    with pytest.raises(AppError, match="has no “tests/one/onnx"):
        commands.fetch("one", token, lambda _: None)
    hub.statuses.clear()
    hub.hold_after[path] = 100_000
    part = tmp_path / "models/.incoming/one" / f"{path}.part"

    def cancel_when_it_stands_still() -> None:
        wait_until(lambda: part.is_file() and part.stat().st_size == 100_000, "all that was sent is kept")
        token.cancel()

    watcher = threading.Thread(target=cancel_when_it_stands_still)
    watcher.start()
    with pytest.raises(Cancelled):
        commands.fetch("one", token, lambda _: None)
    watcher.join()
    hub.hold_after.clear()
    assert commands.overview(CancelToken())[0].size_bytes >= 100_000, "what was fetched is kept"
    commands.fetch("one", CancelToken(), lambda _: None)
    assert hub.sent(path)[-1] == "bytes=100000-"
