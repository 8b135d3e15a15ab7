"""Whom the client trusts: whom the system trusts, and nobody else, whatever is set."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import requests

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.session import make_session
from desktop_search.core.errors import NetworkError, NotTrusted
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from tests.support.certificates import Authority, self_signed
from tests.support.fault_server import DEADLINE_S, FaultServer, envelope
from tests.support.logs import ExpectedLogs
from tests.unit.api.conftest import KEY

NAMES = {"unique_ids": ["default"]}


class Secure:
    """Servers that speak TLS, and clients of them; all closed at the end."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder)
        self.folder = folder
        self._made: list[FaultServer | VisualSearchClient] = []

    def server(self, tls: object = None) -> FaultServer:
        server = FaultServer([envelope(NAMES)], tls=tls or self.authority.server())  # type: ignore[arg-type]
        self._made.append(server)
        return server

    def client(self, server: FaultServer) -> VisualSearchClient:
        client = VisualSearchClient(server.url, KEY, title="My server", connect_timeout_s=5.0, read_timeout_s=10.0)
        self._made.append(client)
        return client

    def close(self) -> None:
        for each in self._made:
            each.close()


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Secure]:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    made = Secure(tmp_path)
    yield made
    made.close()


def test_a_server_that_nobody_vouches_for_gets_nothing(secure: Secure) -> None:
    server = secure.server(self_signed(secure.folder))
    with pytest.raises(NotTrusted, match=r"My server is not secure.*self-signed") as caught:
        secure.client(server).list_unique_ids()
    assert not caught.value.retryable
    assert server.seen == []


def test_an_authority_of_the_systems_store_is_honoured(secure: Secure, monkeypatch: pytest.MonkeyPatch) -> None:
    server = secure.server()
    with pytest.raises(NotTrusted, match="unable to get local issuer certificate"):
        secure.client(server).list_unique_ids()
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    assert secure.client(server).list_unique_ids() == ("default",)


