"""What a package says of itself and of what is in it: changes and copyright."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from identity import PROJECT


def write_papers(target: Path) -> None:
    """Write them into the new folder `target`."""
    target.mkdir(parents=True)
    changes = (PROJECT / "CHANGELOG.md").read_bytes()
    (target / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    shutil.copyfile(PROJECT / "LICENSE", target / "copyright")
