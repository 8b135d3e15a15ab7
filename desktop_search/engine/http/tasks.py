"""`GET /get_video_ids_by_task_id`: what an import brought so far (contract §9.3)."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.engine.http import wire
from desktop_search.engine.http.context import Context, context_of, namespace_of
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.text_fields import TextFields, query_fields
from desktop_search.engine.library.accounts import PUBLIC_SCOPE
from desktop_search.engine.store.tasks import WAITING


async def get_video_ids_by_task_id(request: Request) -> Response:
    """An unknown task, or one of another account, brought nothing: the contract leaves open what is said then."""
    context = context_of(request)
    return success(await run_in_threadpool(_answer, context, query_fields(request)))


def _answer(context: Context, fields: TextFields) -> wire.Json:
    task_id = fields.text("task_id")
    if not task_id:
        raise ApiError("The task_id parameter cannot be empty!")
    asked = namespace_of(context, fields.text("unique_id"), fields.integer("folder_id"))
    tasks = context.library.store.tasks
    task = tasks.get(task_id)
    if task is None or task.account != context.account:
        return {"videos": []}
    scope = PUBLIC_SCOPE if task.namespace == PUBLIC_SCOPE else asked
    answer: wire.Json = {"videos": [wire.imported(video, context) for video in tasks.videos(task_id, scope)]}
    if task.namespace == scope:
        failed = [{"video_url": each.address, "cause": each.cause} for each in tasks.items(task_id) if each.cause]
        answer |= {"taskStatus": "RUNNING" if task.state == WAITING else task.state, "failures": failed}
        if task.state == WAITING:
            answer["fetchPermille"] = context.importer.permille(task_id)
    return answer
