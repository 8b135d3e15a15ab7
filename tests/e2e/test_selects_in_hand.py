"""Selects marked, sorted, trimmed and played in the window: by keys, for one and for many, with undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.handles import Handles
from desktop_search.core.timecode import Timebase
from desktop_search.player.port import PlayerState
from tests.e2e.acting import on_screen, type_query
from tests.e2e.selecting import SOON_MS, click, selects

pytestmark = pytest.mark.display
_ALT, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def key(program: Composition, qtbot: QtBot, which: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(program.selects.tab.view, which, modifiers or Qt.KeyboardModifier.NoModifier)


def go_to(program: Composition, qtbot: QtBot, row: int) -> None:
    with qtbot.waitSignal(program.watch.shown, timeout=SOON_MS):
        click(program, qtbot, row)


def test_colours_stars_notes_and_tags_of_many_with_undo(stocked: Composition, qtbot: QtBot) -> None:
    tab = stocked.selects.tab
    assert tab.summary.text() == "4 selects · 00:00:01:15"
    tab.view.selectAll()
    key(stocked, qtbot, Qt.Key.Key_4, _ALT)
    qtbot.waitUntil(lambda: {one.colour for one in selects(stocked)} == {"cyan"}, timeout=SOON_MS)
    key(stocked, qtbot, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: {one.rating for one in selects(stocked)} == {5}, timeout=SOON_MS)
    key(stocked, qtbot, Qt.Key.Key_T)
    qtbot.keyClicks(tab.editor.tags.entry, "night,harbour,")
    qtbot.keyClick(tab.editor.tags.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {one.tags for one in selects(stocked)} == {("night", "harbour")}, timeout=SOON_MS)
    assert len(tab.chosen()) == 4
    key(stocked, qtbot, Qt.Key.Key_N)
    qtbot.keyClicks(tab.editor.note, "for the opening")
    qtbot.keyClick(tab.editor.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {one.note for one in selects(stocked)} == {"for the opening"}, timeout=SOON_MS)
    row = [str(tab.model.index(0, column).data()) for column in range(tab.model.columnCount())]
    assert row[3:] == ["★★★★★", "night, harbour", "for the opening"]
    for undone in ("note", "tags", "rating", "colour"):
        key(stocked, qtbot, Qt.Key.Key_Z, _CTRL)
        qtbot.waitUntil(lambda undone=undone: tab.said.text() == f"Undone: {undone}.", timeout=SOON_MS)  # type: ignore[misc]
    assert {(one.colour, one.rating, one.tags, one.note) for one in selects(stocked)} == {("", 0, (), "")}


def test_order_bins_and_copies_by_keys_and_menu(stocked: Composition, qtbot: QtBot) -> None:
    tab, bins = stocked.selects.tab, stocked.selects.bins
    names = [one.name for one in selects(stocked)]
    go_to(stocked, qtbot, 0)
    key(stocked, qtbot, Qt.Key.Key_Down, _CTRL | _SHIFT)
    order = [1, 2, 3, 0]
    ids = [one.start_ms for one in selects(stocked)]
    qtbot.waitUntil(lambda: selects(stocked)[3].start_ms == 1000, timeout=SOON_MS)
    assert [one.start_ms for one in selects(stocked)] == [ids[place] for place in order]
    assert [one.start_ms for one in tab.chosen()] == [1000]
    first_id = tab.shown_bin.bin_id
    bins.add("Second")
    qtbot.waitUntil(lambda: tab.shown_bin.name == "Second" and not selects(stocked), timeout=SOON_MS)
    assert "Nothing is in this bin" in tab.note.text()
    tab.bins.setFocus()
    qtbot.keyClick(tab.bins, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: len(selects(stocked)) == 4, timeout=SOON_MS)
    go_to(stocked, qtbot, 1)
    bins.move_to(tab.bins.bins[1].bin_id)
    qtbot.waitUntil(lambda: len(selects(stocked)) == 3, timeout=SOON_MS)
    tab.view.selectAll()
    bins.copy_to(tab.bins.bins[1].bin_id)
    stocked.selects.controller.show_bin(tab.bins.bins[1].bin_id)
    qtbot.waitUntil(lambda: len(selects(stocked)) == 4 and tab.shown_bin.name == "Second", timeout=SOON_MS)
    for _step in range(4):
        stocked.commands.run("selects.undo")
    qtbot.waitUntil(lambda: [one.bin_id for one in tab.bins.bins] == [first_id], timeout=SOON_MS)
    qtbot.waitUntil(lambda: [one.name for one in selects(stocked)] == names, timeout=SOON_MS)


def test_a_chosen_range_is_marked_in_the_player_and_trimmed_there_and_by_frames(
    stocked: Composition, qtbot: QtBot
) -> None:
    tab, pane, base = stocked.selects.tab, stocked.player_pane, Timebase()
    go_to(stocked, qtbot, 0)
    assert pane.marking.range == (1000, 1400)
    assert on_screen(stocked) == (5, 25)
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: on_screen(stocked) == (5, 26), timeout=SOON_MS)
    qtbot.keyClick(pane, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: selects(stocked)[0].start_ms == base.time_ms(26), timeout=SOON_MS)
    assert selects(stocked)[0].end_ms == 1400
    click(stocked, qtbot, 0)
    key(stocked, qtbot, Qt.Key.Key_Right, _ALT | _SHIFT)
    qtbot.waitUntil(lambda: selects(stocked)[0].end_ms == base.time_ms(36), timeout=SOON_MS)
    qtbot.waitUntil(lambda: on_screen(stocked) == (5, 35), timeout=SOON_MS)  # the last frame that is in it
    assert pane.marking.range == (base.time_ms(26), base.time_ms(36))
    tip = tab.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "00:00:00:10 long; its last frame is 00:00:01:10" in tip
    for _step in range(2):
        key(stocked, qtbot, Qt.Key.Key_Z, _CTRL)
    qtbot.waitUntil(lambda: pane.marking.range == (1000, 1400), timeout=SOON_MS)
    assert (selects(stocked)[0].start_ms, selects(stocked)[0].end_ms) == (1000, 1400)


def test_all_are_played_in_order_across_clips_and_the_last_frame_is_held(stocked: Composition, qtbot: QtBot) -> None:
    tab = stocked.selects.tab
    played: list[tuple[str, int]] = []
    stocked.watch.opened.connect(lambda hit, _path, _timebase: played.append((hit.name, hit.start_ms)))
    go_to(stocked, qtbot, 1)
    played.clear()
    assert stocked.player is not None
    cue, held = stocked.player.cue, list[tuple[str, int]]()
    stocked.player.cue = lambda path, at_ms: (held.append((path.name, at_ms)), cue(path, at_ms))[1]  # type: ignore[method-assign, func-returns-value]
    key(stocked, qtbot, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: len(played) == 3 and not stocked.selects.playing.is_on, timeout=60_000)
    assert played == [("two.mp4", 2000), ("one.mp4", 3000), ("two.mp4", 400)]
    assert held == [("two.mp4", 2360), ("one.mp4", 3360), ("two.mp4", 760)]  # the last frames, until the next are there
    player = stocked.player
    assert player is not None
    qtbot.waitUntil(lambda: player.state is PlayerState.PAUSED, timeout=SOON_MS)
    qtbot.waitUntil(lambda: on_screen(stocked) == (6, 19), timeout=SOON_MS)
    assert [one.start_ms for one in tab.chosen()] == [400]
    click(stocked, qtbot, 0)
    key(stocked, qtbot, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: stocked.selects.playing.is_on, timeout=SOON_MS)
    key(stocked, qtbot, Qt.Key.Key_Escape)
    assert not stocked.selects.playing.is_on


def test_all_results_are_taken_with_handles(stocked: Composition, qtbot: QtBot) -> None:
    results = stocked.results
    stocked.selects.bins.add("All")
    qtbot.waitUntil(lambda: stocked.selects.tab.shown_bin.name == "All", timeout=SOON_MS)
    stocked.player_pane.marking.set_handles(Handles(5))
    found = type_query(stocked, qtbot, "red")
    assert found
    qtbot.keyClick(results.view, Qt.Key.Key_S, _SHIFT)
    qtbot.waitUntil(lambda: len(selects(stocked)) == len(found), timeout=SOON_MS)
    length_ms = 4000
    for hit, taken in zip(found, selects(stocked), strict=True):
        assert taken.start_ms == max(0, hit.start_ms - 200)
        assert taken.end_ms == min(length_ms, Timebase().time_ms(Timebase().frame_at(hit.out_ms) + 5))
