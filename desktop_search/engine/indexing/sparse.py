"""Long videos: most of the picture is never decoded, and cuts are exact all the same.

Packets are taken in groups that begin with a key frame. Of each group the first few frames are decoded. Where two
groups begin alike, nothing is looked for between them; where they differ, the first is decoded whole to find the cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from desktop_search.engine.indexing.decoding import Copier, Decoder, TimedFrame, VideoPacket, in_order
from desktop_search.engine.indexing.shots import JUMP, THUMB_HEIGHT, THUMB_WIDTH, difference

_SHORTEST_GROUP_MS = 1_000  # nearer key frames are taken together
_LONGEST_UNSEEN_MS = 4_000  # a longer group is decoded whole
_MOST_PACKETS = 900  # a group never grows beyond this: without key frames everything is decoded
_FIRST_PACKETS = 6  # decoded of each group: enough to see how the picture moves


@dataclass(slots=True)
class _Group:
    """Packets from a key frame on, and the first frames of them, decoded."""

    start_ms: int
    packets: list[VideoPacket]
    head: list[TimedFrame] = field(default_factory=list)


def sparse_frames(decoder: Decoder, copier: Copier) -> Iterator[TimedFrame]:
    """The frames that matter, in the order they are shown. Raises Cancelled."""
    return in_order(_chosen(decoder, copier))


def _chosen(decoder: Decoder, copier: Copier) -> Iterator[TimedFrame]:
    packets = decoder.packets()
    held: _Group | None = None
    for group in _groups(packets, decoder):
        if len(group.packets) >= _MOST_PACKETS:
            if held is not None:
                yield from _whole(held, group, decoder)
            decoder.forget()
            yield from (frame for packet in chain(group.packets, packets) for frame in decoder.decode(packet))
            return
        group.head = _decoded(group.packets[:_FIRST_PACKETS], decoder, group.start_ms)
        if held is not None:
            yield from held.head if _alike(held, group, copier) else _whole(held, group, decoder)
        held = group
    if held is not None:
        yield from _whole(held, None, decoder)


def _groups(packets: Iterable[VideoPacket], decoder: Decoder) -> Iterator[_Group]:
    """Packets in groups; the last one may have grown to `_MOST_PACKETS` and leave the rest unread."""
    group: _Group | None = None
    for packet in packets:
        if packet.size == 0:
            continue
        if packet.is_keyframe and packet.pts is not None:
            at_ms = decoder.time_ms(packet.pts)
            if group is not None and at_ms - group.start_ms >= _SHORTEST_GROUP_MS:
                yield group
                group = None
            group = group or _Group(at_ms, [])
        group = group or _Group(0, [])
        group.packets.append(packet)
        if len(group.packets) >= _MOST_PACKETS:
            yield group
            return
    if group is not None:
        yield group


def _alike(group: _Group, following: _Group, copier: Copier) -> bool:
    """Whether nothing seems to happen from one group to the next."""
    if not group.head or not following.head or following.start_ms - group.start_ms > _LONGEST_UNSEEN_MS:
        return False
    first, last, following_first = (
        copier.exactly(timed.frame, THUMB_WIDTH, THUMB_HEIGHT, "rgb24")
        for timed in (group.head[0], group.head[-1], following.head[0])
    )
    return max(difference(first, following_first), difference(last, following_first)) < JUMP


def _whole(group: _Group, following: _Group | None, decoder: Decoder) -> Iterator[TimedFrame]:
    """Every frame of a group, those included that are sent after the next key frame but shown before it."""
    packets, end_ms = list(group.packets), None
    if following is not None:
        end_ms = following.start_ms
        packets += _leading(following, decoder)
    decoder.forget()
    for packet in chain(packets, (None,)):
        for timed in decoder.decode(packet):
            if timed.at_ms >= group.start_ms and (end_ms is None or timed.at_ms < end_ms):
                yield timed


def _leading(group: _Group, decoder: Decoder) -> list[VideoPacket]:
    """The key frame of a group and the packets right after it that are shown before it."""
    leading = group.packets[:1]
    for packet in group.packets[1:]:
        if packet.pts is None or decoder.time_ms(packet.pts) >= group.start_ms:
            break
        leading.append(packet)
    return leading


def _decoded(packets: Iterable[VideoPacket], decoder: Decoder, start_ms: int) -> list[TimedFrame]:
    decoder.forget()
    frames = [timed for packet in chain(packets, (None,)) for timed in decoder.decode(packet)]
    return sorted((timed for timed in frames if timed.at_ms >= start_ms), key=lambda timed: timed.at_ms)
