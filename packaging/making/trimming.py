"""What PyInstaller would take along and the program never uses. docs/packaging.md lists what it saves."""

from __future__ import annotations

from pathlib import Path, PurePath

# Imported by libraries in corners that are not reached here.
MODULES = [
    "babel", "curses", "grimp", "hypothesis", "IPython", "lib2to3", "matplotlib", "mypy", "onnx", "pandas",
    "PIL._avif", "PIL._imagingft", "PIL.ImageQt", "PIL.ImageTk", "pip", "pydoc_data", "pytest", "_pytest", "readline",
    "ruff", "scipy", "sympy", "test", "tkinter", "torch",
]  # fmt: skip

_QT = "PySide6/Qt/"
_NEVER = (
    f"{_QT}translations/",
    f"{_QT}qml/",
    f"{_QT}plugins/egldeviceintegrations/",
    f"{_QT}plugins/generic/",  # devices that are read without a desktop
    f"{_QT}plugins/networkinformation/",
    f"{_QT}plugins/platforminputcontexts/libqtvirtualkeyboard",
    f"{_QT}plugins/tls/",  # Qt never speaks to the network here
    f"{_QT}lib/libQt6EglF",
    f"{_QT}lib/libQt6Qml",
    f"{_QT}lib/libQt6Quick",
    f"{_QT}lib/libQt6VirtualKeyboard",
    f"{_QT}lib/libQt6Pdf",
)
_LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"
# Qt's own words, in the languages that the program speaks.
_WORDS = tuple(f"{_QT}translations/qtbase_{folder.name}.qm" for folder in _LOCALE.iterdir())
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
    if place.startswith(_NEVER):
        return place in _WORDS
    if place.startswith(f"{_QT}plugins/platforms/"):
        return any(kind in PurePath(place).name for kind in _PLATFORMS)
    return True
