"""Finding libVLC, and what a computer without it is told; each in a real child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_search.player.create import SILENT, picture_options, sound_options
from desktop_search.player.locator import Found, Missing, find_libvlc, install_advice

_HIDDEN = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop_search.player.create import create_player
from desktop_search.player.locator import Missing
from desktop_search.ui.watch.player_pane import PlayerPane
app = QApplication([])
made = create_player(options=("--aout=dummy",))
player = None if isinstance(made, Missing) else made
pane = PlayerPane(player, made.advice if player is None else "")
pane.show()
def look():
    if "VLC" in pane.message.title.text() + pane.message.text.text():
        print(pane.message.title.text(), "|", pane.message.text.text())
        app.quit()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(20000, app.quit)
app.exec()
if player is not None:
    player.shut_down()
"""


_WITHOUT_PLUGINS = "import vlc; vlc.Instance = lambda *options: None"  # what python-vlc gives then


def _said_with(before: str = "", **environment: str) -> str:
    """What the pane says in a process of its own with this environment."""
    run = subprocess.run(
        [sys.executable, "-c", before + _HIDDEN],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    return run.stdout


def test_libvlc_of_this_computer_is_found() -> None:
    found = find_libvlc({})
    assert isinstance(found, Found)
    assert found.version.startswith("3.")


def test_a_wrong_library_is_missing(tmp_path: Path) -> None:
    wrong = tmp_path / "libvlc.so.5"
    wrong.write_bytes(b"not a library")
    missing = find_libvlc({"PYTHON_VLC_LIB_PATH": str(wrong)})
    assert isinstance(missing, Missing)
    assert "libvlc.so.5" in missing.details


def renamed(library: str, into: Path, names: dict[str, str]) -> None:
    """A copy of this system's `library` that goes, and asks for others, by other names of the same length."""
    content = next(Path("/usr/lib").rglob(library)).read_bytes()
    for name, other in names.items():
        assert name.encode() in content
        content = content.replace(name.encode(), other.encode())
    (into / names[library]).write_bytes(content)


def test_what_a_desktop_lacks_is_lent_by_name_and_what_it_has_is_not(tmp_path: Path) -> None:
    util = {"libxcb-util.so.1": "libxcb-lent.so.1"}
    renamed("libxcb-util.so.1", tmp_path, util)
    renamed("libxcb-image.so.0", tmp_path, util | {"libxcb-image.so.0": "libxcb-borne.so.0"})  # which needs it
    (tmp_path / "libxcb.so.1").write_bytes(b"an older one")
    (tmp_path / "libxcb-broken.so.1").write_bytes(b"no library")
    loaded = "import ctypes; print([ctypes.CDLL(name)._name for name in ('libxcb-borne.so.0', 'libxcb.so.1')])"
    lend = f"from pathlib import Path; from desktop_search.player.locator import lend; lend(Path({str(tmp_path)!r}))"
    for program, code in ((loaded, 1), (f"{lend}; {loaded}", 0)):
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert ended.returncode == code, ended.stderr


@pytest.mark.parametrize(("platform", "word"), [("linux", "apt install vlc"), ("win32", "64-bit"), ("darwin", "Appl")])
def test_the_advice_fits_the_system(platform: str, word: str) -> None:
    assert word in install_advice(platform)


def test_the_window_works_without_the_library(tmp_path: Path) -> None:
    assert "sudo apt install vlc" in _said_with(PYTHON_VLC_LIB_PATH=str(tmp_path / "gone.so"))


def test_the_window_works_without_the_plugins() -> None:
    said = _said_with(_WITHOUT_PLUGINS)
    assert "plugins are missing" in said
    assert "sudo apt install vlc" in said


def test_sound_goes_where_there_is_a_server_for_it(tmp_path: Path) -> None:
    (tmp_path / "pipewire-0").touch()
    assert sound_options({"XDG_RUNTIME_DIR": str(tmp_path)}, "linux") == ()
    assert sound_options({}, "win32") == ()
    if not Path("/dev/snd").is_dir():
        assert sound_options({}, "linux") == SILENT


def test_opengl_is_for_graphics_processors(tmp_path: Path) -> None:
    assert "--gl=none" in picture_options("linux", tmp_path)
    (tmp_path / "renderD128").touch()
    assert picture_options("linux", tmp_path) == ()
