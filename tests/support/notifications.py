"""A D-Bus session of its own with a notification service in it, for tests."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.dbus import start_bus


@dataclass
class NotificationService:
    """What the service was asked to show, and what it is told to do."""

    process: subprocess.Popen[str]
    shown: queue.Queue[dict[str, Any]]

    def next(self) -> dict[str, Any]:
        """The next notification. Fails when none comes."""
        return self.shown.get(timeout=20)

    def click(self, number: int) -> None:
        """As the user clicks it, which also closes it."""
        self._tell(f"click {number}")

    def close(self, number: int) -> None:
        """As the user puts it away."""
        self._tell(f"close {number}")

    def _tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()


@pytest.fixture
def dbus_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty D-Bus session, which the environment points to."""
    bus, address = start_bus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    bus.terminate()
    bus.wait()


@pytest.fixture
def notification_service(dbus_session: str) -> Iterator[NotificationService]:
    """The service, ready to be asked."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.notification_server"],
        env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": dbus_session},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    shown: queue.Queue[dict[str, Any]] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            shown.put(json.loads(line))

    reader = threading.Thread(target=read)
    reader.start()
    service = NotificationService(process, shown)
    assert service.next() == {"ready": True}
    yield service
    assert process.stdin is not None
    process.stdin.close()
    process.wait()
    reader.join()
    assert process.stdout is not None
    process.stdout.close()
