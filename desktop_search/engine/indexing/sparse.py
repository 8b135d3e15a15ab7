"""Footage with key frames: most of the picture is never decoded, and cuts are exact all the same.

Packets are taken in groups that begin with a key frame. About every two seconds a key frame is decoded, and the first
frame that comes long enough after it to see how the picture moves. Where two of them may be of one shot, nothing is
looked for between them. Where they differ, the key frames between them are asked, and the one group in which the
picture changes is decoded, whole where need be. A group so long that too much would stay unseen is decoded whole, too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from desktop_search.engine.indexing.decoding import Copier, Decoder, Span, TimedFrame, VideoPacket, in_order
from desktop_search.engine.indexing.second import SecondDecoder
from desktop_search.engine.indexing.segments import PAIR_APART_MS
from desktop_search.engine.indexing.shots import JUMP, alike, difference
from desktop_search.engine.indexing.thinning import going_on, thinned

STEP_MS = 2_000
LONGEST_UNSEEN_MS = 4_000  # a longer group is decoded whole
_MOST_PACKETS, _MOST_BYTES = 500, 64 << 20  # of a group: what is held in memory
_HEAD_PACKETS = 6
_NEAR_FRAMES = 12  # as few are decoded one after the other: a cut is told by the frames around it
_NOTHING: Span = (-1, -1)
_FEWEST_OF_A_KIND, _LARGE = 2, 1.3  # packets before it, and times as large as they are
_EARLY = 0.9  # a group this much shorter than the longest ended early: encoders begin one where the picture changes


@dataclass(slots=True)
class _Group:
    """Packets from a key frame on, and the first frames of them, decoded.

    Attributes:
        is_long: too long to be passed over. Its packets come in several pieces.
        goes_on: nothing seems to have begun between the frame shown before and the first one of this group.
    """

    start_ms: int
    packets: list[VideoPacket] = field(default_factory=list)
    size_bytes: int = 0
    is_long: bool = False
    goes_on: bool = False
    head: list[TimedFrame] = field(default_factory=list)

    def take(self, packet: VideoPacket) -> None:
        self.packets.append(packet)
        self.size_bytes += packet.size


def sparse_frames(decoder: Decoder, copier: Copier) -> Iterator[TimedFrame]:
    """The frames that matter, in the order they are shown. Raises Cancelled."""
    with SecondDecoder(decoder) as second:
        yield from in_order(_Chooser(decoder, copier, second).frames())


class _Chooser:
    def __init__(self, decoder: Decoder, copier: Copier, second: SecondDecoder) -> None:
        self._decoder, self._copier, self._second = decoder, copier, second
        self._groups = _groups(decoder)
        self._next: _Group | None = None  # where to go on
        self._held: list[_Group] = []

    def frames(self) -> Iterator[TimedFrame]:
        self._next = next(self._groups, None)
        while self._next is not None:
            yield from self._long(self._next) if self._next.is_long else self._short(self._next)

    def _short(self, group: _Group) -> Iterator[TimedFrame]:
        """From a short group up to the next long one, or to the end."""
        self._next = None
        _look_at_start(group, self._decoder, self._copier)
        spans = self._spans(group)
        while some := list(islice(spans, 2)):
            self._look_at_ends(some)
            for span in some:
                yield from self._between(span, 0, len(span) - 1)
        if self._next is None:
            yield from self._to_the_end(self._held)

    def _look_at_ends(self, spans: list[list[_Group]]) -> None:
        """Two of them at a time."""
        here, *there = (partial(_look_at_start, span[-1]) for span in spans)
        if there:
            self._second.both(here, there[0], self._copier)
        else:
            here(self._decoder, self._copier)

    def _to_the_end(self, held: list[_Group]) -> Iterator[TimedFrame]:
        """From a group that was looked at up to the last one, and all that matters of that."""
        first, last = held[0], held[-1]
        if first is not last:
            rest = self._changing([last], None)
            last.head = list(islice(rest, 1))
            if self._alike(first, last):
                yield from going_on(first.head, yes=first.goes_on)
                yield from going_on(chain(last.head, rest), yes=True)
                return
            rest.close()  # the decoder is wanted elsewhere
            yield from self._between(held, 0, len(held) - 1)
        yield from going_on(self._changing([last], None), yes=last.goes_on)

    def _spans(self, group: _Group) -> Iterator[list[_Group]]:
        """Groups from one that is looked at up to the next one that is to be; what is left is `_held`."""
        held, longest_ms = [group], 0
        for following in self._groups:
            length_ms = following.start_ms - held[-1].start_ms
            longest_ms = max(longest_ms, length_ms)
            is_far = following.start_ms + length_ms // 2 - held[0].start_ms >= STEP_MS
            if is_far or following.is_long or length_ms < _EARLY * longest_ms:
                yield [*held, following]
                held = []
            held.append(following)
            if following.is_long:
                self._next = following
                return
        self._held = held

    def _long(self, group: _Group) -> Iterator[TimedFrame]:
        """From a long group up to the next short one, or to the end: everything is decoded."""
        frames = (timed for timed in self._decoder.frames_of(self._packets_of_long(group)))
        after = (timed for timed in frames if timed.at_ms >= group.start_ms and self._is_before_next(timed))
        yield from going_on(thinned(after, self._copier), yes=group.goes_on)

    def _packets_of_long(self, group: _Group) -> Iterator[VideoPacket]:
        self._next = None
        yield from group.packets
        for following in self._groups:
            if not following.is_long:
                self._next = following
                yield from self._leading(following)
                return
            yield from following.packets

    def _is_before_next(self, timed: TimedFrame) -> bool:
        return self._next is None or timed.at_ms < self._next.start_ms

    def _between(self, groups: list[_Group], low: int, high: int) -> Iterator[TimedFrame]:
        """What matters from the start of one group to the start of another, both of which were looked at."""
        first, last = groups[low], groups[high]
        if self._alike(first, last):
            yield from going_on(first.head, yes=first.goes_on)
            last.goes_on = True
        elif high - low == 1 or sum(len(group.packets) for group in groups[low:high]) <= _NEAR_FRAMES:
            yield from going_on(self._changing(groups[low:high], last), yes=first.goes_on)
        else:
            middle = (low + high) // 2
            _look_at_start(groups[middle], self._decoder, self._copier, moves=False)
            yield from self._between(groups, low, middle)
            yield from self._between(groups, middle, high)

    def _alike(self, first: _Group, last: _Group) -> bool:
        """Whether nothing seems to happen from one group to the other."""
        if not first.head or not last.head or last.start_ms - first.start_ms > LONGEST_UNSEEN_MS:
            return False
        end = self._copier.thumbnail(last.head[0])
        return all(alike(self._copier.thumbnail(timed), end) for timed in (first.head[0], first.head[-1]))

    def _changing(self, groups: list[_Group], following: _Group | None) -> Generator[TimedFrame]:
        """What matters of some groups in which the picture may change.

        Frames that no other frame needs are left out at first, but where a large packet hints at a cut. Where the
        picture differs before and after such ones, they are decoded too. From there on, it is enough once the picture
        is like that of the following group.
        """
        packets = [*_packets(groups), *([] if following is None else self._leading(following))]
        times_ms = sorted(self._decoder.time_ms(each.pts) for each in packets if each.pts is not None)
        end = None if following is None or not following.head else following.head[0]
        shown: TimedFrame | None = None
        changed_ms: int | None = None
        whole = self._likely(packets)
        while True:
            frames = thinned(self._within(groups, following, whole, shown), self._copier)
            for timed in chain(frames, [] if end is None else [end]):
                if shown is not None:
                    if timed.at_ms <= shown.at_ms:
                        continue
                    is_known = whole[0] <= shown.at_ms and timed.at_ms <= whole[1]
                    leaves_out = not is_known and _any_between(times_ms, shown.at_ms, timed.at_ms)
                    if self._differ(shown, timed):
                        if leaves_out:
                            break
                        changed_ms = timed.at_ms
                    timed.goes_on |= leaves_out
                if following is not None and timed is end:
                    following.goes_on = timed.goes_on
                    return
                yield timed
                shown = timed
                if following is not None and end is not None and self._is_enough(timed, changed_ms, end):
                    following.goes_on = True
                    return
            else:
                return
            frames.close()
            whole = shown.at_ms, timed.at_ms

    def _likely(self, packets: list[VideoPacket]) -> Span:
        """Around the first packet that is much larger than all of its kind before it: there may be a cut.

        Packets come in the order in which they need each other, so those before it say what it lies between.
        """
        sizes: dict[bool, list[int]] = {True: [], False: []}  # of those that no other frame needs, and of the others
        times_ms = [self._decoder.time_ms(packet.pts) for packet in packets[:1] if packet.pts is not None]
        for packet in packets[1:]:
            if packet.pts is None:
                return _NOTHING
            at_ms, before = self._decoder.time_ms(packet.pts), sizes[packet.is_disposable]
            if len(before) >= _FEWEST_OF_A_KIND and packet.size > _LARGE * max(before):
                after = bisect_left(times_ms, at_ms)
                return times_ms[after - 1] if after else at_ms, times_ms[after] if after < len(times_ms) else at_ms
            before.append(packet.size)
            insort(times_ms, at_ms)
        return _NOTHING

    def _is_enough(self, timed: TimedFrame, changed_ms: int | None, end: TimedFrame) -> bool:
        """Whether, some frames after a change, the picture stays as it is up to the end."""
        is_later = changed_ms is not None and timed.at_ms >= changed_ms + PAIR_APART_MS
        return is_later and alike(self._copier.thumbnail(timed), self._copier.thumbnail(end))

    def _within(
        self, groups: list[_Group], following: _Group | None, whole: Span, shown: TimedFrame | None
    ) -> Iterator[TimedFrame]:
        """The frames of some groups up to another, from the one that was `shown` last on; all in the span `whole`."""
        packets = _packets(groups)
        if following is not None and whole[1] >= following.start_ms:
            packets += self._leading(following)
        first_ms = groups[0].start_ms if shown is None else shown.at_ms
        for timed in self._decoder.frames_of(packets, whole=whole):
            if timed.at_ms >= first_ms and (following is None or timed.at_ms < following.start_ms):
                yield timed

    def _differ(self, first: TimedFrame, second: TimedFrame) -> bool:
        return difference(self._copier.thumbnail(first), self._copier.thumbnail(second)) >= JUMP

    def _leading(self, group: _Group) -> list[VideoPacket]:
        """The key frame of a group and the packets right after it that are shown before it."""
        leading = group.packets[:1]
        for packet in group.packets[1:]:
            if packet.pts is None or self._decoder.time_ms(packet.pts) >= group.start_ms:
                break
            leading.append(packet)
        return leading


def _look_at_start(group: _Group, decoder: Decoder, copier: Copier, *, moves: bool = True) -> None:
    """Decode the key frame and, to see how the picture moves, what is shown a little later."""
    packets: list[VideoPacket] = []
    for packet in group.packets[: _HEAD_PACKETS if moves else 1]:
        packets.append(packet)
        if packet.pts is not None and decoder.time_ms(packet.pts) >= group.start_ms + PAIR_APART_MS:
            break
    frames = (timed for timed in decoder.frames_of(packets) if timed.at_ms >= group.start_ms)
    group.head = sorted(frames, key=lambda timed: timed.at_ms)
    for timed in group.head:
        copier.sample(timed)  # the other copies are made of it


def _packets(groups: list[_Group]) -> list[VideoPacket]:
    return [packet for group in groups for packet in group.packets]


def _any_between(times_ms: list[int], start_ms: int, end_ms: int) -> bool:
    """Whether one of these sorted times lies between two others."""
    after = bisect_right(times_ms, start_ms)
    return after < len(times_ms) and times_ms[after] < end_ms


def _groups(decoder: Decoder) -> Iterator[_Group]:
    """The packets in groups; a long one in pieces, of which only the first begins with a key frame."""
    group = _Group(0)
    for packet in _with_content(decoder.packets()):
        at_ms = None if packet.pts is None else decoder.time_ms(packet.pts)
        if packet.is_keyframe and at_ms is not None and group.packets:
            yield group
            group = _Group(at_ms)
        elif group.is_long:
            yield group
            group = _Group(group.start_ms, is_long=True)
        elif packet.is_keyframe and at_ms is not None:
            group.start_ms = at_ms
        group.take(packet)
        too_late = at_ms is not None and at_ms - group.start_ms > LONGEST_UNSEEN_MS
        group.is_long |= too_late or len(group.packets) > _MOST_PACKETS or group.size_bytes > _MOST_BYTES
    if group.packets:
        yield group


def _with_content(packets: Iterable[VideoPacket]) -> Iterator[VideoPacket]:
    return (packet for packet in packets if packet.size > 0)
