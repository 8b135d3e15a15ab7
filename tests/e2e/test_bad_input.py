"""Footage that is none: dropped together with the good, each with its reason, and the good one becomes searchable."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QToolButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.window import open_window
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.settings.folders import Folders
from tests.clips import Clip
from tests.clips.fixtures import ClipCache
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import items, wait_until_done

pytestmark = pytest.mark.display

ODD_NAMES = (
    b"new\nline.mp4",
    b"quotes ' \" `.mp4",
    b"100% #1?&=;.mp4",
    "🎬 klappe.mp4".encode(),
    "שלום \u202egpj.mp4".encode(),
    b"latin-1 \xe9\xff.mp4",
    b"<b>bold<br>&amp;.mp4",
    "über".encode("utf-16-le").hex().encode() + b"\t\x07.MP4",
    b" leading and trailing .mp4",
    ("ä" * 120).encode() + b".mp4",
)


def bad_footage(folder: Path, good: Path) -> dict[str, tuple[Path, str]]:
    """Files that cannot be taken, by what is wrong with them, with a piece of the reason that is due."""
    found: dict[str, tuple[Path, str]] = {}

    def put(name: str, content: bytes, reason: str) -> None:
        path = folder / name
        path.write_bytes(content)
        found[name] = (path, reason)

    whole = good.read_bytes()
    put("empty.mp4", b"", "empty")
    put("truncated.mp4", whole[: len(whole) // 2], "cut off")
    put("noise.mov", os.urandom(50_000), "")
    put("words.mp4", b"this is a letter, not a film\n" * 100, "")
    put("page.mkv", b"<!DOCTYPE html><html><body>Not found</body></html>", "")
    put("notes.txt", b"shot list", "Not a kind of file")
    put("project.prproj", b"<x/>", "Not a kind of file")
    put("picture.jpg", whole[:3000], "")
    put("no suffix", whole, "Not a kind of file")
    found["missing.mp4"] = (folder / "missing.mp4", "not there")
    (folder / "dangling.mp4").symlink_to(folder / "nowhere.mp4")
    found["dangling.mp4"] = (folder / "dangling.mp4", "leads nowhere")
    (folder / "itself.mp4").symlink_to("itself.mp4")
    found["itself.mp4"] = (folder / "itself.mp4", "circle")
    os.mkfifo(folder / "pipe.mp4")
    found["pipe.mp4"] = (folder / "pipe.mp4", "pipe")
    (folder / "again.mp4").symlink_to(good)
    found["again.mp4"] = (folder / "again.mp4", "in this selection already")
    return found


def told(program: Composition) -> dict[str, str]:
    """What the pane says about each file that it did not take or could not use, by name."""
    lines = dict(line.split(" — ", 1) for line in program.uploads_pane.skipped.lines)
    failed = {item.path.name: item.cause for item in items(program) if item.state is UploadState.FAILED}
    return lines | failed


def test_bad_footage_gets_its_reason_and_the_good_one_is_searchable(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    bad = bad_footage(folder, footage.path)
    drop(program.uploads_pane, footage.path, *(path for path, _ in bad.values()))
    qtbot.waitUntil(lambda: set(bad) <= set(told(program)), timeout=60_000)
    qtbot.waitUntil(lambda: any(item.state is UploadState.SEARCHABLE for item in items(program)), timeout=120_000)
    words = told(program)
    for name, (_path, reason) in bad.items():
        assert reason in words[name], (name, words[name])
        assert words[name].endswith((".", ").")), (name, words[name])
        assert not {"Errno", "Error", "Traceback", "[", "/"} & set(words[name].split()), (name, words[name])
    assert [item.path for item in items(program) if item.state is UploadState.SEARCHABLE] == [footage.path]
    assert type_query(program, qtbot, "green")
    assert not program.notices.notices


def test_the_reason_of_one_file_is_said_at_once(program: Composition, qtbot: QtBot, tmp_path: Path) -> None:
    note = tmp_path / "shot list.docx"
    note.write_bytes(b"PK")
    drop(program.uploads_pane, note)
    skipped = program.uploads_pane.skipped
    qtbot.waitUntil(lambda: skipped.headline == "1 not added")
    assert skipped.lines[0].startswith("shot list.docx — Not a kind of file that can be searched")
    (reasons,) = skipped.findChildren(QListWidget)
    assert reasons.isVisible()
    opener = next(button for button in skipped.findChildren(QToolButton) if button.text())
    qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
    assert not reasons.isVisible()


def test_folders_with_links_in_circles_are_gone_through_once(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    day = tmp_path / "shoot" / "day 1"
    day.mkdir(parents=True)
    shutil.copy(footage.path, day / "one.mp4")
    (day / "up").symlink_to(tmp_path / "shoot")
    (tmp_path / "shoot" / "same").symlink_to(day)
    drop(program.uploads_pane, tmp_path / "shoot", day, day / "one.mp4")
    wait_until_done(qtbot, program, 1)
    assert items(program)[0].state is UploadState.SEARCHABLE


def test_names_of_any_kind_are_shown_on_one_line_and_searchable(
    program: Composition, qtbot: QtBot, clips: ClipCache, tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    content = clips.silent().path.read_bytes()
    for number, name in enumerate(ODD_NAMES):  # a byte more, so that no file is the copy of another
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_bytes(content + bytes(number))
    drop(program.uploads_pane, folder)
    wait_until_done(qtbot, program, len(ODD_NAMES))
    assert {item.state for item in items(program)} == {UploadState.SEARCHABLE}, told(program)
    assert len(type_query(program, qtbot, "purple")) == len(ODD_NAMES)
    model = program.uploads_pane.model
    shown = [str(model.index(row).data()) for row in range(model.rowCount())]
    assert not any(sign in name for name in shown for sign in "\n\t\x07\u202e")
    for row in range(len(ODD_NAMES)):
        with qtbot.waitSignal(program.watch.shown, timeout=20_000):
            program.results.select(row)


def test_a_socket_and_a_device_are_not_opened(program: Composition, qtbot: QtBot, tmp_path: Path) -> None:
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(tmp_path / "s.mp4"))
    (tmp_path / "endless.mp4").symlink_to("/dev/zero")
    drop(program.uploads_pane, tmp_path / "s.mp4", tmp_path / "endless.mp4")
    qtbot.waitUntil(lambda: len(told(program)) == 2, timeout=20_000)
    assert all("pipe, socket or device" in words for words in told(program).values())
    door.close()


def test_what_is_in_the_list_is_not_taken_twice(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    for _ in range(2):
        drop(program.uploads_pane, footage.path)
        qtbot.waitUntil(lambda: len(items(program)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: told(program) == {footage.path.name: "It is in the list already."}, timeout=20_000)
    wait_until_done(qtbot, program, 1)


def test_footage_that_went_away_while_it_waited_fails_and_can_be_tried_again(
    profile: Folders, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    gone = tmp_path / "card.mp4"
    catalog = Catalog(profile.catalog_file)
    UploadsTable(catalog).add([UploadItem(0, "local", gone, MediaKind.VIDEO, size_bytes=1000)])
    catalog.close()
    with open_window(profile) as program:
        wait_until_done(qtbot, program, 1)
        assert "not there" in items(program)[0].cause
        shutil.copy(footage.path, gone)
        view = program.uploads_pane.view
        view.setCurrentIndex(view.model().index(0, 0))
        qtbot.keyClick(view, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: items(program)[0].state is UploadState.SEARCHABLE, timeout=60_000)
