"""Who draws the video: libVLC into a window of its own, or Qt from memory. Chosen here, said in `--self-check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop_search.core.language import _

VARIABLE = "DESKTOP_SEARCH_PICTURE"
_WITH_WINDOWS = frozenset({"xcb", "windows", "cocoa"})  # Qt's platforms that have windows libVLC 3 can draw into


class PictureWay(Enum):
    """A way to the screen, or the wish for one."""

    AUTOMATIC = "automatic"
    WINDOW = "window"
    PAINTED = "painted"


@dataclass(frozen=True, slots=True)
class ChosenWay:
    """What was chosen, `WINDOW` or `PAINTED`, and why, in words for a report."""

    way: PictureWay
    reason: str


def wanted_way(environment: Mapping[str, str], preferred: str) -> PictureWay:
    """What the user wants: by the environment, else by the preferences. What is no way is passed over."""
    for said in (environment.get(VARIABLE, ""), preferred):
        try:
            return PictureWay(said)
        except ValueError:
            continue
    return PictureWay.AUTOMATIC


def chosen_way(wanted: PictureWay, qt_platform: str) -> ChosenWay:
    """The way that is taken. `qt_platform` is Qt's name for where its windows are: "xcb", "wayland", "windows", …"""
    if qt_platform not in _WITH_WINDOWS:
        return ChosenWay(
            PictureWay.PAINTED, _("VLC has no window to draw into on “{platform}”").format(platform=qt_platform)
        )
    if wanted is PictureWay.PAINTED:
        return ChosenWay(PictureWay.PAINTED, _("as chosen"))
    if wanted is PictureWay.WINDOW:
        return ChosenWay(PictureWay.WINDOW, _("as chosen"))
    return ChosenWay(PictureWay.WINDOW, _("VLC draws into windows of “{platform}”").format(platform=qt_platform))
