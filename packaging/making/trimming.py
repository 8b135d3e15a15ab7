"""What PyInstaller would take along and the program never uses. docs/packaging.md lists what it saves."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

# Imported by libraries in corners that are not reached here.
MODULES = [
    "babel", "curses", "grimp", "hypothesis", "IPython", "lib2to3", "matplotlib", "mypy", "onnx", "pandas",
    "PIL._avif", "PIL._imagingft", "PIL.ImageQt", "PIL.ImageTk", "pip", "pydoc_data", "pytest", "_pytest", "readline",
    "ruff", "scipy", "sympy", "test", "tkinter", "torch",
]  # fmt: skip

# Where Qt lies in its wheel: on Linux and macOS, and on Windows.
_QT = re.compile(r"^PySide6/(?:Qt/)?(?P<place>.*)$")
_NEVER = re.compile(
    r"^(translations/|qml/|plugins/egldeviceintegrations/|plugins/generic/|plugins/networkinformation/"
    r"|plugins/platforminputcontexts/(lib)?qtvirtualkeyboard"
    r"|plugins/tls/"  # Qt never speaks to the network here
    r"|(lib/)?(lib)?Qt6?(EglF|Pdf|Qml|Quick|VirtualKeyboard))"
)
_LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"
# Qt's own words, in the languages that the program speaks.
_WORDS = tuple(f"translations/qtbase_{folder.name}.qm" for folder in _LOCALE.iterdir())
_PLATFORMS = ("offscreen", "xcb", "wayland", "windows", "cocoa", "direct2d")
_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/")


def is_wanted(name: str, source: str, platform: str) -> bool:
    """Whether the file `source` goes into the program as `name`.

    On Linux the system's own libraries stay out: the .deb depends on their packages, and the portable build adds those
    that a desktop may lack. Mixing them with the system's libVLC would be asking for crashes.
    """
    place = PurePath(name).as_posix()
    if platform.startswith("linux") and source.startswith(_SYSTEM):
        return False
    qt = _QT.match(place) or _QT.match(PurePath(source).as_posix())  # PyInstaller's links name what they lead to
    if qt is None:
        return True
    if _NEVER.match(qt["place"]):
        return qt["place"] in _WORDS
    if qt["place"].startswith("plugins/platforms/"):
        return any(kind in PurePath(place).name for kind in _PLATFORMS)
    return True
