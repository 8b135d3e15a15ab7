"""What packages are made from: valid as far as it can be seen without the system that they are for."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePath
from xml.etree import ElementTree

import pytest
import yaml  # type: ignore[import-untyped]
from PIL import Image

from desktop_search import APP_ID, __version__
from desktop_search.core.media_types import OTHER_FOOTAGE, VIDEO_TYPES

PROJECT = Path(__file__).resolve().parents[2]
PACKAGING = PROJECT / "packaging"


def run(*command: str | Path, **variables: str) -> str:
    """What the command says. Fails where it does, with what it said."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, env=os.environ | variables, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files for a Linux desktop, as packages have them below /usr/share."""
    folder = tmp_path_factory.mktemp("share")
    run(sys.executable, PACKAGING / "making" / "share.py", folder, SOURCE_DATE_EPOCH="1790000000")
    return folder


def test_the_menu_entry_is_valid_and_opens_all_footage(share: Path) -> None:
    entry = share / "applications" / f"{APP_ID}.desktop"
    assert run("desktop-file-validate", entry) == ""
    types = re.findall(r"^MimeType=(.*);$", entry.read_text("utf-8"), re.MULTILINE)[0].split(";")
    assert {"video/mp4", "video/quicktime", "application/mxf", "inode/directory"} <= set(types)


def test_every_kind_of_footage_has_a_media_type() -> None:
    program = "import footage_types; print(*footage_types.BY_SUFFIX)"
    suffixes = run(sys.executable, "-c", program, PYTHONPATH=str(PACKAGING / "making")).split()
    assert set(suffixes) == set(VIDEO_TYPES) | OTHER_FOOTAGE


# Where Qt lies in its wheel on each system, and how its libraries are called there.
LAYOUTS = [
    ("linux", "PySide6/Qt/", "lib/libQt6{}.so.6"),
    ("darwin", "PySide6/Qt/", "lib/Qt{}.framework/Versions/A/Qt{}"),
    ("win32", "PySide6/", "Qt6{}.dll"),
]


@pytest.mark.parametrize(("platform", "qt", "library"), LAYOUTS, ids=[layout[0] for layout in LAYOUTS])
def test_of_qt_only_what_is_used_goes_along_with_its_words_in_the_program_s_languages(
    platform: str, qt: str, library: str
) -> None:
    wanted = {
        "translations/qtbase_de.qm": True,
        "translations/qtbase_fr.qm": False,
        "translations/linguist_de.qm": False,
        "qml/QtQuick/qmldir": False,
        "plugins/imageformats/qjpeg": True,
        "plugins/platforms/qminimal": False,
        library.format("Widgets", "Widgets"): True,
        library.format("Quick", "Quick"): False,
        library.format("Qml", "Qml"): False,
    }
    for link in (False, True):  # such as PyInstaller makes beside them, under the name of the file alone
        files = [(PurePath(name).name if link else qt + name, qt + name) for name in wanted]
        program = f"import trimming; print(*[trimming.is_wanted(*file, {platform!r}) for file in {files}])"
        said = run(sys.executable, "-c", program, PYTHONPATH=str(PACKAGING / "making")).split()
        assert dict(zip(wanted, said, strict=True)) == {name: str(is_wanted) for name, is_wanted in wanted.items()}


@pytest.mark.parametrize(("platform", "end"), [("win32", ".dll"), ("darwin", ".dylib")])
def test_libvlc_goes_along_with_the_plugins_that_a_player_needs(platform: str, end: str, tmp_path: Path) -> None:
    inside = [f"libvlc{end}", f"libvlccore{end}"] if end == ".dll" else [f"lib/libvlc{end}", f"lib/libvlccore{end}"]
    plugins = ["codec/libavcodec_plugin", "gui/libqt_plugin", "access/libftp_plugin", "access/libfilesystem_plugin"]
    for name in [*inside, *(f"plugins/{plugin}{end}" for plugin in plugins)]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    program = f"import json, vlc_folder; print(json.dumps(vlc_folder.binaries({str(tmp_path)!r}, {platform!r})))"
    taken = json.loads(run(sys.executable, "-c", program, PYTHONPATH=str(PACKAGING / "making")))
    assert {(Path(file).name, place) for file, place in taken} == {
        (f"libvlc{end}", "libVLC"),
        (f"libvlccore{end}", "libVLC"),
        (f"libavcodec_plugin{end}", "libVLC/plugins/codec"),
        (f"libfilesystem_plugin{end}", "libVLC/plugins/access"),
    }


