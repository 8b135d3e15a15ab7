"""By which formats this program knows what is dragged within it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

_PREFIX = "application/x-desktop-search-"
SELECTS_FORMAT = f"{_PREFIX}selects"
RESULTS_FORMAT = f"{_PREFIX}results"


def is_own(data: QMimeData) -> bool:
    """Whether it was dragged from this program; it is not to be taken for new footage or a new picture."""
    return any(kind.startswith(_PREFIX) for kind in data.formats())
