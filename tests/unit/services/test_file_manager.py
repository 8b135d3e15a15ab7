"""Files shown in their folders: over a real D-Bus session, with a file manager of the tests in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_search.services.file_manager import command, show_in_folder


@pytest.fixture
def file_manager(dbus_session: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.file_manager_server"],
        env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": dbus_session},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert json.loads(process.stdout.readline()) == {"ready": True}
    yield process
    process.terminate()
    process.wait()
    process.stdout.close()


def test_the_file_manager_is_given_addresses_of_files(file_manager: subprocess.Popen[str], tmp_path: Path) -> None:
    first, second = tmp_path / "take 1 # 100% ü.mp4", tmp_path / "b.mp4"
    assert show_in_folder([first, second])
    assert file_manager.stdout is not None
    shown = json.loads(file_manager.stdout.readline())["shown"]
    assert shown == [first.as_uri(), second.as_uri()]
    assert shown[0].endswith("take%201%20%23%20100%25%20%C3%BC.mp4")


@pytest.mark.usefixtures("dbus_session")
def test_without_a_file_manager_it_says_so(tmp_path: Path) -> None:
    assert not show_in_folder([tmp_path / "a.mp4"])


@pytest.mark.parametrize("address", ["disabled:", "unix:path=/nowhere/bus", "", "nonsense"])
def test_without_a_bus_it_says_so(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert not show_in_folder([tmp_path / "a.mp4"])


def test_what_other_systems_are_asked() -> None:
    path, other = Path("/media/a b.mp4"), Path("/media/c.mp4")
    assert command("win32", [path, other]) == ["explorer", "/select,", str(path)]
    assert command("darwin", [path, other]) == ["open", "-R", str(path), str(other)]
