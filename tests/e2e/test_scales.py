"""At 150 and 200 per cent of the screen nothing that is written is cut off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.display, pytest.mark.slow]


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_nothing_is_cut_off_at_a_larger_scale(tmp_path: Path, scale: str) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "tests.e2e.scaled_child", str(tmp_path / "profile")],
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    told = json.loads(child.stdout.splitlines()[-1])
    assert told == {"scale": float(scale), "faults": []}
