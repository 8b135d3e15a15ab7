"""Folders (contract §10): the namespaces of an account, by number. `default` is the Default folder, -1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.engine.http import rules, wire
from desktop_search.engine.http.context import DEFAULT_FOLDER, Context, context_of, namespace_of, refuse_legacy
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.lenient import form_of
from desktop_search.engine.http.text_fields import TextFields, query_fields
from desktop_search.engine.http.videos import LIST_SIZE_MAX, PAGE_MAX
from desktop_search.engine.library.ids import video_id_of
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.folders import FolderGone, FolderInUse, FolderTaken

DEFAULT_FOLDER_NAME = "Default folder"
NAME_MAX_CHARS, MOVE_MAX, PAGE_SIZE_DEFAULT = 100, 500, 20


class _Fields(Protocol):
    def text(self, name: str) -> str | None: ...
    def integer(self, name: str) -> int | None: ...


async def list_folders(request: Request) -> Response:
    """`GET /folders`: the Default folder first, then the others in the order of their first use."""
    context = context_of(request)

    def answer() -> object:
        others = [(folder_id, name) for folder_id, name in _own(context) if name != DEFAULT_NAMESPACE]
        return {"folders": [_item(DEFAULT_FOLDER, DEFAULT_FOLDER_NAME), *(_item(*each) for each in others)]}

    return success(await run_in_threadpool(answer))


async def create(request: Request) -> Response:
    """`POST /folders/create`."""
    context = context_of(request)
    name = _new_name(await form_of(request, context), "name")

    def answer() -> object:
        folder_id = context.library.new_id()
        with _refusals(name):
            context.library.store.folders.add(folder_id, context.scope(name))
        return _item(folder_id, name)

    return success(await run_in_threadpool(answer))


async def rename(request: Request) -> Response:
    """`POST /folders/rename`: the namespace goes by the new name from then on."""
    context = context_of(request)
    fields = await form_of(request, context)
    name = _new_name(fields, "new_name")

    def answer() -> object:
        folder_id = _ordinary(context, fields)
        with _refusals(name):
            context.library.store.folders.rename(folder_id, context.scope(name))
        return _item(folder_id, name)

    return success(await run_in_threadpool(answer))


async def delete(request: Request) -> Response:
    """`POST /folders/delete`: not while it holds searchable footage; what failed or waits moves to the default."""
    context = context_of(request)
    fields = await form_of(request, context)

    def answer() -> None:
        folder_id, heir = _ordinary(context, fields), context.scope(DEFAULT_NAMESPACE)
        context.library.use_namespace(heir)
        with _refusals():
            context.library.store.folders.delete(folder_id, heir)

    await run_in_threadpool(answer)
    return success(None)


async def videos(request: Request) -> Response:
    """`GET /folders/videos`."""
    context, fields = context_of(request), query_fields(request)

    def answer() -> object:
        scope = namespace_of(context, None, _given(fields))
        page, size = fields.integer("page"), fields.integer("page_size")
        page = rules.within("page", 1 if page is None else page, 1, PAGE_MAX)
        size = rules.within("page_size", PAGE_SIZE_DEFAULT if size is None else size, 1, None)
        size = min(size, LIST_SIZE_MAX)
        found, total = context.library.store.videos.page(Filters(scope), page=page, size=size)
        total_count: object = str(total) if context.manner.string_numbers else total
        rows = wire.listed_page(found, context)
        return {"current_page": page, "page_size": size, "total_count": total_count, "videos": rows}

    return success(await run_in_threadpool(answer))


async def move(request: Request) -> Response:
    """`POST /folders/move`: ids that are unknown are skipped, as when deleting."""
    context = context_of(request)
    fields = JsonFields(await read_json(request, lenient=context.manner.lenient), lenient=context.manner.lenient)
    video_nos = fields.texts("video_nos")
    if not video_nos:
        raise ApiError("The video_nos parameter cannot be empty!")
    if len(video_nos) > MOVE_MAX:
        raise ApiError(f"The video_nos parameter must not hold more than {MOVE_MAX} ids.")
    numbers = [number for each in video_nos if (number := video_id_of(each)) is not None]

    def answer() -> None:
        refuse_legacy(folder_id := _given(fields))
        target = namespace_of(context, None, folder_id)
        context.library.use_namespace(target)
        context.library.store.folders.move(numbers, [each for each, _ in _own(context)], target)

    await run_in_threadpool(answer)
    return success(None)


def _own(context: Context) -> list[tuple[int, str]]:
    """Number and name of the account's folders."""
    found = ((folder_id, context.name(scope)) for folder_id, scope in context.library.store.folders.all())
    return [(folder_id, name) for folder_id, name in found if name is not None]


def _given(fields: _Fields) -> int:
    folder_id = fields.integer("folder_id")
    if folder_id is None:
        raise ApiError("The folder_id parameter cannot be empty!")
    return folder_id


def _ordinary(context: Context, fields: TextFields) -> int:
    """A folder of the account that may be renamed and deleted: not one of the reserved numbers, nor the default."""
    folder_id = rules.within("folder_id", _given(fields), 1, None)
    if context.name(namespace_of(context, None, folder_id)) == DEFAULT_NAMESPACE:
        raise ApiError("The default folder can be neither renamed nor deleted.")
    return folder_id


def _new_name(fields: TextFields, field: str) -> str:
    name = rules.at_most(field, fields.text(field) or "", NAME_MAX_CHARS)
    if not name.strip():
        raise ApiError(f"The {field} parameter cannot be empty!")
    with _refusals(name):
        if name in (DEFAULT_NAMESPACE, DEFAULT_FOLDER_NAME):
            raise FolderTaken
    return name


@contextmanager
def _refusals(name: str = "") -> Iterator[None]:
    """What the store cannot do, in words. `name`: the new one, where there is one."""
    try:
        yield
    except FolderTaken:
        raise ApiError(f"There is a folder “{name}” already.") from None
    except FolderInUse:
        raise ApiError("The folder still holds footage. Delete or move it first.") from None
    except FolderGone:
        raise ApiError("The folder does not exist.") from None


def _item(folder_id: int, name: str) -> wire.Json:
    return {"folder_id": folder_id, "folder_name": name}
