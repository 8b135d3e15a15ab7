"""What answers hold (contract §5 to §10): the schemas that operations refer to by name."""

from __future__ import annotations

from desktop_search.engine.http.openapi.model import Json, component, list_of, object_of, or_null
from desktop_search.engine.store.rows import FAILED, PARSE, UNPARSE

TEXT: Json = {"type": "string"}
WHOLE: Json = {"type": "integer", "format": "int64"}
NUMBER: Json = {"type": "number"}
NOTHING: Json = {"type": "null"}
_SECONDS: Json = {"type": "string", "pattern": "^[0-9]+$", "description": "whole seconds from the start of the video"}
_EXACT: Json = {"type": "integer", "format": "int64", "description": "milliseconds; an addition of this engine"}
_SCORE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_PLACES: Json = dict.fromkeys(("video_bucket", "video_blob", "keyframe_bucket", "keyframe_blob"), TEXT)
_DETAILS: Json = {"datetime_taken": WHOLE, "camera_model": TEXT, "latitude": NUMBER, "longitude": NUMBER}
_NAMED: Json = {"videoNo": TEXT, "videoName": TEXT}
_VIDEO: Json = {
    "video_no": TEXT,
    "video_name": TEXT,
    "duration": WHOLE,
    "size": WHOLE,
    "status": {"type": "string", "enum": [UNPARSE, PARSE, FAILED]},
    "create_time": WHOLE,
    "cause": TEXT,
    "indexPermille": {"type": "integer", "minimum": 0, "maximum": 1000},
    "tags": list_of(TEXT),
    "video_url": TEXT,
    "bucket": TEXT,
    "blob": TEXT,
    "keyframe_bucket": TEXT,
    "keyframe_blob": TEXT,
    "fps": WHOLE,
    "width": WHOLE,
    "height": WHOLE,
    "frameRate": {"type": "string", "description": "the exact fraction behind fps; an addition of this engine"},
    **_DETAILS,
}
_ADDED: Json = {"transcriptSource": TEXT, "transcriptLanguage": TEXT, "notes": list_of(TEXT)}
_IMPORTED: Json = {name: or_null(WHOLE) for name in ("duration", "fps", "width", "height")}
_IMPORTED |= {name: or_null(TEXT) for name in ("video_url", "resolution_label")}
_FAILURE: Json = {"video_url": TEXT, "cause": TEXT}
_LINE: Json = {
    "index": WHOLE,
    "content": TEXT,
    "startTime": _SECONDS,
    "endTime": _SECONDS,
    "startMs": _EXACT,
    "endMs": _EXACT,
}
_ALWAYS = ("video_no", "video_name", "duration", "size", "status", "create_time")


def _page(rows: str, schema: Json, total: Json) -> Json:
    names = ("current_page", "page_size", "total_count", rows)
    return object_of(dict(zip(names, (WHOLE, WHOLE, total, list_of(schema)), strict=True)), names)


SCHEMAS: Json = {
    "Uploaded": object_of(_NAMED | {"videoStatus": TEXT, "uploadTime": TEXT}, ("videoNo", "videoName")),
    "Video": object_of(_VIDEO, _ALWAYS),
    "Metadata": object_of(
        _VIDEO | {"resolution_label": TEXT} | _ADDED,
        _ALWAYS,
    ),
    "Imported": object_of(
        {
            "videos": list_of(object_of(_VIDEO | _IMPORTED, ("video_no", "video_name", "status", *_IMPORTED))),
            "taskStatus": {"type": "string", "enum": ["RUNNING", "DONE", "FAILED"]},
            "failures": list_of(object_of(_FAILURE, tuple(_FAILURE))),
            "fetchPermille": {"type": "integer", "minimum": 0, "maximum": 1000},
        },
        ("videos",),
    ),
    "VideoPage": _page("videos", component("Video"), WHOLE),
    "Moment": object_of(
        _NAMED
        | {"startTime": _SECONDS, "endTime": _SECONDS, "startMs": _EXACT, "endMs": _EXACT}
        | {"score": _SCORE, "audio_ts": TEXT, "screen_text": TEXT}
        | _PLACES,
        ("videoNo", "videoName", "startTime", "endTime", "score"),
    ),
    "Caption": object_of(
        {"video_no": TEXT, "text": TEXT, "vector": list_of(NUMBER), "user_id": TEXT}
        | {"start_time": NUMBER, "end_time": NUMBER, "score": _SCORE},
        ("video_no", "text", "start_time", "end_time", "score"),
    ),
    "Image": object_of(
        {"id": WHOLE, "name": TEXT, "img_url": TEXT, "score": _SCORE, "bucket": TEXT, "blob": TEXT} | _DETAILS,
        ("id", "name", "img_url", "score"),
    ),
    "ImagePage": _page("item", component("Image"), WHOLE),
    "Frame": object_of(
        _NAMED
        | {"startTime": _SECONDS, "endTime": _SECONDS, "startMs": _EXACT, "endMs": _EXACT, "score": _SCORE}
        | _PLACES,
        ("videoNo", "videoName", "startTime", "score"),
    ),
    "Clip": object_of(
        {"start_time": NUMBER, "end_time": NUMBER, "score": _SCORE, "video_bucket": TEXT, "video_blob": TEXT},
        ("start_time", "end_time", "score"),
    ),
    "Spoken": object_of(
        _NAMED | {"startTime": _SECONDS, "startMs": _EXACT, "endMs": _EXACT, "audio_ts": TEXT} | _PLACES,
        ("videoNo", "videoName", "startTime", "audio_ts"),
    ),
    "SpokenPage": _page("videos", component("Spoken"), {"type": "string", "pattern": "^[0-9]+$"}),
    "Transcript": or_null(
        object_of(
            {"videoNo": TEXT, "transcriptions": list_of(object_of(_LINE, ("index", "content"))), "createTime": TEXT}
            | _PLACES,
            ("videoNo", "transcriptions"),
        )
    ),
    "Folder": object_of({"folder_id": WHOLE, "folder_name": TEXT}, ("folder_id", "folder_name")),
    "Task": object_of({"taskId": TEXT}, ("taskId",)),
}
