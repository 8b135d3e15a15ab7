"""A D-Bus session of the tests' own."""

from __future__ import annotations

import os
import subprocess


def start_bus() -> tuple[subprocess.Popen[bytes], str]:
    """An empty session bus and its address. Whoever starts it terminates it."""
    reading, writing = os.pipe()
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", f"--print-address={writing}"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        return bus, answer.readline().decode().strip()
