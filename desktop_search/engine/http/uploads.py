"""Uploads of files: one video, or several images (contract §5.1, §5.3)."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Any, Protocol

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import CAMERA_MAX_CHARS, IMAGE_SUFFIXES, TAGS_MAX_IMAGE, TAGS_MAX_VIDEO, VIDEO_SUFFIXES
from desktop_search.engine.http import rules, wire
from desktop_search.engine.http.context import Context, context_of, namespace_of, refuse_legacy
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.multipart import FileRules, only
from desktop_search.engine.http.receiving import received
from desktop_search.engine.http.text_fields import TextFields
from desktop_search.engine.library.library import NewImage
from desktop_search.engine.store.rows import Details

VIDEO_MAX_BYTES, IMAGE_MAX_BYTES = 3 << 30, 20 << 20  # "GB" and "MB" read generously
IMAGES_PER_REQUEST = 50
CALLBACK_MAX_CHARS, PROMPT_MAX_CHARS = 299, 4000
_IMAGES_WAIT_S = 60.0  # images have no state on the wire: answer once they are searchable, within reason


async def upload(request: Request) -> Response:
    """`POST /upload`."""
    context = context_of(request)
    type_prefix = part_type("video/", context)
    accepted = FileRules("file", VIDEO_SUFFIXES, type_prefix, VIDEO_MAX_BYTES, 1, context.library.files.new_incoming)
    async with received(request, accepted) as body:
        part = only(body.files, "file")

        def store() -> object:
            details = details_of(context, TextFields(body.fields))
            return wire.uploaded(context.library.add_received(part.path, part.file_name, details))

        return success(await run_in_threadpool(store))


async def upload_img(request: Request) -> Response:
    """`POST /upload_img`: all or none."""
    context = context_of(request)
    accepted = FileRules(
        "files",
        IMAGE_SUFFIXES,
        part_type("image/", context),
        IMAGE_MAX_BYTES,
        IMAGES_PER_REQUEST,
        context.library.files.new_incoming,
    )
    async with received(request, accepted) as body:
        only(body.files, "files")
        images = [NewImage(part.path, part.file_name) for part in body.files]

        def store() -> tuple[list[int], list[Future[Any]]]:
            details = details_of(context, TextFields(body.fields), tags_max=TAGS_MAX_IMAGE)
            return context.library.add_images(images, details)

        ids, indexed = await run_in_threadpool(store)
    try:
        with anyio.move_on_after(_IMAGES_WAIT_S):
            for future in indexed:
                await wait_for(future)
    except FileProblem as error:
        await run_in_threadpool(context.library.take_back_images, ids)
        raise ApiError(str(error)) from None
    return success([{"id": image_id} for image_id in ids])


async def wait_for(future: Future[Any]) -> Any:  # noqa: ANN401 - whatever the future holds
    """The result of a future of another thread, without holding up a thread."""
    return await asyncio.shield(asyncio.wrap_future(future))


def part_type(prefix: str, context: Context) -> str:
    """What the type of a file part begins with; lenient mode takes any, for some HTTP libraries send none."""
    return "" if context.manner.lenient else prefix


class Texts(Protocol):
    """Fields of any encoding."""

    def text(self, name: str) -> str | None: ...  # noqa: D102


def callback_of(fields: Texts) -> str:
    """The address to be told; "" for none. It goes by two names in the contract (§20, C8)."""
    address = fields.text("callback") or fields.text("callback_url") or ""
    return rules.web_address("callback", address, CALLBACK_MAX_CHARS)


def details_of(context: Context, fields: TextFields, *, tags_max: int = TAGS_MAX_VIDEO) -> Details:
    """The optional fields that all uploads share."""
    tags = fields.texts("tags")
    if len(tags) > tags_max:
        raise ApiError(f"The tags parameter must not hold more than {tags_max} tags.")
    latitude, longitude = fields.number("latitude"), fields.number("longitude")
    rules.check_place(latitude, longitude)
    taken = fields.text("datetime_taken")
    refuse_legacy(folder_id := fields.integer("folder_id"))
    return Details(
        namespace=namespace_of(context, fields.text("unique_id"), folder_id),
        tags=tuple(dict.fromkeys(tags)),
        camera=rules.at_most("camera_model", fields.text("camera_model") or "", CAMERA_MAX_CHARS),
        taken_ms=None if taken is None else rules.taken_ms(taken),
        latitude=latitude,
        longitude=longitude,
        retain=fields.flag("retain_original_video", default=True),
        callback=callback_of(fields),
        prompt=rules.at_most(
            "video_transcription_prompt", fields.text("video_transcription_prompt") or "", PROMPT_MAX_CHARS
        ),
    )
