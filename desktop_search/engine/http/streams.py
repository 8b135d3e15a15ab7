"""Videos that come as a playlist of pieces (m3u8): fetched whole, if all its addresses are absolute (§5.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.fetch import Manners, copy, created, opened

PLAYLIST_MAX_BYTES, PIECES_MAX = 4 << 20, 20_000
_BANDWIDTH = re.compile(r"(?<![A-Z-])BANDWIDTH=(\d{1,12})")
_ADDRESS = re.compile(r'URI="([^"]*)"')
_UNKNOWN = ("#EXT-X-BYTERANGE", "#EXT-X-KEY", "#EXT-X-DISCONTINUITY")
_PIECES, _FRAGMENTS = ".ts", ".mp4"


@dataclass(frozen=True, slots=True)
class _Playlist:
    """`head` begins every fragment of MP4; without it the pieces are a transport stream."""

    head: str | None
    pieces: tuple[str, ...]


def fetch_stream(address: str, new_path: Callable[[str], Path], manners: Manners) -> Path:
    """All pieces of a playlist in one file, which the caller removes. Raises ApiError with a readable cause."""
    text = _text(address, manners)
    if "#EXT-X-STREAM-INF" in text:
        text = _text(_best(text), manners)
    playlist = _playlist(text)
    target = new_path(_PIECES if playlist.head is None else _FRAGMENTS)
    try:
        with created(target) as file:
            begun_bytes = 0
            for piece in (*((playlist.head,) if playlist.head else ()), *playlist.pieces):
                with opened(piece, manners) as answer:
                    begun_bytes = copy(answer, file, manners, begun_bytes=begun_bytes)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def _text(address: str, manners: Manners) -> str:
    with opened(address, manners) as answer:
        raw = answer.read(PLAYLIST_MAX_BYTES + 1)
    text = raw.decode("utf-8", "replace").lstrip("\ufeff")
    if len(raw) > PLAYLIST_MAX_BYTES or not text.startswith("#EXTM3U"):
        raise ApiError("There is no playlist (m3u8) at that address.")
    return text


def _best(text: str) -> str:
    """The address of the variant with the most bytes a second."""
    lines = _lines(text)
    variants = [
        (int(match.group(1)) if (match := _BANDWIDTH.search(line)) else 0, following)
        for line, following in pairwise(lines)
        if line.startswith("#EXT-X-STREAM-INF") and not following.startswith("#")
    ]
    if not variants:
        raise ApiError("The playlist names no variant.")
    return _absolute(max(variants)[1])


def _playlist(text: str) -> _Playlist:
    lines = _lines(text)
    if "#EXT-X-ENDLIST" not in lines:
        raise ApiError("The playlist is of something live; it can be added once it is over.")
    for line in lines:
        if line.startswith(_UNKNOWN) and "METHOD=NONE" not in line:
            raise ApiError(f"Playlists with {line.partition(':')[0]} cannot be added.")
    heads = [match.group(1) for line in lines if line.startswith("#EXT-X-MAP") and (match := _ADDRESS.search(line))]
    pieces = tuple(_absolute(line) for line in lines if not line.startswith("#"))
    if len(heads) > 1 or not 1 <= len(pieces) <= PIECES_MAX:
        raise ApiError(f"The playlist must have between 1 and {PIECES_MAX} pieces of one kind.")
    return _Playlist(_absolute(heads[0]) if heads else None, pieces)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _absolute(address: str) -> str:
    if not address.lower().startswith(("http://", "https://")):
        raise ApiError("The addresses inside a playlist (m3u8) must all be absolute.")
    return address
