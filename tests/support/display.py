"""An X display for each test process: the one that is there, or an Xvfb of its own (always one per xdist worker)."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

_xvfb: subprocess.Popen[bytes] | None = None


def _start_xvfb() -> subprocess.Popen[bytes]:
    """Xvfb on a display number that it chooses itself; DISPLAY says which."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        number = answer.readline().decode().strip()
    if not number:
        server.kill()
        server.wait()
        raise pytest.UsageError("Xvfb did not start.")
    os.environ["DISPLAY"] = f":{number}"
    return server


def pytest_configure(config: pytest.Config) -> None:
    global _xvfb
    distributes = bool(getattr(config.option, "numprocesses", None)) and "PYTEST_XDIST_WORKER" not in os.environ
    wanted = "PYTEST_XDIST_WORKER" in os.environ or not os.environ.get("DISPLAY")
    if wanted and not distributes and os.environ.get("QT_QPA_PLATFORM") == "xcb":
        if shutil.which("Xvfb") is None:
            raise pytest.UsageError("The tests need an X display or Xvfb; packaging/test.sh installs it.")
        os.environ.pop("WAYLAND_DISPLAY", None)
        _xvfb = _start_xvfb()


def pytest_unconfigure() -> None:
    global _xvfb
    if _xvfb is not None:
        _xvfb.terminate()
        _xvfb.wait()
        _xvfb = None
