"""ProRes for a library elsewhere: a proxy goes there, and the window shows the original, with its timecode."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import keyring
import pytest
from pytestqt.qtbot import QtBot

from desktop_search.core.accounts import Server
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from tests.clips import Scene, Shape
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import KEY, EngineChild
from tests.e2e.acting import drop, jump, type_query
from tests.e2e.conftest import active_window, items, wait_until_done

pytestmark = pytest.mark.display
SCENES = [Scene(3, "#101018"), Scene(3, "green", shape=Shape.BALL, shape_color="yellow")]
PRORES = {
    "rate": Fraction(30000, 1001),
    "timecode": "09:59:58;00",
    "codec": "prores_ks",
    "pixel_format": "yuv422p10le",
    "options": {"profile": "1"},
}


def test_a_hit_in_a_proxy_is_shown_from_the_original(
    profile: Folders, qtbot: QtBot, clips: ClipCache, tmp_path: Path
) -> None:
    made = clips.get("A001_C003.mov", SCENES, clip_id=7, **PRORES)
    before = made.path.read_bytes(), made.path.stat().st_mtime_ns
    with EngineChild(tmp_path / "workstation") as engine:
        keyring.set_password("Desktop Search", engine.url, KEY)
        PreferencesStore(profile.preferences_file).save(
            Preferences(library_id=engine.url, servers=(Server(engine.url),))
        )
        with active_window(profile, qtbot) as program:
            qtbot.waitUntil(lambda: program.switch.library.library_id == engine.url, timeout=20_000)
            states = list[UploadState]()
            program.uploads.changed.connect(lambda rows: states.extend(each.state for each in rows))
            drop(program.uploads_pane, made.path)
            wait_until_done(qtbot, program, 1)
            (row,) = items(program)
            assert (row.state, row.cause) == (UploadState.SEARCHABLE, "")
            assert row.proxy_reason.startswith("ProRes: this library takes H.264")
            assert row.size_bytes < made.path.stat().st_size
            assert UploadState.PREPARING in states
            hit = type_query(program, qtbot, "green")[0]
            assert hit.name == "A001_C003"
            assert jump(program, qtbot) == (7, made.starts[1])
            assert program.player_pane.timecode.text() == "10:00:01;00"
    assert list((profile.cache / "proxies").iterdir()) == []
    assert (made.path.read_bytes(), made.path.stat().st_mtime_ns) == before
