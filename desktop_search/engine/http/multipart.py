"""Multipart bodies, streamed: files go straight to disk, whatever their size, and nothing is held in memory."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from desktop_search.engine.http.envelope import NOT_READABLE, ApiError

_CHUNK_BYTES = 1 << 20
_WRITE_OUT_BYTES = 32 << 20
_FIELD_MAX_BYTES, _FIELDS_MAX_BYTES, _PARTS_MAX = 1 << 16, 1 << 20, 500


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of the body: the name it was sent with (its last component), and where its bytes are."""

    file_name: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileRules:
    """What files are taken, under which field name, how many, how large, and where they go."""

    field: str
    suffixes: frozenset[str]
    type_prefix: str
    size_max_bytes: int
    files_max: int
    new_path: Callable[[str], Path]


class Receiver:
    """Takes one body apart. Files that were begun are removed by `discard`, unless they were moved away."""

    def __init__(self, content_type: str, rules: FileRules) -> None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            raise ApiError(f"Content-Type '{content_type}' is not supported; send multipart/form-data.")
        self.fields: list[tuple[str, str]] = []
        self.files: list[FilePart] = []
        self._rules = rules
        self._fields_bytes = 0
        self._headers: Message = Message()
        self._header_name, self._header_value = b"", b""
        self._field_name, self._field_value = "", bytearray()
        self._file: BinaryIO | None = None
        self._file_bytes, self._begun_bytes, self._parts, self._ended = 0, 0, 0, False
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._on_part_begin,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_end": self._on_end,
            },
            max_header_size=1 << 14,
        )

    async def receive(self, stream: AsyncIterator[bytes]) -> None:
        """Read the whole body. Raises ApiError for what is not accepted, OSError where the disk fails."""
        pending: list[bytes] = []
        pending_bytes = 0
        feeding: asyncio.Future[None] | None = None  # what came before is taken apart and written meanwhile
        try:
            async for chunk in stream:
                pending.append(chunk)
                pending_bytes += len(chunk)
                if pending_bytes >= _CHUNK_BYTES:
                    if feeding is not None:
                        await feeding
                    feeding = asyncio.ensure_future(run_in_threadpool(self._feed, pending))
                    pending, pending_bytes = [], 0
        finally:
            if feeding is not None:  # its file is in use until then; if it failed, nobody else may ask
                await asyncio.gather(feeding, return_exceptions=True)
        if feeding is not None:
            feeding.result()
        await run_in_threadpool(self._feed, pending)
        if not self._ended:
            raise ApiError("The multipart body ends too early.", NOT_READABLE)

    def discard(self) -> None:
        """Remove every file that is still where it was received."""
        self._close_file()
        for part in self.files:
            part.path.unlink(missing_ok=True)

    def _feed(self, pieces: list[bytes]) -> None:
        try:
            for piece in pieces:
                self._parser.write(piece)
        except MultipartParseError as error:
            raise ApiError(f"The multipart body cannot be read: {error}", NOT_READABLE) from None

    def _on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > _PARTS_MAX:
            raise ApiError(f"The multipart body has more than {_PARTS_MAX} parts.")
        self._headers = Message()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header_name.decode("latin-1")] = self._header_value.decode("utf-8", "replace")
        self._header_name = self._header_value = b""

    def _on_headers_finished(self) -> None:
        name, file_name = _disposition(self._headers.get("content-disposition", ""))
        self._field_name, self._field_value = name, bytearray()
        if file_name is not None:
            self._begin_file(name, file_name, self._headers.get("content-type", "").strip().lower())

    def _begin_file(self, field: str, file_name: str, content_type: str) -> None:
        rules = self._rules
        if field != rules.field:
            raise ApiError(f"The file must be sent in the field '{rules.field}'.")
        if len(self.files) >= rules.files_max:
            raise ApiError(f"At most {rules.files_max} file(s) can be sent at a time.")
        suffix = Path(file_name).suffix.lower()
        if suffix not in rules.suffixes:
            accepted = " ".join(sorted(rules.suffixes))
            raise ApiError(f"The file type of '{file_name}' is not supported; accepted are {accepted}.")
        if not content_type.startswith(rules.type_prefix):
            raise ApiError(f"The file part must have a Content-Type that begins with {rules.type_prefix}")
        path = rules.new_path(suffix)
        self.files.append(FilePart(file_name, path))
        self._file, self._file_bytes = path.open("xb", buffering=0), 0
        self._begun_bytes = 0

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._field_value += data[start:end]
            self._fields_bytes += end - start
            if self._fields_bytes > _FIELDS_MAX_BYTES:
                raise ApiError(f"The parameters together are longer than {_FIELDS_MAX_BYTES} bytes.")
            if len(self._field_value) > _FIELD_MAX_BYTES:
                raise ApiError(f"The {self._field_name[:100]} parameter is too long.")
            return
        self._file_bytes += end - start
        if self._file_bytes > self._rules.size_max_bytes:
            raise ApiError(f"The file is too large; at most {self._rules.size_max_bytes} bytes are accepted.")
        view = memoryview(data)[start:end]
        while view:  # an unbuffered file may take less than it is given
            view = view[self._file.write(view) :]
        if self._file_bytes - self._begun_bytes >= _WRITE_OUT_BYTES:
            self._write_out(self._file.fileno())

    def _write_out(self, descriptor: int) -> None:
        """Have the disk begin with what was received so far, so that there is little to wait for at the end."""
        if sys.platform == "linux":
            size_bytes = self._file_bytes - self._begun_bytes
            with suppress(OSError):  # it is advice
                os.posix_fadvise(descriptor, self._begun_bytes, size_bytes, os.POSIX_FADV_DONTNEED)
        self._begun_bytes = self._file_bytes

    def _on_part_end(self) -> None:
        if self._file is not None:
            self._close_file()
            if self._file_bytes == 0:
                raise ApiError("The file is empty.")
            return
        try:
            self.fields.append((self._field_name, self._field_value.decode("utf-8")))
        except UnicodeDecodeError:
            raise ApiError(f"The {self._field_name} parameter is not valid UTF-8.", NOT_READABLE) from None

    def _on_end(self) -> None:
        self._ended = True

    def _close_file(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None


def _disposition(header: str) -> tuple[str, str | None]:
    """The field's name, and the last component of the file name if it is a file.

    Names come raw in UTF-8 with %22 for quotes (browsers, urllib3 2), backslash-escaped, or as RFC 2231 `filename*`.
    """
    _, options = parse_options_header(header.encode("utf-8").decode("latin-1"))
    name = options.get(b"name", b"").decode("utf-8", "replace")
    file_name = options.get(b"filename")
    text = None if file_name is None else _unescape(file_name.decode("utf-8", "replace"))
    if text is None:
        _, _, extended = header.partition("filename*=")
        parts = extended.partition(";")[0].strip().strip('"').split("'", 2)
        text = unquote(parts[2], errors="replace") if len(parts) == 3 else None
    return name, None if text is None else text.replace("\\", "/").rpartition("/")[2].replace("\0", "")


def _unescape(text: str) -> str:
    for code, sign in (("%22", '"'), ("%0D", "\r"), ("%0A", "\n")):
        text = text.replace(code, sign)
    return text


def only(files: Iterable[FilePart], field: str) -> FilePart:
    """The one file that is required."""
    for part in files:
        return part
    raise ApiError(f"The {field} parameter is required.")
