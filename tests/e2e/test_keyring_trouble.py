"""The keyring is absent, locked or slow: said, the key kept for this run alone, and the window usable all the while."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backends import fail
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from tests.clips import Clip
from tests.contract.engine_child import EngineChild
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import active_window, items, wait_until_done
from tests.e2e.test_cloud import KEY, Studio, files_that_hold
from tests.support.keyrings import MemoryKeyring

pytestmark = pytest.mark.display


class Locked(MemoryKeyring):
    """The user dismissed the request to unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked("Failed to unlock the collection!")


class Hanging(MemoryKeyring):
    """It answers when `released` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(60)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait(60)
        super().set_password(service, username, password)


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path, profile: Folders) -> Iterator[Studio]:
    with EngineChild(tmp_path / "server", key=KEY) as server:
        PreferencesStore(profile.preferences_file).save(
            Preferences(library_id=server.url, servers=(Server(server.url),))
        )
        yield Studio(qtbot, server, profile)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    ring = Hanging()
    keyring.set_keyring(ring)
    yield ring
    ring.released.set()


def said(program: Composition) -> str:
    return " ".join(notice.text for notice in program.notices.notices)


def enter_for_this_run(studio: Studio, program: Composition) -> None:
    studio.click_menu(program, studio.title)
    dialog = studio.key_dialog(program)
    with studio.qtbot.waitSignal(program.library.library_changed, timeout=30_000):
        studio.enter_key(dialog, KEY)
    studio.qtbot.waitUntil(lambda: "for this run only" in said(program))


def test_without_a_keyring_the_key_is_kept_for_this_run_only(studio: Studio, footage: Clip) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    with active_window(studio.folders, studio.qtbot) as program:
        studio.qtbot.waitUntil(lambda: "There is no key" in said(program), timeout=20_000)
        assert program.switch.library.is_local
        enter_for_this_run(studio, program)
        drop(program.uploads_pane, footage.path)
        wait_until_done(studio.qtbot, program, 1)
        assert type_query(program, studio.qtbot, "green")
    with active_window(studio.folders, studio.qtbot) as program:
        studio.qtbot.waitUntil(lambda: "There is no key" in said(program), timeout=20_000)
    assert files_that_hold(studio.folders.data.parent, KEY) == []


def test_a_locked_keyring_is_called_so_and_the_key_can_be_entered_for_this_run(studio: Studio) -> None:
    keyring.set_keyring(Locked())
    with active_window(studio.folders, studio.qtbot) as program:
        studio.qtbot.waitUntil(lambda: "keyring is locked" in said(program), timeout=20_000)
        assert "no key" not in said(program)
        assert program.switch.library.is_local
        studio.click_menu(program, studio.title)
        dialog = studio.key_dialog(program)
        studio.qtbot.waitUntil(lambda: "keyring is locked" in dialog.problem)
        with studio.qtbot.waitSignal(program.library.library_changed, timeout=30_000):
            studio.enter_key(dialog, KEY)
        studio.qtbot.waitUntil(lambda: "for this run only" in said(program))


def test_a_keyring_that_hangs_leaves_the_window_usable(studio: Studio, footage: Clip, hanging: Hanging) -> None:
    with active_window(studio.folders, studio.qtbot) as program:
        drop(program.uploads_pane, footage.path)
        wait_until_done(studio.qtbot, program, 1)
        assert type_query(program, studio.qtbot, "green")
        studio.qtbot.waitUntil(lambda: "does not answer" in said(program), timeout=20_000)
        enter_for_this_run(studio, program)
        assert items(program)[0].library_id == "local"
    assert files_that_hold(studio.folders.data.parent, KEY) == []


def test_the_library_of_the_last_run_is_kept_in_mind_while_its_key_cannot_be_read(
    studio: Studio, hanging: Hanging
) -> None:
    with active_window(studio.folders, studio.qtbot) as program:
        studio.qtbot.waitUntil(lambda: "does not answer" in said(program), timeout=20_000)
    hanging.released.set()
    hanging.kept["Desktop Search", studio.server.url] = KEY
    with active_window(studio.folders, studio.qtbot) as program:
        studio.qtbot.waitUntil(lambda: program.switch.library.library_id == studio.server.url, timeout=20_000)
