"""Waiting as long as a busy computer needs. What holds is waited for no longer; only a failure takes its time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partialmethod
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

PATIENCE_MS = 60_000  # several programs share two processors where all tests run: engines, players, displays


class PatientBot(QtBot):
    """The bot of pytest-qt with one patience for all that must come; shorter deadlines are for what must not."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(
        self, signal: Any, *, timeout: int = PATIENCE_MS, raising: bool | None = None, **more: Any
    ) -> SignalBlocker:
        patience_ms = timeout if raising is False else max(timeout, PATIENCE_MS)
        return super().waitSignal(signal, timeout=patience_ms, raising=raising, **more)

    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE_MS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Takes the place of the one of pytest-qt."""
    return PatientBot(request)
