"""The command for models, with small programs in its place."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from desktop_search.core.errors import AppError, Cancelled
from desktop_search.core.search_models import FetchProgress, ModelKind
from desktop_search.core.token import CancelToken
from desktop_search.services.model_commands import ModelCommands

LIST = """
import json
print("a line of a library", flush=True)
rows = [{"id": "a", "kind": "seen", "title": "A", "fetch_bytes": 100, "partial_bytes": 40, "licence": "MIT",
         "attribution": "by B"}, {"id": "c", "kind": "smell"}, "nonsense"]
print(json.dumps({"models": rows}), flush=True)
"""
PROGRESS = """
import json
for done in (0, 50, 100):
    print(json.dumps({"progress": {"stage": "fetching", "done_bytes": done, "total_bytes": 100}}), flush=True)
print(json.dumps({"done": {"id": "a"}}), flush=True)
"""
FAILS = """
import json, sys
print(json.dumps({"failed": {"message": "The disk is full.", "hint": "Make room."}}), flush=True)
sys.exit(2)
"""
DIES = "import sys; print('a traceback', file=sys.stderr); sys.exit(1)"
HANGS = """
import json, sys
print(json.dumps({"progress": {"done_bytes": 1, "total_bytes": 2}}), flush=True)
sys.stdin.read()
"""


def commands(program: str, folder: Path) -> ModelCommands:
    return ModelCommands(folder, command=[sys.executable, "-c", program])


def test_the_list_is_read_whatever_else_is_printed(tmp_path: Path) -> None:
    (model,) = commands(LIST, tmp_path).overview(CancelToken())
    assert (model.model_id, model.kind, model.title) == ("a", ModelKind.SEEN, "A")
    assert (model.download_bytes, model.size_bytes, model.licence) == (60, 40, "MIT; by B")
    assert not model.is_installed


def test_progress_is_passed_on(tmp_path: Path) -> None:
    told: list[FetchProgress] = []
    commands(PROGRESS, tmp_path).fetch("a", CancelToken(), told.append)
    assert told == [FetchProgress(done, 100, "fetching") for done in (0, 50, 100)]


def test_a_failure_is_told_as_the_command_told_it(tmp_path: Path) -> None:
    with pytest.raises(AppError) as problem:
        commands(FAILS, tmp_path).remove("a", CancelToken())
    assert (problem.value.message, problem.value.hint) == ("The disk is full.", "Make room.")


def test_what_dies_leaves_its_words_for_a_report(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="ended unexpectedly") as problem:
        commands(DIES, tmp_path).use("a", CancelToken())
    assert "a traceback" in problem.value.details
    assert "code 1" in problem.value.details


def test_a_program_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="ended unexpectedly"):
        ModelCommands(tmp_path, command=[str(tmp_path / "nothing")]).overview(CancelToken())


def test_cancelling_ends_the_process(tmp_path: Path) -> None:
    token, began = CancelToken(), threading.Event()

    def cancel() -> None:
        began.wait(20)
        token.cancel()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    with pytest.raises(Cancelled):
        commands(HANGS, tmp_path).fetch("a", token, lambda _progress: began.set())
    canceller.join()
