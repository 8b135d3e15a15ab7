"""What is seen in one video, segment by segment, in sentences (contract §9.5)."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.engine.http import wire
from desktop_search.engine.http.context import Context, context_of
from desktop_search.engine.http.envelope import success
from desktop_search.engine.http.text_fields import query_fields
from desktop_search.engine.http.videos import asked_video
from desktop_search.engine.store.rows import PARSE, Video


async def get_video_caption(request: Request) -> Response:
    """`GET /get_video_caption`, and its old name: data is null while not ready, and for an unknown video."""
    context = context_of(request)

    def answer() -> object:
        video = asked_video(context, query_fields(request))
        return None if video is None else captions_of(context, video)

    return success(await run_in_threadpool(answer))


def captions_of(context: Context, video: Video) -> object:
    """What is seen in a video; `None` while nothing is known."""
    segments = list(context.library.store.moments.segments_of([video.video_id])) if video.status == PARSE else []
    return wire.captions(video, segments) if segments else None
