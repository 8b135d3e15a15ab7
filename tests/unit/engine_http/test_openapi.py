"""The engine's description of itself against its routes and its rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from desktop_search.engine.http.app import all_routes
from desktop_search.engine.http.openapi.document import document
from desktop_search.engine.http.searches import SEARCH_TYPES

DOCUMENT = document()


def _operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
    ]


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(found := value.get("$ref"), str):
            yield found
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


def test_every_route_is_described_and_every_description_has_its_route() -> None:
    routes = {(method, route.path) for route in all_routes() for method in route.methods or () if method != "HEAD"}
    assert routes == {(method, path) for method, path, _ in _operations()}


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    schemas = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert set(_references(DOCUMENT)) == schemas


def test_operations_are_told_apart() -> None:
    names = [operation["operationId"] for _, _, operation in _operations()]
    assert len(names) == len(set(names)) > 30


@pytest.mark.parametrize(("method", "path", "operation"), _operations())
def test_an_operation_is_well_formed(method: str, path: str, operation: dict[str, Any]) -> None:
    parameters = [(each["in"], each["name"]) for each in operation["parameters"]]
    assert len(parameters) == len(set(parameters))
    assert {name for place, name in parameters if place == "path"} == ({"blob"} if "{blob}" in path else set())
    assert ("requestBody" in operation) <= (method == "POST")
    assert operation["summary"]


def test_only_signed_images_and_the_description_need_no_key() -> None:
    keyless = {path for _, path, operation in _operations() if operation.get("security") == []}
    assert keyless == {"/openapi.json", "/signed/{blob}"}


def test_the_rules_are_those_of_the_validators() -> None:
    body = DOCUMENT["paths"]["/serve/api/v1/search"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["required"] == ["search_param"]
    assert body["properties"]["search_type"]["enum"] == list(SEARCH_TYPES)
    assert (body["properties"]["top_k"]["minimum"], body["properties"]["top_k"]["maximum"]) == (1, 1000)
    assert body["properties"]["video_nos"]["maxItems"] == 100
    deleted = DOCUMENT["paths"]["/serve/api/v1/delete_videos"]["post"]["requestBody"]["content"]["application/json"]
    assert (deleted["schema"]["type"], deleted["schema"]["maxItems"]) == ("array", 100)
