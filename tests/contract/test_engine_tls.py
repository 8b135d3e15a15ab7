"""An engine over TLS and a client that is pinned to its certificate; and one that may not listen as it was told to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desktop_search.api.certificates import look_at
from desktop_search.api.client import VisualSearchClient
from desktop_search.core.accounts import fingerprint_words
from desktop_search.core.errors import CertificateChanged
from desktop_search.core.token import CancelToken
from tests.contract.engine_child import KEY, EngineChild
from tests.support.certificates import self_signed_file


def test_only_the_engine_with_the_pinned_certificate_is_spoken_to(tmp_path: Path) -> None:
    first, second = self_signed_file(tmp_path), self_signed_file(tmp_path)
    arguments = ["--host", "0.0.0.0"]
    with EngineChild(tmp_path / "data", *arguments, "--tls-cert", str(first), "--tls-key", str(first)) as engine:
        port = urlsplit(engine.url).port
        assert engine.url == f"https://0.0.0.0:{port}"
        address = f"https://localhost:{port}"
        look = look_at(address, CancelToken())
        assert fingerprint_words(look.fingerprint) == engine.ready["fingerprint"]
        with closing(VisualSearchClient(address, KEY, fingerprint=look.fingerprint)) as client:
            assert client.list_unique_ids() == ()
    arguments += ["--port", str(port)]
    with (
        EngineChild(tmp_path / "data", *arguments, "--tls-cert", str(second), "--tls-key", str(second)),
        closing(VisualSearchClient(address, KEY, fingerprint=look.fingerprint)) as client,
        pytest.raises(CertificateChanged),
    ):
        client.list_unique_ids()


def test_it_does_not_begin_without_a_key_that_was_given_out(tmp_path: Path) -> None:
    file = str(self_signed_file(tmp_path))
    engine = EngineChild(tmp_path / "data", "--host", "0.0.0.0", "--tls-cert", file, "--tls-key", file, key=None)
    assert engine.stop() == 2
    assert "needs a key (desktop-search engine keys add" in engine.log
