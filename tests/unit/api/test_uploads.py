"""Sending files: streamed, measured, cancelled, and named however the user names them."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from desktop_search.api.body import FilePart, MultipartBody
from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.errors import Cancelled, FileProblem, KeyRejected, NetworkError, ServerError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from tests.support.fault_server import DEADLINE_S, Handler, cancel_on_arrival, envelope, gives
from tests.unit.api.conftest import Connect

NAMES = {
    'say "cheese".mp4': "say %22cheese%22.mp4",
    "two\nlines\r.MOV": "two%0Alines%0D.MOV",
    "Möwe 鳥 🐦.mkv": "Möwe 鳥 🐦.mkv",
    "100% #1; x=y\\z.avi": "100% #1; x=y\\z.avi",
}
TYPES = {".mp4": "video/mp4", ".mov": "video/quicktime", ".mkv": "video/x-matroska", ".avi": "video/x-msvideo"}


def whole(body: MultipartBody) -> bytes:
    return b"".join(bytes(piece) for piece in body)


@pytest.mark.parametrize("name", NAMES)
def test_any_file_name_arrives_as_browsers_would_send_it(connect: Connect, tmp_path: Path, name: str) -> None:
    server, client = connect(envelope({"videoNo": "VI1"}))
    path = tmp_path / name
    path.write_bytes(b"--not a boundary\r\n" * 5000)
    sent: list[int] = []
    details = FootageDetails(tags=("a", 'b"\r\n'))
    assert client.upload_video(path, details, token=CancelToken(), on_sent=sent.append) == "VI1"
    body, head = server.seen[0].body, server.seen[0].headers
    boundary = head["Content-Type"].partition("boundary=")[2].encode()
    parts = body.split(b"--" + boundary)
    assert parts[0] == b""
    assert parts[-1] == b"--\r\n"
    lines = parts[-2].partition(b"\r\n\r\n")[0].decode().splitlines()
    expected = f'Content-Disposition: form-data; name="file"; filename="{NAMES[name]}"'
    assert "\n".join(lines) == f"\n{expected}\nContent-Type: {TYPES[path.suffix.lower()]}"
    assert parts[-2].partition(b"\r\n\r\n")[2] == path.read_bytes() + b"\r\n"
    assert sent == sorted(set(sent))
    assert sent[-1] == path.stat().st_size


def test_a_file_name_that_is_no_text_is_sent_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / b"caf\xe9.mp4".decode("utf-8", "surrogateescape")
    path.write_bytes(b"x")
    body = MultipartBody([], [FilePart("file", path)], token=CancelToken(), on_sent=lambda _: None)
    assert "caf\ufffd.mp4".encode() in whole(body)


def test_the_length_said_is_the_length_read(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.jpg", "b.webp", "c.bin")]
    for size, path in enumerate(paths):
        path.write_bytes(b"x" * size * 170_000)
    parts = [FilePart("files", path) for path in paths]
    fields = [("unique_id", "Mühle")]
    body = MultipartBody(fields, parts, token=CancelToken(), on_sent=lambda _: None)
    assert len(body) == len(whole(body))
    assert whole(body) == b""


def test_a_file_of_any_size_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    with path.open("wb") as file:
        file.truncate(64_000_000)
    body = MultipartBody([], [FilePart("file", path)], token=CancelToken(), on_sent=lambda _: None)
    tracemalloc.start()
    try:
        assert sum(len(piece) for piece in body) > 64_000_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_grows_while_it_is_sent_is_not_sent_by_half(connect: Connect, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x" * 100_000)

    class Growing:
        """Grows as soon as its size was asked for."""

        def enter(self, kind: CallKind, token: CancelToken) -> None:
            with path.open("ab") as file:
                file.write(b"more")

        def wait_s(self, kind: CallKind, spare: int = 0) -> float:
            return 0.0

        def left(self, record: CallRecord) -> None:
            assert record.code == ""

    _, client = connect(envelope({"videoNo": "VI1"}), gate=Growing())
    with pytest.raises(FileProblem, match="changed while it was being sent"):
        client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)


def test_pictures_go_together_and_get_their_ids_in_order(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(envelope([{"id": 687955883044376577}, {"id": "687955883044376576"}]))
    paths = [tmp_path / "a.jpg", tmp_path / "b.png"]
    for path in paths:
        path.write_bytes(b"picture")
    sent: list[int] = []
    ids = client.upload_images(paths, FootageDetails(), token=CancelToken(), on_sent=sent.append)
    assert ids == ("687955883044376577", "687955883044376576")
    assert sent[-1] == 14
    kinds = [part.get_content_type() for part in server.seen[0].parts if part.get_filename()]
    assert kinds == ["image/jpeg", "image/png"]


def test_an_answer_without_ids_is_said(connect: Connect, tmp_path: Path) -> None:
    _, client = connect(envelope({}), envelope([]))
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x")
    with pytest.raises(ServerError, match="under which number"):
        client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)
    with pytest.raises(ServerError, match="under which ids"):
        client.upload_images([path], FootageDetails(), token=CancelToken(), on_sent=lambda _: None)


def _read_a_little_then_wait(handler: Handler) -> None:
    handler.rfile.read(100_000)
    handler.owner.arrived.set()
    handler.owner.release.wait(DEADLINE_S)
    handler.close_connection = True


def test_cancelling_a_stuck_upload_is_quick_and_the_client_lives_on(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(envelope({"unique_ids": ["default"]}))
    server.before_body = _read_a_little_then_wait
    path = tmp_path / "long.mp4"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    token = CancelToken()
    cancel_on_arrival(server, token)
    with pytest.raises(Cancelled):
        client.upload_video(path, FootageDetails(), token=token, on_sent=lambda _: None)
    server.before_body = None
    assert client.list_unique_ids() == ("default",)


def test_a_stalled_upload_ends_as_a_network_error(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(read_timeout_s=0.1)
    server.before_body = _read_a_little_then_wait
    path = tmp_path / "long.mp4"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(NetworkError, match="did not answer in time"):
        client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)


def test_a_refusal_while_still_sending_is_understood(connect: Connect, tmp_path: Path) -> None:
    server, client = connect()

    def refuse(handler: Handler) -> None:
        handler.rfile.read(100_000)
        envelope(None, "0401", "bad key", status=401)(handler)
        handler.close_connection = True

    server.before_body = refuse
    path = tmp_path / "long.mp4"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(KeyRejected):
        client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)


def test_an_upload_is_never_repeated_by_itself(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(lambda handler: handler.cut())
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x")
    with pytest.raises(NetworkError, match="broke off"):
        client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)
    assert len(server.seen) == 1


def test_files_that_vanish_or_shrink_say_so(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(gives(b""))
    with pytest.raises(FileProblem, match=r"gone\.mp4"):
        client.upload_video(tmp_path / "gone.mp4", FootageDetails(), token=CancelToken(), on_sent=lambda _: None)
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x" * 1000)
    body = MultipartBody([], [FilePart("file", path)], token=CancelToken(), on_sent=lambda _: None)
    path.write_bytes(b"x")
    with pytest.raises(FileProblem, match="changed while"):
        whole(body)
    assert not server.seen


def test_a_callback_that_raises_ends_the_upload(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(envelope({"videoNo": "VI1"}))
    server.before_body = _read_a_little_then_wait
    path = tmp_path / "long.mp4"
    with path.open("wb") as file:
        file.truncate(500_000_000)

    def refuse(_: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=refuse)
