from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.models.transfer_pace import Pace, Paces
from desktop_search.models.transfer_rate import RateWindow, TimeLeft, estimate_s
from desktop_search.models.transfer_words import left_words, rate_words, size_words

MB = 1_000_000


def steady(window: RateWindow, bytes_s: int, seconds: float, begin_s: float = 0.0, begin: int = 0) -> tuple[float, int]:
    """Feed a steady course of ten reports a second; when and with how many bytes it ended."""
    steps = round(seconds * 10)
    for step in range(steps + 1):
        window.add(begin_s + step / 10, begin + bytes_s * step // 10)
    return begin_s + steps / 10, begin + bytes_s * steps // 10


def test_a_steady_course_is_told_as_it_is() -> None:
    window = RateWindow()
    steady(window, 14 * MB, 40)
    assert window.bytes_s(40.0) == pytest.approx(14 * MB, rel=0.02)
    assert window.still_s(40.0) == 0


def test_nothing_is_said_of_the_first_moment() -> None:
    window = RateWindow()
    assert window.bytes_s(5.0) is None
    window.add(5.0, 0)
    window.add(5.4, 9 * MB)
    assert window.bytes_s(5.5) is None


def test_a_change_is_followed_within_the_window_and_what_went_before_is_forgotten() -> None:
    window = RateWindow(15)
    at_s, sent = steady(window, 20 * MB, 60)
    steady(window, 5 * MB, 16, at_s, sent)
    assert window.bytes_s(at_s + 16) == pytest.approx(5 * MB, rel=0.05)


def test_bursts_are_evened_out() -> None:
    window, random_ = RateWindow(), random.Random(4)
    sent, told = 0, []
    for second in range(60):
        sent += random_.choice([0, 20 * MB])
        window.add(float(second), sent)
        told.append(window.bytes_s(float(second)) or 0)
    assert max(told[20:]) < 2 * min(told[20:])


def test_a_stall_shows_as_one_and_ends() -> None:
    window = RateWindow()
    at_s, sent = steady(window, 10 * MB, 20)
    assert window.still_s(at_s + 4) == 0
    window.add(at_s + 6, sent)  # a report without a new byte
    assert window.still_s(at_s + 7) == pytest.approx(7)
    rate = window.bytes_s(at_s + 30)
    assert rate is not None
    assert rate < MB
    window.add(at_s + 31, sent + MB)
    assert window.still_s(at_s + 31) == 0


def test_sending_anew_begins_a_new_course() -> None:
    window = RateWindow()
    at_s, _sent = steady(window, 10 * MB, 20)
    window.add(at_s + 1, 0)
    assert window.bytes_s(at_s + 1) is None
    steady(window, 2 * MB, 5, at_s + 1)
    assert window.bytes_s(at_s + 6) == pytest.approx(2 * MB, rel=0.05)


def test_the_time_left_runs_down_by_itself_and_does_not_jump() -> None:
    left = TimeLeft()
    assert left.update(0.0, 100.0) == 100.0
    told = [left.update(second, 100.0 - second + (30 if second % 2 else -30)) for second in range(1, 40)]
    steps = [later - earlier for earlier, later in pairwise(told) if earlier and later]
    assert all(-12 < step < 10 for step in steps)  # the estimates jump by 60
    assert left.update(41.0, None) is None


def test_the_time_left_follows_at_once_when_much_more_is_to_be_sent() -> None:
    left = TimeLeft()
    left.update(0.0, 60.0)
    assert left.update(1.0, 640_000.0) == 640_000.0


def test_an_estimate_needs_a_rate_and_something_left() -> None:
    assert estimate_s(100, 20.0) == 5.0
    assert estimate_s(100, None) is None
    assert estimate_s(100, 0.0) is None
    assert estimate_s(0, 20.0) is None


@pytest.mark.parametrize(
    ("left_s", "words"),
    [
        (0.2, "a few seconds left"),
        (36.0, "40 s left"),
        (57.0, "1 min left"),
        (350.0, "6 min left"),
        (3590.0, "1 h left"),
        (7805.0, "2 h 10 min left"),
        (86_300.0, "24 h left"),
        (200_000.0, "2 days left"),
        (86_500.0, "1 day left"),
    ],
)
def test_times_are_rounded_to_what_can_be_known(left_s: float, words: str) -> None:
    assert left_words(left_s) == words


def test_amounts_are_short() -> None:
    sizes = [0, 1, 820_400, 999_999, 14_200_000, 3_120_000_000, 31_200_000_000, 2_500_000_000_000]
    expected = ["0 kB", "1 kB", "821 kB", "1.0 MB", "14 MB", "3.1 GB", "31 GB", "2.5 TB"]
    assert [size_words(size) for size in sizes] == expected
    assert rate_words(14_200_000) == "14 MB/s"


def sending(item_id: int, sent: int, size: int = 100 * MB, library: str = "memories.ai") -> UploadItem:
    state = UploadState.SENDING
    return UploadItem(item_id, library, Path("/a.mp4"), MediaKind.VIDEO, state, size_bytes=size, sent_bytes=sent)


def waiting(item_id: int, size: int = 100 * MB) -> UploadItem:
    return UploadItem(item_id, "memories.ai", Path("/a.mp4"), MediaKind.VIDEO, size_bytes=size)


def test_rows_and_their_sum_have_paces_of_their_own() -> None:
    paces = Paces()
    for item_id in (1, 2, 3):
        paces.change(None, waiting(item_id), 0.0)
    assert paces.left_bytes == 300 * MB
    assert paces.whole(0.0) == Pace()
    before = {1: waiting(1), 2: waiting(2)}
    for step in range(21):
        for item_id, rate in ((1, 4), (2, 2)):
            after = sending(item_id, step * rate * MB)
            paces.change(before[item_id], after, float(step))
            before[item_id] = after
    one, whole = paces.row(1, 100 * MB, 20.0), paces.whole(20.0)
    assert one.bytes_s == pytest.approx(4 * MB, rel=0.05)
    assert one.left_s == pytest.approx(5, abs=0.5)
    assert whole.bytes_s == pytest.approx(6 * MB, rel=0.07)
    assert paces.left_bytes == 300 * MB - 120 * MB
    assert whole.left_s == pytest.approx(30, rel=0.1)
    paces.change(before[1], None, 20.0)
    paces.change(before[2], None, 20.0)
    assert not paces.sending_ids
    assert paces.left_bytes == 100 * MB


def test_a_paid_library_lets_uploads_begin_one_after_the_other() -> None:
    paces = Paces()
    for item_id in range(1, 11):
        paces.change(None, waiting(item_id, size=1000), 0.0)
    assert paces.whole(0.0, start_every_s=60).left_s == 540  # the first one begins now
    before = waiting(1, size=1000)
    for step in range(5):
        after = sending(1, step * 100 + 100, 1000)
        paces.change(before, after, float(step))
        before = after
    assert paces.whole(4.0, start_every_s=60).left_s == pytest.approx(540, abs=5)
    assert paces.whole(4.0).left_s == pytest.approx(95, rel=0.1)


def test_footage_of_this_computer_is_no_transfer() -> None:
    paces = Paces()
    paces.change(None, sending(1, 0, library="local"), 0.0)
    assert not paces.sending_ids
    assert paces.left_bytes == 0
