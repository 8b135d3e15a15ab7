"""Makes the .deb for Debian 12 and later and Ubuntu 22.04 and later, which takes libVLC from the distribution.

packaging/linux/build-deb.sh [--program FOLDER] [--quick] [OUT]      # OUT is dist/ where none is named
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "making"))

from freeze import freeze, source_date
from identity import HOME_PAGE, MAINTAINER, NAME, PROJECT, SUMMARY, VERSION
from papers import write_papers
from share import write_share
from tidying import oldest_glibc, same_for_everybody

_PLACE = f"usr/lib/{NAME}"
_SECTIONS = ("run", "installed")  # of system-packages.txt


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="packaging/linux/build-deb.sh", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=PROJECT / "dist")
    parser.add_argument("--program", type=Path, help="the folder of the program, where it was made already")
    parser.add_argument("--quick", action="store_true", help="pack fast instead of small, for tests")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desktop-search-deb-") as work:
        program = options.program or freeze(Path(work) / "frozen")
        sys.stdout.write(f"{build_deb(program, options.out.absolute(), Path(work) / 'root', quick=options.quick)}\n")


def build_deb(program: Path, out: Path, root: Path, *, quick: bool = False) -> Path:
    """The package in the folder `out`, from the folder of the program; `root` is made and used for its files."""
    date_s = source_date()
    shutil.copytree(program, root / _PLACE, symlinks=True)
    command = root / "usr/bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../../{_PLACE}/{NAME}")
    write_share(root / "usr/share", date_s)
    write_papers(root / "usr/share/doc" / NAME)
    for name in ("licences", "sbom.cdx.json"):
        (root / "usr/share/doc" / NAME / name).symlink_to(f"../../../../{_PLACE}/_internal/{name}")
    architecture = _architecture()
    size_kb = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(_control(architecture, size_kb, oldest_glibc(root)), "utf-8")
    same_for_everybody(root, date_s)
    target = out / f"{NAME}_{VERSION}_{architecture}.deb"
    packing = ["-Zzstd", "-z1"] if quick else ["-Zxz", "-z6"]
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *packing, "--build", str(root), str(target)],
        env=os.environ | {"SOURCE_DATE_EPOCH": str(date_s)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return target


def needed_packages() -> list[str]:
    """What the package depends on: the lines of system-packages.txt, whose alternatives are written as Debian does."""
    needed, section = [], ""
    for line in (PROJECT / "packaging" / "system-packages.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and section in _SECTIONS:
            needed.append(line.replace("|", " | "))
    return needed


def _architecture() -> str:
    asked = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def _control(architecture: str, size_kb: int, glibc: str) -> str:
    depends = ", ".join([f"libc6 (>= {glibc})", *needed_packages()])
    return f"""Package: {NAME}
Version: {VERSION}
Section: video
Priority: optional
Architecture: {architecture}
Installed-Size: {size_kb}
Maintainer: {MAINTAINER}
Homepage: {HOME_PAGE}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager | org.freedesktop.secrets, xdg-utils
Suggests: xvfb
Description: {SUMMARY}
 Drop clips and folders in, then ask in words for what is seen or said, or give
 it a picture and get the shots that look like it. Choose a hit, and the player
 stands on its exact first frame. Your footage stays on this computer.
"""


if __name__ == "__main__":
    main()
