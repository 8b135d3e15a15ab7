"""The program's icon in the sizes and formats of each system, from `resources/app/desktop-search.svg`.

python packaging/making/app_icons.py FOLDER     # desktop-search.ico and desktop-search.icns
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from identity import PROJECT
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = PROJECT / "resources" / "app" / "desktop-search.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_WINDOWS_PX = (16, 24, 32, 48, 64, 128, 256)


def png(size_px: int) -> bytes:
    """The icon as a square PNG."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held.data())


def write_ico(target: Path) -> None:
    """For Windows: every size drawn for itself, not scaled."""
    pictures = [Image.open(io.BytesIO(png(size))) for size in _WINDOWS_PX]
    pictures[-1].save(target, format="ICO", sizes=[(size, size) for size in _WINDOWS_PX], append_images=pictures[:-1])


def write_icns(target: Path) -> None:
    """For macOS."""
    Image.open(io.BytesIO(png(1024))).save(target, format="ICNS")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    write_ico(folder / "desktop-search.ico")
    write_icns(folder / "desktop-search.icns")
