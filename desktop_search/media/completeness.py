"""Does a video file end where it says it ends? Read from the container's own sizes, without decoding."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_TOP_LEVEL_LIMIT = 100_000  # fragmented recordings have many boxes; beyond this nothing is claimed
_EBML_HEADER, _SEGMENT = 0x1A45DFA3, 0x18538067


def ends_too_early(path: Path) -> bool:
    """True when an MP4/MOV, Matroska or AVI file is shorter than its own structure says, or lacks its index.

    False for every other kind of file, and for what cannot be read.
    """
    try:
        size_bytes = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(12)
            if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}:
                return _boxes_cut(file, size_bytes)
            if head[:4] == b"RIFF":
                return _riff_cut(file, size_bytes)
            if int.from_bytes(head[:4], "big") == _EBML_HEADER:
                return _matroska_cut(file, size_bytes)
    except OSError:
        return False
    return False


def _boxes_cut(file: BinaryIO, size_bytes: int) -> bool:
    offset, has_index, has_data = 0, False, False
    for _ in range(_TOP_LEVEL_LIMIT):
        if offset + 8 > size_bytes:
            break
        file.seek(offset)
        header = file.read(16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if not all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in kind):
            break  # padding after the last box, as some cameras leave it
        has_index = has_index or kind == b"moov"
        has_data = has_data or kind in {b"mdat", b"moof"}
        if length == 0:  # to the end of the file
            break
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        if length < 8:
            break
        offset += length
        if offset > size_bytes:
            return True
    return has_data and not has_index


def _riff_cut(file: BinaryIO, size_bytes: int) -> bool:
    offset = 0
    while offset + 12 <= size_bytes:  # files above 1 GB are several RIFF chunks in a row
        file.seek(offset)
        header = file.read(8)
        length = int.from_bytes(header[4:8], "little")
        if header[:4] != b"RIFF" or length in {0, 0xFFFFFFFF}:
            return False
        offset += 8 + length + (length & 1)
    return offset - 1 > size_bytes


def _matroska_cut(file: BinaryIO, size_bytes: int) -> bool:
    file.seek(4)
    header_bytes = _variable_int(file)
    if header_bytes is None:
        return False
    file.seek(file.tell() + header_bytes)
    if int.from_bytes(file.read(4), "big") != _SEGMENT:
        return file.tell() >= size_bytes
    segment_bytes = _variable_int(file)
    return segment_bytes is not None and file.tell() + segment_bytes > size_bytes


def _variable_int(file: BinaryIO) -> int | None:
    """An EBML length; `None` when it is "unknown", as in a live recording."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    width = 9 - first[0].bit_length()
    value = int.from_bytes(bytes([first[0] & (0xFF >> width)]) + file.read(width - 1), "big")
    return None if value == (1 << (7 * width)) - 1 else value
