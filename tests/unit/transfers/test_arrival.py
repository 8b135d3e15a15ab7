"""A file is read while it is fetched: never a byte that is not there, never a part for the whole."""

from __future__ import annotations

import io
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled, NetworkError, ServerError
from desktop_search.core.token import CancelToken
from desktop_search.transfers.arrival import Arrival
from desktop_search.transfers.spans import Spans
from tests.support.waiting import wait_until

DATA = random.Random(7).randbytes(20_000_000)
PIECE = 200_000
DEADLINE_S = 30.0


class Line:
    """A server's line that can be stopped: it brings a file into its arrival, and notes where it was asked to begin."""

    def __init__(self, arrival: Arrival, *, ranges: bool = True) -> None:
        self.arrival, self.ranges = arrival, ranges
        self.asked: list[int] = []
        self.stop_at = len(DATA)
        self.stopped, self.go = threading.Event(), threading.Event()

    def bring(self) -> None:
        self.arrival.start()
        while (first := self.arrival.next_byte()) is not None:
            self.asked.append(first)
            self.arrival.begin(first, len(DATA), ranges=self.ranges)
            for at in range(first, len(DATA), PIECE):
                if at >= self.stop_at and first < self.stop_at:
                    self.stopped.set()
                    assert self.go.wait(DEADLINE_S)
                if not self.arrival.take(DATA[at : at + PIECE]):
                    break
        self.arrival.finish()


@pytest.fixture
def arrival(tmp_path: Path) -> Arrival:
    return Arrival(tmp_path / "film.mp4", lambda: True)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_spans_grow_together() -> None:
    chosen, spans, here = random.Random(1), Spans(), set[int]()
    for _ in range(300):
        start = chosen.randrange(100)
        end = start + chosen.randrange(12)
        spans.add(start, end)
        here |= set(range(start, end))
        assert spans.total == len(here)
        for at in range(115):
            assert spans.end_from(at) == next(each for each in range(at, 200) if each not in here)
        if len(here) > 90:
            spans, here = Spans(), set()


def test_it_is_read_from_the_front_while_it_comes(arrival: Arrival, pool: ThreadPoolExecutor, tmp_path: Path) -> None:
    line = Line(arrival)
    line.stop_at = 5_000_000
    brought = pool.submit(line.bring)
    reader = arrival.open(CancelToken())
    read = b"".join(iter(lambda: reader.read(70_000) if reader.tell() < 4_900_000 else b"", b""))
    assert len(read) >= 4_900_000
    assert read == DATA[: len(read)]
    assert not (tmp_path / "film.mp4").exists()
    line.go.set()
    brought.result(DEADLINE_S)
    assert (tmp_path / "film.mp4").read_bytes() == DATA
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
    assert line.asked == [0]
    reader.seek(-1000, io.SEEK_END)
    assert reader.read(2000) == DATA[-1000:]  # goes on in the whole file
    assert reader.read(10) == b""


def test_what_a_reader_waits_for_comes_first_and_nothing_comes_twice(
    arrival: Arrival, pool: ThreadPoolExecutor
) -> None:
    line = Line(arrival)
    line.stop_at = 1_000_000
    brought = pool.submit(line.bring)
    assert line.stopped.wait(DEADLINE_S)
    reader = arrival.open(CancelToken())
    reader.seek(-400, io.SEEK_END)
    tail = pool.submit(reader.read, 400)
    wait_until(lambda: arrival.is_waiting, "a reader waits", DEADLINE_S)
    head = arrival.open(CancelToken())
    assert head.read(1000) == DATA[:1000]
    line.go.set()
    assert tail.result(DEADLINE_S) == DATA[-400:]
    brought.result(DEADLINE_S)
    assert line.asked[:2] == [0, len(DATA) - 400]
    assert len(line.asked) == 3
    assert arrival.path.read_bytes() == DATA


@pytest.mark.parametrize(("ranges", "may_ask"), [(False, True), (True, False)])
def test_without_ranges_or_calls_left_a_reader_waits_its_turn(tmp_path: Path, ranges: bool, may_ask: bool) -> None:
    arrival = Arrival(tmp_path / "film.mp4", lambda: may_ask)
    line = Line(arrival, ranges=ranges)
    with ThreadPoolExecutor(2) as pool:
        reader = arrival.open(CancelToken())
        reader.seek(19_000_000)
        read = pool.submit(reader.read, 100)
        pool.submit(line.bring).result(DEADLINE_S)
        assert read.result(DEADLINE_S) == DATA[19_000_000:19_000_100]
    assert line.asked[-1] in {0, 19_000_000}
    assert len(line.asked) <= 2


def test_many_readers_anywhere_read_what_is_true(arrival: Arrival, pool: ThreadPoolExecutor) -> None:
    def read(seed: int) -> None:
        chosen, reader = random.Random(seed), arrival.open(CancelToken())
        for _ in range(40):
            at = chosen.randrange(len(DATA))
            reader.seek(at)
            data = reader.read(chosen.randrange(1, 300_000))
            assert data
            assert data == DATA[at : at + len(data)]

    jobs = [pool.submit(read, seed) for seed in range(3)]
    pool.submit(Line(arrival).bring).result(DEADLINE_S)
    for job in jobs:
        job.result(DEADLINE_S)


def test_a_reader_ends_with_its_token_and_with_the_fetching(arrival: Arrival, pool: ThreadPoolExecutor) -> None:
    arrival.start()
    token = CancelToken()
    mine, others = arrival.open(token), arrival.open(CancelToken())
    own, other = pool.submit(mine.read, 1), pool.submit(others.read, 1)
    token.cancel()
    assert own.result(DEADLINE_S) == b""
    arrival.give_up(NetworkError("The line is dead."))
    assert other.result(DEADLINE_S) == b""
    assert isinstance(mine.gave_up, Cancelled)
    assert isinstance(others.gave_up, NetworkError)
    assert arrival.is_over
    assert not arrival.take(b"too late")
    late = arrival.open(CancelToken())
    assert late.read(1) == b""
    assert isinstance(late.gave_up, NetworkError)


def test_another_file_is_not_mixed_in(arrival: Arrival) -> None:
    arrival.start()
    arrival.begin(0, 1000, ranges=True)
    arrival.take(b"x" * 10)
    with pytest.raises(ServerError, match="changed"):
        arrival.begin(10, 1001, ranges=True)


def test_a_size_that_nobody_said_is_known_at_the_end(arrival: Arrival) -> None:
    arrival.start()
    arrival.begin(0, None, ranges=True)
    assert arrival.take(b"film")
    assert arrival.next_byte() == 0
    arrival.end()
    assert arrival.next_byte() is None
    arrival.finish()
    assert arrival.path.read_bytes() == b"film"


def test_nothing_is_no_file(arrival: Arrival) -> None:
    arrival.start()
    arrival.begin(0, 0, ranges=True)
    arrival.end()
    with pytest.raises(ServerError, match="empty"):
        arrival.finish()
