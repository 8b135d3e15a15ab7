"""Makes the portable tar.gz: the program with libVLC, its plugins and their libraries, to be unpacked anywhere.

packaging/linux/build-portable.sh [--program FOLDER] [--quick] [OUT]      # OUT is dist/ where none is named
"""

from __future__ import annotations

import argparse
import ctypes.util
import gzip
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "making"))

from debian_parts import add_debian_parts
from freeze import freeze, source_date
from identity import NAME, PROJECT, VERSION
from papers import write_papers
from share import write_share
from system_libraries import is_asked_of_every_desktop, needed_by
from tidying import same_for_everybody
from vlc_folder import LENT, TARGET, wanted_plugins

_PIECE_BYTES = 1 << 20


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="packaging/linux/build-portable.sh", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=PROJECT / "dist")
    parser.add_argument("--program", type=Path, help="the folder of the program, where it was made already")
    parser.add_argument("--quick", action="store_true", help="pack fast instead of small, for tests")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desktop-search-portable-") as work:
        program = options.program or freeze(Path(work) / "frozen")
        made = build_portable(program, options.out.absolute(), Path(work), quick=options.quick)
        sys.stdout.write(f"{made}\n")


def build_portable(program: Path, out: Path, work: Path, *, quick: bool = False) -> Path:
    """The archive in the folder `out`, from the folder of the program; its files are gathered in the folder `work`."""
    date_s = source_date()
    name = f"{NAME}-{VERSION}-linux-{platform.machine()}"
    root = work / name
    shutil.copytree(program, root, symlinks=True)
    _add_vlc(root / "_internal")
    write_share(root / "share", date_s)
    shutil.copyfile(PROJECT / "packaging" / "linux" / "menu-entry.sh", root / "menu-entry.sh")
    (root / "menu-entry.sh").chmod(0o755)
    write_papers(root / "share" / "doc" / NAME)
    same_for_everybody(root, date_s)
    _write_plugin_cache(root / "_internal", date_s)  # it notes the times of the plugins
    target = out / f"{name}.tar.gz"
    ordered = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", f"--mtime=@{date_s}", "--format=gnu"]
    packing = subprocess.Popen(["tar", *ordered, "-C", str(work), "-c", name], stdout=subprocess.PIPE)
    assert packing.stdout is not None
    with target.open("wb") as file, gzip.GzipFile("", "wb", 0 if quick else 9, file, mtime=0) as packed:
        shutil.copyfileobj(packing.stdout, packed, _PIECE_BYTES)
    if packing.wait():
        raise subprocess.CalledProcessError(packing.returncode, "tar")
    return target


def _add_vlc(internal: Path) -> None:
    """libVLC of this machine, its plugins, and all that these and Qt load and a desktop may lack."""
    core = _system_libraries_folder()
    inside = internal / TARGET
    plugins = core / "vlc" / "plugins"
    for plugin in wanted_plugins(plugins):
        target = inside / "plugins" / plugin.relative_to(plugins)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(plugin, target)
    shutil.copyfile(core / "libvlc.so.5", inside / "libvlc.so.5")
    loading = [inside / "libvlc.so.5", *wanted_plugins(inside / "plugins"), *_loading_system_libraries(internal)]
    taken = [core / "libvlc.so.5", *wanted_plugins(plugins)]
    for name, source in sorted(needed_by(loading, internal).items()):
        if not (internal / name).exists():
            shutil.copyfile(source, internal / name)
            taken.append(source)
    lent = inside / LENT  # the system's go first, which the folder above would go before
    lent.mkdir()
    for name, source in sorted(needed_by(loading, internal, is_asked_of_every_desktop).items()):
        if not (internal / name).exists():
            shutil.copyfile(source, lent / name)
            taken.append(source)
    add_debian_parts(internal, taken)


def _system_libraries_folder() -> Path:
    """Where this machine keeps libVLC, with its plugins beside it."""
    tuple_name = f"{platform.machine()}-linux-gnu"
    for folder in (Path("/usr/lib") / tuple_name, Path("/usr/lib64"), Path("/usr/lib")):
        if (folder / "libvlc.so.5").exists() and (folder / "vlc" / "plugins").is_dir():
            return folder
    raise FileNotFoundError(f"libVLC with its plugins is not installed ({ctypes.util.find_library('vlc')})")


def _loading_system_libraries(internal: Path) -> list[Path]:
    """Files of the program that load libraries of the system: Python's own modules, and Qt's platforms."""
    modules = sorted(internal.glob("python3.*/lib-dynload/*.so"))
    platforms = sorted((internal / "PySide6/Qt/plugins").glob("platforms/*.so"))
    more = sorted((internal / "PySide6/Qt/plugins").glob("xcbglintegrations/*.so"))
    return [*modules, *platforms, *more, *sorted((internal / "PySide6/Qt/lib").glob("*.so*"))]


def _write_plugin_cache(internal: Path, date_s: int) -> None:
    """Note what each plugin can do, so that libVLC need not load all of them to find out."""
    generator = _system_libraries_folder() / "vlc" / "vlc-cache-gen"
    environment = os.environ | {"LD_LIBRARY_PATH": str(internal)}
    plugins = internal / TARGET / "plugins"
    subprocess.run([str(generator), str(plugins)], env=environment, check=True)
    os.utime(plugins / "plugins.dat", (date_s, date_s))
    os.utime(plugins, (date_s, date_s))


if __name__ == "__main__":
    main()
