"""The library that all users of a service share: found, marked, played, and said where there is no file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.core.library_items import ItemKind
from desktop_search.core.query import Platform, Scope
from desktop_search.media.frames import frame_at
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from desktop_search.ui.search.results_view import ResultsView
from tests.clips.fixtures import ClipCache
from tests.contract.conftest import SUBTITLES
from tests.contract.public_library import Shared, shared_engine
from tests.e2e.acting import drop, in_file, jump, on_screen, query_field, type_query
from tests.e2e.conftest import active_window

pytestmark = pytest.mark.display


@pytest.fixture(scope="module")
def shared(clips: ClipCache, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with shared_engine(clips, tmp_path_factory.mktemp("public"), SUBTITLES) as made:
        yield made


@pytest.fixture
def program(qapp: QApplication, profile: Folders, shared: Shared, qtbot: QtBot) -> Iterator[Composition]:
    """The open program of somebody who has nothing in that service, looking into what all share."""
    url = shared.engine.url
    keyring.set_password("Desktop Search", url, shared.other_key)
    PreferencesStore(profile.preferences_file).save(Preferences(library_id=url, servers=(Server(url),)))
    with active_window(profile, qtbot) as composition:
        qtbot.waitUntil(lambda: not composition.switch.library.is_local, timeout=20_000)
        qtbot.keyClick(query_field(composition), Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
        yield composition


def test_posts_are_found_by_what_is_seen_and_said_and_play(program: Composition, qtbot: QtBot, shared: Shared) -> None:
    found = type_query(program, qtbot, "boat leaving the harbor")
    assert found[0].video_no == shared.tiktok_no
    assert any("leaving the harbor" in hit.excerpt for hit in found)
    view = program.results.findChild(ResultsView)
    assert isinstance(view, ResultsView)
    spoken = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "public" in spoken
    assert jump(program, qtbot) == in_file(shared.film, program.results.hits()[0])
    (said, *_) = type_query(program, qtbot, '"red ball"')
    assert said.found_by is Scope.SAID
    assert jump(program, qtbot) == in_file(shared.film, said)

    items = program.items  # what was found stands in the library's page from now on
    program.commands.run("view.library")
    items.page.bar.show_kind(ItemKind.POST)
    qtbot.waitUntil(lambda: shared.tiktok_no in {key[2] for key in items.page.model.items}, timeout=20_000)
    known = {item.item_id: item for item in items.page.model.items.values()}
    post = known[shared.tiktok_no]
    assert (post.kind, post.namespace) == (ItemKind.POST, "")
    items.page.views.choose(post.key)
    assert program.commands.why_not("library.delete") == "only videos can be deleted"
    assert program.commands.why_not("library.import") == "its address is not known here"
    with qtbot.waitSignal(program.watch.shown, timeout=20_000):
        program.commands.run("library.play")
    assert on_screen(program)[0] == in_file(shared.film, said)[0]
    items.page.model.put([post._replace(url="https://www.tiktok.com/@harbourmaster/video/7543000000000000001")])
    qtbot.waitUntil(lambda: not program.commands.why_not("library.import"), timeout=20_000)
    program.commands.run("library.import")
    dialog = program.sources.imports.dialog
    assert dialog is not None
    assert any("7543000000000000001" in box.toPlainText() for box in dialog.findChildren(QPlainTextEdit))
    dialog.close()


def test_the_platform_is_chosen_for_words_and_for_a_picture(
    program: Composition, qtbot: QtBot, shared: Shared, tmp_path: Path
) -> None:
    assert {hit.video_no for hit in type_query(program, qtbot, "storm")} == {shared.tiktok_no, shared.youtube_no}
    platform = next(box for box in program.search_pane.findChildren(QComboBox) if box.accessibleName() == "Platform")
    platform.setFocus()
    qtbot.keyClicks(platform, "You")
    assert program.search_pane.query().platform is Platform.YOUTUBE
    assert {hit.video_no for hit in type_query(program, qtbot, "storm")} == {shared.youtube_no}
    qtbot.keyClick(platform, Qt.Key.Key_Home)
    qtbot.keyClick(platform, Qt.Key.Key_Down)
    assert program.search_pane.query().platform is Platform.TIKTOK
    picture = tmp_path / "frame.png"
    frame_at(shared.film, 1000).save(picture)
    with qtbot.waitSignal(program.watch.shown, timeout=20_000):
        drop(program.results, picture)
    best = program.results.hits()[0]
    assert (best.video_no, best.is_public) == (shared.tiktok_no, True)
    assert on_screen(program) == in_file(shared.film, best)


def test_a_post_without_a_file_says_so_in_the_players_place(program: Composition, qtbot: QtBot, shared: Shared) -> None:
    type_query(program, qtbot, "boat leaving the harbor")
    away = shared.film.rename(shared.film.with_suffix(".away"))
    try:
        qtbot.keyClick(query_field(program), Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: "cannot be played here" in said(program), timeout=20_000)
        assert "look for that on the platform" in said(program)
    finally:
        away.rename(shared.film)


def said(program: Composition) -> str:
    return " ".join(label.text() for label in program.player_pane.findChildren(QLabel) if label.isVisible())
