"""`POST /search_similar_images`: a picture against the frames of videos (contract §7.2)."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import IMAGE_SUFFIXES
from desktop_search.core.query import SIMILARITY_DEFAULT
from desktop_search.engine.http import wire
from desktop_search.engine.http.context import context_of, namespace_of
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.multipart import FileRules, only
from desktop_search.engine.http.receiving import received
from desktop_search.engine.http.text_fields import TextFields
from desktop_search.engine.http.uploads import IMAGE_MAX_BYTES, wait_for
from desktop_search.engine.indexing.results import Vector


async def search_similar_images(request: Request) -> Response:
    """Answer a search by picture; the picture itself is not kept."""
    context = context_of(request)
    accepted = FileRules("file", IMAGE_SUFFIXES, "image/", IMAGE_MAX_BYTES, 1, context.library.files.new_incoming)
    async with received(request, accepted) as body:
        part = only(body.files, "file")
        fields = TextFields(body.fields)
        similarity = fields.number("similarity")
        similarity = SIMILARITY_DEFAULT if similarity is None else similarity
        if not 0 <= similarity <= 1:
            raise ApiError("The similarity parameter must be between 0 and 1.")
        try:
            vector: Vector = await wait_for(context.library.indexer.picture(part.path, part.file_name))
        except FileProblem as error:
            raise ApiError(str(error)) from None

    def answer() -> object:
        namespace = namespace_of(context, fields.text("unique_id"), fields.integer("folder_id"))
        context.library.use_namespace(namespace)
        return [wire.frame(hit) for hit in context.search.alike(vector, namespace, similarity)]

    return success(await run_in_threadpool(answer))
