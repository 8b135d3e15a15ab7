"""Whole seconds for the wire, from exact milliseconds (contract §12.2)."""

from __future__ import annotations


def shot_start_s(start_ms: int, end_ms: int) -> int:
    """A whole second inside the shot: the first one, or the one before it where the shot holds none."""
    after = -(-start_ms // 1000)
    return after if after * 1000 < end_ms else start_ms // 1000


def shot_end_s(start_ms: int, end_ms: int) -> int:
    """The last whole second of the shot, later than its start."""
    start_s = shot_start_s(start_ms, end_ms)
    return max(end_ms // 1000, start_s + 1)


def speech_start_s(start_ms: int) -> int:
    """Rounded down, so that no word is cut off."""
    return start_ms // 1000


def speech_end_s(end_ms: int) -> int:
    """Rounded up, so that no word is cut off."""
    return -(-end_ms // 1000)


def boundary_s(at_ms: int) -> int:
    """Where one shot ends and the next begins: rounded up, so that the second does not show the shot before."""
    return -(-at_ms // 1000)
