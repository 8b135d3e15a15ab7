"""Answers as the service of 2025 gave them (contract §18), for those who want to see how their client takes them.

Everything that is different then is in this file, but for numbers as text and `FAIL` (`Manner`), which have switches of
their own.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from desktop_search.engine.http.envelope import OK, answer
from desktop_search.engine.http.json_fields import read_body
from desktop_search.engine.scraping.platforms import TIKTOK, Platforms

Handler = Callable[[Request], Awaitable[Response]]
_Quirk = Callable[[Any, str], Any]  # the data, and the search type that was asked for; what to answer in its stead
_ADDITIONS = {
    "startMs", "endMs", "indexPermille", "taskStatus", "failures", "fetchPermille", "transcriptSource",
    "transcriptLanguage", "notes", "screen_text", "frameRate",
}  # fmt: skip
_BUCKETS = ("video_bucket", "video_blob", "keyframe_bucket", "keyframe_blob")
_NOT_LISTED = ("video_url", "fps", "width", "height", "keyframe_bucket", "keyframe_blob")
_NOT_YET_KNOWN = ("size", "fps", "width", "height", "resolution_label")
_PLATFORMS = Platforms()


def as_in_2025(path: str, method: str, handler: Handler) -> Handler:
    """The handler of a path, answering as it did then."""
    quirk = _QUIRKS.get(path)
    if quirk is None:
        return handler

    async def handle(request: Request) -> Response:
        search_type = ""
        if path in _DEFAULT_TYPES:
            request, search_type = await _asked_type(request, _DEFAULT_TYPES[path])
        response = await handler(request)
        envelope = json.loads(bytes(response.body)) if response.media_type == "application/json" else {}
        if envelope.get("code") != OK:
            return response
        data = None if envelope["data"] is None else quirk(_without_additions(envelope["data"]), search_type)
        return answer(OK, envelope["msg"], data, 200, failed_first=method == "GET")  # §18.7: the order varied

    return handle


async def _asked_type(request: Request, default: str) -> tuple[Request, str]:
    """The `search_type` in a body, and the request to be read once more."""
    body = await read_body(request)

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        asked = json.loads(body).get("search_type")
    except (ValueError, AttributeError, RecursionError):
        asked = None
    return Request(request.scope, receive), asked or default


def _without_additions(data: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(data, dict):
        return {name: _without_additions(value) for name, value in data.items() if name not in _ADDITIONS}
    return [_without_additions(each) for each in data] if isinstance(data, list) else data


def _without(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}


def _uploaded_by_address(data: Any, _type: str) -> Any:  # noqa: ANN401
    """§18.4: no state, no time."""
    return {name: data[name] for name in ("videoNo", "videoName")}


def _found(data: Any, search_type: str) -> Any:  # noqa: ANN401
    """§18.2: hits of BY_VIDEO without times and scores. §18.10: no words with what is seen. §18.11: a leading blank."""
    if search_type == "BY_AUDIO":
        return [each | {"audio_ts": f" {each['audio_ts']}"} for each in data]
    if search_type not in ("BY_VIDEO", "BY_CLIP"):
        return data
    seen = [_without(each, "audio_ts") for each in data]
    if search_type == "BY_CLIP":
        return seen
    return [_without(each, "score") | {"startTime": "null", "endTime": "null"} for each in seen]


def _found_publicly(data: Any, search_type: str) -> Any:  # noqa: ANN401
    """BY_CLIP is another word for BY_VIDEO there."""
    return _found(data, "BY_AUDIO" if search_type == "BY_AUDIO" else "BY_VIDEO")


def _frames(data: Any, _type: str) -> Any:  # noqa: ANN401
    """§18.4: neither an end nor a place."""
    return [_without(each, *_BUCKETS) for each in data]


def _phrases(data: Any, _type: str) -> Any:  # noqa: ANN401
    """§18.11: a leading blank. §18.7: the rows first."""
    rows = [each | {"audio_ts": f" {each['audio_ts']}"} for each in data["videos"]]
    return {"videos": rows} | _without(data, "videos")


def _page(data: Any, _type: str) -> Any:  # noqa: ANN401
    """§18.7: the rows first. What other calls tell is no part of a list."""
    rows = [_record(_without(each, *_NOT_LISTED), "") for each in data["videos"]]
    return {"videos": rows} | _without(data, "videos")


def _record(data: Any, _type: str) -> Any:  # noqa: ANN401
    """§18.2: the word "null" for a cause. §18.5: no duration of a failure, and a blank behind its cause."""
    if data["status"] == "FAIL":
        return data | {"duration": "0", "cause": f"{data['cause']} "}
    return data | {"cause": "null"}


def _transcript(data: Any, _type: str) -> Any:  # noqa: ANN401
    """§18.11: a leading blank."""
    return data | {"transcriptions": [each | {"content": f" {each['content']}"} for each in data["transcriptions"]]}


def _task(data: Any, _type: str) -> Any:  # noqa: ANN401
    """§18.3: real nulls. §18.17: a page of the player instead of the post."""
    return {"videos": [each | dict.fromkeys(_NOT_YET_KNOWN) | _player_page(each) for each in data["videos"]]}


def _player_page(video: dict[str, Any]) -> dict[str, Any]:
    address = video["video_url"] or ""
    if _PLATFORMS.of(address) != TIKTOK:
        return {}
    number = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    return {"video_url": f"https://www.tiktok.com/player/v1/{number}"}


_QUIRKS: dict[str, _Quirk] = {
    "/upload_url": _uploaded_by_address,
    "/search": _found,
    "/search_public": _found_publicly,
    "/search_similar_images": _frames,
    "/search_audio_transcripts": _phrases,
    "/search_public_audio_transcripts": _phrases,
    "/list_videos": _page,
    "/folders/videos": _page,
    "/get_metadata": _record,
    "/get_audio_transcription": _transcript,
    "/get_video_caption": _transcript,
    "/get_video_transcription": _transcript,
    "/get_public_audio_transcription": _transcript,
    "/get_public_video_transcription": _transcript,
    "/get_video_ids_by_task_id": _task,
}
_DEFAULT_TYPES = {"/search": "BY_CLIP", "/search_public": "BY_VIDEO"}
