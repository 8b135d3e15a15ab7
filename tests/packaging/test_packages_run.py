"""The packages as a new user has them: built, installed into clean systems, run there as somebody who is not root.

In those systems there is no source tree, no pip, and nothing but what the package itself asks for. Where packages are
built already, `DESKTOP_SEARCH_PACKAGES` names their folder, and those very files are tried: so a release tests what it
will publish.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_search import APP_ID, __version__
from tests.support.clean_roots import CleanRoot, why_not
from tests.support.elf import wanted_by

PROJECT = Path(__file__).resolve().parents[2]
_SUITES = ("bookworm", "trixie")  # Debian 12 and 13
_USERS = (("guest", "other"), ("guest",))  # of each
# What a desktop has that the portable program does not bring: the graphics driver's side, the display's, and fonts.
_OF_A_DESKTOP = [
    "libegl1",
    "libgl1",
    "libgbm1",
    "libx11-xcb1",
    "libxext6",
    "libsm6",
    "libasound2",
    "libdbus-1-3",
    "libglib2.0-0",
    "libfontconfig1",
    "libfreetype6",
    "libfribidi0",
    "libharfbuzz0b",
    "fonts-dejavu-core",
]
# The newest interfaces that Ubuntu 22.04 has, whose systems cannot be made here.
_OF_UBUNTU_22_04 = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13)}
# Which of the program's libraries want one that is nowhere. GTK's dialogs are for desktops that have GTK.
_UNRESOLVED = """
find /usr/lib/desktop-search -name '*.so*' -type f ! -name libqgtk3.so -exec ldd {} + 2>/dev/null | grep 'not found'
"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.skipif(bool(why_not()), reason=why_not())]


