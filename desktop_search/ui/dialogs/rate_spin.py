"""A number of megabytes per second; 0 is called what it means."""

from __future__ import annotations

from desktop_search.core.language import _
from desktop_search.ui.style.spins import NumberSpin, indent

_MEGA, _MOST = 1_000_000, 10_000.0


class RateSpin(NumberSpin):
    """Steps grow with the number, since 0.1 and 100 MB/s are both usual."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setRange(0.0, _MOST)
        self.setDecimals(2)
        self.setSuffix(_(" MB/s"))
        self.setSpecialValueText(_("unlimited"))
        self.setStepType(NumberSpin.StepType.AdaptiveDecimalStepType)
        self.setKeyboardTracking(False)
        self.setAccessibleName(name)
        indent(self)

    def bytes_s(self) -> int:
        """Bytes per second; 0: unlimited."""
        return round(self.value() * _MEGA)

    def set_bytes_s(self, bytes_s: int) -> None:
        """Show this limit; 0: unlimited."""
        self.setValue(bytes_s / _MEGA)
