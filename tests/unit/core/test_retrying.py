"""The retry policy, as data."""

from __future__ import annotations

import pytest

from desktop_search.core.errors import AppError, KeyRejected, NetworkError, RateLimited
from desktop_search.core.retrying import TRIES_MAX, retry_wait_s

_BROKEN, _ASKED = NetworkError("It broke."), RateLimited("Slower.", retry_after_s=40)


@pytest.mark.parametrize(
    ("error", "tries", "chance", "wait_s"),
    [
        (_BROKEN, 1, 0.0, 1),
        (_BROKEN, 2, 0.0, 2),
        (_BROKEN, 2, 1.0, 2.5),
        (_BROKEN, 5, 0.0, 16),
        (_ASKED, 1, 1.0, 40),
        (_BROKEN, TRIES_MAX, 0.0, None),
        (_ASKED, TRIES_MAX, 0.0, None),
        (KeyRejected("No."), 1, 0.0, None),
    ],
)
def test_policy(error: AppError, tries: int, chance: float, wait_s: float | None) -> None:
    assert retry_wait_s(error, tries, chance) == wait_s
