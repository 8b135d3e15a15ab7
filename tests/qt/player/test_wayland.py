"""On a real Wayland compositor without XWayland: the exact frame is on its screen, and plays on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.media.frame_code import find
from tests.clips.make import Clip
from tests.qt.player.screen import pixels
from tests.support.wayland import Weston

_DEADLINE_MS = 60_000


def _seen() -> tuple[int, int] | None:
    """Clip and frame anywhere on the X screen, which the compositor's window is on."""
    shot = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    code = next(iter(find(pixels(shot.convertToFormat(shot.Format.Format_RGB32)))), None)
    return (code.clip, code.frame) if code is not None else None


@pytest.mark.parametrize("scale", ["1", "2"])
def test_a_player_on_wayland_shows_the_exact_frame_and_plays(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, long_gop: Clip, scale: str
) -> None:
    with Weston(tmp_path / "runtime") as weston:
        qtbot.waitUntil(lambda: weston.is_there, timeout=_DEADLINE_MS)
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.qt.player.wayland_child", str(long_gop.path), "123"],
            env=weston.environment | {"QT_SCALE_FACTOR": scale},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        with child:
            said = json.loads(child.stdout.readline())
            assert (said["platform"], said["ratio"]) == ("wayland", float(scale))
            qtbot.waitUntil(lambda: _seen() == (3, 123), timeout=_DEADLINE_MS)
            child.stdin.write("play\n")
            child.stdin.flush()
            frames: set[int] = set()

            def look() -> bool:
                code = _seen()
                frames.add(code[1] if code is not None else 123)
                return len(frames) > 5

            qtbot.waitUntil(look, timeout=_DEADLINE_MS)
            assert min(frames) == 123
            child.stdin.close()  # while it plays
            assert child.wait(30) == 0
