"""What lenient mode takes in other encodings than the contract names (§18.20)."""

from __future__ import annotations

import re

from starlette.requests import Request

from desktop_search.engine.http.context import Context
from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.multipart import FileRules, Receiver
from desktop_search.engine.http.text_fields import TextFields, is_form, read_form

_INDEX = re.compile(r"\[\d*\]$", re.ASCII)


async def form_of(request: Request, context: Context) -> TextFields:
    """A url-encoded form; in lenient mode JSON and multipart too."""
    if is_form(request):
        return await read_form(request)
    if not context.manner.lenient:
        raise ApiError("The Content-Type is not supported; send application/x-www-form-urlencoded.")
    if _is_multipart(request):
        return TextFields(await _parts(request, context))
    value = await read_json(request, lenient=True)
    if not isinstance(value, dict):
        raise ApiError("The request body must be an object.")
    return TextFields(
        (name, str(each))
        for name, values in value.items()
        if values is not None
        for each in (values if isinstance(values, list) else [values])
    )


async def json_object(request: Request, context: Context) -> JsonFields:
    """A JSON object; in lenient mode a form and multipart too, whose values are texts and lists of texts."""
    lenient = context.manner.lenient
    if not lenient or not (is_form(request) or _is_multipart(request)):
        return JsonFields(await read_json(request, lenient=lenient), lenient=lenient)
    pairs = (await read_form(request)).pairs if is_form(request) else await _parts(request, context)
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(_INDEX.sub("", name), []).append(value)
    return JsonFields({name: each if len(each) > 1 else each[0] for name, each in values.items()}, lenient=True)


def _is_multipart(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("multipart/")


async def _parts(request: Request, context: Context) -> list[tuple[str, str]]:
    no_files = FileRules("", frozenset(), "", 0, 0, context.library.files.new_incoming)
    receiver = Receiver(request.headers["content-type"], no_files)
    await receiver.receive(request.stream())
    return receiver.fields
