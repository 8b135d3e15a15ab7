"""Notifications over a real D-Bus session, with a service of the tests in it."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.services.desktop_notices import Click, DesktopNotice, DesktopNotices
from tests.support.notifications import NotificationService


@contextmanager
def working(notices: DesktopNotices) -> Iterator[queue.Queue[object]]:
    clicked: queue.Queue[object] = queue.Queue()
    token = CancelToken()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(notices.run, token, clicked.put)
        try:
            yield clicked
        finally:
            token.cancel()
    with suppress(Cancelled):
        job.result()


def test_a_notification_is_shown_replaced_and_clicked(notification_service: NotificationService) -> None:
    notices = DesktopNotices()
    with working(notices) as clicked:
        notices.show(DesktopNotice("1 clip is searchable", "pier <b>&.mp4"))
        first = notification_service.next()
        assert (first["summary"], first["body"], first["replaces"]) == (
            "1 clip is searchable",
            "pier &lt;b&gt;&amp;.mp4",
            0,
        )
        assert "default" in first["actions"]
        notices.show(DesktopNotice("2 clips are searchable"))
        second = notification_service.next()
        assert (second["summary"], second["replaces"]) == ("2 clips are searchable", first["id"])
        notification_service.click(second["id"])
        assert clicked.get(timeout=20) == Click(DesktopNotice("2 clips are searchable"), "token-7")
        notices.show(DesktopNotice("3 clips are searchable"))
        assert notification_service.next()["replaces"] == 0  # the one that was clicked is no longer there
    assert clicked.empty()


def test_one_that_was_put_away_is_no_click(notification_service: NotificationService) -> None:
    notices = DesktopNotices()
    with working(notices) as clicked:
        notices.show(DesktopNotice("one"))
        notification_service.close(notification_service.next()["id"])
        notices.show(DesktopNotice("two"))
        assert notification_service.next()["summary"] == "two"
    assert clicked.empty()


@pytest.mark.usefixtures("dbus_session")
def test_without_a_service_nothing_happens(caplog: pytest.LogCaptureFixture) -> None:
    _ends_in_silence(caplog)


@pytest.mark.parametrize("address", ["disabled:", "unix:path=/nowhere/bus", "", "nonsense"])
def test_without_a_bus_nothing_happens(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    _ends_in_silence(caplog)


def _ends_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "desktop_search.services.desktop_notices")
    notices = DesktopNotices()
    pause = CancelToken()
    with working(notices) as clicked:
        notices.show(DesktopNotice("one"))
        for _ in range(1000):
            if caplog.records:
                break
            pause.wait(0.02)
    assert len(caplog.records) == 1
    assert caplog.records[0].levelname == "INFO"
    assert clicked.empty()
