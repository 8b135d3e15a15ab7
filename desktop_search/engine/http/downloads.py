"""Files out of the library (contract §9.6, §9.7). Paths are made from numbers and rows, never from a client's text."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.media_types import IMAGE_TYPES
from desktop_search.engine.http import places
from desktop_search.engine.http.context import Context, context_of, namespace_of
from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.places import IMAGE_BUCKET, Kind
from desktop_search.engine.http.ranges import RangedFile
from desktop_search.engine.http.text_fields import query_fields
from desktop_search.engine.library.accounts import PUBLIC_SCOPE
from desktop_search.engine.library.ids import public_id_of, video_id_of
from desktop_search.engine.library.library import clean_name
from desktop_search.engine.store.rows import Video


async def download_video(request: Request) -> Response:
    """`POST /download`: the bytes of one video, or an envelope that says why not. Public ones are in no namespace."""
    context = context_of(request)
    fields = JsonFields(await read_json(request, lenient=context.manner.lenient), lenient=context.manner.lenient)
    video_no = fields.text("video_no")
    if not video_no:
        raise ApiError("The video_no parameter cannot be empty!")

    def find() -> tuple[Video | None, Path | None]:
        number, namespace = public_id_of(video_no), PUBLIC_SCOPE
        if number is None:
            number = video_id_of(video_no)
            namespace = namespace_of(context, fields.text("unique_id"), fields.integer("folder_id"))
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
    path, kind = await run_in_threadpool(_object, context, bucket, blob)
    if path is None:
        raise ApiError("Resource does not exist")
    return _file(path, Path(blob).name, kind)


async def signed_image(request: Request) -> Response:
    """An image by its signed address, without the key."""
    context = context_of(request)
    fields, blob = query_fields(request), str(request.path_params["blob"])
    if not context.signer.allows(blob, fields.text("expires") or "", fields.text("signature") or ""):
        raise ApiError("This address has expired or was changed.", http_status=403)
    path, kind = await run_in_threadpool(partial(_object, context, IMAGE_BUCKET, blob, of_any_account=True))
    if path is None:
        raise ApiError("Resource does not exist")
    return _file(path, blob, kind)


def _object(context: Context, bucket: str, blob: str, *, of_any_account: bool = False) -> tuple[Path | None, str]:
    """The file of an object and its type; none where it belongs to another account."""
    place = places.named(bucket, blob)
    if place is None:
        return None, ""
    library = context.library
    if place.kind is Kind.IMAGE:
        image = library.store.images.get(place.row_id)
        if image is None or image.suffix != place.suffix or not (of_any_account or context.owns(image)):
            return None, ""
        return _existing(library.files.image(image.image_id, image.suffix)), IMAGE_TYPES[image.suffix]
    video = library.store.videos.get(place.row_id)
    if video is None or video.is_public != place.public or not (video.is_public or context.owns(video)):
        return None, ""
    if place.kind is Kind.KEYFRAME:
        return _existing(library.files.keyframe(video.video_id, place.at_ms)), "image/jpeg"
    matches = video.file is not None and video.file.suffix.lower() == place.suffix
    return _existing(video.file if matches else None), "application/octet-stream"


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
