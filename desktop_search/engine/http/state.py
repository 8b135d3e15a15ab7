"""What the engine is doing, outside the contract: for the program it belongs to, and for whoever runs it alone."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop_search.engine.http.context import Context, is_from_this_computer, own_context
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.text_fields import query_fields
from desktop_search.engine.http.videos import asked_video
from desktop_search.engine.library.state import relinked, state_of
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.store.rows import PARSE

STATE_PATH = "/serve/engine/v1/state"
RELINK_PATH = "/serve/engine/v1/relink"
SHOTS_PATH = "/serve/engine/v1/shots"
LISTEN_PATH = "/serve/engine/v1/listen_again"
TRIAL_PATH = "/serve/engine/v1/trial"


def state_routes() -> list[Route]:
    """Routes for the engine's own key alone."""
    return [
        Route(STATE_PATH, get_state, methods=["GET"]),
        Route(STATE_PATH, set_state, methods=["POST"]),
        Route(RELINK_PATH, relink, methods=["POST"]),
        Route(SHOTS_PATH, shots, methods=["GET"]),
        Route(LISTEN_PATH, listen_again, methods=["POST"]),
        Route(TRIAL_PATH, get_trial, methods=["GET"]),
        Route(TRIAL_PATH, set_trial, methods=["POST"]),
    ]


async def get_state(request: Request) -> Response:
    """`GET /serve/engine/v1/state`."""
    context = own_context(request)
    return success(await run_in_threadpool(state_of, context.library))


async def set_state(request: Request) -> Response:
    """`POST /serve/engine/v1/state`: `{"paused": true}` or `false`; answers with the state."""
    context = own_context(request)
    paused = JsonFields(await read_json(request, lenient=False), lenient=False).flag("paused")
    if paused is None:
        raise ApiError("The paused parameter cannot be empty!")

    def change() -> object:
        context.library.indexer.set_paused(paused)
        return state_of(context.library)

    return success(await run_in_threadpool(change))


async def relink(request: Request) -> Response:
    """`POST /serve/engine/v1/relink`: `{"folder": "/absolute/path"}`; takes as long as looking through it does."""
    context = own_context(request)
    if not is_from_this_computer(request):
        raise ApiError("Folders of this computer can only be named from this computer.")
    text = JsonFields(await read_json(request, lenient=False), lenient=False).text("folder")
    if not text:
        raise ApiError("The folder parameter cannot be empty!")

    def look() -> object:
        folder = Path(text)
        if "\0" in text or not folder.is_absolute() or not folder.is_dir():
            raise ApiError("The folder parameter must be the absolute path of a folder that is there.")
        return relinked(context.library, folder)

    return success(await run_in_threadpool(look))


async def shots(request: Request) -> Response:
    """`GET /serve/engine/v1/shots?video_no=…&unique_id=…`: when the shots of a video begin, in ms."""
    context = own_context(request)

    def answer() -> object:
        video = asked_video(context, query_fields(request))
        found = [] if video is None or video.status != PARSE else context.library.store.moments.shots_of(video.video_id)
        return {"shots": found}

    return success(await run_in_threadpool(answer))


async def listen_again(request: Request) -> Response:
    """`POST /serve/engine/v1/listen_again`, without a body: also what another speech model has heard."""
    listening = own_context(request).library.listening
    return success({"videos": await run_in_threadpool(listening.ask)})


async def get_trial(request: Request) -> Response:
    """`GET /serve/engine/v1/trial`: the models of both sides, and how far those in use have gone through footage."""
    return success(await run_in_threadpool(_trial_of, own_context(request)))


async def set_trial(request: Request) -> Response:
    """`POST /serve/engine/v1/trial`: `{"on": true}` keeps the models before, `false` lets those in use answer."""
    context = own_context(request)
    is_on = JsonFields(await read_json(request, lenient=False), lenient=False).flag("on")
    if is_on is None:
        raise ApiError("The on parameter cannot be empty!")

    def change() -> object:
        context.trials.set(is_on)
        context.library.embedding.wake()
        return _trial_of(context)

    return success(await run_in_threadpool(change))


def _trial_of(context: Context) -> object:
    before, after = context.trials.models("before"), context.trials.models("after")
    progress = context.library.embedding.progress().values()
    return {
        "on": context.trials.is_on,
        "before": {"seen": _id_of(before.seen), "text": _id_of(before.text)},
        "after": {"seen": _id_of(after.seen), "text": _id_of(after.text)},
        "done": sum(done for done, _ in progress),
        "total": sum(total for _, total in progress),
    }


def _id_of(model: InstalledModel | None) -> str:
    return "" if model is None else model.model_id
