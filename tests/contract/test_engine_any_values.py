"""Whatever values a client sends, the answer is an envelope; and what the description allows is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.conftest import Harbour
from tests.contract.engine_child import Answer, EngineChild

_ANY = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
_TEXTS = st.text(max_size=40) | st.sampled_from(
    ["", " ", "VI1", "null", "%", "'; DROP TABLE videos; --", "\x00", "\ud800"]
)
_NUMBERS = st.integers() | st.floats() | st.sampled_from([-1, 0, 1, 2**63, -(2**63), 1e308, 10**400])
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=8,
)
_JSON_CALLS = ("/search", "/search_public", "/list_videos", "/folders/move", "/download")
_JSON = "application/json"


def _described(engine: EngineChild, method: str, path: str) -> dict[str, Any]:
    description = json.loads(engine.send("GET", "/openapi.json", headers={"Authorization": ""}).body)
    return dict(description["paths"]["/serve/api/v1" + path][method])


def _properties(operation: dict[str, Any]) -> dict[str, Any]:
    (content,) = operation["requestBody"]["content"].values()
    return dict(content["schema"]["properties"])


def _is_an_envelope(answer: Answer) -> None:
    assert answer.status == 200, answer.body
    assert set(answer.envelope) == {"code", "msg", "data", "success", "failed"}
    assert "Traceback" not in answer.envelope["msg"]


def _sound(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema of the description allows."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "array":
        return st.lists(_sound(schema["items"]), max_size=min(schema.get("maxItems", 5), 5))
    if schema["type"] == "integer":
        return st.integers(schema.get("minimum", -(2**63)), schema.get("maximum", 2**63 - 1))
    if schema["type"] == "number":
        return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x1e")
    return st.text(letters, min_size=1, max_size=30).filter(str.strip)


@pytest.mark.parametrize("path", _JSON_CALLS)
def test_any_json_gets_an_envelope(harbour: Harbour, path: str) -> None:
    names = sorted(_properties(_described(harbour.engine, "post", path)))

    @_ANY
    @given(st.dictionaries(st.sampled_from(names), _VALUES) | _VALUES)
    def sent(value: Any) -> None:
        _is_an_envelope(harbour.engine.post_json(path, value))

    sent()
    assert "Traceback" not in harbour.engine.log


@pytest.fixture(scope="module")
def importing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    """An engine whose imports are refused a connection at once."""
    with EngineChild(tmp_path_factory.mktemp("imports") / "data", "--scraper-hosts", "127.0.0.1:9=TIKTOK") as child:
        yield child


@pytest.mark.parametrize("path", ["/scraper_url", "/scraper", "/scraper_tag", "/scraper_url_public"])
def test_any_import_gets_an_envelope(importing: EngineChild, path: str) -> None:
    names = sorted(_properties(_described(importing, "post", path)))

    @settings(_ANY, max_examples=60)
    @given(st.dictionaries(st.sampled_from(names), _VALUES) | _VALUES)
    def sent(value: Any) -> None:
        _is_an_envelope(importing.post_json(path, value))

    sent()
    assert "Traceback" not in importing.log


@pytest.mark.parametrize("path", ["/scraper_url", "/scraper_url_public", "/scraper", "/scraper_tag_public"])
def test_an_import_that_the_description_allows_is_accepted(importing: EngineChild, path: str) -> None:
    schemas = _properties(_described(importing, "post", path))
    schemas.pop("folder_id", None)
    for name in ("callback", "callback_url"):
        schemas[name]["enum"] = ["https://hooks.example/a"]
    lists: dict[str, Any] = {"video_urls": st.just(["http://127.0.0.1:9/a.mp4"]), "hash_tags": st.just(["fog"])}
    needed = {name: each for name, each in lists.items() if schemas.pop(name, None)}
    if schemas.pop("username", None):
        needed["username"] = st.just("http://127.0.0.1:9/@a")
    schemas.pop("tiktok_post_urls", None)
    optional = {name: _sound(schema) for name, schema in schemas.items()}

    @settings(_ANY, max_examples=30)
    @given(st.fixed_dictionaries(needed, optional=optional))
    def sent(fields: dict[str, Any]) -> None:
        assert importing.post_json(path, fields).envelope["code"] == "0000", fields

    sent()


@pytest.mark.parametrize("path", _JSON_CALLS)
@pytest.mark.parametrize("kind", [_JSON, "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "é"])
def test_any_bytes_get_an_envelope(harbour: Harbour, path: str, kind: str) -> None:
    @settings(_ANY, max_examples=30)
    @given(st.binary(max_size=200))
    def sent(body: bytes) -> None:
        _is_an_envelope(harbour.engine.send("POST", path, body, {"Content-Type": kind}))

    sent()
    assert "Traceback" not in harbour.engine.log


@pytest.mark.parametrize("path", ["/folders/create", "/folders/rename", "/folders/delete"])
def test_any_form_gets_an_envelope(engine: EngineChild, path: str) -> None:
    names = sorted(_properties(_described(engine, "post", path)))
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.integers().map(str)

    @settings(_ANY, max_examples=60)
    @given(st.lists(st.tuples(st.sampled_from(names), texts), max_size=5))
    def sent(pairs: list[tuple[str, str]]) -> None:
        _is_an_envelope(engine.post_form(path, pairs))

    sent()
    assert "Traceback" not in engine.log


@pytest.mark.parametrize(
    "path",
    [
        "/get_metadata",
        "/get_video_ids_by_task_id",
        "/get_audio_transcription",
        "/search_audio_transcripts",
        "/search_public_audio_transcripts",
        "/folders/videos",
    ],
)
def test_any_query_gets_an_envelope(harbour: Harbour, path: str) -> None:
    names = [each["name"] for each in _described(harbour.engine, "get", path)["parameters"]]
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.integers().map(str)

    @settings(_ANY, max_examples=60)
    @given(st.dictionaries(st.sampled_from(names), texts))
    def sent(query: dict[str, str]) -> None:
        _is_an_envelope(harbour.engine.get(path, **query))

    sent()
    assert "Traceback" not in harbour.engine.log


@pytest.mark.parametrize("path", ["/search", "/search_public", "/list_videos"])
def test_what_the_description_allows_is_accepted(harbour: Harbour, path: str) -> None:
    schemas = _properties(_described(harbour.engine, "post", path))
    schemas.pop("folder_id", None)  # there must be such a folder
    if path == "/search":
        schemas["datetime_taken"]["enum"] = ["2026-03-14 09:20:00", "1999-12-31 23:59:59"]
    place = {name: _sound(schemas.pop(name)) for name in ("latitude", "longitude") if name in schemas}
    words = {"search_param": _sound(schemas.pop("search_param"))} if "search_param" in schemas else {}
    if path == "/search":  # captions have a smaller limit, which a schema cannot say of the same field
        schemas["top_k"]["maximum"] = 200
    optional = {name: _sound(schema) for name, schema in schemas.items()}

    @_ANY
    @given(st.fixed_dictionaries(words, optional=optional), st.just({}) | st.fixed_dictionaries(place))
    def sent(fields: dict[str, Any], spot: dict[str, Any]) -> None:
        assert harbour.engine.post_json(path, fields | spot).envelope["code"] == "0000", fields

    sent()


def test_the_description_is_served_without_a_key(engine: EngineChild) -> None:
    answer = engine.send("GET", "/openapi.json", headers={"Authorization": ""})
    assert (answer.status, answer.headers["Content-Type"]) == (200, _JSON)
    assert json.loads(answer.body)["openapi"] == "3.1.0"
    foreign = {"Authorization": "", "Origin": "https://evil.example"}
    assert engine.send("GET", "/openapi.json", headers=foreign).status == 403
