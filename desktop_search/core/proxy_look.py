"""How a proxy looks, and the most that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_LONG_SIDE, _SHORT_SIDE = 1920, 1080
_BITS_PER_PIXEL_S = 4  # at most: 8.3 Mbit/s for 1920×1080
_LEAST_BITS_S = 400_000
AUDIO_BITS_S = 128_000


@dataclass(frozen=True, slots=True)
class Look:
    """How a proxy looks: width and height in pixels (both even), and the exact rate."""

    width: int
    height: int
    rate: Fraction

    @property
    def bits_per_s(self) -> int:
        """What the picture takes at most."""
        return max(_LEAST_BITS_S, self.width * self.height * _BITS_PER_PIXEL_S)

    def expected_bytes(self, duration_ms: int, *, has_sound: bool) -> int:
        """The most that a proxy of this length should take; most take far less."""
        return (self.bits_per_s + (AUDIO_BITS_S if has_sound else 0)) * duration_ms // 8000


def look_for(width: int, height: int, rate: Fraction) -> Look:
    """The size of the proxy of an upright picture of that size: no larger than 1080p, even; and its rate."""
    long, short = max(width, height), min(width, height)
    scale = min(Fraction(1), Fraction(_LONG_SIDE, long), Fraction(_SHORT_SIDE, short))
    fitted_width, fitted_height = (max(2, round(side * scale / 2) * 2) for side in (width, height))
    return Look(fitted_width, fitted_height, rate)