@dataclass(frozen=True)
class Built:
    deb: Path
    portable: Path


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder for several gigabytes, gone afterwards however the test ended."""
    folder = tmp_path / "packages"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def build(script: str, *arguments: str | Path) -> Path:
    """What the script in `packaging/` says that it made."""
    command = ["nice", sys.executable, str(PROJECT / "packaging" / script), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert ended.returncode == 0, ended.stderr[-4000:]
    return Path(ended.stdout.splitlines()[-1])


def prepared(suite: str, place: Path) -> CleanRoot:
    """A clean system with a screen to look at; neither Python nor VLC comes with that."""
    root = CleanRoot.made(suite, place / suite, "xvfb")
    assert root.run("which", "python3", "pip", "vlc").stdout == ""
    return root


def proven(root: CleanRoot, program: str, user: str = "guest") -> None:
    """The program checks itself, with a picture by libVLC, and does its main job, the frames it shows being exact."""
    checked = root.run(program, "--self-check", user=user)
    assert checked.returncode == 0, checked.stdout
    assert json.loads(checked.stdout)["versions"]["desktop_search"] == __version__
    toured = root.run(program, "--tour", f"/home/{user}/tour", user=user)
    assert toured.returncode == 0, toured.stdout
    report = json.loads((root.place / "home" / user / "tour/tour.json").read_text("utf-8"))
    assert report["ok"]
    assert sum(step["shown_frame"] is not None for step in report["steps"]) == 3


def names_all_it_needs(root: CleanRoot) -> None:
    """What the installed .deb is linked with is in packages that it depends on, and not there by chance."""
    wanted = wanted_by(root.place / "usr/lib/desktop-search")
    assert too_new(wanted.versions) == []
    loaded = [name for name, loading in wanted.libraries.items() if loading != {"libqgtk3.so"}]
    said = root.run("dpkg-query", "--search", *(f"*/{name}" for name in loaded)).stdout.splitlines()
    found = [line for line in said if not line.startswith("diversion by ")]  # these name no owner
    owners = {Path(place).name: owner.split(":")[0] for owner, _, place in (line.partition(": ") for line in found)}
    depends = root.run("dpkg-query", "--show", "--showformat=${Depends}", "desktop-search").stdout
    named = set(re.findall(r"[a-z][\w.+-]+", depends))
    assert [name for name in loaded if owners.get(name) not in named] == []


def too_new(versions: set[str]) -> list[str]:
    """Those that an Ubuntu 22.04 does not have."""
    apart = {version: version.split("_", 1) for version in versions}
    return [
        version
        for version, (kind, number) in sorted(apart.items())
        if not re.fullmatch(r"[\d.]+", number) or tuple(map(int, number.split("."))) > _OF_UBUNTU_22_04[kind]
    ]


def links_to_nothing(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_symlink() and not path.exists()]


def copied(root: Future[CleanRoot], place: Path) -> CleanRoot:
    """Another one, for the portable program, which must do without what the .deb brings."""
    return root.result().copied(place)


def deb_works(built: Future[Built], root: Future[CleanRoot], users: tuple[str, ...]) -> None:
    system, package = root.result(), built.result().deb
    shutil.copy(package, system.place / "tmp")
    system.apt("install", f"/tmp/{package.name}")
    assert system.files_named(APP_ID), "no menu entry"
    languages = {folder.name for folder in (PROJECT / "resources" / "locale").iterdir() if folder.is_dir()}
    assert {path.name for path in system.place.glob("usr/lib/**/translations/*.qm")} == {
        f"qtbase_{name}.qm" for name in languages
    }
    papers = system.place / "usr/share/doc/desktop-search"
    assert json.loads((papers / "sbom.cdx.json").read_text("utf-8"))["metadata"]["component"]["version"] == __version__
    assert (papers / "licences" / "pyside6-essentials" / "LGPL-3.0.txt").is_file()
    names_all_it_needs(system)
    assert links_to_nothing(system.place / "usr/lib/desktop-search") == []
    with ThreadPoolExecutor() as threads:  # of one computer at once
        for done in [threads.submit(proven, system, "desktop-search", user) for user in users]:
            done.result()
    assert system.run("sh", "-c", _UNRESOLVED).stdout == ""
    system.apt("purge", "desktop-search")
    assert system.files_named("desktop-search") == system.files_named("desktop_search") == []
    system.remove()


def portable_works(built: Future[Built], root: Future[CleanRoot]) -> None:
    """It brings its own libVLC, and lends what that wants of desktops with GTK: the system has neither."""
    system, archive = root.result(), built.result().portable
    system.apt("install", *_OF_A_DESKTOP)
    folder = system.place / "home/guest/a folder, moved"
    folder.mkdir()
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(folder), "--strip-components=1"], check=True)
    assert too_new(wanted_by(folder).versions) == []
    assert links_to_nothing(folder) == []
    here = "/home/guest/a folder, moved"
    proven(system, f"{here}/desktop-search")
    there = system.run("ldconfig", "-p").stdout
    assert [name for name in ("libvlc", "libcairo", "libpango", "libgdk_pixbuf") if name in there] == []
    added = system.run(f"{here}/menu-entry.sh", user="guest")
    assert added.returncode == 0, added.stdout
    entry = system.place / f"home/guest/.local/share/applications/{APP_ID}.desktop"
    assert f'Exec="{here}/desktop-search" %F' in entry.read_text("utf-8").splitlines()
    assert system.run(f"{here}/menu-entry.sh", "--remove", user="guest").returncode == 0
    assert not entry.exists()
    system.remove()


def packages(place: Path) -> Built:
    """Those in the folder that is named, or built here."""
    if built := os.environ.get("DESKTOP_SEARCH_PACKAGES"):
        return Built(*(next(Path(built).glob(f"*{end}")) for end in (".deb", "-linux-*.tar.gz")))
    program = build("making/freeze.py", place / "frozen")
    with ThreadPoolExecutor() as threads:
        scripts = ("linux/build_deb.py", "linux/build_portable.py")
        made = [threads.submit(build, script, "--quick", "--program", program, place) for script in scripts]
        deb, portable = (each.result() for each in made)
    shutil.rmtree(program)
    return Built(deb, portable)


def test_packages_install_and_run_in_clean_systems_and_leave_nothing(place: Path) -> None:
    with ThreadPoolExecutor() as threads:
        built = threads.submit(packages, place)
        roots = [threads.submit(prepared, suite, place) for suite in _SUITES]
        others = [
            threads.submit(copied, root, place / f"{suite} too") for root, suite in zip(roots, _SUITES, strict=True)
        ]
        works = [threads.submit(portable_works, built, root) for root in others]
        for other in others:
            other.result()  # before anything is installed into what is copied
        works += [threads.submit(deb_works, built, *each) for each in zip(roots, _USERS, strict=True)]
        for work in works:
            work.result()
