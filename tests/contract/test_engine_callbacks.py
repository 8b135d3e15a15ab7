"""Callbacks: one POST when a video is searchable or failed, and never to where they must not go."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.receiver import Receiver
from tests.support.waiting import wait_until

ALLOW = "--allow-private-callbacks"


@pytest.fixture
def open_engine(tmp_path: Path) -> Iterator[EngineChild]:
    """An engine that may call back to the loopback."""
    with EngineChild(tmp_path / "data", ALLOW) as child:
        yield child


def _waits(receiver: Receiver, count: int) -> None:
    wait_until(lambda: len(receiver.heard) >= count, f"{count} callbacks arrive", 60)


def test_a_video_that_is_searchable_or_failed_is_told_once(
    open_engine: EngineChild, clips: ClipCache, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"this is no video" * 100)
    with Receiver(204) as receiver:
        good = open_engine.add_in_place(clips.silent().path, callback=f"{receiver.url}/hook?a=1")
        _waits(receiver, 1)
        assert open_engine.metadata(good)["status"] == "PARSE"
        bad = open_engine.add_in_place(broken, callback_url=f"{receiver.url}/hook?a=2")
        _waits(receiver, 2)
        assert open_engine.metadata(bad)["status"] == "FAILED"
        video = ("clip.mp4", clips.silent().path.read_bytes(), "video/mp4")
        sent = open_engine.post_parts("/upload", [("file", video), ("callback", f"{receiver.url}/hook?a=3")]).data
        _waits(receiver, 3)
        heard = receiver.heard
    assert [each.path for each in heard] == ["/hook?a=1", "/hook?a=2", "/hook?a=3"]
    assert [each.json for each in heard] == [
        {"videoNo": good, "status": "PARSE"},
        {"videoNo": bad, "status": "FAIL"},
        {"videoNo": sent["videoNo"], "status": "PARSE"},
    ]
    assert heard[0].headers["content-type"] == "application/json"
    assert open_engine.key not in str(heard)


def test_a_receiver_in_trouble_is_asked_again(open_engine: EngineChild, clips: ClipCache) -> None:
    with Receiver(503, 302, 200, headers={"Location": "/elsewhere"}) as receiver:
        video_no = open_engine.add_in_place(clips.silent().path, callback=f"{receiver.url}/hook")
        _waits(receiver, 3)
        other = open_engine.add_in_place(clips.silent().path, callback=f"{receiver.url}/last")
        _waits(receiver, 4)  # in between, the first one was not sent again
        heard = receiver.heard
    assert [each.path for each in heard] == ["/hook", "/hook", "/hook", "/last"]
    assert [each.json["videoNo"] for each in heard] == [video_no, video_no, video_no, other]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_what_could_not_be_delivered_survives_a_restart(tmp_path: Path, clips: ClipCache, end: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with EngineChild(tmp_path / "data", ALLOW) as first:
        video_no = first.add_in_place(clips.silent().path, callback=f"http://127.0.0.1:{port}/hook")
        first.wait_indexed(video_no)
        wait_until(lambda: "waits 2.0 s" in first.log, "the first try is over")
        os.kill(first.process.pid, end)
        first.process.wait(30)
    with Receiver(port=port) as receiver, EngineChild(tmp_path / "data", ALLOW) as second:
        _waits(receiver, 1)
        assert receiver.heard[0].json == {"videoNo": video_no, "status": "PARSE"}
        assert "Traceback" not in second.log
    assert "Traceback" not in first.log


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_this_computer_is_not_called_unless_allowed(engine: EngineChild, clips: ClipCache, host: str) -> None:
    with Receiver() as receiver:
        secret = f"http://{host}:{receiver.port}/hook?token=secret"
        video_no = engine.add_in_place(clips.silent().path, callback=secret)
        assert engine.wait_indexed(video_no)["status"] == "PARSE"
        wait_until(lambda: "is refused" in engine.log, "the refusal is logged")
        assert receiver.heard == []
    assert "is not a public address" in engine.log
    assert "token=secret" not in engine.log


def test_the_callback_of_a_deleted_video_is_dropped(open_engine: EngineChild, clips: ClipCache) -> None:
    with Receiver(503) as receiver:
        video_no = open_engine.add_in_place(clips.silent().path, callback=f"{receiver.url}/gone")
        _waits(receiver, 1)
        assert open_engine.post_json("/delete_videos", [video_no]).data is None
        open_engine.add_in_place(clips.silent().path, callback=f"{receiver.url}/there")
        wait_until(lambda: [each.path for each in receiver.heard].count("/there") == 2, "the other is tried twice")
        assert [each.path for each in receiver.heard].count("/gone") <= 2  # one may have been on its way


@pytest.mark.parametrize("address", ["x", "ftp://hooks.example/", "http://", "http://[::1", "file:///x", "http://x:0/"])
def test_what_is_no_web_address_is_refused(engine: EngineChild, clips: ClipCache, address: str) -> None:
    fields = [("url", clips.silent().path.as_uri()), ("callback", address)]
    assert engine.post_form("/upload_url", fields).refusal[0] == "0001"


def test_an_ending_engine_does_not_wait_for_a_mute_receiver(tmp_path: Path, clips: ClipCache) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, EngineChild(tmp_path / "data", ALLOW) as child:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        child.wait_indexed(child.add_in_place(clips.silent().path, callback=address))
        server.settimeout(30)
        client, _ = server.accept()
        with client:
            assert client.recv(4) == b"POST"
            child.process.terminate()
            assert child.process.wait(10) == 0
        assert "Traceback" not in child.log
