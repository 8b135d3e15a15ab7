"""The engine's process, with small programs in the engine's place: starting, failing, dying, ending."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled, EngineUnavailable
from desktop_search.core.token import CancelToken
from desktop_search.services.engine_process import KEY_VARIABLE, EngineProcess, engine_command
from tests.support.logs import ExpectedLogs

WELL = """
import json, os, sys
print("a line of a library", flush=True)
print("[1]", flush=True)
print(json.dumps({"url": "http://127.0.0.1:1", "pid": os.getpid()}), flush=True)
print(len(os.environ["DESKTOP_SEARCH_ENGINE_KEY"]), file=sys.stderr, flush=True)
print("x" * 500_000, flush=True)
sys.stdin.read()
print("ended in order", file=sys.stderr)
"""
DIES = "import sys; print('the index is broken', file=sys.stderr); sys.exit(3)"
SILENT = "import sys; sys.stdin.read()"
BEGINNING = "import threading; threading.Event().wait()"
STUBBORN = """
import signal, threading
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('{"url": "http://127.0.0.1:1"}', flush=True)
threading.Event().wait()
"""


class Started:
    """Makes engines from programs, and ends them all."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "logs" / "engine.log"
        self._data = folder
        self._made: list[EngineProcess] = []

    def __call__(self, program: str, deadline_s: float = 30.0) -> EngineProcess:
        command = [sys.executable, "-c", program]
        self._made.append(EngineProcess(self._data, self.log, command=command, deadline_s=deadline_s))
        return self._made[-1]

    def stop(self) -> None:
        for engine in self._made:
            engine.stop()


@pytest.fixture
def engine_of(tmp_path: Path) -> Iterator[Started]:
    started = Started(tmp_path)
    yield started
    started.stop()


def test_it_starts_once_and_ends_in_order(engine_of: Started) -> None:
    engine = engine_of(WELL)
    url, key = engine.start(CancelToken())
    assert url == "http://127.0.0.1:1"
    assert len(key) >= 32
    assert engine.start(CancelToken()) == (url, key)
    assert engine.is_running
    assert key not in repr(engine)
    engine.stop()
    assert engine.pid is None
    assert engine_of.log.read_text() == f"{len(key)}\nended in order\n"


def test_the_key_is_in_the_childs_environment_alone(engine_of: Started) -> None:
    engine = engine_of(WELL)
    _, key = engine.start(CancelToken())
    assert KEY_VARIABLE not in os.environ
    assert key.encode() not in Path(f"/proc/{engine.pid}/cmdline").read_bytes()
    assert "--with-parent" in engine_command(Path("/data"))


def test_the_engine_is_told_where_the_models_lie() -> None:
    command = engine_command(Path("/data"), Path("/models"))
    assert command[command.index("--models-dir") + 1] == "/models"
    assert "--models-dir" not in engine_command(Path("/data"))


def test_one_that_was_killed_is_started_again_with_another_key(engine_of: Started) -> None:
    engine = engine_of(WELL)
    _, key = engine.start(CancelToken())
    first = engine.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert not engine.is_running
    _, other = engine.start(CancelToken())
    assert other != key
    assert engine.pid not in (first, None)


def test_many_who_start_it_get_the_same_one(engine_of: Started) -> None:
    engine = engine_of(WELL)
    answers: list[tuple[str, str]] = []
    threads = [threading.Thread(target=lambda: answers.append(engine.start(CancelToken()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


def test_an_engine_that_dies_says_why(engine_of: Started) -> None:
    with pytest.raises(EngineUnavailable, match="did not start") as caught:
        engine_of(DIES).start(CancelToken())
    assert "ended with code 3" in caught.value.details
    assert "the index is broken" in caught.value.details


def test_an_engine_that_says_nothing_is_given_up(engine_of: Started) -> None:
    engine = engine_of(SILENT, deadline_s=0.2)
    with pytest.raises(EngineUnavailable) as caught:
        engine.start(CancelToken())
    assert "not ready" in caught.value.details
    assert not engine.is_running


def test_one_that_is_still_beginning_ends_at_once(engine_of: Started) -> None:
    engine, token = engine_of(BEGINNING), CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        engine.start(token)
    assert not engine.is_running  # and nothing was said of one that is late


def test_waiting_for_a_start_can_be_cancelled_by_all_who_wait(engine_of: Started) -> None:
    engine = engine_of(SILENT)
    tokens = [CancelToken(), CancelToken()]
    ends: list[str] = []

    def start(token: CancelToken) -> None:
        try:
            engine.start(token)
        except Cancelled:
            ends.append("cancelled")

    threads = [threading.Thread(target=start, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for token in tokens:
        token.cancel()
    for thread in threads:
        thread.join(20)
    assert ends == ["cancelled", "cancelled"]
    assert not engine.is_running


def test_one_that_does_not_listen_is_killed(
    engine_of: Started, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectedLogs
) -> None:
    monkeypatch.setattr("desktop_search.services.child.END_DEADLINE_S", 0.1)
    expected_logs.expect("did not end by itself")
    engine = engine_of(STUBBORN)
    engine.start(CancelToken())
    pid = engine.pid
    engine.stop()
    assert not Path(f"/proc/{pid}").exists()


def test_a_program_that_cannot_be_run_is_said(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path, tmp_path / "engine.log", command=[str(tmp_path / "missing")])
    with pytest.raises(EngineUnavailable) as caught:
        engine.start(CancelToken())
    assert "No such file" in caught.value.details
    engine.stop()


def test_a_long_log_is_begun_anew(engine_of: Started) -> None:
    engine_of.log.parent.mkdir()
    engine_of.log.write_bytes(b"x" * 6_000_000)
    engine_of(WELL).start(CancelToken())
    assert engine_of.log.stat().st_size < 1000
    assert engine_of.log.with_name("engine.log.1").stat().st_size == 6_000_000
