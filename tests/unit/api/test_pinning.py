"""A server is pinned to one certificate: it gets the key, another one gets nothing, and both fingerprints are said."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.api.certificates import look_at
from desktop_search.api.client import VisualSearchClient
from desktop_search.core.accounts import ServerLook
from desktop_search.core.errors import CertificateChanged, NetworkError, NotTrusted, RequestRejected, Unreachable
from desktop_search.core.token import CancelToken
from tests.support.certificates import Authority, self_signed
from tests.support.fault_server import FaultServer, envelope
from tests.unit.api.conftest import KEY

NAMES = {"unique_ids": ["default"]}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[FaultServer, FaultServer]]:
    """The same server with two certificates, both signed by themselves."""
    servers = [FaultServer([envelope(NAMES)], tls=self_signed(tmp_path)) for _ in range(2)]
    yield servers[0], servers[1]
    for server in servers:
        server.close()


def client(server: FaultServer, fingerprint: str) -> VisualSearchClient:
    return VisualSearchClient(server.url, KEY, title="Workstation", fingerprint=fingerprint)


def test_the_pinned_certificate_opens_and_any_other_gets_nothing(two: tuple[FaultServer, FaultServer]) -> None:
    looks = [look_at(server.url, CancelToken()) for server in two]
    assert [len(look.fingerprint) for look in looks] == [64, 64]
    assert not any(look.is_trusted or look.is_expired for look in looks)
    assert "self-signed" in looks[0].reason
    pinned = client(two[0], looks[0].fingerprint)
    assert pinned.list_unique_ids() == ("default",)
    pinned.close()
    stranger = client(two[1], looks[0].fingerprint)
    with pytest.raises(CertificateChanged, match="another certificate") as caught:
        stranger.list_unique_ids()
    stranger.close()
    assert (caught.value.kept, caught.value.seen) == (looks[0].fingerprint, looks[1].fingerprint)
    assert two[1].seen == []
    assert KEY not in str(caught.value) + caught.value.details


def test_a_pin_is_for_its_host_alone(two: tuple[FaultServer, FaultServer], tmp_path: Path) -> None:
    pinned = client(two[0], look_at(two[0].url, CancelToken()).fingerprint)
    with pytest.raises(NotTrusted):
        pinned.fetch_url(f"{two[1].url}/a", tmp_path / "a", token=CancelToken(), on_received=lambda _bytes, _all: None)
    pinned.close()
    assert two[1].seen == []


def test_a_look_tells_whom_the_system_trusts_and_whose_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    authority = Authority(tmp_path)
    with closing(FaultServer([envelope(NAMES)], tls=authority.server(expired=True))) as over:
        assert look_at(over.url, CancelToken()).is_expired
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with closing(FaultServer([envelope(NAMES)], tls=authority.server())) as good:
        look = look_at(good.url, CancelToken())
        assert (look.is_trusted, look.is_expired) == (True, False)
        assert good.seen == []


def test_a_look_at_what_is_no_server() -> None:
    with closing(FaultServer([envelope(NAMES)])) as plain:
        assert look_at(plain.url, CancelToken()) == ServerLook(plain.url)
        with pytest.raises(NetworkError, match="does not speak TLS"):
            look_at(plain.url.replace("http:", "https:"), CancelToken())
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Unreachable, match="Nothing answers"):
        look_at(f"https://127.0.0.1:{port}", CancelToken())
    for typed in ("", "https://host:99999", "ftp://host"):
        with pytest.raises(RequestRejected):
            look_at(typed, CancelToken())
