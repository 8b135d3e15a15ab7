"""A multipart body that is read piece by piece while it is sent, so that a file of any size costs no memory."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_search.api.errors import file_failed
from desktop_search.core.errors import FileProblem
from desktop_search.core.media_types import IMAGE_TYPES, VIDEO_TYPES
from desktop_search.core.token import CancelToken

SENT_PIECE_BYTES = 64 * 1024
_REPORT_EVERY_BYTES = 256 * 1024
_CONTENT_TYPES = VIDEO_TYPES | IMAGE_TYPES


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of the form: its field name and where it lies. The service wants a type for each part (contract §5.1)."""

    field: str
    path: Path

    @property
    def content_type(self) -> str:
        """The media type by suffix."""
        return _CONTENT_TYPES.get(self.path.suffix.lower(), "application/octet-stream")


@dataclass(frozen=True, slots=True)
class _FileRange:
    path: Path
    size_bytes: int


class MultipartBody:
    """Fields and files as `multipart/form-data`, for `requests`' `data=`: it has a length and can be read once.

    `read` raises `Cancelled` once the token is cancelled, and `FileProblem` for a file that cannot be read or became
    shorter; both pass through the HTTP library unchanged. `on_sent` gets the bytes of files read so far, absolute.
    """

    def __init__(
        self,
        fields: Sequence[tuple[str, str]],
        files: Sequence[FilePart],
        *,
        token: CancelToken,
        on_sent: Callable[[int], None],
    ) -> None:
        self._token, self._on_sent = token, on_sent
        self._boundary = f"desktop-search-{secrets.token_hex(16)}"
        self._parts: list[bytes | _FileRange] = [self._field(name, value) for name, value in fields]
        for part in files:
            self._parts += [self._file_head(part), _FileRange(part.path, _size(part.path)), b"\r\n"]
        self._parts.append(f"--{self._boundary}--\r\n".encode())
        self._length = sum(part.size_bytes if isinstance(part, _FileRange) else len(part) for part in self._parts)
        self._taken_bytes = self._sent_bytes = self._reported_bytes = 0
        self._pieces = self._produce()
        self._rest = b""

    @property
    def content_type(self) -> str:
        """The value of the request's `Content-Type`."""
        return f"multipart/form-data; boundary={self._boundary}"

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.read(SENT_PIECE_BYTES), b"")

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, the next ones; all that is left for a negative size; b"" at the end."""
        self._token.check()
        wanted = size if size >= 0 else self._length
        while len(self._rest) < wanted:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._rest += piece
        taken, self._rest = self._rest[:wanted], self._rest[wanted:]
        self._taken_bytes += len(taken)
        return taken

    def tell(self) -> int:
        """How many bytes were read so far."""
        return self._taken_bytes

    def close(self) -> None:
        """Close the file that is being read. Safe more than once."""
        self._pieces.close()

    def _produce(self) -> Generator[bytes, None, None]:
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from self._content(part)

    def _content(self, part: _FileRange) -> Iterator[bytes]:
        left = part.size_bytes
        with _opened(part.path) as file:
            while left:
                piece = _read(file, min(left, SENT_PIECE_BYTES), part.path)
                left -= len(piece)
                self._count(len(piece), at_end=not left)
                yield piece

    def _count(self, sent_bytes: int, *, at_end: bool) -> None:
        self._sent_bytes += sent_bytes
        if at_end or self._sent_bytes - self._reported_bytes >= _REPORT_EVERY_BYTES:
            self._reported_bytes = self._sent_bytes
            self._on_sent(self._sent_bytes)

    def _field(self, name: str, value: str) -> bytes:
        head = f'--{self._boundary}\r\nContent-Disposition: form-data; name="{_escaped(name)}"\r\n\r\n'
        return _utf8(head) + _utf8(value) + b"\r\n"

    def _file_head(self, part: FilePart) -> bytes:
        disposition = f'form-data; name="{_escaped(part.field)}"; filename="{_escaped(part.path.name)}"'
        return _utf8(
            f"--{self._boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {part.content_type}\r\n\r\n"
        )


def _escaped(name: str) -> str:
    """A name inside quotes, as browsers write it (WHATWG, multipart form data): only these three are encoded."""
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def _utf8(text: str) -> bytes:
    """UTF-8; bytes of a file name that are not (Python keeps them as surrogates) become replacement signs."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode("utf-8")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise file_failed(error, path.name, writing=False) from None


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise file_failed(error, path.name, writing=False) from None


def _read(file: BinaryIO, size: int, path: Path) -> bytes:
    try:
        piece = file.read(size)
    except OSError as error:
        raise file_failed(error, path.name, writing=False) from None
    if not piece:
        raise FileProblem(f"“{path.name}” changed while it was being sent.", hint="Try again when it is complete.")
    return piece
