"""Folders where a library has them, namespaces where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.core.errors import NetworkError, NotFound, RequestRejected
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.listing import Folder
from desktop_search.core.token import CancelToken
from desktop_search.services.library_folders import LibraryFolders, checked_name

TOKEN = CancelToken()


class Calls:
    """What a library answers to calls about folders."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.known = {"-1": "Default folder", "-2": "API", "7": "b-roll"}
        self.moved: list[tuple[tuple[str, ...], str]] = []

    @property
    def folders(self) -> Calls:
        return self

    def list_unique_ids(self, *, token: CancelToken) -> tuple[str, ...]:
        return ("default", "field-work")

    def list(self, *, token: CancelToken) -> tuple[Folder, ...]:
        if self.problem is not None:
            raise self.problem
        return tuple(Folder(*each) for each in self.known.items())

    def create(self, name: str, /, *, token: CancelToken) -> Folder:
        return self.rename("8", name, token=token)

    def rename(self, folder_id: str, name: str, /, *, token: CancelToken) -> Folder:
        self.known[folder_id] = name
        return Folder(folder_id, name)

    def delete(self, folder_id: str, /, *, token: CancelToken) -> None:
        del self.known[folder_id]

    def move(self, video_nos: Sequence[str], folder_id: str, /, *, token: CancelToken) -> None:
        self.moved.append((tuple(video_nos), folder_id))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog(tmp_path / "catalog.db")
    yield made
    made.close()


def items(namespace: str, count: int) -> list[LibraryItem]:
    return [LibraryItem("x", ItemKind.VIDEO, namespace, f"VI{n}", f"{n}.mp4") for n in range(count)]


def test_folders_have_names_and_counts_and_videos_move_by_hundreds(catalog: Catalog) -> None:
    calls, table = Calls(), LibraryItemsTable(catalog)
    table.put(items("default", 501))
    folders = LibraryFolders(catalog, lambda _library, _token: calls)
    found = folders.list("x", TOKEN)
    assert [(each.name, each.namespace, each.count, each.is_fixed) for each in found.items] == [
        ("Default folder", "default", 501, True),
        ("API", "API", 0, True),
        ("b-roll", "b-roll", 0, False),
    ]
    assert found.has_folders
    folders.move(items("default", 501), found.items[2], TOKEN)
    assert [(len(ids), folder) for ids, folder in calls.moved] == [(500, "7"), (1, "7")]
    folders.rename("x", found.items[2], " sélects ", TOKEN)
    assert {item.namespace for item in table.all("x", ItemKind.VIDEO)} == {"sélects"}
    folders.move(items("default", 1), found.items[1], TOKEN)
    assert len(calls.moved) == 2  # nothing can be put into the legacy folder


@pytest.mark.parametrize("problem", [NotFound("no such call"), RequestRejected("unknown")])
def test_a_library_without_folders_shows_its_namespaces(catalog: Catalog, problem: Exception) -> None:
    found = LibraryFolders(catalog, lambda _library, _token: Calls(problem)).list("x", TOKEN)
    assert [(each.name, each.is_fixed) for each in found.items] == [("default", True), ("field-work", True)]
    assert not found.has_folders


def test_a_library_that_cannot_be_reached_is_not_one_without_folders(catalog: Catalog) -> None:
    with pytest.raises(NetworkError):
        LibraryFolders(catalog, lambda _library, _token: Calls(NetworkError("gone"))).list("x", TOKEN)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_that_no_library_takes_is_refused_here(name: str) -> None:
    with pytest.raises(RequestRejected):
        checked_name(name)
