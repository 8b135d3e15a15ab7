"""The two commands' set-up, its decisions one by one, with the shell that runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the set-up reads, in a folder with spaces and signs in its name, with a stand-in for Python."""
    folder = tmp_path / "my films & more (2026)"
    (folder / "desktop_search").mkdir(parents=True)
    shutil.copytree(PROJECT / "packaging", folder / "packaging")
    shutil.copy(PROJECT / "pyproject.toml", folder)
    shutil.copy(PROJECT / "desktop_search" / "__init__.py", folder / "desktop_search")
    binary = folder / ".venv" / "bin"
    binary.mkdir(parents=True)
    (binary / "python").write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    (binary / "python").chmod(0o755)
    return folder


def shell(project: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    prepared = f'set -eu; project="{project}"; . "$project/packaging/set-up.sh"; {script}'
    return subprocess.run(["bash", "-c", prepared], env=os.environ | variables, capture_output=True, text=True)


def start(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [str(project / "packaging" / "run.sh"), *arguments]
    return subprocess.run(command, env=environment | variables, cwd="/", capture_output=True, text=True)


def make_ready(project: Path) -> None:
    assert shell(project, "mark_ready run packaging/requirements.lock").returncode == 0


def test_a_ready_environment_is_used_at_once_and_arguments_arrive_whole(project: Path) -> None:
    make_ready(project)
    run = start(project, "--tour", "my pictures", "a*b", "", DISPLAY=":0")
    assert run.stdout == "-m|desktop_search|--tour|my pictures|a*b||"
    assert run.stderr == ""


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["--self-check"], ["engine", "--data-dir", "D"], ["models", "list"]]
)
def test_what_needs_no_display_runs_without_one(project: Path, arguments: list[str]) -> None:
    make_ready(project)
    run = start(project, *arguments)
    assert run.returncode == 0
    assert run.stdout == "-m|desktop_search|" + "".join(f"{argument}|" for argument in arguments)


@pytest.mark.parametrize("arguments", [[], ["clip.mp4"], ["--profile-dir", "D"]])
def test_the_window_without_a_display_names_the_tour(project: Path, arguments: list[str]) -> None:
    run = start(project, *arguments)
    assert run.returncode == 1
    assert "needs a display" in run.stderr
    assert "--tour DIR" in run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize(
    "damage",
    [
        "rm .venv/bin/python",
        "touch .venv/.set-up-unfinished",
        "rm .venv/.ready-for-run",
        "echo '# newer' >> packaging/requirements.lock",
        "echo '# newer' >> pyproject.toml",
        "echo '# newer' >> packaging/system-packages.txt",
    ],
)
def test_what_changed_or_was_interrupted_is_set_up_again(project: Path, damage: str) -> None:
    make_ready(project)
    assert shell(project, "is_ready run packaging/requirements.lock").returncode == 0
    subprocess.run(["bash", "-c", damage], cwd=project, check=True)
    assert shell(project, "is_ready run packaging/requirements.lock").returncode != 0


def test_a_moved_folder_is_set_up_again(project: Path) -> None:
    make_ready(project)
    moved = project.with_name("moved")
    project.rename(moved)
    assert shell(moved, "is_ready run packaging/requirements.lock").returncode != 0


def test_a_link_to_the_command_finds_the_project(project: Path, tmp_path: Path) -> None:
    make_ready(project)
    link = tmp_path / "desktop search"
    link.symlink_to(project / "packaging" / "run.sh")
    run = subprocess.run([str(link), "--version"], capture_output=True, text=True)
    assert run.stdout == "-m|desktop_search|--version|"


def test_alternatives_are_met_by_any_of_them(project: Path) -> None:
    known = shell(project, 'is_installed() { [ "$1" = two ]; }; missing_of "one|two" "three" "two" "four|five"')
    assert known.stdout.split() == ["three", "four|five"]


def test_every_section_lists_packages(project: Path) -> None:
    run = shell(project, "packages_of run").stdout.split()
    assert {"libvlc5", "vlc-plugin-base", "vlc-plugin-video-output", "libxcb-cursor0"} <= set(run)
    assert "gnome-keyring" not in run
    assert "xvfb" in shell(project, "packages_of tour").stdout.split()
    assert {"gnome-keyring", "xvfb"} <= set(shell(project, "packages_of test").stdout.split())


APT = """
id() { echo 1000; }
sudo() { return 1; }
apt-cache() { [ "$2" != libold ]; }
apt-get() { echo "apt-get $*"; }
is_installed() { return 1; }
packages_of() { printf '%s\\n' 'libold|libnew' ; }
"""


def test_without_rights_the_command_to_run_is_said(project: Path) -> None:
    run = shell(project, f"{APT} need_system run </dev/null")
    assert run.returncode == 1
    assert "sudo apt-get update && sudo apt-get install --no-install-recommends libnew" in run.stderr


def test_a_failing_installation_is_tried_twice_with_fresh_lists(project: Path) -> None:
    failing = 'id() { echo 0; }; apt-get() { echo "apt-get $1 $2"; [ "$1" = update ]; }'
    run = shell(project, f"{APT} {failing}; need_system run")
    assert run.returncode == 1
    assert run.stderr.count("apt-get update") >= 2
    assert run.stderr.count("apt-get install -q") == 2


def test_another_system_is_told_what_is_needed_and_goes_on(project: Path) -> None:
    run = shell(project, 'command() { return 1; }; need_system run; echo "went on"')
    assert run.stdout.strip() == "went on"
    assert "libvlc5" in run.stderr


def test_an_unsuitable_python_is_passed_over(project: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    run = shell(project, "suitable_python", DESKTOP_SEARCH_PYTHON=str(old))
    assert run.stdout.strip() != str(old)
    assert run.stdout.strip()
