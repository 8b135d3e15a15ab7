"""How a body goes over a connection: what is said to be sent has arrived, and nothing waits for ever."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_search.api.body import FilePart, MultipartBody, Throttle
from desktop_search.api.connection import send_body
from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.transfers.bandwidth import Bandwidth
from tests.support.fault_server import DEADLINE_S

SIZE = 30_000_000
LITTLE = 32 * 1024


@contextmanager
def connected() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Our end of a connection, and the other, which has room for little until it reads."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname(), DEADLINE_S) as ours, listening.accept()[0] as other:
            other.settimeout(DEADLINE_S)
            yield ours, other


def body_of(
    folder: Path, sent: list[int], *, token: CancelToken | None = None, throttle: Throttle | None = None, **more: float
) -> MultipartBody:
    path = folder / "long.mp4"
    with path.open("wb") as file:
        file.truncate(SIZE)
    parts = [FilePart("file", path)]
    return MultipartBody([], parts, token=token or CancelToken(), on_sent=sent.append, throttle=throttle, **more)


def read_all(other: socket.socket, wanted: int) -> None:
    while wanted > 0 and (got := len(other.recv(1 << 20))):
        wanted -= got


def test_what_nobody_took_is_not_said_to_be_sent(tmp_path: Path) -> None:
    sent: list[int] = []
    body = body_of(tmp_path, sent, stall_s=0.3)
    with connected() as (ours, _other), pytest.raises(TimeoutError):
        send_body(ours, body)
    body.close()
    assert body.tell() > 8 * LITTLE  # so much the system took
    assert 0 < sent[-1] <= 4 * LITTLE  # so much is on the other side


def test_the_end_is_said_when_the_other_side_has_it(tmp_path: Path) -> None:
    sent: list[int] = []
    body = body_of(tmp_path, sent)
    with connected() as (ours, other):
        reading = threading.Thread(target=read_all, args=(other, len(body)))
        reading.start()
        assert send_body(ours, body)
        reading.join(DEADLINE_S)
    assert sent == sorted(set(sent))
    assert sent[-1] == SIZE
    assert body.tell() == len(body)


def test_an_answer_ends_the_sending(tmp_path: Path) -> None:
    body = body_of(tmp_path, [])
    with connected() as (ours, other):
        other.sendall(b"HTTP/1.1 401 No\r\n\r\n")
        assert not send_body(ours, body)
        assert ours.gettimeout() == DEADLINE_S
    body.close()
    assert body.tell() < SIZE


def test_a_sending_that_waits_ends_soon_after_it_is_cancelled(tmp_path: Path) -> None:
    token, ended = CancelToken(), threading.Event()
    body = body_of(tmp_path, [], token=token)
    with connected() as (ours, _other):

        def send() -> None:
            with pytest.raises(Cancelled):
                send_body(ours, body)
            ended.set()

        thread = threading.Thread(target=send)
        thread.start()
        token.cancel()
        assert ended.wait(DEADLINE_S)
        thread.join(DEADLINE_S)
    body.close()


def test_a_limit_holds_on_the_line(tmp_path: Path) -> None:
    """Real time, and so only a bound that slowness cannot break: never faster than the limit."""
    limit, began, arrived = 2_000_000, threading.Event(), [0]
    token = CancelToken()
    body = body_of(tmp_path, [], token=token, throttle=Bandwidth(lambda: limit).take)
    with connected() as (ours, other):

        def receive_for_a_while() -> None:
            end = threading.Event()
            threading.Timer(1.0, end.set).start()
            while not end.is_set():
                arrived[0] += len(other.recv(1 << 16))
                began.set()
            token.cancel()

        receiving = threading.Thread(target=receive_for_a_while)
        receiving.start()
        with pytest.raises(Cancelled):
            send_body(ours, body)
        receiving.join(DEADLINE_S)
    body.close()
    assert began.is_set()
    assert arrived[0] < SIZE / 2
