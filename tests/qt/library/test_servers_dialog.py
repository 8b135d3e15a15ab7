"""Servers by address and name: looked at first, pinned on first use, refused when they show another certificate."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_search.core.accounts import Server
from desktop_search.ui.account.servers_controller import ServersController
from desktop_search.ui.account.servers_dialog import ServersDialog
from tests.qt.library.conftest import Desk
from tests.support.certificates import Authority, self_signed
from tests.support.fault_server import Behaviour, FaultServer, envelope, gives

_REFUSES = envelope(None, code="0401", msg="no key")
_PAGE = gives(b"<html><body>It works!</body></html>", content_type="text/html")


@pytest.fixture
def controller(desk: Desk) -> ServersController:
    return ServersController(desk.runner, desk.libraries, desk.window)


@contextmanager
def secure(tls: ssl.SSLContext, behaviour: Behaviour = _REFUSES) -> Iterator[FaultServer]:
    with closing(FaultServer([behaviour], tls=tls)) as made:
        yield made
        assert not any("Authorization" in each.headers for each in made.seen)  # it is asked without a key


def opened(desk: Desk, controller: ServersController) -> ServersDialog:
    desk.preferences.update(servers=())
    controller.open()
    assert controller.dialog is not None
    return controller.dialog


def check(dialog: ServersDialog, name: str, address: str) -> None:
    for field, text in ((dialog.name, name), (dialog.address, address)):
        field.clear()
        QTest.keyClicks(field, text)
    QTest.keyClick(dialog.address, Qt.Key.Key_Return)


def test_a_certificate_is_accepted_once_and_kept(desk: Desk, controller: ServersController, tmp_path: Path) -> None:
    dialog = opened(desk, controller)
    with secure(self_signed(tmp_path)) as server:
        check(dialog, "Workstation", server.url)
        desk.qtbot.waitUntil(dialog.accept_button.isVisible)
        fingerprint = desk.libraries.servers()
        assert fingerprint == ()  # nothing is kept before it was accepted
        assert server.seen == []  # nor asked
        assert "SHA-256" in dialog.certificate
        with desk.qtbot.waitSignal(controller.changed):
            QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
        assert dialog.focusWidget() is dialog.name
        kept = desk.preferences.load().servers[0]
        assert (kept.address, kept.name, len(kept.fingerprint)) == (server.url, "Workstation", 64)
        assert desk.libraries.library(server.url).title == "Workstation"
        QTest.mouseClick(dialog.rows[0].edit, Qt.MouseButton.LeftButton)
        dialog.name.setText("Tower")
        with desk.qtbot.waitSignal(controller.changed):  # without being asked about its certificate again
            QTest.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
        assert desk.preferences.load().servers == (Server(server.url, "Tower", kept.fingerprint),)
    with desk.qtbot.waitSignal(controller.changed):
        QTest.mouseClick(dialog.rows[0].remove, Qt.MouseButton.LeftButton)
    assert desk.preferences.load().servers == ()


def test_another_certificate_shows_both_and_is_accepted_only_by_hand(
    desk: Desk, controller: ServersController, tmp_path: Path
) -> None:
    before = "ab" * 32
    with secure(self_signed(tmp_path)) as server:
        dialog = opened(desk, controller)
        desk.preferences.update(servers=(Server(server.url, "Workstation", before),))
        controller.open_at(server.url)
        desk.qtbot.waitUntil(dialog.accept_button.isVisible)
        assert "ANOTHER certificate" in dialog.certificate
        assert "AB:AB:AB" in dialog.certificate
        assert desk.preferences.load().servers[0].fingerprint == before
        with desk.qtbot.waitSignal(controller.changed):
            QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
        assert desk.preferences.load().servers[0].fingerprint not in ("", before)


def test_one_that_the_system_vouches_for_needs_no_pin_and_an_expired_one_is_not_taken(
    desk: Desk, controller: ServersController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    dialog = opened(desk, controller)
    with secure(authority.server(expired=True)) as over:
        check(dialog, "", over.url)
        desk.qtbot.waitUntil(lambda: "has expired" in dialog.problem)
    with secure(authority.server()) as server, desk.qtbot.waitSignal(controller.changed):
        check(dialog, "Office", server.url)
    assert desk.preferences.load().servers == (Server(server.url, "Office"),)


def test_what_cannot_be_a_server_is_said_in_place(desk: Desk, controller: ServersController) -> None:
    dialog = opened(desk, controller)
    plain = desk.server.address
    for typed, said in (
        ("not an address", "not a server address"),
        ("https://127.0.0.1:1", "Nothing answers"),
        (plain.replace("http:", "https:"), "does not speak TLS"),
    ):
        check(dialog, "", typed)
        desk.qtbot.waitUntil(lambda said=said: said in dialog.problem)  # type: ignore[misc]
        assert dialog.address.text() == typed
    assert desk.preferences.load().servers == ()
    dialog.address.setText("http://10.0.0.5:8080")
    assert "Without TLS" in dialog.warning
    dialog.address.setText(plain)
    assert dialog.warning == ""
    with desk.qtbot.waitSignal(controller.changed):
        QTest.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    assert desk.preferences.load().servers == (Server(plain),)


def test_what_answers_but_is_no_library_is_not_added(desk: Desk, controller: ServersController, tmp_path: Path) -> None:
    dialog = opened(desk, controller)
    with closing(FaultServer([_PAGE])) as site:
        check(dialog, "", site.url)
        desk.qtbot.waitUntil(lambda: "no Visual Search server" in dialog.problem)
        assert dialog.address.text() == site.url
    with secure(self_signed(tmp_path), _PAGE) as site:
        check(dialog, "", site.url.replace("https:", "http:"))
        desk.qtbot.waitUntil(lambda: "begins with http:// or https://" in dialog.problem)
        check(dialog, "", site.url)
        desk.qtbot.waitUntil(dialog.accept_button.isVisible)
        for _twice in range(2):  # it can be tried again
            QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
            desk.qtbot.waitUntil(lambda: dialog.is_busy)
            desk.qtbot.waitUntil(lambda: "no Visual Search server" in dialog.problem)
    assert desk.preferences.load().servers == ()
    assert dialog.rows == ()
