"""The clock by which words for days are read."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QLocale

from desktop_search.core.when import Clock


def local_clock() -> Clock:
    """Now, in the zone of this computer, with the weeks of its user."""
    return Clock(datetime.now(UTC), None, QLocale.system().firstDayOfWeek().value - 1)
