"""What must be in the environment before Qt starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping

from desktop_search.player.picture_way import PictureWay

_NAMES = {"win32": "windows", "darwin": "cocoa"}


def changes(environment: Mapping[str, str], platform: str, wanted: PictureWay = PictureWay.AUTOMATIC) -> dict[str, str]:
    """The variables to set, as a pure function of what there is.

    libVLC draws into an X11 window. So under Wayland, where XWayland offers a display, Qt runs on X11 too, also where
    a desktop asks all Qt programs for Wayland. A platform chosen for another reason (offscreen, vnc) stays, and so
    does all where Qt is to paint the video itself.
    """
    if wanted is PictureWay.PAINTED or not platform.startswith("linux") or not environment.get("DISPLAY"):
        return {}
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen and not chosen.startswith("wayland"):
        return {}
    return {"QT_QPA_PLATFORM": "xcb"}


def apply(environment: MutableMapping[str, str], platform: str, wanted: PictureWay = PictureWay.AUTOMATIC) -> None:
    """Make the changes; before the first import of a Qt GUI module's application."""
    environment.update(changes(environment, platform, wanted))


def qt_platform(environment: Mapping[str, str], platform: str) -> str:
    """What Qt will call the place of its windows with this environment; "" where it will find none."""
    if platform in _NAMES:
        return _NAMES[platform]
    if chosen := environment.get("QT_QPA_PLATFORM", ""):
        return chosen.split(";")[0].split(":")[0]
    if environment.get("WAYLAND_DISPLAY") and environment.get("XDG_SESSION_TYPE") == "wayland":
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else "wayland" if environment.get("WAYLAND_DISPLAY") else ""


def has_display() -> bool:
    """Whether a window could be shown. Windows and macOS always have a desktop."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_readable_screen() -> bool:
    """Whether there is a display whose pixels may be read; Wayland lets no program read them."""
    return has_display() and not os.environ.get("WAYLAND_DISPLAY")
