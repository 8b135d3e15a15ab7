"""Searches by picture: among the frames of all videos, and with a prompt inside one video (contract §7.2, §7.3)."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import IMAGE_SUFFIXES
from desktop_search.core.query import SIMILARITY_DEFAULT
from desktop_search.engine.http import rules, wire
from desktop_search.engine.http.context import Context, context_of, namespace_of
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.multipart import FilePart, FileRules, only
from desktop_search.engine.http.receiving import received
from desktop_search.engine.http.text_fields import TextFields
from desktop_search.engine.http.uploads import IMAGE_MAX_BYTES, part_type, wait_for
from desktop_search.engine.http.videos import asked_video
from desktop_search.engine.indexing.results import Vector
from desktop_search.engine.library.clips import clips_like
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import PARSE

PROMPT_MAX_CHARS = 4000


async def search_similar_images(request: Request) -> Response:
    """`POST /search_similar_images`. The picture itself is not kept, here and below."""
    context = context_of(request)
    vector, fields, similarity = await asked_picture(request, context)

    def answer() -> object:
        namespace = namespace_of(context, fields.text("unique_id"), fields.integer("folder_id"))
        context.library.use_namespace(namespace)
        return [wire.frame(hit) for hit in context.search.alike(vector, Filters(namespace), similarity)]

    return success(await run_in_threadpool(answer))


async def asked_picture(request: Request, context: Context) -> tuple[Vector, TextFields, float]:
    """The look of the picture in a request, its other fields, and how similar frames have to be."""
    async with received(request, _one_picture(context)) as body:
        part = only(body.files, "file")
        fields = TextFields(body.fields)
        similarity = fields.number("similarity")
        similarity = SIMILARITY_DEFAULT if similarity is None else similarity
        if not 0 <= similarity <= 1:
            raise ApiError("The similarity parameter must be between 0 and 1.")
        return await _look_of(context, part), fields, similarity


async def search_clips_by_image(request: Request) -> Response:
    """`POST /search_clips_by_image`: nothing is found in a video that is not indexed yet."""
    context = context_of(request)
    async with received(request, _one_picture(context)) as body:
        part = only(body.files, "file")
        fields = TextFields(body.fields)
        prompt = rules.at_most("prompt", fields.text("prompt") or "", PROMPT_MAX_CHARS)
        if not prompt.strip():
            raise ApiError("The prompt parameter cannot be empty!")
        video = await run_in_threadpool(asked_video, context, fields)
        if video is None:
            raise ApiError("video not found")
        vector = await _look_of(context, part)
    if video.status != PARSE:
        return success([])

    def answer() -> object:
        found = clips_like(context.library.store, context.search, video, vector, prompt)
        return [wire.clip(match, video) for match in found]

    return success(await run_in_threadpool(answer))


def _one_picture(context: Context) -> FileRules:
    return FileRules(
        "file", IMAGE_SUFFIXES, part_type("image/", context), IMAGE_MAX_BYTES, 1, context.library.files.new_incoming
    )


async def _look_of(context: Context, part: FilePart) -> Vector:
    """The look vector of a picture that was received."""
    try:
        vector: Vector = await wait_for(context.library.indexer.picture(part.path, part.file_name))
    except FileProblem as error:
        raise ApiError(str(error)) from None
    return vector
