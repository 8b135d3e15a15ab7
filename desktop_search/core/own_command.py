"""How this program starts itself again, as its engine or for another command: from source, and installed."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping

_LIBRARIES = "LD_LIBRARY_PATH"
_BEGIN_ANEW = "PYINSTALLER_RESET_ENVIRONMENT"  # else our own child would take it that the path is still set


def own_command(*arguments: str) -> list[str]:
    """The command that runs this program with `arguments`.

    An installed program is its own interpreter and knows no `-m`.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "desktop_search", *arguments]


def leave_libraries_to_others(environment: MutableMapping[str, str]) -> None:
    """Put the search path for libraries back to what it was before an installed program changed it for itself.

    Programs of the system that are started from here (the file manager, Xvfb) would load our libraries otherwise.
    What this process loads is not touched by it: the loader read the path at its start.
    """
    before = environment.pop(f"{_LIBRARIES}_ORIG", None)
    if getattr(sys, "frozen", False):
        environment.pop(_LIBRARIES, None)
        environment[_BEGIN_ANEW] = "1"
    if before is not None:
        environment[_LIBRARIES] = before
