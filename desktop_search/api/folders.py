"""Folders of the newer dialect (contract §10). They are the namespaces by number; older services do not have them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_search.api import endpoints, parsing
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.core.errors import ServerError
from desktop_search.core.footage import VideoRecord
from desktop_search.core.language import _
from desktop_search.core.listing import LIST_SIZE, MOVE_MAX_IDS, Folder
from desktop_search.core.token import CancelToken


class FolderCalls:
    """`client.folders`. What the library does not allow raises `RequestRejected`, with its own words."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def list(self, *, token: CancelToken | None = None) -> tuple[Folder, ...]:
        """All folders of the account; the Default folder is among them once it was used."""
        return parsing.folders(self._caller.call(Request(endpoints.FOLDERS), token))

    def create(self, name: str, *, token: CancelToken | None = None) -> Folder:
        """A new folder. `name` has at most 100 characters and is not yet taken. Never repeated by itself."""
        return _folder(self._caller.call(Request(endpoints.FOLDER_CREATE, form=[("name", name)]), token))

    def rename(self, folder_id: str, name: str, *, token: CancelToken | None = None) -> Folder:
        """Another name for a folder that is not reserved. Never repeated by itself."""
        form = [("folder_id", folder_id), ("new_name", name)]
        return _folder(self._caller.call(Request(endpoints.FOLDER_RENAME, form=form), token))

    def delete(self, folder_id: str, *, token: CancelToken | None = None) -> None:
        """Delete a folder that is not reserved and holds no searchable video. Never repeated by itself."""
        self._caller.call(Request(endpoints.FOLDER_DELETE, form=[("folder_id", folder_id)]), token)

    def videos(
        self, folder_id: str, page: int = 1, size: int = LIST_SIZE, *, token: CancelToken | None = None
    ) -> tuple[tuple[VideoRecord, ...], int]:
        """One page, from 1, of a folder's videos, and how many there are in all. Their namespace is not told: ""."""
        query = {"folder_id": folder_id, "page": str(page), "page_size": str(size)}
        return parsing.video_page(self._caller.call(Request(endpoints.FOLDER_VIDEOS, query=query), token), "")

    def move(self, video_nos: Sequence[str], folder_id: str, *, token: CancelToken | None = None) -> None:
        """Put videos into a folder, 500 in one call."""
        for start in range(0, len(video_nos), MOVE_MAX_IDS):
            body = {"folder_id": int(folder_id), "video_nos": [*video_nos[start : start + MOVE_MAX_IDS]]}
            self._caller.call(Request(endpoints.FOLDER_MOVE, json_body=body), token)


def _folder(data: object) -> Folder:
    folder = parsing.folder(data)
    if folder is None:
        raise ServerError(
            _("The library answered, but did not name the folder."), hint=_("Look at the list of folders.")
        )
    return folder
