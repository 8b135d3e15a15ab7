"""Key frames are embedded while a video is read: in order, bounded, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from desktop_search.engine.indexing.results import Meant, Segment
from desktop_search.engine.meaning.alongside import Alongside


def segment(number: int) -> Segment:
    return Segment(number, number + 1, {}, "", number, str(number).encode())


def encode(jpegs: Iterator[bytes]) -> Meant:
    return Meant("model", np.array([[int(jpeg)] for jpeg in jpegs], np.float16))


def test_each_segment_gets_its_row_in_order() -> None:
    with Alongside(encode) as beside:
        for number in range(100):
            beside.add(segment(number))
        made = beside.result()
    assert made is not None
    assert made.vectors[:, 0].tolist() == list(range(100))


def test_without_a_model_nothing_is_made() -> None:
    with Alongside(None) as beside:
        for number in range(100):
            beside.add(segment(number))
        assert beside.result() is None


def test_a_reader_that_is_faster_waits() -> None:
    go_on, taken = threading.Event(), []

    def slow(jpegs: Iterator[bytes]) -> Meant:
        for jpeg in jpegs:
            assert go_on.wait(30)
            taken.append(jpeg)
        return encode(iter(taken))

    added: list[int] = []

    def read(beside: Alongside) -> None:
        for number in range(50):
            beside.add(segment(number))
            added.append(number)

    with Alongside(slow) as beside:
        reader = threading.Thread(target=read, args=(beside,))
        reader.start()
        reader.join(0.2)
        assert len(added) < 20
        go_on.set()
        reader.join(30)
        made = beside.result()
    assert made is not None
    assert len(made.vectors) == 50


@pytest.mark.parametrize("after", [0, 3])
def test_a_model_that_gives_up_holds_up_nobody(after: int) -> None:
    def gives_up(jpegs: Iterator[bytes]) -> None:
        for _ in range(after):
            next(jpegs)

    with Alongside(gives_up) as beside:
        for number in range(100):
            beside.add(segment(number))
        assert beside.result() is None


def test_what_goes_wrong_unexpectedly_is_told() -> None:
    def fails(jpegs: Iterator[bytes]) -> None:
        raise ZeroDivisionError(next(jpegs))

    with Alongside(fails) as beside:
        for number in range(100):
            beside.add(segment(number))
        with pytest.raises(ZeroDivisionError):
            beside.result()


def test_a_video_that_fails_ends_the_thread() -> None:
    def read() -> None:
        with Alongside(encode) as beside:
            beside.add(segment(1))
            raise OSError("cut")

    threads = threading.active_count()
    with pytest.raises(OSError, match="cut"):
        read()
    assert threading.active_count() == threads
