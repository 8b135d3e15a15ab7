"""The model hub over plain HTTP, through `huggingface_hub`: what a revision holds, and its files from any byte on.

Nothing is sent but the names of what is wanted: no token, no telemetry; nothing is kept in a cache of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from desktop_search.core.errors import (
    AppError,
    NetworkError,
    NotFound,
    RateLimited,
    RequestRejected,
    ServerError,
    Unreachable,
)

_CONNECT_S, _SILENCE_S = 10.0, 30.0
_KEPT = "What was fetched so far is kept; a model can also be imported from a folder."
_SETTINGS = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_XET": "1",  # plain HTTP, of which any range can be asked for
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
}


@dataclass(frozen=True, slots=True)
class HubFile:
    """What the hub says of a file. Large files have a SHA-256, small ones the id of a Git object."""

    size_bytes: int
    sha256: str | None
    git_id: str


@dataclass(frozen=True, slots=True)
class HubState:
    """A repository at a commit, its files by path."""

    commit: str
    files: dict[str, HubFile]


class Hub:
    """The hub that the environment names by HF_ENDPOINT, or the usual one. Every call raises `AppError`s alone."""

    def __init__(self) -> None:
        self._library = _quiet_library()

    def describe(self, repo: str, revision: str) -> HubState:
        """The commit of a revision, and what it holds."""
        with self._errors(repo):
            info = self._library.HfApi(token=False).model_info(
                repo, revision=revision, files_metadata=True, timeout=_CONNECT_S, token=False
            )
        files = {}
        for file in info.siblings or []:
            sha256 = file.lfs.sha256 if file.lfs is not None else None
            files[file.rfilename] = HubFile(int(file.size or 0), sha256, str(file.blob_id or ""))
        return HubState(str(info.sha), files)

    @contextmanager
    def read(self, repo: str, commit: str, path: str, start: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The bytes of a file from `start` on, as they come: where they really start, and the blocks."""
        url = self._library.hf_hub_url(repo, path, revision=commit)
        headers = self._library.utils.build_hf_headers(token=False, library_name="desktop-search")
        headers["Accept-Encoding"] = "identity"
        if start:
            headers["Range"] = f"bytes={start}-"
        with (
            self._errors(f"{repo}/{path}"),
            self._library.get_session().stream("GET", url, headers=headers, timeout=_timeouts()) as response,
        ):
            self._library.utils.hf_raise_for_status(response)
            yield start if response.status_code == 206 else 0, response.iter_raw()

    @contextmanager
    def _errors(self, what: str) -> Iterator[None]:
        import httpx2  # what huggingface_hub speaks HTTP with

        errors = self._library.errors
        try:
            yield
        except errors.HfHubHTTPError as error:
            raise _refusal(error.response.status_code, what) from None
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            reason = f"{type(error).__name__}: {error}"
            raise Unreachable("The model hub cannot be reached.", hint=_KEPT, details=reason) from None
        except errors.OfflineModeIsEnabled:
            raise Unreachable("The model hub may not be asked: HF_HUB_OFFLINE is set.", hint=_KEPT) from None
        except httpx2.HTTPError as error:
            reason = f"{type(error).__name__}: {error}"
            raise NetworkError("The connection to the model hub broke.", hint=_KEPT, details=reason) from None


def _refusal(status: int, what: str) -> AppError:
    """What an answer with an error status means. The hub says 401 for a repository that is not there."""
    if status in (401, 403, 404):
        hint = "It may have moved; a newer version of this program may know where to. Or import it from a folder."
        return NotFound(f"The model hub has no “{what}” that anybody may fetch.", hint=hint)
    if status == 429:
        return RateLimited("The model hub asks to come back later.", hint=_KEPT)
    if status >= 500 or status == 408:
        return ServerError(f"The model hub has trouble (status {status}).", hint=_KEPT)
    return RequestRejected(f"The model hub refused “{what}” (status {status}).")


def _timeouts() -> object:
    import httpx2

    return httpx2.Timeout(_SILENCE_S, connect=_CONNECT_S)


def _quiet_library() -> ModuleType:
    """`huggingface_hub`, which reads the environment when it is imported for the first time."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    import huggingface_hub
    import huggingface_hub.errors
    import huggingface_hub.utils

    return huggingface_hub
