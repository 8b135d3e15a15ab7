"""The library's lists: videos, metadata, transcripts, namespaces, deleting (contract §7.4, §9)."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.engine.http import rules, wire
from desktop_search.engine.http.context import Context, context_of, namespace_of
from desktop_search.engine.http.envelope import NOT_READABLE, ApiError, success
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.searches import video_ids
from desktop_search.engine.http.text_fields import TextFields, query_fields
from desktop_search.engine.library.ids import video_id_of
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import PARSE, Video

LIST_SIZE_DEFAULT, LIST_SIZE_MAX = 200, 1000
PHRASES_SIZE_DEFAULT, PHRASES_SIZE_MAX = 100, 500
DELETE_MAX = 100
PAGE_MAX = 1_000_000_000


async def list_videos(request: Request) -> Response:
    """`POST /list_videos`."""
    context = context_of(request)
    fields = JsonFields(await read_json(request, lenient=context.manner.lenient), lenient=context.manner.lenient)
    return success(await run_in_threadpool(_page, context, fields))


def _page(context: Context, fields: JsonFields) -> object:
    page, size = fields.integer("page"), fields.integer("size")
    page = rules.within("page", 1 if page is None else page, 1, PAGE_MAX)
    size = min(rules.within("size", LIST_SIZE_DEFAULT if size is None else size, 1, None), LIST_SIZE_MAX)
    latitude, longitude = fields.number("latitude"), fields.number("longitude")
    rules.check_place(latitude, longitude)
    status = fields.choice("status", tuple(rules.STATUSES))
    filters = Filters(
        namespace_of(context, fields.text("unique_id"), fields.integer("folder_id")),
        video_ids=_chosen(fields),
        statuses=(rules.STATUSES[status],) if status else (),
        name=fields.text("video_name") or None,
        tag=fields.text("tag") or "",
        camera=fields.text("camera_model") or "",
        taken_after_ms=fields.integer("datetime_taken"),
        latitude=latitude,
        longitude=longitude,
    )
    context.library.use_namespace(filters.namespace)
    videos, total = context.library.store.videos.page(filters, page=page, size=size)
    total_count: object = str(total) if context.manner.string_numbers else total
    rows = wire.listed_page(videos, context)
    return {"current_page": page, "page_size": size, "total_count": total_count, "videos": rows}


def _chosen(fields: JsonFields) -> tuple[int, ...] | None:
    """`video_no` and `video_nos`, combined with AND."""
    one, several = fields.text("video_no"), video_ids(fields.texts("video_nos"))
    if not one:
        return several
    number = video_id_of(one)
    return () if number is None or (several is not None and number not in several) else (number,)


async def get_metadata(request: Request) -> Response:
    """`GET /get_metadata`: data is null where there is no such video in the namespace."""
    context = context_of(request)
    video = await run_in_threadpool(asked_video, context, query_fields(request))
    return success(None if video is None else wire.described(video, context))


async def get_audio_transcription(request: Request) -> Response:
    """`GET /get_audio_transcription`: data is null while not ready, without sound, and where nothing is said."""
    context = context_of(request)

    def answer() -> object:
        video = asked_video(context, query_fields(request))
        return None if video is None else transcript_of(context, video)

    return success(await run_in_threadpool(answer))


def transcript_of(context: Context, video: Video) -> object:
    """What is said in a video; `None` while nothing is known."""
    lines = context.library.store.moments.spoken_in([video.video_id]) if video.status == PARSE else []
    return wire.transcript(video, lines) if lines else None


def asked_video(context: Context, fields: TextFields) -> Video | None:
    """The video that a query string names by `video_no`, if it lives in the namespace."""
    video_no = fields.text("video_no")
    if not video_no:
        raise ApiError("The video_no parameter cannot be empty!")
    namespace = namespace_of(context, fields.text("unique_id"), fields.integer("folder_id"))
    number = video_id_of(video_no)
    return None if number is None else context.library.store.videos.get(number, namespace)


async def search_audio_transcripts(request: Request) -> Response:
    """`GET /search_audio_transcripts`."""
    context, fields = context_of(request), query_fields(request)

    def answer() -> object:
        namespace = namespace_of(context, fields.text("unique_id"))
        context.library.use_namespace(namespace)
        return page_of_phrases(context, fields, namespace)

    return success(await run_in_threadpool(answer))


def page_of_phrases(context: Context, fields: TextFields, namespace: str) -> object:
    """One page of the lines of a namespace that hold a phrase."""
    phrase = fields.text("query") or ""
    if not phrase.strip():
        raise ApiError("The query parameter cannot be empty!")
    page, size = fields.integer("page"), fields.integer("page_size")
    page = rules.within("page", 1 if page is None else page, 1, PAGE_MAX)
    size = rules.within("page_size", PHRASES_SIZE_DEFAULT if size is None else size, 1, PHRASES_SIZE_MAX)
    store = context.library.store
    lines, total = store.phrases.find(phrase, namespace, page=page, size=size)
    found = store.videos.some({line.video_id for line in lines})
    rows = [wire.spoken(line, found[line.video_id]) for line in lines if line.video_id in found]
    return {"current_page": page, "page_size": size, "total_count": str(total), "videos": rows}


async def delete_videos(request: Request) -> Response:
    """`POST /delete_videos`: unknown ids, and ids of other namespaces, are skipped."""
    context = context_of(request)
    fields = query_fields(request)
    ids, unique_id = await read_json(request, lenient=context.manner.lenient), fields.text("unique_id")
    if context.manner.lenient and isinstance(ids, dict):
        given = JsonFields(ids, lenient=True)
        unique_id = unique_id or given.text("unique_id")
        ids = given.texts("video_nos" if "video_nos" in ids else "video_no")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise ApiError("JSON parse error: the request body must be an array of strings.", NOT_READABLE)
    if not 1 <= len(ids) <= DELETE_MAX:
        raise ApiError(f"Between 1 and {DELETE_MAX} videos can be deleted at a time.")
    namespace = namespace_of(context, unique_id, fields.integer("folder_id"))
    numbers = [number for each in ids if (number := video_id_of(each)) is not None]
    await run_in_threadpool(context.library.delete_videos, numbers, namespace)
    return success(None)


async def list_unique_ids(request: Request) -> Response:
    """`GET /list_unique_ids`."""
    context = context_of(request)
    scopes = await run_in_threadpool(context.library.store.namespaces.names)
    return success({"unique_ids": [name for each in scopes if (name := context.name(each)) is not None]})
