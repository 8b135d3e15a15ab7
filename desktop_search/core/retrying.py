"""When to try again: the one policy for every call and every upload (contract §15)."""

from __future__ import annotations

from desktop_search.core.errors import AppError

TRIES_MAX = 6
FIRST_S, LONGEST_S = 1.0, 32.0
JITTER = 0.25  # the share by which a wait grows at most, so that several windows do not come back together


def retry_wait_s(error: AppError, tries: int, chance: float) -> float | None:
    """Seconds to wait before the next try, after `tries` of them failed, the last with `error`; `None`: give up.

    `chance`, from 0 to 1, is drawn by the caller. A wait that the server asked for is kept to the second.
    """
    if not error.retryable or tries >= TRIES_MAX:
        return None
    if error.retry_after_s is not None:
        return error.retry_after_s
    wait_s = min(LONGEST_S, FIRST_S * float(1 << min(tries - 1, 10)))
    return wait_s * (1 + JITTER * chance)
