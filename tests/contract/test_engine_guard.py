"""Whom the engine answers, and with what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.engine_child import EngineChild


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    """One for all that is refused here: it changes nothing."""
    with EngineChild(tmp_path_factory.mktemp("engine") / "data") as child:
        yield child


@pytest.mark.parametrize("sent", ["", "sk-wrong", "Bearer sk-test-engine", "sk-test-engine ü"])
def test_a_wrong_key_is_refused(engine: EngineChild, sent: str) -> None:
    answer = engine.send("GET", "/list_unique_ids", headers={"Authorization": sent.encode().decode("latin-1")})
    assert answer.status == 401
    assert answer.refusal[0] == "0401"


def test_lenient_takes_a_bearer(lenient_engine: EngineChild) -> None:
    assert lenient_engine.send("GET", "/list_unique_ids", headers={"Authorization": "Bearer sk-test-engine"}).data


@pytest.mark.parametrize("host", ["evil.example", "evil.example:PORT", "127.0.0.1:1", "10.0.0.1:PORT", "127.0.0.1@x"])
def test_a_foreign_host_is_refused(engine: EngineChild, host: str) -> None:
    answer = engine.send("GET", "/list_unique_ids", headers={"Host": host.replace("PORT", engine.url.rsplit(":")[-1])})
    assert answer.status == 421
    assert answer.refusal[0] == "0001"


@pytest.mark.parametrize("headers", [{"Origin": "null"}, {"Origin": "http://x"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_in_a_browser_is_refused(engine: EngineChild, headers: dict[str, str]) -> None:
    answer = engine.send("GET", "/list_unique_ids", headers=headers)
    assert answer.status == 403
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/nope", "/serve/api/v3/search", "/list_unique_ids/", "/serve", "/%2e%2e/x"])
def test_an_unknown_route_gets_the_envelope(engine: EngineChild, path: str) -> None:
    code, message = engine.get(path).refusal
    assert code == "0001"
    assert message.startswith("No static resource ")


def test_a_wrong_method_gets_the_envelope(engine: EngineChild) -> None:
    assert engine.get("/search").refusal == ("0001", "Request method 'GET' is not supported.")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 100_000, b'{"a": NaN}', b'{"a": "\xff"}', b"nonsense", b"{" + b" " * (1 << 21)]
)
def test_bodies_that_are_no_json_are_refused(engine: EngineChild, body: bytes) -> None:
    answer = engine.send("POST", "/search", body, {"Content-Type": "application/json"})
    assert answer.refusal[0] in ("0001", "0003")
    assert answer.status == 200


def test_json_must_say_that_it_is_json(engine: EngineChild) -> None:
    answer = engine.send("POST", "/list_videos", b"{}", {"Content-Type": "text/plain"})
    assert answer.refusal[0] == "0001"
