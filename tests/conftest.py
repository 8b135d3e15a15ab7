"""For every test: a profile of its own, no network but the loopback, no unexpected warning, nothing left over."""

from __future__ import annotations

import os
import sys

# Hundreds of engines and whole programs are started: none of them has to compile our modules anew, here neither.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Before Qt is imported anywhere: tests look at real pixels of a real X display.
os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
# As the program does at its start; tests use parts of it that never come there.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# The tests read English texts, whatever the developer's system speaks.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="", DESKTOP_SEARCH_LANGUAGE="en")

pytest_plugins = [
    "tests.support.display",
    "tests.support.order",
    "tests.support.patience",
    "tests.support.profile",
    "tests.support.network",
    "tests.support.logs",
    "tests.support.keyrings",
    "tests.support.leftovers",
    "tests.support.notifications",
    "tests.support.browser",
    "tests.clips.fixtures",
]
