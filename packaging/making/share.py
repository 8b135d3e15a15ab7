"""What a Linux desktop wants beside the program: menu entry, icons, AppStream data, man page.

python packaging/making/share.py FOLDER
"""

from __future__ import annotations

import gzip
import sys
import time
from pathlib import Path

from app_icons import DRAWING, SIZES_PX, png
from footage_types import media_types
from freeze import source_date
from identity import APP_ID, NAME, PROJECT, filled

_HERE = PROJECT / "packaging" / "linux"


def write_share(share: Path, date_s: int) -> None:
    """Everything below the folder `share` (`/usr/share` of a package). `date_s` is the release's, since 1970."""
    date = time.strftime("%Y-%m-%d", time.gmtime(date_s))
    entry = filled((_HERE / "desktop-search.desktop").read_text("utf-8"), MIME_TYPES=";".join(media_types()) + ";")
    _write(share / "applications" / f"{APP_ID}.desktop", entry.encode())
    about = filled((_HERE / "metainfo.xml").read_text("utf-8"), DATE=date)
    _write(share / "metainfo" / f"{APP_ID}.metainfo.xml", about.encode())
    manual = filled((_HERE / "desktop-search.1").read_text("utf-8"), DATE=date)
    _write(share / "man" / "man1" / f"{NAME}.1.gz", gzip.compress(manual.encode(), mtime=0))
    icons = share / "icons" / "hicolor"
    for size_px in SIZES_PX:
        _write(icons / f"{size_px}x{size_px}" / "apps" / f"{NAME}.png", png(size_px))
    _write(icons / "scalable" / "apps" / f"{NAME}.svg", DRAWING.read_bytes())


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


if __name__ == "__main__":
    write_share(Path(sys.argv[1]), source_date())
