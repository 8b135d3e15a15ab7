"""A file from the network to the disk: into a part file first, so that no half file ever has the real name."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import requests

from desktop_search.api.errors import file_failed
from desktop_search.core.errors import ServerError
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken

_PIECE_BYTES = 256 * 1024


def pieces(response: requests.Response) -> Iterator[bytes]:
    """The answer's body as it comes, however little at a time: who takes it can look up between the pieces."""
    while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
        yield piece


def save(
    response: requests.Response, target: Path, token: CancelToken, received: Callable[[tuple[int, int | None]], None]
) -> None:
    """Write the answer's body to `target`; `received` gets (bytes so far, bytes in all or `None`).

    Raises `DiskFull` or `FileProblem` for the disk, `ServerError` for an empty file, `Cancelled` between pieces.
    """
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else None
    so_far = 0
    with _part_file(target) as file:
        for piece in pieces(response):
            token.check()
            file.write(piece)
            so_far += len(piece)
            received((so_far, total))
        if not so_far:
            raise ServerError(_("The library sent an empty file."), hint=_("Try again."))


@contextmanager
def _part_file(target: Path) -> Iterator[BinaryIO]:
    """A new file beside `target` that takes its place at the end, and is removed when anything goes wrong."""
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _opened(part) as file:
            yield file
        part.replace(target)
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        # The HTTP library's errors are `OSError`s too, but not the disk's.
        if isinstance(error, OSError) and not isinstance(error, requests.RequestException):
            raise file_failed(error, target.name, writing=True) from None
        raise


def _opened(part: Path) -> BinaryIO:
    return part.open("xb")
