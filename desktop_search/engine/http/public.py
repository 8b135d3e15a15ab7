"""Searches of the public library, which all keys of the engine share (contract §8). `unique_id` means nothing here."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.engine.http import wire
from desktop_search.engine.http.captions import captions_of
from desktop_search.engine.http.context import Context, context_of
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.pictures import asked_picture
from desktop_search.engine.http.searches import asked_words, floor_of, top_k_of
from desktop_search.engine.http.text_fields import query_fields
from desktop_search.engine.http.videos import page_of_phrases, transcript_of
from desktop_search.engine.library.accounts import PUBLIC_SCOPE
from desktop_search.engine.library.ids import public_id_of
from desktop_search.engine.scraping.platforms import PLATFORMS, TIKTOK
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import Video

SEARCH_TYPES = ("BY_VIDEO", "BY_AUDIO", "BY_CLIP")


async def search_public(request: Request) -> Response:
    """`POST /search_public`."""
    context = context_of(request)
    fields = JsonFields(await read_json(request, lenient=context.manner.lenient), lenient=context.manner.lenient)
    return success(await run_in_threadpool(_answer, context, fields))


def _answer(context: Context, fields: JsonFields) -> object:
    query = asked_words(fields)
    if fields.text("search_type") == "BY_IMAGE":
        raise ApiError("There are no images in the public library; search_type must not be BY_IMAGE.")
    search_type = fields.choice("search_type", SEARCH_TYPES)
    limit, floor = top_k_of(fields), floor_of(fields)
    filters = _of_platform(fields.text("type"))
    find = context.search.said if search_type == "BY_AUDIO" else context.search.seen
    return [wire.moment(hit) for hit in find(query, filters, floor=floor, limit=limit)]


async def search_public_similar_images(request: Request) -> Response:
    """`POST /search_public_similar_images`."""
    context = context_of(request)
    vector, fields, similarity = await asked_picture(request, context)
    filters = _of_platform(fields.text("type"))
    found = await run_in_threadpool(context.search.alike, vector, filters, similarity)
    return success([wire.frame(hit) for hit in found])


async def search_public_audio_transcripts(request: Request) -> Response:
    """`GET /search_public_audio_transcripts`: of all platforms."""
    context = context_of(request)
    return success(await run_in_threadpool(page_of_phrases, context, query_fields(request), PUBLIC_SCOPE))


def _of_platform(word: str | None) -> Filters:
    """An unknown word quietly falls back."""
    return Filters(PUBLIC_SCOPE, platform=word if word in PLATFORMS else TIKTOK)


async def get_public_audio_transcription(request: Request) -> Response:
    """`GET /get_public_audio_transcription`, an old name: what is said in a public video."""
    return await _of_video(request, transcript_of)


async def get_public_video_transcription(request: Request) -> Response:
    """`GET /get_public_video_transcription`, an old name: what is seen in a public video."""
    return await _of_video(request, captions_of)


async def _of_video(request: Request, describe: Callable[[Context, Video], object]) -> Response:
    context = context_of(request)

    def answer() -> object:
        video_no = query_fields(request).text("video_no")
        if not video_no:
            raise ApiError("The video_no parameter cannot be empty!")
        number = public_id_of(video_no)
        video = None if number is None else context.library.store.videos.get(number, PUBLIC_SCOPE)
        return None if video is None else describe(context, video)

    return success(await run_in_threadpool(answer))
