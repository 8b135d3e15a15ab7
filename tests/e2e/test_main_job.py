"""Drop footage in, search it, jump to the moment: with the real parts, the keyboard, and the screen's own pixels."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.screen import frame_on_screen
from desktop_search.bootstrap.window import open_window
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from desktop_search.core.uploads import UploadState
from desktop_search.media.frames import frame_at
from desktop_search.settings.folders import Folders
from desktop_search.ui.search.results_view import ResultsView
from tests.clips import Clip
from tests.e2e.acting import drop, in_file, jump, on_screen, query_field, type_query
from tests.e2e.conftest import items, wait_until_done

pytestmark = pytest.mark.display


def test_the_main_job(program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path) -> None:
    assert program.results.is_welcoming
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    assert items(program)[0].state is UploadState.SEARCHABLE

    seen = type_query(program, qtbot, "green")
    assert seen[0].start_ms == footage.start_ms(1)
    assert jump(program, qtbot) == (9, footage.starts[1]) == in_file(footage.path, seen[0])

    qtbot.keyClick(query_field(program), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.search_pane.query().scope is Scope.SAID)
    said = type_query(program, qtbot, "leaving the harbor")
    assert said[0].found_by is Scope.SAID
    assert 2500 <= said[0].start_ms <= 4500
    assert jump(program, qtbot) == in_file(footage.path, said[0])

    picture = tmp_path / "frame.jpg"
    frame_at(footage.path, footage.start_ms(1) + 2000).resize((480, 270), Image.Resampling.LANCZOS).save(picture)
    with qtbot.waitSignal(program.watch.shown, timeout=20_000):
        drop(query_field(program), picture)  # there are no words to go on typing, so the best hit is chosen at once
    like = program.results.hits()
    assert abs(like[0].start_ms - footage.start_ms(1) - 2000) <= 1000
    assert on_screen(program) == in_file(footage.path, like[0])


def test_words_that_match_nothing_find_nothing(program: Composition, qtbot: QtBot, footage: Clip) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    assert type_query(program, qtbot, "zeppelin") == ()


def test_filters_of_the_window_really_filter(program: Composition, qtbot: QtBot, footage: Clip) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    video_no = items(program)[0].remote_id
    for filters, found in (
        (SearchFilters(video_nos=(video_no,)), True),
        (SearchFilters(video_nos=("VI1",)), False),
        (SearchFilters(namespace="elsewhere"), False),
        (SearchFilters(tag="api"), True),
        (SearchFilters(tag="harbour"), False),
        (SearchFilters(cameras=("X100V",)), False),
        (SearchFilters(cameras=("X100V", "FX6")), False),
        (SearchFilters(taken_before=datetime(2030, 1, 1)), False),  # noqa: DTZ001 - wall time in UTC
        (SearchFilters(latitude=57.7, longitude=11.97), False),
    ):
        with qtbot.waitSignal(program.search.answered, timeout=20_000):
            program.search_pane.run_query(SearchQuery("green", filters=filters))
        assert bool(program.results.hits()) is found, filters


def test_the_queue_survives_a_restart(profile: Folders, qtbot: QtBot, footage: Clip, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(footage.path.read_bytes()[:5000])
    with open_window(profile) as first:
        drop(first.uploads_pane, footage.path, broken)
        qtbot.waitUntil(lambda: len(items(first)) == 2, timeout=20_000)
        first.window.close()
    with open_window(profile) as again:
        wait_until_done(qtbot, again, 2)
        assert [item.state for item in items(again)] == [UploadState.SEARCHABLE, UploadState.FAILED]
        assert items(again)[1].cause
        assert not again.results.is_welcoming
        assert type_query(again, qtbot, "green")


def test_space_plays_from_the_hit(program: Composition, qtbot: QtBot, footage: Clip) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    type_query(program, qtbot, "green")
    clip, first = jump(program, qtbot)
    view = program.results.findChild(ResultsView)
    qtbot.keyClick(view, Qt.Key.Key_Space)

    def moved_on() -> bool:
        seen = frame_on_screen(program.player_pane)
        return seen is not None and seen.clip == clip and seen.frame > first + 5

    qtbot.waitUntil(moved_on, timeout=20_000)


def test_a_used_library_is_not_welcomed_again(profile: Folders, qtbot: QtBot, footage: Clip) -> None:
    with open_window(profile) as first:
        drop(first.uploads_pane, footage.path)
        wait_until_done(qtbot, first, 1)
        first.uploads_pane.clear_done_asked.emit()
        qtbot.waitUntil(lambda: not items(first))
    with open_window(profile) as again:
        qtbot.waitUntil(lambda: not again.results.is_welcoming, timeout=30_000)
        assert type_query(again, qtbot, "green")


def test_one_query_over_what_is_seen_and_said(program: Composition, qtbot: QtBot, footage: Clip) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    both = type_query(program, qtbot, "green harbor")
    assert {both[0].found_by, *both[0].also_found_by} == {Scope.SEEN, Scope.SAID}
    assert "harbor" in both[0].excerpt
    assert [hit.start_ms for hit in type_query(program, qtbot, "red then green")] == [0]
    assert [hit.start_ms for hit in type_query(program, qtbot, "red -green")] == [0]
    assert type_query(program, qtbot, 'green -"leaving the harbor"') == ()
    assert jump_to_phrase(program, qtbot, footage) == on_screen(program)


def jump_to_phrase(program: Composition, qtbot: QtBot, footage: Clip) -> tuple[int, int]:
    """The frame at which a quoted phrase begins, in the file."""
    (said,) = type_query(program, qtbot, '"leaving the harbor"')
    assert said.found_by is Scope.SAID
    jump(program, qtbot)
    return in_file(footage.path, said)
