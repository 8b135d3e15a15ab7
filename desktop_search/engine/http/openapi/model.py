"""Operations and their fields, and how they are written in OpenAPI 3.1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

OPENAPI_PATH = "/openapi.json"
Json = dict[str, Any]


class Kind(Enum):
    """What a value is."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    FLAG = "boolean"
    FILE = "file"


class Body(Enum):
    """How a request carries its values. The service refuses any other way."""

    NONE = ""
    JSON = "application/json"
    FORM = "application/x-www-form-urlencoded"
    PARTS = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a request.

    Attributes:
        choices: the only words accepted; empty means any.
        low: the least number accepted, and `high` the largest.
        chars_max: the longest text accepted; `items_max` the same for a list.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    many: bool = False
    default: object = None
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    chars_max: int | None = None
    items_max: int | None = None
    note: str = ""

    def schema(self) -> Json:
        """The field as a JSON schema."""
        one: Json = {"type": self.kind.value}
        if self.kind is Kind.FILE:
            one = {"type": "string", "contentMediaType": "application/octet-stream"}
        if self.kind is Kind.WHOLE:
            one["format"] = "int64"
        bounds = {"minimum": self.low, "maximum": self.high, "maxLength": self.chars_max}
        one |= {name: value for name, value in bounds.items() if value is not None}
        if self.choices:
            one["enum"] = list(self.choices)
        if self.required and self.kind is Kind.TEXT and not self.many:
            one["minLength"] = 1
        whole: Json = {"type": "array", "items": one} if self.many else one
        if self.many and self.items_max is not None:
            whole["maxItems"] = self.items_max
        if self.default is not None:
            whole["default"] = self.default
        return whole | ({"description": self.note} if self.note else {})


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: where it is, what it takes, what `data` in its answer is.

    Attributes:
        query: the fields of the query string.
        fields: the fields of the body; for a body that is a bare list, the one field it is a list of.
        data: the schema of `data`; `None` when the answer is a file.
        keyless: whether it is answered without a key.
    """

    method: str
    path: str
    summary: str
    data: Json | None
    query: tuple[Field, ...] = ()
    body: Body = Body.NONE
    fields: tuple[Field, ...] = ()
    bare_list: bool = False
    keyless: bool = False


def object_of(properties: Json, required: tuple[str, ...] = ()) -> Json:
    """The schema of an object."""
    return {"type": "object", "properties": properties} | ({"required": list(required)} if required else {})


def list_of(schema: Json) -> Json:
    """The schema of an array."""
    return {"type": "array", "items": schema}


def or_null(schema: Json) -> Json:
    """The schema of what may be missing."""
    return {"anyOf": [schema, {"type": "null"}]}


def component(name: str) -> Json:
    """A reference to a schema that several answers share."""
    return {"$ref": f"#/components/schemas/{name}"}
