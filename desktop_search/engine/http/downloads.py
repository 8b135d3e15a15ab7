"""Files out of the library (contract §9.6, §9.7). Paths are made from numbers and rows, never from a client's text."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.media_types import IMAGE_TYPES
from desktop_search.engine.http.context import Context, context_of, namespace_of
from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.ranges import RangedFile
from desktop_search.engine.http.text_fields import query_fields
from desktop_search.engine.http.wire import IMAGE_BUCKET, KEYFRAME_BUCKET, VIDEO_BUCKET
from desktop_search.engine.library.ids import row_id_of, video_id_of
from desktop_search.engine.library.library import clean_name
from desktop_search.engine.store.rows import Image, Video

_KEYFRAME = re.compile(r"(VI\d{1,19})/keyframe-(\d{9,12})\.jpg", re.ASCII)
_IMAGE = re.compile(r"([1-9]\d{0,18})(\.[a-z]{3,4})", re.ASCII)


async def download_video(request: Request) -> Response:
    """`POST /download`: the bytes of one video, or an envelope that says why not."""
    context = context_of(request)
    fields = JsonFields(await read_json(request, lenient=context.manner.lenient), lenient=context.manner.lenient)
    video_no = fields.text("video_no")
    if not video_no:
        raise ApiError("The video_no parameter cannot be empty!")

    def find() -> tuple[Video | None, Path | None]:
        namespace = namespace_of(context, fields.text("unique_id"), fields.integer("folder_id"))
        number = video_id_of(video_no)
        video = None if number is None else context.library.store.videos.get(number, namespace)
        return video, _existing(video.file if video else None)

    video, path = await run_in_threadpool(find)
    if video is not None and video.in_place and path is None:
        raise ApiError(f"The file is away: {clean_name(str(video.file))}. Was it moved, or its drive unplugged?")
    if video is None or path is None:
        raise ApiError("video not found")
    return _file(path, f"{video.name}{path.suffix}", "application/octet-stream")


async def download_blob(request: Request) -> Response:
    """`GET /download`: any object that another answer named by bucket and blob."""
    context = context_of(request)
    fields = query_fields(request)
    bucket, blob = fields.text("bucket"), fields.text("blob")
    if not bucket:
        raise ApiError("Bucket cannot be null or empty")
    if not blob:
        raise ApiError("Blob cannot be null or empty")
    path, kind = await run_in_threadpool(_own_object, context, bucket, blob)
    if path is None:
        raise ApiError("Resource does not exist")
    return _file(path, Path(blob).name, kind)


async def signed_image(request: Request) -> Response:
    """An image by its signed address, without the key."""
    context = context_of(request)
    fields, blob = query_fields(request), str(request.path_params["blob"])
    if not context.signer.allows(blob, fields.text("expires") or "", fields.text("signature") or ""):
        raise ApiError("This address has expired or was changed.", http_status=403)
    path, kind = await run_in_threadpool(_object, context, IMAGE_BUCKET, blob)
    if path is None:
        raise ApiError("Resource does not exist")
    return _file(path, blob, kind)


def _own_object(context: Context, bucket: str, blob: str) -> tuple[Path | None, str]:
    """An object, unless it belongs to another account."""
    store = context.library.store
    if bucket == IMAGE_BUCKET:
        match = _IMAGE.fullmatch(blob)
        image_id = row_id_of(match.group(1)) if match else None
        item: Image | Video | None = None if image_id is None else store.images.get(image_id)
    else:
        video_id = video_id_of(re.split("[./]", blob, maxsplit=1)[0])
        item = None if video_id is None else store.videos.get(video_id)
    return _object(context, bucket, blob) if context.owns(item) else (None, "")


def _object(context: Context, bucket: str, blob: str) -> tuple[Path | None, str]:
    library = context.library
    if bucket == VIDEO_BUCKET:
        stem, _, suffix = blob.partition(".")
        number = video_id_of(stem)
        video = None if number is None else library.store.videos.get(number)
        file = video.file if video is not None else None
        matches = file is not None and file.suffix.lower() == f".{suffix}"
        return _existing(file if matches else None), "application/octet-stream"
    if bucket == KEYFRAME_BUCKET and (match := _KEYFRAME.fullmatch(blob)):
        number = video_id_of(match.group(1))
        return _existing(library.files.keyframe(number, int(match.group(2))) if number else None), "image/jpeg"
    if bucket == IMAGE_BUCKET and (match := _IMAGE.fullmatch(blob)):
        image_id = row_id_of(match.group(1))
        image = None if image_id is None else library.store.images.get(image_id)
        if image is not None and image.suffix == match.group(2):
            return _existing(library.files.image(image.image_id, image.suffix)), IMAGE_TYPES[image.suffix]
    return None, ""


def _existing(path: Path | None) -> Path | None:
    """The path, if a file that can be read is there now."""
    try:
        if path is None or not path.is_file():
            return None
        with path.open("rb"):
            return path
    except OSError:
        return None


def _file(path: Path, file_name: str, kind: str) -> Response:
    one_line = re.sub(r"[\x00-\x1f\x7f]", "_", file_name)
    return RangedFile(path, media_type=kind, filename=one_line, headers={"X-Content-Type-Options": "nosniff"})
