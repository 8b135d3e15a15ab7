"""From the end of a video's indexing to its address: what is kept, tried again, and given up."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_search.engine.callbacks.posting import Poster
from desktop_search.engine.callbacks.sender import CallbackSender
from desktop_search.engine.store.rows import UNPARSE, Video
from desktop_search.engine.store.store import Store
from tests.support.logs import ExpectedLogs
from tests.support.receiver import Receiver
from tests.support.waiting import wait_until

NEVER_S = 3600.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library.db")
    made.namespaces.ensure("default", 1)
    yield made
    made.close()


def _add(store: Store, number: int, callback: str) -> None:
    video = Video(
        video_id=number,
        namespace="default",
        name="a",
        file=None,
        in_place=True,
        retain=True,
        status=UNPARSE,
        cause="",
        size_bytes=1,
        created_ms=1,
        duration_ms=None,
        width=None,
        height=None,
        fps=None,
        taken_ms=None,
        camera="",
        latitude=None,
        longitude=None,
        tags=(),
    )
    store.videos.add(video, callback=callback)


def _count(store: Store) -> int:
    return int(store.database.reading().execute("SELECT count(*) FROM callbacks").fetchone()[0])


def test_an_end_is_written_down_once(store: Store) -> None:
    for number, address in ((1, "http://hooks.example/a"), (2, "")):
        _add(store, number, address)
        assert store.callbacks.next() is None
    for number in (1, 1, 2):
        store.videos.fail(number, "no video")
    waiting = store.callbacks.next()
    assert waiting is not None
    assert (waiting.address, waiting.body) == ("http://hooks.example/a", '{"videoNo":"VI1","status":"FAIL"}')
    assert _count(store) == 1


def test_deleting_the_video_drops_its_callback(store: Store) -> None:
    _add(store, 1, "http://hooks.example/a")
    store.videos.fail(1, "no video")
    store.videos.delete([1], "default")
    assert _count(store) == 0


def test_the_table_does_not_grow_without_bound(store: Store) -> None:
    with store.database.writing() as connection:
        connection.executemany(
            "INSERT INTO callbacks (address, body) VALUES (?, '{}')", [("http://hooks.example/",)] * 10_000
        )
    _add(store, 1, "http://hooks.example/a")
    store.videos.fail(1, "no video")
    assert _count(store) == 10_000


def test_a_receiver_that_never_answers_well_is_given_up(
    store: Store, expected_logs: ExpectedLogs, caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs.expect(r"the callback to 127\.0\.0\.1:\d+ is given up: answered with HTTP 500$")
    caplog.set_level(logging.INFO)
    with Receiver(500) as receiver:
        _add(store, 1, f"{receiver.url}/hook?token=secret")
        store.videos.fail(1, "no video")
        sender = CallbackSender(store.callbacks, Poster(allow_private=True), pauses_s=(0.01, 0.02))
        sender.start()
        wait_until(lambda: _count(store) == 0, "it is given up")
        sender.close()
        assert len(receiver.heard) == 3
    assert "secret" not in caplog.text


def test_one_that_waits_holds_up_no_other_and_is_due_at_the_next_start(store: Store) -> None:
    with Receiver(500, 200) as receiver:
        for number in (1, 2):
            _add(store, number, f"{receiver.url}/{number}")
        sender = CallbackSender(store.callbacks, Poster(allow_private=True), pauses_s=(NEVER_S,))
        sender.start()
        store.videos.fail(1, "no video")
        sender.wake()
        wait_until(lambda: len(receiver.heard) == 1, "the first is tried")
        store.videos.fail(2, "no video")
        sender.wake()
        wait_until(lambda: _count(store) == 1, "the second is delivered")
        sender.close()
        assert [each.path for each in receiver.heard] == ["/1", "/2"]
        again = CallbackSender(store.callbacks, Poster(allow_private=True), pauses_s=(NEVER_S,))
        again.start()
        wait_until(lambda: _count(store) == 0, "the first is delivered after all")
        again.close()
        assert [each.path for each in receiver.heard] == ["/1", "/2", "/1"]


def test_what_is_refused_is_not_kept(store: Store, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("is refused: 127.0.0.1 is not a public address")
    with Receiver() as receiver:
        _add(store, 1, receiver.url)
        store.videos.fail(1, "no video")
        sender = CallbackSender(store.callbacks, Poster(allow_private=False))
        sender.start()
        wait_until(lambda: _count(store) == 0, "it is dropped")
        sender.close()
        assert receiver.heard == []


@pytest.mark.parametrize("address", ["http://[::1", "x", "ftp://hooks.example/", "http://" + "a" * 64 + ".example/"])
def test_an_address_that_is_none_holds_up_nothing(store: Store, expected_logs: ExpectedLogs, address: str) -> None:
    expected_logs.expect("is refused: it is not an")
    with Receiver() as receiver:
        for number, each in ((1, address), (2, receiver.url)):
            _add(store, number, each)
            store.videos.fail(number, "no video")
        sender = CallbackSender(store.callbacks, Poster(allow_private=True))
        sender.start()
        wait_until(lambda: _count(store) == 0, "both are over")
        sender.close()
        assert len(receiver.heard) == 1
