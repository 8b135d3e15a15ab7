"""Makes the folder of the installed program with PyInstaller, so that the same source gives the same bytes.

python packaging/making/freeze.py OUT
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from app_icons import write_icns, write_ico
from one_ffmpeg import keep_one_ffmpeg
from parts import parts_of
from sbom import write_sbom
from tidying import strip_symbols
from version_resource import version_resource

PROJECT = Path(__file__).resolve().parents[2]
SPEC = PROJECT / "packaging" / "desktop_search.spec"
_TOO_OLD_FOR_ZIP = 315532800  # 1980-01-01


def source_date() -> int:
    """Seconds since 1970 that stand for "now" in packages: SOURCE_DATE_EPOCH, else the last commit's time."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        return max(int(given), _TOO_OLD_FOR_ZIP)
    asked = subprocess.run(
        ["git", "-C", str(PROJECT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    said = asked.stdout.strip()
    return int(said) if said.isdigit() else _TOO_OLD_FOR_ZIP


def freeze(out: Path) -> Path:
    """Make the program below `out`, which must not hold one yet; returns its folder.

    Raises `CalledProcessError` where PyInstaller fails; it has said why on standard error.
    """
    work = out / "work"
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(source_date()),
        "PYTHONHASHSEED": "0",  # PyInstaller's archive keeps sets in their order
        "PYINSTALLER_CONFIG_DIR": str(work / "config"),
        "PYTHONPATH": str(PROJECT),
        "TAKEN_LIST": str(work / "taken.txt"),
    }
    _write_for_the_system(out, environment)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run(
        [*command, "--distpath", str(out), "--workpath", str(work), str(SPEC)], env=environment, cwd=out, check=True
    )
    taken = [Path(line) for line in (work / "taken.txt").read_text("utf-8").splitlines()]
    shutil.rmtree(work)
    gone: set[str] = set()
    if sys.platform.startswith("linux"):
        gone = keep_one_ffmpeg(_inside(out))
        strip_symbols(_inside(out))
    write_sbom(_inside(out), parts_of(path for path in taken if path.name not in gone), source_date())
    return out / ("Desktop Search.app" if sys.platform == "darwin" else "desktop-search")


def _write_for_the_system(out: Path, environment: dict[str, str]) -> None:
    """What the program's own file holds on Windows and macOS: its icon and its version."""
    if sys.platform == "win32":
        environment |= {"VERSION_RESOURCE": str(out / "version.txt"), "ICON": str(out / "desktop-search.ico")}
        (out / "version.txt").write_text(version_resource(), "utf-8")
        write_ico(out / "desktop-search.ico")
    elif sys.platform == "darwin":
        environment["ICON"] = str(out / "desktop-search.icns")
        write_icns(out / "desktop-search.icns")


def _inside(out: Path) -> Path:
    if sys.platform == "darwin":
        return out / "Desktop Search.app" / "Contents" / "Resources"
    return out / "desktop-search" / "_internal"


if __name__ == "__main__":
    target = Path(sys.argv[1]).absolute()
    target.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{freeze(target)}\n")
