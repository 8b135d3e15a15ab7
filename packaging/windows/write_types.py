"""Writes the part of the installer's script that lists the footage that "Open with" offers the program for.

python packaging/windows/write_types.py FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "making"))

from footage_types import BY_SUFFIX

_KEY = (
    r'Root: HKA; Subkey: "Software\Classes\{0}"; ValueType: {1}; ValueName: "{2}"; ValueData: ""; '
    r"Flags: uninsdeletevalue"
)


def lines() -> list[str]:
    """Two lines for each suffix."""
    found = []
    for suffix in BY_SUFFIX:
        found.append(_KEY.format(rf"{suffix}\OpenWithProgids", "none", "DesktopSearch.Footage"))
        found.append(_KEY.format(r"Applications\{#Exe}\SupportedTypes", "string", suffix))
    return found


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("\n".join(lines()) + "\n", "utf-8")
