"""Which libraries of the build machine a portable Linux program takes along, and which it finds on every desktop."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable
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
# Of these, the ones that FFmpeg of Debian is linked with, and that a desktop without GTK may lack: lent by the program.
_LENT = re.compile(r"^lib(cairo.*|pango.*|gdk_pixbuf-2\.0|epoxy)\.so(\..*)?$")
_LINE = re.compile(r"^\s+(\S+) => (\S+) \(0x")
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


def is_of_the_desktop(name: str) -> bool:
    """Whether the library `name` ("libX11.so.6") is left to the system that the program will run on."""
    return _OF_THE_DESKTOP.match(name) is not None


def is_asked_of_every_desktop(name: str) -> bool:
    """Whether the program has nothing to lend where the system lacks the library `name`."""
    return is_of_the_desktop(name) and _LENT.match(name) is None


def needed_by(files: Iterable[Path], own: Path, is_left: Callable[[str], bool] = is_of_the_desktop) -> dict[str, Path]:
    """By name, the libraries of this machine that `files` load, directly or not, and that have to be taken along.

    Libraries below the folder `own` belong to the program already. What only a library that `is_left` to the system
    needs is left to it too: a newer one may need a newer one.
    """
    loading = list(files)
    asked = subprocess.run(["ldd", *map(str, loading)], capture_output=True, text=True, check=False)  # 1: one is static
    matches = (_LINE.match(line) for line in asked.stdout.splitlines())
    places = {match[1]: Path(match[2]) for match in matches if match}
    found: dict[str, Path] = {}
    while loading:
        names = {name for name in _named_by(loading) if name in places and name not in found and not is_left(name)}
        new = {name: places[name] for name in names if not places[name].is_relative_to(own)}
        found |= new
        loading = list(new.values())
    return found


def _named_by(files: Iterable[Path]) -> set[str]:
    asked = subprocess.run(["readelf", "--dynamic", *map(str, files)], capture_output=True, text=True, check=True)
    return set(_NEEDED.findall(asked.stdout))
