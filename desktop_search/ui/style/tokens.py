"""The colours of the two themes, as data. Text on its ground keeps a contrast of 4.5:1 or more."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme.

    window, panel, field, raised: grounds, from the back to the front. line: borders. text, muted: on any ground.
    accent with on_accent: the one accent colour and the text on it; accent_text: the accent as text on a ground.
    good, warn, bad: outcomes, as text on a ground. selection: the ground of a chosen row. video: around the picture.
    """

    window: QColor
    panel: QColor
    field: QColor
    raised: QColor
    line: QColor
    text: QColor
    muted: QColor
    accent: QColor
    on_accent: QColor
    accent_text: QColor
    good: QColor
    warn: QColor
    bad: QColor
    selection: QColor
    video: QColor

    def names(self) -> dict[str, str]:
        """Every colour by its name, as `#rrggbb`."""
        return {entry.name: getattr(self, entry.name).name() for entry in fields(self)}


DARK = Tokens(
    window=QColor("#141416"),
    panel=QColor("#1b1b1e"),
    field=QColor("#101012"),
    raised=QColor("#2a2a2f"),
    line=QColor("#36363c"),
    text=QColor("#e6e6e8"),
    muted=QColor("#a0a0a8"),
    accent=QColor("#f2a33c"),
    on_accent=QColor("#1a1205"),
    accent_text=QColor("#f5b159"),
    good=QColor("#7ccf8b"),
    warn=QColor("#f0c35a"),
    bad=QColor("#ff8a80"),
    selection=QColor("#3a3226"),
    video=QColor("#000000"),
)
LIGHT = Tokens(
    window=QColor("#e9e9ec"),
    panel=QColor("#f6f6f8"),
    field=QColor("#ffffff"),
    raised=QColor("#e0e0e4"),
    line=QColor("#c4c4cb"),
    text=QColor("#1c1c1f"),
    muted=QColor("#56565e"),
    accent=QColor("#a85f00"),
    on_accent=QColor("#ffffff"),
    accent_text=QColor("#8a4e00"),
    good=QColor("#1f6b30"),
    warn=QColor("#7a5200"),
    bad=QColor("#b3261e"),
    selection=QColor("#f3dfc0"),
    video=QColor("#000000"),
)


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of two colours by WCAG 2, 1 to 21."""

    def luminance(colour: QColor) -> float:
        red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
