"""What the arguments ask for, and screens that are not there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from desktop_search import __version__
from desktop_search.bootstrap.environment import has_display, has_readable_screen
from desktop_search.bootstrap.start import main
from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.core.errors import AppError


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")


@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_window_says_so_and_names_the_tour(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "--tour" in capsys.readouterr().err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Desktop Search {__version__}\n"


@pytest.mark.usefixtures("no_display")
def test_a_virtual_display_can_be_drawn_on_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_display()
    with VirtualDisplay():
        assert has_readable_screen()
        subprocess.run(["xdotool", "getdisplaygeometry"], check=True, capture_output=True, timeout=20)
    ended = subprocess.run(["xdotool", "getdisplaygeometry"], check=False, capture_output=True, timeout=20)
    assert ended.returncode != 0


def test_wayland_lets_nobody_read_its_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()
    assert not has_readable_screen()


@pytest.mark.usefixtures("no_display")
def test_without_xvfb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AppError) as raised:
        VirtualDisplay().__enter__()
    assert "sudo apt install xvfb" in raised.value.hint


def test_a_tour_that_has_no_folder_to_write_to_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a file"
    file.touch()
    assert main(["--tour", str(file)]) == 1
    said = capsys.readouterr().err
    assert str(file) in said
    assert "Traceback" not in said
