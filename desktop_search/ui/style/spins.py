"""What fields for numbers have alike."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox


def indent(spin: QAbstractSpinBox) -> None:
    """Keep the number off the edge, as in all other fields; the style sheet does not reach inside."""
    spin.lineEdit().setTextMargins(5, 0, 0, 0)
