"""By which formats this program knows what is dragged within it."""

from __future__ import annotations

SELECTS_FORMAT = "application/x-desktop-search-selects"
RESULTS_FORMAT = "application/x-desktop-search-results"