def test_the_appstream_data_is_valid(share: Path) -> None:
    said = run("appstreamcli", "validate", "--no-net", share / "metainfo" / f"{APP_ID}.metainfo.xml")
    assert "Validation was successful" in said, said


def test_every_screenshot_of_the_appstream_data_is_a_picture_of_the_documents(share: Path) -> None:
    about = ElementTree.parse(share / "metainfo" / f"{APP_ID}.metainfo.xml")
    images = [(str(image.text), image) for image in about.iter("image")]
    assert images
    for address, image in images:
        of_the_tag, _, name = address.rpartition(f"/raw/v{__version__}/")
        assert of_the_tag.startswith("https://")
        with Image.open(PROJECT / name) as picture:
            assert (str(picture.width), str(picture.height)) == (image.get("width"), image.get("height")), name


def test_the_man_page_has_no_mistake_and_names_every_option(share: Path) -> None:
    page = share / "man" / "man1" / "desktop-search.1.gz"
    assert run("man", "--warnings=all", "-l", "--encoding=utf-8", page, MANWIDTH="100").count("warning") == 0
    shown = run("man", "-l", page, MANWIDTH="200", LC_ALL="C.UTF-8")
    options = re.findall(r"--[a-z-]+", run(sys.executable, "-m", "desktop_search", "--help"))
    assert [option for option in options if option not in shown] == []
    assert f"Desktop Search {__version__}" in shown


def test_there_is_an_icon_of_every_size(share: Path) -> None:
    icons = {path.parts[-3] for path in (share / "icons").rglob("desktop-search.*")}
    assert icons == {f"{size}x{size}" for size in (16, 22, 24, 32, 48, 64, 128, 256, 512)} | {"scalable"}


def test_the_version_stands_in_one_place() -> None:
    number = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])")
    naming = [path.name for path in PACKAGING.rglob("*") if path.is_file() and _names_it(path, number)]
    assert naming == []


def _names_it(path: Path, number: re.Pattern[str]) -> bool:
    held = path.suffix in {".lock", ".pyc"} or "licences" in path.parts or "__pycache__" in path.parts
    return not held and number.search(path.read_text("utf-8")) is not None


def test_macos_is_told_of_footage_and_of_the_entitlements_of_libvlc() -> None:
    information = plistlib.loads(run(sys.executable, PACKAGING / "making" / "information.py").encode())
    assert information["CFBundleShortVersionString"] == __version__
    extensions = [
        name for kind in information["CFBundleDocumentTypes"] for name in kind.get("CFBundleTypeExtensions", [])
    ]
    assert {"mxf", "mov", "mts"} <= set(extensions)
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert entitlements["com.apple.security.cs.disable-library-validation"] is True


def test_the_installer_of_windows_offers_the_program_for_all_footage(tmp_path: Path) -> None:
    run(sys.executable, PACKAGING / "windows" / "write_types.py", tmp_path / "types.iss")
    lines = (tmp_path / "types.iss").read_text("utf-8").splitlines()
    assert len(lines) == 2 * len(set(VIDEO_TYPES) | OTHER_FOOTAGE)
    script = (PACKAGING / "windows" / "installer.iss").read_text("utf-8")
    given = set(re.findall(r"/D(\w+)", (PACKAGING / "windows" / "build-installer.ps1").read_text("utf-8")))
    named = set(re.findall(r"\{#(\w+)\}", script)) - set(re.findall(r"#define (\w+)", script))
    assert named <= given


def test_the_version_resource_of_windows_names_the_version() -> None:
    program = "import version_resource; print(version_resource.version_resource())"
    text = run(sys.executable, "-c", program, PYTHONPATH=str(PACKAGING / "making"))
    tree = ast.parse(text.strip(), mode="eval")  # PyInstaller evaluates it
    assert isinstance(tree.body, ast.Call)
    numbers = ", ".join([*__version__.split("."), "0"])
    assert f"filevers=({numbers})" in ast.unparse(tree)
    assert f"StringStruct('ProductVersion', '{__version__}')" in ast.unparse(tree)


