"""One POST: delivered, refused, or not this time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from desktop_search.engine.addresses import Refused
from desktop_search.engine.callbacks.posting import Poster, Undelivered
from tests.support.receiver import Receiver

BODY = b'{"videoNo":"VI1","status":"PARSE"}'


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_posts_json_to_the_very_address() -> None:
    with Receiver(204) as receiver:
        address = f"{receiver.url}/hook/ü x?token=a%20b&c=d#part"
        Poster(allow_private=True).post(address, BODY)
        (heard,) = receiver.heard
    assert heard.path == "/hook/%C3%BC%20x?token=a%20b&c=d"
    assert heard.body == BODY
    assert heard.headers["content-type"] == "application/json"
    assert heard.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert "authorization" not in heard.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "[::1]"])
def test_this_computer_is_refused(host: str) -> None:
    with Receiver() as receiver:
        with pytest.raises(Refused):
            Poster(allow_private=False).post(f"http://{host}:{receiver.port}/", BODY)
        assert receiver.heard == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "ftp://x.example/",
        "file:///etc/passwd",
        "http://",
        "http://u:p@x.example/",
        "http://[::1",
        "http://x:99999/",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        Poster(allow_private=True).post(address, BODY)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [("93.184.215.14", 80), ("10.0.0.1", 80)]

    def look_up(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        Poster(allow_private=False).post("http://rebinding.example/", BODY)


def test_a_name_is_looked_up_once_and_its_checked_address_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with Receiver() as receiver:
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        Poster(allow_private=True).post(f"http://hooks.example:{receiver.port}/", BODY)
        assert receiver.heard[0].headers["host"] == f"hooks.example:{receiver.port}"
    assert asked == ["hooks.example"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    with Receiver() as other, Receiver(status, headers={"Location": f"{other.url}/inside"}) as receiver:
        with pytest.raises(Undelivered, match=str(status)):
            Poster(allow_private=True).post(receiver.url, BODY)
        assert len(receiver.heard) == 1
        assert other.heard == []


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_other_answers_are_no_delivery(status: int) -> None:
    with Receiver(status) as receiver, pytest.raises(Undelivered, match=str(status)):
        Poster(allow_private=True).post(receiver.url, BODY)


def test_a_closed_port_is_no_delivery() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Undelivered):
        Poster(allow_private=True).post(f"http://127.0.0.1:{port}/", BODY)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_mute_server_costs_no_more_than_the_deadline(mute: str, scheme: str) -> None:
    with pytest.raises(Undelivered):
        Poster(allow_private=True, deadline_s=0.3).post(mute.replace("http", scheme, 1), BODY)


def test_an_answer_that_drips_costs_no_more_than_the_deadline() -> None:
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        client, _ = server.accept()
        with client:
            client.sendall(b"HTTP/1.1 2")
            while not over.wait(0.05):
                try:
                    client.sendall(b"x")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,))
        thread.start()
        with pytest.raises(Undelivered):
            Poster(allow_private=True, deadline_s=0.5).post(f"http://127.0.0.1:{server.getsockname()[1]}/", BODY)
        over.set()
        thread.join()


def test_stop_breaks_off_what_is_being_posted(mute: str) -> None:
    poster = Poster(allow_private=True, deadline_s=3600)  # longer than a test may take
    stopper = threading.Timer(0.2, poster.stop)
    stopper.start()
    with pytest.raises(Undelivered):
        poster.post(mute, BODY)
    stopper.join()
    with pytest.raises(Undelivered):
        poster.post(mute, BODY)