def test_an_authority_in_the_systems_folder_is_honoured(secure: Secure, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = ["openssl", "x509", "-hash", "-noout", "-in", str(secure.authority.file)]
    secure.authority.hashed(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    monkeypatch.setenv("SSL_CERT_DIR", str(secure.authority.folder))
    assert secure.client(secure.server()).list_unique_ids() == ("default",)


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_environment_may_add_trust(secure: Secure, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, str(secure.authority.file))
    assert secure.client(secure.server()).list_unique_ids() == ("default",)


def test_trust_that_is_added_takes_none_away(secure: Secure, monkeypatch: pytest.MonkeyPatch) -> None:
    (secure.folder / "other").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(Authority(secure.folder / "other").file))
    assert secure.client(secure.server()).list_unique_ids() == ("default",)


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_bundle_that_cannot_be_read_adds_nothing_and_breaks_nothing(
    secure: Secure, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectedLogs, content: bytes | None
) -> None:
    bundle = secure.folder / "bundle.pem"
    if content is not None:
        bundle.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    expected_logs.expect("REQUESTS_CA_BUNDLE names certificates that cannot be read")
    assert secure.client(secure.server()).list_unique_ids() == ("default",)


@pytest.mark.parametrize("value", ["", "0", "false", "/dev/null"])
def test_nothing_in_the_environment_switches_the_check_off(
    secure: Secure, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, value: str
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PYTHONHTTPSVERIFY", "SSL_VERIFY", "SSL_NO_VERIFY"):
        monkeypatch.setenv(name, value)
    server = secure.server()
    with caplog.at_level(100, "desktop_search"), pytest.raises(NotTrusted):
        secure.client(server).list_unique_ids()
    assert server.seen == []


def test_no_setting_of_a_session_switches_the_check_off(secure: Secure) -> None:
    server = secure.server()
    with make_session(server.url, KEY) as session:
        session.verify = False
        for verify in (None, False):
            with pytest.raises(requests.exceptions.SSLError):
                session.get(f"{server.url}/", verify=verify, timeout=5)
    assert server.seen == []


def test_a_certificate_for_another_host_and_one_that_has_expired_are_refused(
    secure: Secure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    with pytest.raises(NotTrusted, match="IP address mismatch"):
        secure.client(secure.server(secure.authority.server("elsewhere.example"))).list_unique_ids()
    with pytest.raises(NotTrusted, match="expired"):
        secure.client(secure.server(secure.authority.server(expired=True))).list_unique_ids()


def test_plain_http_behind_an_https_address_is_said(secure: Secure) -> None:
    plain = FaultServer([envelope(NAMES)])
    client = VisualSearchClient(plain.url.replace("http:", "https:"), KEY, title="My server")
    with pytest.raises(NetworkError, match="not secure") as caught:
        client.list_unique_ids()
    assert KEY not in str(caught.value)
    client.close()
    plain.close()


def test_a_server_that_is_silent_while_shaking_hands_holds_up_nobody_else(
    secure: Secure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    with socket.socket() as silent, make_session() as session:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        ended = threading.Event()

        def meet_the_silent_one() -> None:
            with pytest.raises(requests.ConnectionError):
                session.get(f"https://127.0.0.1:{silent.getsockname()[1]}/", timeout=(DEADLINE_S, DEADLINE_S))
            ended.set()

        waiting = threading.Thread(target=meet_the_silent_one)
        waiting.start()
        met, _ = silent.accept()
        assert met.recv(5)  # it has begun to shake hands
        assert session.get(f"{secure.server().url}/", timeout=5).status_code == 200
        assert not ended.is_set()
        met.close()
        waiting.join(DEADLINE_S)
        assert ended.is_set()


def test_many_threads_may_connect_at_once(secure: Secure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    client, answers = secure.client(secure.server()), []
    threads = [threading.Thread(target=lambda: answers.append(client.list_unique_ids())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_S)
    assert answers == [("default",)] * 8


@pytest.mark.parametrize(
    ("asked", "gets_it"),
    [
        ("https://müller.example/serve/api/v1/search", True),
        ("https://xn--mller-kva.example/serve/api/v1/search", True),
        ("http://müller.example/serve/api/v1/search", False),
        ("https://müller.example.evil.example/serve", False),
        ("https://müller.example:8443/serve", False),
        ("https://müller.example@evil.example/serve", False),
        ("https://evil.example/https://müller.example/", False),
    ],
)
def test_the_key_goes_to_the_one_host_only(asked: str, gets_it: bool) -> None:
    with make_session("https://müller.example", KEY) as session:
        request = session.prepare_request(requests.Request("GET", asked))
    assert (request.headers.get("Authorization") == KEY) is gets_it


def test_the_secrets_of_a_connection_are_written_nowhere(secure: Secure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    monkeypatch.setenv("SSLKEYLOGFILE", str(secure.folder / "secrets"))
    assert secure.client(secure.server()).list_unique_ids() == ("default",)
    assert not (secure.folder / "secrets").exists()


class _Proxy(socketserver.ThreadingTCPServer):
    """Leads every CONNECT to one server of this computer, and remembers what it was told itself."""

    def __init__(self, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.leads_to, self.tls, self.heard = port, tls, b""

    @property
    def address(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.server_address[1]}"

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self.tls is None:
            return connection, address
        return self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that do not trust it


class _Tunnel(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        proxy = cast("_Proxy", self.server)
        while line := self.rfile.readline():
            proxy.heard += line
            if line == b"\r\n":
                break
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with socket.create_connection(("127.0.0.1", proxy.leads_to), DEADLINE_S) as onward:
            threading.Thread(target=_pour, args=(onward, self.connection), daemon=True).start()
            _pour(self.connection, onward)


def _pour(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def _proxied(secure: Secure, server: FaultServer, monkeypatch: pytest.MonkeyPatch, *, tls: bool) -> Iterator[_Proxy]:
    with _Proxy(int(server.url.rpartition(":")[2]), secure.authority.server() if tls else None) as proxy:
        serving = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        monkeypatch.setenv("https_proxy", proxy.address)
        yield proxy
        proxy.shutdown()
        serving.join(DEADLINE_S)


@pytest.mark.parametrize("tls", [False, True], ids=["plain proxy", "proxy with TLS"])
def test_a_proxy_learns_the_host_and_nothing_else(secure: Secure, monkeypatch: pytest.MonkeyPatch, tls: bool) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.authority.file))
    server = secure.server(secure.authority.server("library.example"))
    footage, sent = secure.folder / "pier.mp4", list[int]()
    footage.write_bytes(b"footage" * 500_000)
    client = VisualSearchClient("https://library.example", KEY)
    with _proxied(secure, server, monkeypatch, tls=tls) as proxy:
        server.behaviours = [envelope({"videoNo": "VI1"}), envelope(NAMES)]
        assert client.upload_video(footage, FootageDetails(), token=CancelToken(), on_sent=sent.append) == "VI1"
        assert client.list_unique_ids() == ("default",)
        client.close()
    assert [seen.headers["Authorization"] for seen in server.seen] == [KEY, KEY]
    assert footage.read_bytes() in server.seen[0].body
    assert sent[-1] == footage.stat().st_size
    assert proxy.heard.startswith(b"CONNECT library.example:443")
    assert KEY.encode() not in proxy.heard


@pytest.mark.parametrize("tls", [False, True], ids=["plain proxy", "proxy with TLS"])
def test_behind_a_proxy_nobody_is_trusted_more(secure: Secure, monkeypatch: pytest.MonkeyPatch, tls: bool) -> None:
    server = secure.server(secure.authority.server("library.example"))
    client = VisualSearchClient("https://library.example", KEY)
    with _proxied(secure, server, monkeypatch, tls=tls), pytest.raises(NotTrusted):
        client.list_unique_ids()
    client.close()
    assert server.seen == []
