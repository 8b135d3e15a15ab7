"""How the program starts itself, from source and installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop_search.core.own_command import leave_libraries_to_others, own_command


def test_from_source_python_runs_the_package() -> None:
    assert own_command("engine", "--help") == [sys.executable, "-m", "desktop_search", "engine", "--help"]


def test_an_installed_program_is_its_own_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("models", "list") == [sys.executable, "models", "list"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"LD_LIBRARY_PATH": "/ours"}, {}),
        ({"LD_LIBRARY_PATH": "/ours:/theirs", "LD_LIBRARY_PATH_ORIG": "/theirs"}, {"LD_LIBRARY_PATH": "/theirs"}),
        ({"HOME": "/home/anna"}, {"HOME": "/home/anna"}),
    ],
)
def test_programs_of_the_system_do_not_load_our_libraries(
    monkeypatch: pytest.MonkeyPatch, before: dict[str, str], after: dict[str, str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    leave_libraries_to_others(before)
    assert before.pop("PYINSTALLER_RESET_ENVIRONMENT") == "1", "our own engine would not find its libraries"
    assert before == after


def test_from_source_the_users_own_search_path_stays() -> None:
    environment = {"LD_LIBRARY_PATH": "/theirs"}
    leave_libraries_to_others(environment)
    assert environment == {"LD_LIBRARY_PATH": "/theirs"}


def test_nothing_else_names_the_interpreter() -> None:
    package = Path(own_command.__code__.co_filename).parents[1]
    allowed = {"core/own_command.py", "player/locator.py"}
    naming = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "sys.executable" in path.read_text("utf-8")
    }
    assert naming == allowed
