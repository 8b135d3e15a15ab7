"""The colours of selects, as they are painted: strong enough to be told apart on both themes."""

from __future__ import annotations

from PySide6.QtGui import QColor

PAINTED = {
    "red": QColor("#e5534b"),
    "yellow": QColor("#d9b21c"),
    "green": QColor("#3fa856"),
    "cyan": QColor("#22a7b8"),
    "blue": QColor("#4285e8"),
    "purple": QColor("#9b62d8"),
    "pink": QColor("#e06aa8"),
}
