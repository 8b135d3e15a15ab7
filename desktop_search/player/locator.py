"""Finds libVLC: inside the installed program, where the user says, or of the system's own VLC."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.language import _

_OLDEST = (3, 0)
_LIBRARY = {"win32": "libvlc.dll", "darwin": "libvlc.dylib"}  # elsewhere: libvlc.so.5


@dataclass(frozen=True, slots=True)
class Found:
    """libVLC can be loaded. `plugins` is `None` where the library finds its plugins by itself."""

    library: str
    plugins: Path | None
    version: str


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no player on this computer. `advice` says what to install, in words for the user."""

    advice: str
    details: str = ""


def find_libvlc(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Found | Missing:
    """The first libVLC that loads. Loading takes some ten milliseconds, so call it off the GUI thread."""
    tried = []
    for library, plugins in _candidates(environment, platform):
        try:
            version = _version_of(library)
        except (OSError, AttributeError) as error:
            tried.append(f"{library}: {error}")
            continue
        if _number(version) >= _OLDEST:
            return Found(library, plugins, version)
        tried.append(f"{library}: version {version} is too old")
    return Missing(install_advice(platform), "\n".join(tried) or "no libVLC anywhere")


def lead_to(found: Found, environment: MutableMapping[str, str] = os.environ) -> None:
    """Have python-vlc load this libVLC, and libVLC these plugins. Before `vlc` is imported for the first time."""
    lend(Path(found.library).parent / "lent")
    environment["PYTHON_VLC_LIB_PATH"] = found.library
    if found.plugins is not None:
        environment.setdefault("VLC_PLUGIN_PATH", str(found.plugins))


def lend(folder: Path) -> None:
    """Load the libraries in `folder` that this system lacks; whoever wants one of that name has it from then on.

    The portable program brings what libVLC's plugins want of a desktop, and not every desktop has.
    """
    lacking = [file for file in sorted(folder.glob("*.so*")) if not _loads(file.name)]
    while loaded := [file for file in lacking if _loads(str(file))]:  # they need each other
        lacking = [file for file in lacking if file not in loaded]


def install_advice(platform: str = sys.platform) -> str:
    """What the user can do so that clips play in the window."""
    if platform == "win32":
        return _("Install VLC 3 (64-bit) from videolan.org, then start the program again.")
    if platform == "darwin":
        return _("Install VLC 3 from videolan.org into Applications, then start the program again.")
    return _(
        "Install VLC, then start the program again. Debian and Ubuntu: sudo apt install vlc · "
        "Fedora: sudo dnf install vlc · Arch: sudo pacman -S vlc vlc-plugins-all"
    )


def _candidates(environment: Mapping[str, str], platform: str) -> Iterator[tuple[str, Path | None]]:
    chosen = environment.get("PYTHON_VLC_LIB_PATH")
    if chosen:  # python-vlc obeys this alone, and ends the process when it is wrong
        yield chosen, _plugins_of(Path(chosen).parent)
        return
    name = _LIBRARY.get(platform, "libvlc.so.5")
    for folder in _folders(environment, platform):
        if (folder / name).is_file():
            yield str(folder / name), _plugins_of(folder)
    if platform not in _LIBRARY:
        yield name, None
        found = ctypes.util.find_library("vlc")
        if found and found != name:
            yield found, None


def _folders(environment: Mapping[str, str], platform: str) -> Iterator[Path]:
    """Where libVLC may lie: beside a frozen program first, then where VLC installs itself."""
    beside = [getattr(sys, "_MEIPASS", ""), str(Path(sys.executable).parent) if hasattr(sys, "frozen") else ""]
    yield from (Path(folder) / "libVLC" for folder in beside if folder)
    if platform == "win32":
        programs = (environment.get(name) for name in ("ProgramFiles", "ProgramW6432"))
        yield from (Path(folder) / "VideoLAN" / "VLC" for folder in programs if folder)
    elif platform == "darwin":
        yield Path("/Applications/VLC.app/Contents/MacOS/lib")
        yield Path.home() / "Applications/VLC.app/Contents/MacOS/lib"


def _plugins_of(folder: Path) -> Path | None:
    for plugins in (folder / "plugins", folder.parent / "plugins", folder / "vlc" / "plugins"):
        if plugins.is_dir():
            return plugins
    return None


def _version_of(library: str) -> str:
    beside = Path(library).with_name("libvlccore.dylib")
    if beside.is_file():  # macOS does not find it by itself
        ctypes.CDLL(str(beside))
    ask = ctypes.CDLL(library).libvlc_get_version
    ask.restype = ctypes.c_char_p
    version: bytes = ask()
    return version.decode("utf-8", "replace")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _number(version: str) -> tuple[int, int]:
    """(3, 0) of "3.0.24 Vetinari"; (0, 0) of anything that is no version."""
    parts = version.split(" ", maxsplit=1)[0].split(".")
    try:
        return int(parts[0]), int(parts[1])
    except (ValueError, IndexError):
        return 0, 0
