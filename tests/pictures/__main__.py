"""`python -m tests.pictures [FOLDER]`: takes the pictures of docs/ anew, of the real window with the sample footage."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from desktop_search.bootstrap import environment
from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.settings.folders import Folders

_DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=_DOCS, help="where they go; docs/ if not said")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desktop-search-pictures-") as profile, VirtualDisplay():
        environment.apply(os.environ, sys.platform)
        from tests.pictures.taking import take_pictures, take_tour  # loads Qt, which needs the display

        for taken in (take_pictures, take_tour):
            folders = Folders.for_user(Path(profile) / taken.__name__)
            folders.create()
            for file in taken(folders, folder):
                sys.stdout.write(f"{file.stat().st_size / 1000:6.0f} kB  {file}\n")


if __name__ == "__main__":
    main()
