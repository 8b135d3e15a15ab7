"""`--tour DIR`, as a user runs it on a machine without a display: a process of its own, pictures, and the exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

pytestmark = pytest.mark.slow

# Every address that the program, its engine and all their processes connect or send to.
_TRACED = ["strace", "-f", "--seccomp-bpf", "--quiet=all", "-e", "trace=connect,sendto,sendmsg", "-o"]
_ADDRESS = re.compile(r"inet_addr\(\"([^\"]+)\"\)|inet_pton\(AF_INET6, \"([^\"]+)\"")
# What the tests have set, and a user has not.
_OF_THE_TESTS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "ORT_DISABLE_TELEMETRY"}


def run_tour(target: Path, **variables: str) -> tuple[int, dict[str, Any]]:
    """The exit code and what `tour.json` says."""
    environment = {name: value for name, value in os.environ.items() if name not in _OF_THE_TESTS} | variables
    command = [
        *_TRACED,
        str(target.with_suffix(".calls")),
        sys.executable,
        "-m",
        "desktop_search",
        "--tour",
        str(target),
    ]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=280, check=False)
    report = target / "tour.json"
    assert report.is_file(), ended.stderr.decode()
    return ended.returncode, json.loads(report.read_text("utf-8"))


def test_every_shown_frame_is_the_hits(tmp_path: Path) -> None:
    code, report = run_tour(tmp_path / "tour")
    assert (code, report["ok"], report["problem"]) == (0, True, "")
    jumps = [step for step in report["steps"] if step["name"].startswith("jumped")]
    assert [step["name"] for step in jumps] == ["jumped: seen", "jumped: said", "jumped: picture"]
    assert all(step["shown_frame"] == step["expected_frame"] is not None for step in jumps)
    for step in report["steps"]:
        with Image.open(tmp_path / "tour" / step["picture"]) as picture:
            assert picture.size == (1440, 900)
            assert len(picture.getcolors(1 << 24) or []) > 100  # a window, not a blank screen
    reached = {first or second for first, second in _ADDRESS.findall((tmp_path / "tour.calls").read_text("utf-8"))}
    assert reached == {"127.0.0.1"}, "from the start to the last search nothing but the engine is spoken to"


def test_without_a_player_it_fails_and_says_where(tmp_path: Path) -> None:
    code, report = run_tour(tmp_path / "tour", PYTHON_VLC_LIB_PATH=str(tmp_path / "nothing"))
    assert (code, report["ok"]) == (1, False)
    assert "no player" in report["problem"]
    assert (tmp_path / "tour" / "problem.png").is_file()
