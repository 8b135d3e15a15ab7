"""`POST /upload_url`: a video by its address, on the network or on this computer (contract §5.2)."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, unquote_to_bytes, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.footage import FOOTAGE_SUFFIXES, VIDEO_SUFFIXES
from desktop_search.engine.http import wire
from desktop_search.engine.http.context import Context, context_of, is_from_this_computer
from desktop_search.engine.http.envelope import NOT_PERMITTED, ApiError, success
from desktop_search.engine.http.fetch import Manners, fetch
from desktop_search.engine.http.lenient import form_of
from desktop_search.engine.http.streams import fetch_stream
from desktop_search.engine.http.text_fields import TextFields
from desktop_search.engine.http.uploads import details_of
from desktop_search.engine.library.accounts import OWN_ACCOUNT
from desktop_search.engine.store.rows import Details, Video

STREAM_SUFFIX = ".m3u8"


async def upload_url(request: Request) -> Response:
    """`POST /upload_url`. `file:` addresses index a file in place, and are for this computer alone."""
    context = context_of(request)
    fields = await form_of(request, context)
    on_loopback = is_from_this_computer(request)
    return success(wire.uploaded(await run_in_threadpool(_add, context, fields, on_loopback)))


def _add(context: Context, fields: TextFields, on_loopback: bool) -> Video:
    address = (fields.text("url") or "").strip()
    if not address:
        raise ApiError("The url parameter cannot be empty!")
    details = details_of(context, fields)
    try:
        parts = urlsplit(address)
    except ValueError:
        raise ApiError("The url parameter is not an address.") from None
    if parts.scheme == "file":
        if not on_loopback:
            raise ApiError("Files of this computer can only be added from this computer.")
        if context.account != OWN_ACCOUNT:  # or the holder of a key could read whatever the engine can
            raise ApiError("Files of this computer can only be added with the engine's own key.", NOT_PERMITTED)
        return context.library.add_in_place(_local_file(parts), details)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ApiError("The url parameter must be an http or https address.")
    return _fetched(context, address, PurePosixPath(unquote(parts.path)), details)


def _fetched(context: Context, address: str, path: PurePosixPath, details: Details) -> Video:
    manners = Manners(context.allow_private_imports, context.stopping.is_set)
    new_path, suffix = context.library.files.new_incoming, path.suffix.lower()
    if suffix == STREAM_SUFFIX:
        target = fetch_stream(address, new_path, manners)
    elif suffix in VIDEO_SUFFIXES:
        target = new_path(suffix)
    else:
        raise ApiError("The url parameter must lead to a file in mp4, mov, mkv or avi, or to a playlist (m3u8).")
    try:
        if suffix != STREAM_SUFFIX:
            fetch(address, target, manners)
        return context.library.add_received(target, path.stem + target.suffix, details)
    finally:
        target.unlink(missing_ok=True)


def _local_file(parts: SplitResult) -> Path:
    """The file an address names; refuses what is not a readable, regular, non-empty video file."""
    if parts.netloc not in ("", "localhost"):
        raise ApiError("The file address names another computer.")
    # `?` and `#` are separators in an address; a path that holds them carries them as %3F and %23.
    raw = unquote_to_bytes(parts.path)
    path = Path(os.fsdecode(raw[1:] if os.name == "nt" else raw))
    if b"\0" in raw or not path.is_absolute():
        raise ApiError("The file address is not an absolute path.")
    if path.suffix.lower() not in FOOTAGE_SUFFIXES:  # nothing is stored, so the contract's four are not all
        raise ApiError("Only videos can be indexed.")
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise ApiError("The path is not a file.")
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise ApiError("The file does not exist.") from None
    except PermissionError:
        raise ApiError("The file cannot be read: permission denied.") from None
    except OSError as error:
        raise ApiError(f"The file cannot be read: {error.strerror}.") from None
    if info.st_size == 0:
        raise ApiError("The file is empty.")
    return path
