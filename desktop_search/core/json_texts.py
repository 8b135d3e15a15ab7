"""Dataclasses as plain values that JSON knows, and back: what is missing or makes no sense becomes the default."""

from __future__ import annotations

import math
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class _Unfit(Exception):
    """The value is not of the kind that the field has."""


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A dataclass as a dictionary, enums by their values, paths and times as text, tuples as lists; defaults left out.

    What a field has by itself is left out, so that a default that changes later changes for kept values too.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: plain(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) != _default(each)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def made_of(kind: type[T], value: object) -> T | None:
    """The dataclass that `plain` took apart. `None` when a field without a default is missing or makes no sense."""
    try:
        made = _dataclass(kind, value)
    except _Unfit:
        return None
    return made if isinstance(made, kind) else None


def _dataclass(kind: Any, value: object) -> object:  # noqa: ANN401 - any dataclass
    if not isinstance(value, dict):
        raise _Unfit
    found: dict[str, object] = {}
    for each, hint in _hints(kind):
        try:
            if each.name in value:
                found[each.name] = _fitting(hint, value[each.name])
                continue
        except _Unfit:
            pass
        if _default(each) is MISSING:
            raise _Unfit
    return kind(**found)


def _fitting(hint: Any, value: object) -> object:  # noqa: ANN401 - any annotation
    if get_origin(hint) in {Union, types.UnionType}:
        return _first_fitting(get_args(hint), value)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint), value)
    if is_dataclass(hint):
        return _dataclass(hint, value)
    if hint is float:
        return _number(value)
    if isinstance(hint, type) and issubclass(hint, Enum | datetime | Path):
        return _read(hint, value)
    if type(value) is not hint:
        raise _Unfit
    return value


def _first_fitting(kinds: tuple[Any, ...], value: object) -> object:
    for kind in kinds:
        try:
            return _fitting(kind, value)
        except _Unfit:
            continue
    raise _Unfit


def _tuple(kinds: tuple[Any, ...], value: object) -> object:
    if not isinstance(value, list):
        raise _Unfit
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_fitting(kinds[0], each) for each in value)
    if len(kinds) != len(value):
        raise _Unfit
    return tuple(_fitting(kind, each) for kind, each in zip(kinds, value, strict=True))


def _read(kind: type[Enum | datetime | Path], value: object) -> object:
    try:
        if issubclass(kind, Enum):
            return kind(value)
        if isinstance(value, str) and "\0" not in value:
            return _wall_time(value) if issubclass(kind, datetime) else kind(value)
    except ValueError:
        pass
    raise _Unfit


def _wall_time(text: str) -> datetime:
    """The fields hold wall times, each in a zone that it names: a time with its own zone compares with none of them."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is not None:
        raise _Unfit
    return time


def _number(value: object) -> float:
    try:
        number = float(value) if type(value) in {int, float} else math.nan  # type: ignore[arg-type]
    except OverflowError:
        number = math.nan
    if not math.isfinite(number):
        raise _Unfit
    return number


@cache
def _hints(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:  # noqa: ANN401 - any dataclass
    hints = get_type_hints(kind)
    return tuple((each, types.NoneType if hints[each.name] is None else hints[each.name]) for each in fields(kind))


def _default(each: Field[Any]) -> object:
    return each.default_factory() if each.default_factory is not MISSING else each.default
