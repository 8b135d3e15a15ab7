"""Without libVLC: the window works, footage is searched, and the player's place says what to install."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clips import Clip

pytestmark = pytest.mark.display

PROGRAM = """
import ctypes, json, sys
from pathlib import Path

load = ctypes.CDLL.__init__
def without_vlc(self, name, *rest, **more):
    if "vlc" in str(name):
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")
    load(self, name, *rest, **more)
ctypes.CDLL.__init__ = without_vlc

from PySide6.QtWidgets import QLabel
from desktop_search.bootstrap.waiting import until
from desktop_search.bootstrap.window import open_window
from desktop_search.core.query import SearchQuery
from desktop_search.settings.folders import Folders
from desktop_search.core.uploads import UploadState

profile, clip = map(Path, sys.argv[1:])
folders = Folders.for_user(profile)
folders.create()
with open_window(folders) as program:
    pane = program.player_pane
    def words():
        return " ".join(label.text() for label in pane.message.findChildren(QLabel) if label.isVisible())
    first = words()
    program.uploads.add_paths([clip])
    queue = program.uploads_pane.model
    until(lambda: queue.count(UploadState.SEARCHABLE) == 1, "the clip is searchable", 90)
    program.search_pane.run_query(SearchQuery("green"))
    until(lambda: bool(program.results.hits()), "there are hits", 20)
    program.results.select(0)
    until(lambda: pane.title.text() != "", "the hit is named", 20)
    found = [hit.start_ms for hit in program.results.hits()]
    pane.toggle()
    print(json.dumps({"first": first, "after": words(), "hits": found, "vlc": "vlc" in sys.modules}))
"""


def test_the_window_works_and_says_what_to_install(footage: Clip, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "profile"), str(footage.path)],
        env=os.environ | {"QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert "Install VLC" in seen["first"]
    assert "sudo apt install vlc" in seen["first"]
    assert "Install VLC" in seen["after"]
    assert seen["hits"][0] == footage.start_ms(1)
    assert not seen["vlc"]
    assert "Traceback" not in done.stderr
