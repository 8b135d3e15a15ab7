"""A multipart body that is read piece by piece while it is sent, so that a file of any size costs no memory."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from desktop_search.api.errors import file_failed
from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.media_types import IMAGE_TYPES, VIDEO_TYPES
from desktop_search.core.token import CancelToken

PIECE_BYTES = 256 * 1024
Throttle = Callable[[int, CancelToken], int]
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
    """Fields and files as `multipart/form-data`, for `requests`' `data=`: it has a length and can be sent once.

    `on_sent` gets the bytes of files that the other side has acknowledged, absolute and never less than before, as the
    connection reports them (`connection.send_body`). Iterating raises `Cancelled` once the token is cancelled, and
    `FileProblem` for a file that cannot be read or changed its size; both pass through the HTTP library unchanged.

    Attributes:
        throttle: says how many of the next bytes may go, after waiting until they may; `None`: all, at once.
        stall_s: the seconds for which the other side may take nothing before the sending is given up.
    """

    def __init__(
        self,
        fields: Sequence[tuple[str, str]],
        files: Sequence[FilePart],
        *,
        token: CancelToken,
        on_sent: Callable[[int], None],
        throttle: Throttle | None = None,
        stall_s: float = 60.0,
    ) -> None:
        self.token, self.throttle, self.stall_s = token, throttle, stall_s
        self._on_sent = on_sent
        self._boundary = f"desktop-search-{secrets.token_hex(16)}"
        self._parts: list[bytes | _FileRange] = [self._field(name, value) for name, value in fields]
        for part in files:
            self._parts += [self._file_head(part), _FileRange(part.path, _size(part.path)), b"\r\n"]
        self._parts.append(f"--{self._boundary}--\r\n".encode())
        self._length = sum(_length(part) for part in self._parts)
        self._handed_bytes, self._reported_bytes = 0, -1
        self._pieces = self._produce()

    @property
    def content_type(self) -> str:
        """The value of the request's `Content-Type`."""
        return f"multipart/form-data; boundary={self._boundary}"

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[memoryview]:
        """The pieces, in order. Each is good until the next one is asked for: they share their memory."""
        return self._pieces

    def tell(self) -> int:
        """How many bytes the connection took so far."""
        return self._handed_bytes

    def hand_over(self, count: int) -> None:
        """The connection took the next `count` bytes."""
        self._handed_bytes += count

    def acknowledge(self, kept_bytes: int) -> None:
        """The other side has what the connection took, but for the last `kept_bytes`."""
        left = self._handed_bytes - kept_bytes
        of_files = 0
        for part in self._parts:
            length = _length(part)
            if isinstance(part, _FileRange):
                of_files += max(0, min(left, length))
            left -= length
        if of_files > self._reported_bytes:
            self._reported_bytes = of_files
            self._on_sent(of_files)

    def close(self) -> None:
        """Close the file that is being read. Safe more than once."""
        self._pieces.close()

    def _produce(self) -> Generator[memoryview, None, None]:
        room = memoryview(bytearray(PIECE_BYTES))
        for part in self._parts:
            self.token.check()
            if isinstance(part, bytes):
                yield memoryview(part)
            else:
                yield from self._content(part, room)

    def _content(self, part: _FileRange, room: memoryview) -> Iterator[memoryview]:
        left = part.size_bytes
        with _opened(part.path) as file:
            while left:
                self.token.check()
                size = _read(file, room[: min(left, PIECE_BYTES)], part.path)
                left -= size
                yield room[:size]
            if _grew(file, part.path):
                raise _changed(part.path)

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


def _length(part: bytes | _FileRange) -> int:
    return part.size_bytes if isinstance(part, _FileRange) else len(part)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise file_failed(error, path.name, writing=False) from None


def _opened(path: Path) -> FileIO:
    try:
        return path.open("rb", buffering=0)
    except OSError as error:
        raise file_failed(error, path.name, writing=False) from None


def _read(file: FileIO, room: memoryview, path: Path) -> int:
    try:
        size = file.readinto(room)
    except OSError as error:
        raise file_failed(error, path.name, writing=False) from None
    if not size:
        raise _changed(path)
    return size


def _grew(file: FileIO, path: Path) -> bool:
    try:
        return file.read(1) != b""
    except OSError as error:
        raise file_failed(error, path.name, writing=False) from None


def _changed(path: Path) -> FileProblem:
    return FileProblem(
        _("“{name}” changed while it was being sent.").format(name=path.name), hint=_("Try again when it is complete.")
    )
