"""The log: rotating, complete, and without a single key."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.bootstrap.logs import LOG_NAME, Redactor, start_logging, stop_logging
from tests.support.logs import ExpectedLogs

KEY = "sk-mavi-1234567890abcdef"
_log = logging.getLogger("desktop_search.test")


@pytest.fixture
def restored_logging() -> Iterator[None]:
    level, raising = logging.getLogger().level, logging.raiseExceptions
    yield
    logging.getLogger().setLevel(level)
    logging.raiseExceptions = raising


def logged(folder: Path) -> str:
    return (folder / LOG_NAME).read_text(encoding="utf-8")


@pytest.mark.usefixtures("restored_logging")
def test_records_tracebacks_and_warnings_are_written_without_keys(tmp_path: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("bad key|could not be sent|old way")
    handler = start_logging(tmp_path / "logs", Redactor(["engine-key-of-this-run"]))
    _log.warning("bad key %s for %s", KEY, {"Authorization": "plainkey123"})
    try:
        raise ValueError(f"refused {KEY} and engine-key-of-this-run")
    except ValueError:
        _log.exception("could not be sent")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("the old way", DeprecationWarning, stacklevel=1)
    stop_logging(handler)
    text = logged(tmp_path / "logs")
    assert "bad key" in text
    assert "Traceback" in text
    assert "the old way" in text
    for secret in (KEY, "1234567890abcdef", "plainkey123", "engine-key-of-this-run"):
        assert secret not in text


@pytest.mark.usefixtures("restored_logging")
def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    handler = start_logging(tmp_path)
    for _ in range(60):
        _log.info("x" * 100_000)
    stop_logging(handler)
    files = list(tmp_path.iterdir())
    assert 2 <= len(files) <= 4
    assert all(file.stat().st_size <= 2 * 1024 * 1024 for file in files)


@pytest.mark.usefixtures("restored_logging")
def test_a_folder_that_cannot_be_made_sends_the_log_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    handler = start_logging(tmp_path / "file")
    _log.info("still told, key %s", KEY)
    stop_logging(handler)
    told = capsys.readouterr().err
    assert "still told" in told
    assert KEY not in told


@given(st.text(alphabet="abcdefXYZ0189_-", min_size=6, max_size=60), st.text(max_size=30))
def test_no_known_key_survives_wherever_it_stands(key: str, around: str) -> None:
    redact = Redactor([key])
    assert key not in redact(f"{around.replace(key, '')} {key}!").replace("sk-…hidden…", "")
    assert key not in repr(redact)


@pytest.mark.parametrize("text", ["a clip of a risk-averse boat", "task-1 is done", "sk-", "frame 12 of 300"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert Redactor(["", "abc"])(text) == text
