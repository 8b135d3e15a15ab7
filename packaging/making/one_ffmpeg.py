"""OpenCV's wheel brings FFmpeg a second time. Where it is the same as PyAV's, the program keeps one."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

_KEPT, _DOUBLE, _ITS_USER = "av.libs", "opencv_python_headless.libs", "cv2"
_LIBRARY = re.compile(r"^(lib(?:avcodec|avformat|avutil|swresample|swscale))-[0-9a-f]+(\.so\.[0-9.]+)$")
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


def keep_one_ffmpeg(internal: Path) -> set[str]:
    """Replace OpenCV's FFmpeg below `internal` by links to PyAV's; returns the names of the files that are gone.

    OpenCV is only linked with it: the program decodes with PyAV. Both must be of the same versions to the last number,
    else everything stays as it is. What FFmpeg alone wanted of OpenCV's wheel goes too. Needs binutils.
    """
    kept, double = _libraries(internal / _KEPT), _libraries(internal / _DOUBLE)
    if not double or not double.keys() <= kept.keys():
        return set()
    for name, path in double.items():
        path.unlink()
        path.symlink_to(f"../{_KEPT}/{kept[name].name}")
    gone = {path.name for path in double.values()} | _without_users(internal)
    for path in sorted((internal / _KEPT).iterdir()):  # FFmpeg looks for what it needs beside the name it is loaded by
        beside = internal / _DOUBLE / path.name
        if not beside.exists():
            beside.symlink_to(f"../{_KEPT}/{path.name}")
    return gone


def _libraries(folder: Path) -> dict[str, Path]:
    """FFmpeg's libraries in the folder, by name and version without the wheel's own mark."""
    matches = ((_LIBRARY.match(path.name), path) for path in sorted(folder.iterdir()))
    return {match[1] + match[2]: path for match, path in matches if match}


def _without_users(internal: Path) -> set[str]:
    """Delete the libraries of the wheel that nothing in it needs any longer; returns their names."""
    gone: set[str] = set()
    while True:
        there = [path for path in sorted((internal / _DOUBLE).iterdir()) if not path.is_symlink()]
        needed = _needed_by([*there, *sorted((internal / _ITS_USER).glob("*.so"))])
        idle = [path for path in there if path.name not in needed]
        if not idle:
            break
        for path in idle:
            path.unlink()
        gone |= {path.name for path in idle}
    for name in gone:
        link = internal / name  # PyInstaller's, where the loader looks for what the libraries' own paths do not name
        link.unlink(missing_ok=True)
        if (internal / _KEPT / name).exists():  # the same file in both wheels
            link.symlink_to(f"{_KEPT}/{name}")
    return gone


def _needed_by(files: Iterable[Path]) -> set[str]:
    asked = subprocess.run(["readelf", "--dynamic", *map(str, files)], capture_output=True, text=True, check=True)
    return set(_NEEDED.findall(asked.stdout))
