"""Diagnostics: all of it is shown before it is saved, and no byte of it holds a key, or unasked a file's name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.settings.folders import Folders
from tests.e2e.conftest import active_window

pytestmark = pytest.mark.display

KEYS = ("sk-mavi-7Qw3ZkXr9PpT5vNd2Lm8", "plainlookingkey0815", "another-one-without-a-prefix")
FILM = "Nobody may know this film"
PRIVATE = [FILM, "nas.secret.lan", "The client's tower", "Client A"]


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_no_key_is_in_any_byte_of_it(profile: Folders, qtbot: QtBot, tmp_path: Path) -> None:
    profile.logs.mkdir(parents=True, exist_ok=True)
    lines = [f"asked with {key} for https://user:{key}@host/x?sig={key}" for key in KEYS]
    lines.append(f"could not read “/footage/{FILM}.mov”")
    (profile.logs / "engine.log").write_text("\n".join(lines))
    footage = tmp_path / f"{FILM}.mov"
    footage.write_bytes(b"no film at all")
    with active_window(profile, qtbot) as program:
        libraries = program.services.libraries
        libraries.keep_server(Server("https://nas.secret.lan:8443", "The client's tower"))
        libraries.keep_key("memories.ai", KEYS[0])
        libraries.keep_key("memories.ai", KEYS[1], "Client A")
        libraries.keep_key("https://nas.secret.lan:8443", KEYS[2])
        program.uploads.add_paths([footage])
        qtbot.waitUntil(lambda: bool(program.uploads_pane.model.items), timeout=20_000)
        program.commands.action("help.diagnostics").trigger()
        dialog = program.keeping.diagnostics.dialog
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.save.isEnabled(), timeout=90_000)
        shown = dict(dialog.texts)
        wanted = {"about.txt", "system.json", "self-check.json", "catalog.json", "settings.json", "engine.log"}
        assert wanted <= set(shown)
        assert "asked with" in shown["engine.log"]
        assert '"uploads"' in shown["catalog.json"]
        place = dialog.files.visualItemRect(dialog.files.item(1)).center()
        qtbot.mouseClick(dialog.files.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert dialog.text.toPlainText() == shown[dialog.files.item(1).text()]
        program.keeping.diagnostics.save(profile.catalog_file)
        qtbot.waitUntil(lambda: "among this program's own files" in dialog.words, timeout=20_000)
        assert profile.catalog_file.read_bytes().startswith(b"SQLite format 3")
        check_saved(program, qtbot, tmp_path / "short.zip", [])
        dialog.with_names.setFocus()
        qtbot.keyClick(dialog.with_names, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: FILM in dialog.texts["engine.log"], timeout=20_000)
        check_saved(program, qtbot, tmp_path / "with names.zip", PRIVATE)


def check_saved(program: Composition, qtbot: QtBot, target: Path, private: list[str]) -> None:
    """Save it: what was shown is in it, no key, and of what is private this alone."""
    dialog = program.keeping.diagnostics.dialog
    assert dialog is not None
    program.keeping.diagnostics.save(target)
    qtbot.waitUntil(lambda: target.exists() and target.name in dialog.words, timeout=20_000)
    files = contents(target)
    assert {name: text.encode() for name, text in dialog.texts.items()} == files
    everything = b"".join(files.values()) + target.read_bytes()
    assert not [key for key in KEYS if key.encode() in everything]
    assert [word for word in PRIVATE if word.encode() in everything] == private
