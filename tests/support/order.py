"""The longest tests first: one that begins last would leave the other workers with nothing to do."""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow ones go first, those that may take longest before the others; all else keeps its order."""
    items.sort(key=_allowed_s, reverse=True)


def _allowed_s(item: pytest.Item) -> float:
    if item.get_closest_marker("slow") is None:
        return 0.0
    limit = item.get_closest_marker("timeout")
    return float(limit.args[0]) if limit else 1.0
