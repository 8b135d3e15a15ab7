from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count

import pytest

from desktop_search.engine.indexing.ahead import ahead


def test_everything_comes_in_order_and_is_made_elsewhere() -> None:
    def made() -> Iterator[tuple[int, str]]:
        for number in range(50):
            yield number, threading.current_thread().name

    with ahead(made(), 2) as items:
        assert list(items) == [(number, "ahead") for number in range(50)]


def test_what_goes_wrong_is_told_after_what_went_well() -> None:
    def made() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError("oops")

    with ahead(made(), 2) as items:
        assert next(items) == 1
        with pytest.raises(ZeroDivisionError, match="oops"):
            next(items)


def test_never_far_ahead_and_ended_with_the_block() -> None:
    begun: list[int] = []
    third = threading.Event()

    def made() -> Iterator[int]:
        for number in count():
            begun.append(number)
            if number == 3:
                third.set()
            yield number

    with ahead(made(), 2) as items:
        assert next(items) == 0
        assert third.wait(30)  # one taken, two waiting, one in work
        assert begun == [0, 1, 2, 3]
    assert "ahead" not in {thread.name for thread in threading.enumerate()}
    assert len(begun) <= 5
