"""A short name for a file's content, quick even for files of many gigabytes on a network drive."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop_search.core.token import CancelToken
from desktop_search.media.opening import os_problem, regular_file_size

_BLOCK_BYTES = 1 << 20


def fingerprint(path: Path, token: CancelToken) -> str:
    """32 hex digits: BLAKE2b over the size and three blocks of 1 MiB, from the head, the middle and the tail.

    Files up to 3 MiB are read whole. Two versions of a larger file that differ only between the blocks get the same
    name: enough to recognise moved footage, no proof of equality. Raises `FileProblem`, `Cancelled`.
    """
    size_bytes = regular_file_size(path)
    digest = hashlib.blake2b(size_bytes.to_bytes(8, "big"), digest_size=16)
    last = max(0, size_bytes - _BLOCK_BYTES)
    try:
        with path.open("rb") as file:
            for offset in sorted({0, min(last, max(_BLOCK_BYTES, last // 2)), last}):
                token.check()
                file.seek(offset)
                digest.update(file.read(_BLOCK_BYTES))
    except OSError as error:
        raise os_problem(error) from error
    return digest.hexdigest()
