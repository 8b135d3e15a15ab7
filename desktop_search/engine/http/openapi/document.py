"""The OpenAPI document, made from the tables of operations."""

from __future__ import annotations

import json
import re
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from desktop_search import __version__
from desktop_search.engine.http.openapi.answers import SCHEMAS
from desktop_search.engine.http.openapi.footage_calls import FOOTAGE_CALLS
from desktop_search.engine.http.openapi.model import OPENAPI_PATH, Body, Field, Json, Operation, component, object_of
from desktop_search.engine.http.openapi.search_calls import SEARCH_CALLS
from desktop_search.engine.http.signing import SIGNED_PREFIX

_ABOUT = """The Visual Search API, answered from an index on this computer. Whether a call succeeded is said by
`code` in the body, "0000", and not by the HTTP status. The key goes into the Authorization header as it is."""
_OWN_CALLS = (
    Operation(
        "GET",
        SIGNED_PREFIX + "{blob}",
        "An image, by the address that a search gave; works for an hour",
        None,
        query=(Field("expires", required=True), Field("signature", required=True)),
        keyless=True,
    ),
    Operation("GET", OPENAPI_PATH, "This document", None, keyless=True),
)
OPERATIONS: tuple[Operation, ...] = (*FOOTAGE_CALLS, *SEARCH_CALLS, *_OWN_CALLS)
_ENVELOPE = ("code", "msg", "data", "success", "failed")
_COMMON: Json = {"msg": {"type": "string"}, "success": {"type": "boolean"}, "failed": {"type": "boolean"}}
_REFUSAL = object_of(
    _COMMON | {"code": {"type": "string", "not": {"const": "0000"}}, "data": {"type": "null"}}, _ENVELOPE
)
_REFUSED: Json = {
    "description": "An envelope all the same: 401 for a wrong key, 403 for a page in a browser, 421 for a wrong Host",
    "content": {"application/json": {"schema": component("Refusal")}},
}


async def served_description(_request: Request) -> Response:
    """`GET /openapi.json`, which needs no key."""
    return Response(_text(), media_type="application/json")


@cache
def _text() -> str:
    return json.dumps(document(), ensure_ascii=False)


def document() -> Json:
    """The whole description."""
    paths: Json = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    scheme = {"type": "apiKey", "in": "header", "name": "Authorization"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Desktop Search engine", "version": __version__, "description": _ABOUT},
        "paths": paths,
        "components": {"schemas": SCHEMAS | {"Refusal": _REFUSAL}, "securitySchemes": {"key": scheme}},
        "security": [{"key": []}],
    }


def _described(operation: Operation) -> Json:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", operation.path)
    ]
    in_query = [
        {"name": field.name, "in": "query", "required": field.required, "schema": field.schema()}
        for field in operation.query
    ]
    described: Json = {
        "operationId": f"{operation.method.lower()} {operation.path}",
        "summary": operation.summary,
        "parameters": [*in_path, *in_query],
        "responses": {"200": _answer(operation), "default": _REFUSED},
    }
    if operation.body is not Body.NONE:
        content = {operation.body.value: {"schema": _body_schema(operation)}}
        described["requestBody"] = {"required": True, "content": content}
    if operation.keyless:
        described["security"] = []
    return described


def _body_schema(operation: Operation) -> Json:
    if operation.bare_list:
        (field,) = operation.fields
        return field.schema() | {"minItems": 1}
    required = tuple(field.name for field in operation.fields if field.required)
    return object_of({field.name: field.schema() for field in operation.fields}, required)


def _answer(operation: Operation) -> Json:
    if operation.data is None:
        content: Json = {"application/octet-stream": {}, "application/json": {"schema": component("Refusal")}}
        return {"description": "The file, or an envelope that says why there is none", "content": content}
    success = object_of(_COMMON | {"code": {"const": "0000"}, "data": operation.data}, _ENVELOPE)
    schema = {"oneOf": [success, component("Refusal")]}
    return {"description": "The envelope", "content": {"application/json": {"schema": schema}}}
