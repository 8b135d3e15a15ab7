"""The checks of the code itself, as tests, so that one command and one closing line cover everything."""

from __future__ import annotations

import ast
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
LONGEST_FILE, MEDIAN_FILE, LONGEST_FUNCTION = 400, 150, 40


def run(*command: str, cache: Path) -> None:
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "RUFF_CACHE_DIR": str(cache / "ruff")}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def test_ruff_finds_nothing(tmp_path: Path) -> None:
    run("ruff", "check", cache=tmp_path)


def test_everything_is_formatted(tmp_path: Path) -> None:
    run("ruff", "format", "--check", cache=tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(540)
def test_types_are_strict_and_right(tmp_path: Path) -> None:
    run("mypy", cache=tmp_path)


def test_the_layers_hold(tmp_path: Path) -> None:
    run("lint-imports", "--no-cache", cache=tmp_path)


def test_the_scripts_can_be_read_by_the_shell() -> None:
    for script in (*sorted((PROJECT / "packaging").glob("*.sh")), PROJECT / ".ci" / "run"):
        subprocess.run(["bash", "-n", str(script)], check=True)


def sources() -> Iterator[tuple[str, str]]:
    """Every file of Python, by its place in the project, and what stands in it."""
    for folder in ("desktop_search", "packaging", "resources", "tests"):
        for path in sorted((PROJECT / folder).rglob("*.py")):
            yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")


def test_files_stay_small() -> None:
    lines = {name: text.count("\n") for name, text in sources()}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}
    assert statistics.median(count for count in lines.values() if count) <= MEDIAN_FILE


def test_functions_stay_small() -> None:
    found = [(name, node) for name, text in sources() for node in ast.walk(ast.parse(text))]
    functions = [(name, node) for name, node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert len(functions) > 1000
    lines = {f"{name}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1 for name, node in functions}
    assert {name: count for name, count in lines.items() if count > LONGEST_FUNCTION} == {}


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
