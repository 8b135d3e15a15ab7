"""Whether this computer is slow for models that look at every picture.

The faster of two models is recommended where the other would take longer than `SLOW_MS` for a picture. What the check
of the installed model measured says so; before, a short run of the arithmetic that models are made of.
"""

from __future__ import annotations

import os
import time

import numpy as np

SLOW_MS = 80.0  # at one picture in two seconds of footage: 25 times real time, for the pictures alone
_SIDE = 768
_RUNS = 12
# SigLIP 2 base patch 16 at 256 pixels needs about 49 billion multiplications and additions for a picture; with 8-bit
# weights it took 55 ms on a computer where this run reached the speed below (docs/models.md has the numbers).
_REFERENCE_MS, _REFERENCE_GFLOPS = 55.0, 215.0


def estimated_picture_ms() -> float:
    """Roughly what one picture takes with the larger model on this computer."""
    return _REFERENCE_MS * _REFERENCE_GFLOPS / measured_gflops()


def measured_gflops() -> float:
    """Billions of floating-point operations a second in products of matrices, on all cores.

    Counted by the time that the processor worked, so that a computer that is busy just now does not seem slow.
    """
    matrix = np.random.default_rng(1).standard_normal((_SIDE, _SIDE), dtype=np.float32)
    begun = time.process_time()
    for _ in range(_RUNS):
        _ = matrix @ matrix
    worked_s = max(time.process_time() - begun, 1e-3)
    return 2 * _SIDE**3 * _RUNS / worked_s / 1e9 * (os.cpu_count() or 1)
