"""What fields for numbers have alike."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox


def indent(spin: QAbstractSpinBox) -> None:
    """Keep the number off the edge, as in all other fields; the style sheet does not reach inside."""
    spin.lineEdit().setTextMargins(5, 0, 0, 0)


class NumberSpin(QDoubleSpinBox):
    """A single comma or dot is the decimal sign, whichever the system has: Qt would read 12,50 as 1250."""

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Qt: whether this may be typed, and as what."""
        number = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        signs = [sign for sign in number if sign in ",."]
        if len(signs) == 1:
            mended = number.replace(signs[0], self.locale().decimalPoint())
            text = text.replace(number, mended, 1)
        return super().validate(text, at)
