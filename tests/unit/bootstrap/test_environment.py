"""The Qt platform by what the desktop offers, as data."""

from __future__ import annotations

import pytest

from desktop_search.bootstrap.environment import apply, changes
from desktop_search.player.picture_way import PictureWay

XCB = {"QT_QPA_PLATFORM": "xcb"}


@pytest.mark.parametrize(
    ("environment", "platform", "wanted"),
    [
        ({"DISPLAY": ":0"}, "linux", XCB),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", XCB),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "wayland"}, "linux", XCB),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland;xcb"}, "linux", XCB),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", {}),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, "linux", {}),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", {}),
        ({"DISPLAY": ""}, "linux", {}),
        ({}, "linux", {}),
        ({"DISPLAY": ":0"}, "darwin", {}),
        ({}, "win32", {}),
    ],
)
def test_the_platform_is_chosen_so_that_video_can_be_embedded(
    environment: dict[str, str], platform: str, wanted: dict[str, str]
) -> None:
    assert changes(environment, platform) == wanted
    assert changes(environment, platform, PictureWay.PAINTED) == {}
    before = dict(environment)
    apply(environment, platform)
    assert environment == before | wanted
