"""Folders and namespaces of a library, as far as it offers them (contract §9.9, §10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.catalog.renamed import rename_namespace
from desktop_search.core.errors import NotFound, RequestRejected, ServerError
from desktop_search.core.language import _
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.listing import DEFAULT_FOLDER, FOLDER_NAME_MAX_CHARS, LEGACY_FOLDER, MOVE_MAX_IDS, Folder
from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.core.token import CancelToken

_NOT_OFFERED = (NotFound, RequestRejected, ServerError)


class FolderCalls(Protocol):
    """The calls of a client about folders."""

    def list(self, *, token: CancelToken) -> tuple[Folder, ...]:
        """All folders."""

    def create(self, name: str, /, *, token: CancelToken) -> Folder:
        """A new one."""

    def rename(self, folder_id: str, name: str, /, *, token: CancelToken) -> Folder:
        """Another name."""

    def delete(self, folder_id: str, /, *, token: CancelToken) -> None:
        """Delete one that holds no searchable video."""

    def move(self, video_nos: Sequence[str], folder_id: str, /, *, token: CancelToken) -> None:
        """Put videos into it."""


class FolderClient(Protocol):
    """A library that may have folders."""

    @property
    def folders(self) -> FolderCalls:
        """The calls."""

    def list_unique_ids(self, *, token: CancelToken) -> tuple[str, ...]:
        """The namespaces of the account."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder, or a namespace of a library without folders.

    Attributes:
        folder: `None` where the library has namespaces alone.
        namespace: by which its videos are asked for.
        count: how many of the videos that are known here are in it.
    """

    folder: Folder | None
    namespace: str
    count: int

    @property
    def name(self) -> str:
        """What it is called; the one that is always there, in the user's language."""
        if self.folder is None:
            return self.namespace
        return _("Default folder") if self.folder.folder_id == DEFAULT_FOLDER else self.folder.name

    @property
    def is_fixed(self) -> bool:
        """Whether it can be neither renamed nor deleted."""
        return self.folder is None or self.folder.is_reserved


@dataclass(frozen=True, slots=True)
class Shelves:
    """All of them. `has_folders`: whether they can be made, renamed, deleted, and videos moved between them."""

    items: tuple[Shelf, ...]
    has_folders: bool


class LibraryFolders:
    """Safe from any thread; not for the GUI thread. Every method raises any `AppError` of the library, `Cancelled`."""

    def __init__(self, catalog: Catalog, clients: Callable[[str, CancelToken], FolderClient]) -> None:
        self._catalog, self._table, self._clients = catalog, LibraryItemsTable(catalog), clients

    def list(self, library_id: str, token: CancelToken) -> Shelves:
        """The folders; the namespaces of a library that does not know folders."""
        client = self._clients(library_id, token)
        counts = Counter(item.namespace for item in self._table.all(library_id, ItemKind.VIDEO))
        try:
            folders = client.folders.list(token=token)
        except _NOT_OFFERED:
            names = client.list_unique_ids(token=token)
            return Shelves(tuple(Shelf(None, name, counts[name]) for name in names), has_folders=False)
        names = tuple(DEFAULT_NAMESPACE if each.folder_id == DEFAULT_FOLDER else each.name for each in folders)
        shelves = (Shelf(folder, name, counts[name]) for folder, name in zip(folders, names, strict=True))
        return Shelves(tuple(shelves), has_folders=True)

    def make(self, library_id: str, name: str, token: CancelToken) -> None:
        """A new folder. Raises `RequestRejected` for a name that is taken or too long."""
        self._clients(library_id, token).folders.create(checked_name(name), token=token)

    def rename(self, library_id: str, shelf: Shelf, name: str, token: CancelToken) -> None:
        """Another name for a folder, which is its namespace from then on. Raises as `make`."""
        new = checked_name(name)
        if shelf.folder is not None:
            self._clients(library_id, token).folders.rename(shelf.folder.folder_id, new, token=token)
            rename_namespace(self._catalog, library_id, shelf.namespace, new)

    def delete(self, library_id: str, shelf: Shelf, token: CancelToken) -> None:
        """Delete a folder. Raises `RequestRejected` while it holds videos."""
        if shelf.folder is not None:
            self._clients(library_id, token).folders.delete(shelf.folder.folder_id, token=token)

    def move(self, items: Sequence[LibraryItem], shelf: Shelf, token: CancelToken) -> None:
        """Put videos of one library into a folder; what does not exist any more is skipped."""
        if shelf.folder is None or shelf.folder.folder_id == LEGACY_FOLDER:
            return
        library_id = items[0].library_id
        calls = self._clients(library_id, token).folders
        for start in range(0, len(items), MOVE_MAX_IDS):
            ids = [item.item_id for item in items[start : start + MOVE_MAX_IDS]]
            calls.move(ids, shelf.folder.folder_id, token=token)
            self._table.move(library_id, ids, shelf.namespace)


def checked_name(name: str) -> str:
    """The name without blanks around it. Raises `RequestRejected` for none, and for a long one."""
    kept = name.strip()
    if not kept:
        raise RequestRejected(_("A folder needs a name."))
    if len(kept) > FOLDER_NAME_MAX_CHARS:
        raise RequestRejected(_("A name has at most {count} characters.").format(count=FOLDER_NAME_MAX_CHARS))
    return kept