def test_the_flatpak_asks_for_the_keyring_and_for_no_folder() -> None:
    manifest = json.loads(run("flatpak-builder", "--show-manifest", PACKAGING / "flatpak" / f"{APP_ID}.yml"))
    assert manifest["id"] == APP_ID
    assert "--talk-name=org.freedesktop.secrets" in manifest["finish-args"]
    assert not [argument for argument in manifest["finish-args"] if "filesystem" in argument]


def test_the_flatpak_is_made_from_the_portable_program_and_from_no_other_file(tmp_path: Path) -> None:
    (tmp_path / f"desktop-search-{__version__}-linux-x86_64.tar.gz").write_bytes(b"the program")
    run(PACKAGING / "flatpak" / "prepare.sh", tmp_path)
    manifest = json.loads(run("flatpak-builder", "--show-manifest", tmp_path / f"{APP_ID}.yml"))
    [source] = manifest["modules"][0]["sources"]
    assert source["sha256"] == hashlib.sha256(b"the program").hexdigest()
    assert (tmp_path / source["path"]).read_bytes() == b"the program"


def test_the_forge_builds_with_scripts_that_are_there() -> None:
    text = (PROJECT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    assert set(jobs) == {"linux", "windows", "macos", "publish"}
    scripts = {name.replace("\\", "/") for name in re.findall(r"packaging[\\/][\w.\\/-]+", text)}
    assert [name for name in sorted(scripts) if not (PROJECT / name).is_file()] == []


def test_the_same_program_is_packed_to_the_same_bytes(tmp_path: Path) -> None:
    program = tmp_path / "made" / "desktop-search"
    (program / "_internal" / "licences").mkdir(parents=True)
    (program / "_internal" / "sbom.cdx.json").write_text("{}")
    for packing in ([], ["--quick"]):
        made: list[Path] = []
        for name in ("one", "another folder"):
            (program / "desktop-search").write_text("the program")  # later by the clock
            build: list[str | Path] = [*packing, "--program", program, tmp_path / name]
            said = run(sys.executable, PACKAGING / "linux" / "build_deb.py", *build, SOURCE_DATE_EPOCH="1790000000")
            made.append(Path(said.splitlines()[-1]))
        assert made[0].read_bytes() == made[1].read_bytes()


@pytest.mark.parametrize("script", sorted(PACKAGING.rglob("*.sh")), ids=lambda path: path.name)
def test_scripts_can_be_read_and_run(script: Path) -> None:
    run("bash", "-n", script)
    assert os.access(script, os.X_OK) or script.name == "set-up.sh"


def test_checksums_are_signed_by_a_key_that_is_never_stored(tmp_path: Path) -> None:
    packages = tmp_path / "dist"
    packages.mkdir()
    (packages / "a package.deb").write_bytes(b"one")
    (packages / "b.tar.gz").write_bytes(b"two")
    run("minisign", "-G", "-W", "-p", tmp_path / "public", "-s", tmp_path / "secret")
    secret = (tmp_path / "secret").read_text()
    run(PACKAGING / "checksums.sh", packages, RELEASE_KEY=secret)
    assert run("minisign", "-V", "-p", tmp_path / "public", "-m", packages / "SHA256SUMS", "-q") == ""
    assert {path.name for path in packages.iterdir()} == {
        "a package.deb",
        "b.tar.gz",
        "SHA256SUMS",
        "SHA256SUMS.minisig",
    }
    assert all(secret.splitlines()[1] not in path.read_text() for path in packages.iterdir())
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=packages, check=True)
    (packages / "b.tar.gz").write_bytes(b"other")
    checked = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=packages, capture_output=True, check=False)
    assert checked.returncode == 1
    said = run(PACKAGING / "checksums.sh", packages)
    assert "not signed" in said
    assert not (packages / "SHA256SUMS.minisig").exists(), "a signature of older sums"
    shutil.rmtree(packages)
    packages.mkdir()
    with pytest.raises(AssertionError, match="nothing"):
        run(PACKAGING / "checksums.sh", packages)
