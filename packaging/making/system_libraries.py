"""Which libraries of the build machine a portable Linux program takes along, and which it finds on every desktop."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

# Left out: libc and what belongs to it; what must match the graphics driver, the display and the sound service;
# and what every desktop has in a version that goes with the rest of it (after the list that AppImages are made with).
_OF_THE_DESKTOP = re.compile(
    r"""^(
    ld-linux.*|libc|libm|libdl|libpthread|librt|libresolv|libutil|libnsl|libanl|libmvec|libgcc_s|libstdc\+\+
    |lib(GL|EGL|GLX|GLdispatch|GLESv2|OpenGL|gbm|drm|drm_[a-z]+)
    |libX11|libX11-xcb|libxcb|libxcb-dri[23]|libXau|libXdmcp|libXext|libICE|libSM|libwayland-[a-z]+
    |libasound|libpulse|libpulsecommon-.*|libjack|libpipewire-.*
    |libfontconfig|libfreetype|libharfbuzz|libfribidi|libexpat|libz
    |libglib-2\.0|libgobject-2\.0|libgio-2\.0|libgmodule-2\.0|libdbus-1|libsystemd|libudev
    |libgtk-3|libgdk-3|libgdk_pixbuf-2\.0|libatk.*|libpango.*|libcairo.*|libepoxy
    )\.so(\..*)?$""",
    re.VERBOSE,
)
_LINE = re.compile(r"^\s+(\S+) => (\S+) \(0x")


def is_of_the_desktop(name: str) -> bool:
    """Whether the library `name` ("libX11.so.6") is left to the system that the program will run on."""
    return _OF_THE_DESKTOP.match(name) is not None


def needed_by(files: Iterable[Path], own: Path) -> dict[str, Path]:
    """By name, the libraries of this machine that `files` load, directly or not, and that have to be taken along.

    Libraries below the folder `own` belong to the program already.
    """
    asked = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False)  # 1: one is static
    found: dict[str, Path] = {}
    for line in asked.stdout.splitlines():
        match = _LINE.match(line)
        if match and not is_of_the_desktop(match[1]) and not Path(match[2]).is_relative_to(own):
            found[match[1]] = Path(match[2])
    return found
