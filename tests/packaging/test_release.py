"""The command of a release, as far as it goes before it builds: it says what it is for, and what is in its way."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone of little more than the command, in a folder with a blank in its name, without changes."""
    folder = tmp_path / "a clone"
    (folder / "desktop_search").mkdir(parents=True)
    shutil.copytree(PROJECT / "packaging", folder / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("CHANGELOG.md", "pyproject.toml", ".gitignore", "desktop_search/__init__.py"):
        shutil.copy(PROJECT / name, folder / name)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *command], cwd=folder, check=True)
    return folder


def release(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(project / "packaging" / "release.sh"), *arguments]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60, check=False)


def test_it_says_how_it_is_used_and_makes_nothing(project: Path) -> None:
    done = release(project, "--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("--without-tests", "RELEASE_KEY", "DESKTOP_SEARCH_MAINTAINER"))
    assert not (project / "dist").exists()


def changed(project: Path) -> None:
    (project / "new.txt").write_text("not committed")


def unknown(project: Path) -> None:
    module = project / "desktop_search" / "__init__.py"
    module.write_text('__version__ = "9.9.9"\n')
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "9"], cwd=project, check=True)


def no_clone(project: Path) -> None:
    shutil.rmtree(project / ".git")


def full(project: Path) -> None:
    (project / "dist").mkdir()
    (project / "dist" / "older.deb").write_text("an older one")


def fine(_project: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "arguments", "said"),
    [
        (changed, [], "not committed"),
        (unknown, [], "CHANGELOG.md says nothing of 9.9.9"),
        (no_clone, [], "is no clone"),
        (full, [], "is not empty"),
        (fine, ["--fast"], "no option --fast"),
        (fine, ["one", "two"], "One folder is enough"),
        (fine, ["/proc/none"], "cannot be made"),
    ],
)
def test_what_is_in_its_way_is_said_before_anything_is_built(
    project: Path, change: Callable[[Path], None], arguments: list[str], said: str
) -> None:
    change(project)
    done = release(project, *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert not (project / ".venv").exists()
