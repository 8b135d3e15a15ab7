"""What must be in the environment before Qt starts."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping


def changes(environment: Mapping[str, str], platform: str) -> dict[str, str]:
    """The variables to set, as a pure function of what there is.

    libVLC draws into an X11 window. So under Wayland, where XWayland offers a display, Qt runs on X11 too, also where
    a desktop asks all Qt programs for Wayland. A platform chosen for another reason (offscreen, vnc) stays.
    """
    if not platform.startswith("linux") or not environment.get("DISPLAY"):
        return {}
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen and not chosen.startswith("wayland"):
        return {}
    return {"QT_QPA_PLATFORM": "xcb"}


def apply(environment: MutableMapping[str, str], platform: str) -> None:
    """Make the changes; before the first import of a Qt GUI module's application."""
    environment.update(changes(environment, platform))
