"""Which of a post's files to fetch, and two of them made into one: picture and sound often come apart."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Format = dict[str, Any]


def chosen(formats: Sequence[Format], height_max: int | None) -> list[Format]:
    """One file with both, or one with the picture and one with the sound where that picture is higher.

    `formats` as yt-dlp sorts them, the best last. Where all are higher than asked for, the lowest is taken.
    """
    whole = [each for each in formats if _has(each, "vcodec") and _has(each, "acodec")]
    seen = [each for each in formats if _has(each, "vcodec") and not _has(each, "acodec") and each.get("ext") == "mp4"]
    heard = [each for each in formats if _has(each, "acodec") and not _has(each, "vcodec") and each.get("ext") == "m4a"]
    one, pair = (_best(each, height_max) for each in (_mp4_if_there(whole), seen))
    best = _best([each for each in (pair, one) if each is not None], height_max)
    if best is None:
        return []
    return [best, *heard[-1:]] if best is pair else [best]


def joined(video: Path, audio: Path, target: Path) -> None:
    """Put the picture of one file and the sound of another into one MP4, as they are. Raises what PyAV raises."""
    import av  # decoders: for the process that fetches alone

    with av.open(str(video)) as seen, av.open(str(audio)) as heard, av.open(str(target), "w", format="mp4") as made:
        sources = (seen.streams.video[0], heard.streams.audio[0])
        packets = [
            _packets(container, stream, made.add_stream_from_template(stream))
            for container, stream in zip((seen, heard), sources, strict=True)
        ]
        for _, packet in heapq.merge(*packets, key=lambda timed: timed[0]):
            made.mux(packet)


def _packets(container: Any, stream: Any, into: Any) -> Iterator[tuple[float, Any]]:  # noqa: ANN401 - of PyAV
    for packet in container.demux(stream):
        if packet.dts is not None:
            at_s = float(packet.dts * packet.time_base)
            packet.stream = into
            yield at_s, packet


def _has(found: Format, codec: str) -> bool:
    return found.get(codec) != "none"  # not said means that it is there


def _mp4_if_there(formats: Sequence[Format]) -> Sequence[Format]:
    return [each for each in formats if each.get("ext") == "mp4"] or formats


def _height(found: Format) -> int:
    return int(found.get("height") or 0)


def _best(formats: Sequence[Format], height_max: int | None) -> Format | None:
    """The highest that fits, else the lowest; of equals the last."""
    fitting = [each for each in formats if height_max is None or _height(each) <= height_max]
    if fitting:
        return max(reversed(fitting), key=_height)
    return min(formats, key=_height, default=None)
