"""Whether the graphics processor is asked to decode. Chosen here, said in `--self-check`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.language import _


@dataclass(frozen=True, slots=True)
class Decoding:
    """What was chosen, and why, in words for a report."""

    hardware: bool
    reason: str


def chosen_decoding(wanted: bool, platform: str = sys.platform, devices: Path = Path("/dev/dri")) -> Decoding:
    """By the graphics processor where it is wanted and there is one; what it cannot do falls back by itself."""
    if not wanted:
        return Decoding(False, _("switched off"))
    if not has_graphics_processor(platform, devices):
        return Decoding(False, _("there is no graphics processor"))
    return Decoding(True, _("where the graphics processor knows the format"))


def has_graphics_processor(platform: str = sys.platform, devices: Path = Path("/dev/dri")) -> bool:
    """Whether there is one that could decode and draw. Windows and macOS always have one."""
    return platform in {"win32", "darwin"} or any(devices.glob("renderD*"))
