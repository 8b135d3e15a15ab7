"""The checks of the code itself, as tests, so that one command and one closing line cover everything."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
LONGEST_FILE, MEDIAN_FILE = 400, 150


def run(*command: str, cache: Path) -> None:
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "RUFF_CACHE_DIR": str(cache / "ruff")}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def test_ruff_finds_nothing(tmp_path: Path) -> None:
    run("ruff", "check", cache=tmp_path)


def test_everything_is_formatted(tmp_path: Path) -> None:
    run("ruff", "format", "--check", cache=tmp_path)


@pytest.mark.timeout(540)
def test_types_are_strict_and_right(tmp_path: Path) -> None:
    run("mypy", cache=tmp_path)


def test_the_layers_hold(tmp_path: Path) -> None:
    run("lint-imports", "--no-cache", cache=tmp_path)


def test_the_scripts_can_be_read_by_the_shell() -> None:
    for script in (*sorted((PROJECT / "packaging").glob("*.sh")), PROJECT / ".ci" / "run"):
        subprocess.run(["bash", "-n", str(script)], check=True)


def test_files_stay_small() -> None:
    lines = {path: path.read_text().count("\n") for path in (PROJECT / "desktop_search").rglob("*.py")}
    long = {str(path.relative_to(PROJECT)): count for path, count in lines.items() if count > LONGEST_FILE}
    assert not long
    assert statistics.median(count for count in lines.values() if count) <= MEDIAN_FILE


def test_windows_are_waited_for_without_python_s_lock() -> None:
    for path in (PROJECT / "tests").rglob("*.py"):
        text = path.read_text()
        found = [name for name in ("waitActive(", "waitExposed(", "qWait(") if f".{name}" in text]
        assert path == Path(__file__) or not found, f"{path}: {found}; see tests/support/focus.py"


def test_no_type_or_style_check_is_switched_off_as_a_whole() -> None:
    blanket = ("# type: ignore\n", "# noqa\n", "# ruff: noqa", "# mypy: ignore-errors")
    for folder in ("desktop_search", "tests", "resources"):
        for path in (PROJECT / folder).rglob("*.py"):
            if path != Path(__file__):
                text = path.read_text()
                assert not [mark for mark in blanket if mark in text], path
