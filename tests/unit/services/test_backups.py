"""Backups: written while the catalog is used, checked whole before anything is replaced, restored at the next start."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.migrations import MIGRATIONS
from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.services.backups import Backups
from desktop_search.services.restoring import READY, restore_at_start
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders.for_user(tmp_path / "profile")
    made.create()
    return made


@pytest.fixture
def catalog(folders: Folders) -> Iterator[Catalog]:
    made = Catalog(folders.catalog_file)
    yield made
    made.close()


def nobody(_permille: object) -> None:
    """Does not want to know how far it is."""


def bins(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    try:
        return [row[0] for row in connection.execute("SELECT name FROM bins")]
    finally:
        connection.close()


def put_bin(catalog: Catalog, name: str) -> None:
    with catalog.writing() as connection:
        connection.execute("INSERT INTO bins (name) VALUES (?)", (name,))


@pytest.fixture
def backup(folders: Folders, catalog: Catalog, tmp_path: Path) -> Path:
    """One of a catalog with a bin, of preferences, and of a saved search's picture."""
    put_bin(catalog, "Harbour")
    PreferencesStore(folders.preferences_file).save(Preferences(volume=35))
    (folders.data / "searches").mkdir()
    (folders.data / "searches" / "a1.jpg").write_bytes(b"picture")
    target = tmp_path / "mine.dsbackup"
    assert Backups(catalog, folders).write(target, CancelToken(), nobody) == target.stat().st_size
    return target


def test_no_backup_takes_the_place_of_the_programs_own_files(
    folders: Folders, catalog: Catalog, tmp_path: Path
) -> None:
    """Though the user agreed that the file is replaced."""
    put_bin(catalog, "Harbour")
    (tmp_path / "link").symlink_to(folders.data)
    for place in (folders.data, folders.data / "searches", tmp_path / "link", folders.cache):
        with pytest.raises(FileProblem, match=r"“catalog.db” would lie among this program's own files. Choose another"):
            Backups(catalog, folders).write(place / "catalog.db", CancelToken(), nobody)
    assert bins(folders.catalog_file)[-1] == "Harbour"


def files_of(folders: Folders) -> set[str]:
    return {path.name for path in folders.data.iterdir()}


def test_what_was_backed_up_is_there_again_and_what_was_there_is_kept(
    folders: Folders, catalog: Catalog, backup: Path
) -> None:
    put_bin(catalog, "Later")
    PreferencesStore(folders.preferences_file).save(Preferences(volume=99))
    backups = Backups(catalog, folders)
    facts = backups.check(backup, CancelToken(), nobody)
    assert (facts.uploads, facts.selects, facts.searches) == (0, 0, 0)
    assert bins(folders.catalog_file) == ["Harbour", "Later"]  # nothing is replaced yet
    backups.accept()
    catalog.close()
    told = restore_at_start(folders)
    assert bins(folders.catalog_file) == ["Harbour"]
    assert PreferencesStore(folders.preferences_file).load().volume == 35
    assert (folders.data / "searches" / "a1.jpg").read_bytes() == b"picture"
    aside = next(path for path in folders.data.iterdir() if path.name.startswith("before-restore-"))
    assert str(aside) in told
    assert bins(aside / "catalog.db") == ["Harbour", "Later"]
    assert PreferencesStore(aside / "preferences.json").load().volume == 99
    assert restore_at_start(folders) == ""


def test_a_restore_that_ended_in_the_middle_goes_on(
    folders: Folders, catalog: Catalog, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_bin(catalog, "Later")
    backups = Backups(catalog, folders)
    backups.check(backup, CancelToken(), nobody)
    backups.accept()
    catalog.close()
    rename, left = Path.rename, [2]

    def fails_later(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", fails_later)
        with pytest.raises(FileProblem, match="could not be put in its place"):
            restore_at_start(folders)
    assert restore_at_start(folders)
    assert bins(folders.catalog_file) == ["Harbour"]
    asides = [path for path in folders.data.iterdir() if path.name.startswith("before-restore-")]
    assert len(asides) == 1
    assert bins(asides[0] / "catalog.db") == ["Harbour", "Later"]


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(backup) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    with zipfile.ZipFile(backup, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)


def manifest(change: Callable[[dict[str, object]], None]) -> Callable[[dict[str, bytes]], None]:
    def rewrite(files: dict[str, bytes]) -> None:
        said = json.loads(files["manifest.json"])
        change(said)
        files["manifest.json"] = json.dumps(said).encode()

    return rewrite


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    def drop(files: dict[str, bytes]) -> None:
        del files[name]

    return drop


def climbing(files: dict[str, bytes]) -> None:
    files["../../evil.txt"] = b"x"
    manifest(lambda said: said["files"].update({"../../evil.txt": {"bytes": 1, "sha256": "0" * 64}}))(files)  # type: ignore[attr-defined]


def flipped(files: dict[str, bytes]) -> None:
    files["preferences.json"] = files["preferences.json"].replace(b"35", b"36")


def newer_catalog(files: dict[str, bytes]) -> None:
    import hashlib
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalog.db"
        file.write_bytes(files["catalog.db"])
        connection = sqlite3.connect(file)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        connection.commit()
        connection.close()
        files["catalog.db"] = file.read_bytes()
    fact = {"bytes": len(files["catalog.db"]), "sha256": hashlib.sha256(files["catalog.db"]).hexdigest()}
    manifest(lambda said: said["files"].update({"catalog.db": fact}))(files)  # type: ignore[attr-defined]


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "random": (lambda file: file.write_bytes(bytes(range(256)) * 40), "damaged or not complete"),
    "empty": (lambda file: file.write_bytes(b""), "damaged or not complete"),
    "truncated": (lambda file: file.write_bytes(file.read_bytes()[:-200]), "damaged or not complete"),
    "another zip": (lambda file: rewritten(file, without("manifest.json")), "no backup of"),
    "another kind": (lambda file: rewritten(file, manifest(lambda said: said.update(kind="x"))), "no backup of"),
    "newer": (lambda file: rewritten(file, manifest(lambda said: said.update(format=2))), "newer version"),
    "newer catalog": (lambda file: rewritten(file, newer_catalog), "newer version"),
    "a byte changed": (lambda file: rewritten(file, flipped), "damaged or not complete"),
    "a file missing": (lambda file: rewritten(file, without("catalog.db")), "damaged or not"),
    "a name that climbs": (lambda file: rewritten(file, climbing), "no backup of"),
    "none": (lambda file: file.unlink(), "could not be read"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_sound_backup_is_said_and_changes_nothing(
    folders: Folders, catalog: Catalog, backup: Path, case: str
) -> None:
    spoil, said = BAD[case]
    spoil(backup)
    before = files_of(folders)
    with pytest.raises(FileProblem, match=said):
        Backups(catalog, folders).check(backup, CancelToken(), nobody)
    assert files_of(folders) == before
    assert not (folders.data / READY).exists()
    assert not list(folders.data.parent.parent.rglob("evil.txt"))
    assert bins(folders.catalog_file) == ["Harbour"]


def test_a_backup_that_was_stopped_or_has_no_place_leaves_nothing(
    folders: Folders, catalog: Catalog, backup: Path, tmp_path: Path
) -> None:
    whole, token = backup.read_bytes(), CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        Backups(catalog, folders).write(backup, token, nobody)
    assert backup.read_bytes() == whole
    with pytest.raises(FileProblem, match="could not be written"):
        Backups(catalog, folders).write(tmp_path / "none" / "x.dsbackup", CancelToken(), nobody)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.dsbackup", "profile"]
    assert "catalog.backup-copy" not in files_of(folders)
