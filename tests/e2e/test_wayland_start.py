"""The whole program where there is Wayland and nothing else: its window opens, and the video is painted by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.clips import Clip
from tests.support.wayland import Weston

pytestmark = pytest.mark.display
DEADLINE_MS = 60_000

PROGRAM = """
import json, sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from desktop_search.bootstrap.start import main
from desktop_search.bootstrap.opening import Opening
from desktop_search.bootstrap.waiting import until
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop_search.core.query import SearchQuery
from desktop_search.core.uploads import UploadState

show = Opening.show


def shown(opening):
    opening.when_ready(lambda program: QTimer.singleShot(0, lambda: act(program)))
    show(opening)


def act(program):
    until(lambda: program.window.isVisible(), "the window is shown", 30)
    until(lambda: program.uploads_pane.model.count(UploadState.SEARCHABLE) == 1, "the clip is searchable", 90)
    program.search_pane.run_query(SearchQuery("green"))
    until(lambda: bool(program.results.hits()), "there are hits", 20)
    program.watch.shown.connect(lambda *_: done(program))
    program.results.select(0)


def done(program):
    print(json.dumps({"platform": QGuiApplication.platformName(), "hits": len(program.results.hits())}), flush=True)
    program.window.close()


Opening.show = shown
sys.exit(main(sys.argv[1:]))
"""


def test_the_window_opens_and_shows_a_hit(qtbot: QtBot, tmp_path: Path, footage: Clip) -> None:
    with Weston(tmp_path / "runtime") as weston:
        qtbot.waitUntil(lambda: weston.is_there, timeout=DEADLINE_MS)
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "--profile-dir", str(tmp_path / "profile"), str(footage.path)],
            env=weston.environment,
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["platform"] == "wayland"
    assert said["hits"] > 0
    assert "Traceback" not in done.stderr
