"""From the library's words to the words of the wire: the casing tables of the contract (§2, §7, §9)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from desktop_search.engine.encoders.sentence import sentence
from desktop_search.engine.http import places
from desktop_search.engine.http.context import Context, Manner
from desktop_search.engine.http.signing import SIGNED_PREFIX
from desktop_search.engine.library import times
from desktop_search.engine.library.clips import ClipMatch
from desktop_search.engine.library.search import FrameMatch, ImageMatch, Moment
from desktop_search.engine.store.rows import FAILED, UNPARSE, SegmentRow, SpokenLine, Video

Json = dict[str, Any]


def uploaded(video: Video) -> Json:
    """The answer to an upload."""
    return {
        "videoNo": video.video_no,
        "videoName": video.name,
        "videoStatus": video.status,
        "uploadTime": str(video.created_ms),
    }


def listed(video: Video, context: Context) -> Json:
    """One row of the list (§9.1).

    Additions: `width`, `height` and `fps`, which elsewhere only the metadata tell; `frameRate`, the exact fraction
    behind `fps`; and, while the video is being indexed, `indexPermille`.
    """
    number = _number(context.manner)
    record: Json = {
        "video_no": video.video_no,
        "video_name": video.name,
        "duration": number(round((video.duration_ms or 0) / 1000)),
        "size": number(video.size_bytes),
        "status": context.manner.failed_word if video.status == FAILED else video.status,
        "create_time": number(video.created_ms),
    }
    if video.status == FAILED:
        record["cause"] = video.cause
    if video.status == UNPARSE:
        record["indexPermille"] = context.library.indexer.permille(video.video_id) or 0
    if video.taken_ms is not None:
        record["datetime_taken"] = number(video.taken_ms)
    if video.camera:
        record["camera_model"] = video.camera
    if video.latitude is not None:
        record |= {"latitude": video.latitude, "longitude": video.longitude}
    if video.tags:
        record["tags"] = list(video.tags)
    if video.post is not None:
        record["video_url"] = video.post.url
    if video.width and video.height:
        record |= {"width": number(video.width), "height": number(video.height)}
    if video.fps:
        record |= {"fps": number(round(Fraction(video.fps))), "frameRate": video.fps}
    return record | _place(video, "bucket", "blob")


def listed_page(videos: Sequence[Video], context: Context) -> list[Json]:
    """Rows of the list, with a further addition: `keyframe_bucket` and `keyframe_blob`, a picture of each."""
    pictures = context.library.store.moments.first_keyframes(video.video_id for video in videos)
    return [listed(video, context) | _picture(video, pictures.get(video.video_id)) for video in videos]


def _picture(video: Video, keyframe_ms: int | None) -> Json:
    if keyframe_ms is None:
        return {}
    bucket, blob = places.of_keyframe_at(video.video_id, keyframe_ms, public=video.is_public)
    return {"keyframe_bucket": bucket, "keyframe_blob": blob}


def described(video: Video, context: Context) -> Json:
    """The metadata of one video (§9.2). Where its transcript comes from, and the notes, are additions."""
    record = listed(video, context)
    record.pop("video_url", None)
    if video.width and video.height:
        record["resolution_label"] = f"{min(video.width, video.height)}P"
    if video.said_by:
        record |= {"transcriptSource": video.said_by, "transcriptLanguage": video.language}
    if video.notes:
        record["notes"] = list(video.notes)
    return record


def imported(video: Video, context: Context) -> Json:
    """A video that a task brought (§9.3): what is not known yet is null."""
    known, number = described(video, context), _number(context.manner)
    names = ("video_no", "video_name", "status", "create_time")
    record: Json = {name: known[name] for name in names}
    record["video_url"] = video.post.url if video.post else None
    record["duration"] = None if video.duration_ms is None else number(round(video.duration_ms / 1000))
    record["size"] = number(video.size_bytes)
    record |= {name: known.get(name) for name in ("fps", "width", "height", "resolution_label")}
    if "cause" in known:
        record["cause"] = known["cause"]
    return record | _place(video, "bucket", "blob")


def moment(hit: Moment) -> Json:
    """A hit by words (§7.1 a).

    Additions: `startMs` and `endMs`, the exact times behind the whole seconds, and `screen_text`, what is written there
    where words of the query are in it.
    """
    if hit.segment is None:
        start_s, end_s = times.speech_start_s(hit.start_ms), times.speech_end_s(hit.end_ms)
    else:
        start_s, end_s = (edge(hit.start_ms, hit.end_ms) for edge in (times.shot_start_s, times.shot_end_s))
    record: Json = {
        "videoNo": hit.video.video_no,
        "videoName": hit.video.name,
        "startTime": str(start_s),
        "endTime": str(end_s),
        "startMs": hit.start_ms,
        "endMs": hit.end_ms,
        "score": hit.score,
    }
    if hit.text:
        record["audio_ts"] = hit.text
    if hit.read:
        record["screen_text"] = hit.read
    return record | _place(hit.video, "video_bucket", "video_blob") | _keyframe(hit.segment, hit.video)


def caption(hit: Moment) -> Json:
    """A hit by words in its caption form (§7.1 c)."""
    return {
        "video_no": hit.video.video_no,
        "text": _sentence(hit.segment) if hit.segment is not None else hit.text,
        "vector": [],
        "user_id": hashlib.md5(hit.video.namespace.encode(), usedforsecurity=False).hexdigest(),
        "start_time": hit.start_ms / 1000,
        "end_time": hit.end_ms / 1000,
        "score": hit.score,
    }


def frame(hit: FrameMatch) -> Json:
    """A hit by picture (§7.2, §8.2): `endTime` in the public library alone; the additions `startMs` and `endMs`."""
    end_ms = hit.segment.end_ms if hit.segment is not None else hit.at_ms + 1000
    record: Json = {
        "videoNo": hit.video.video_no,
        "videoName": hit.video.name,
        "startTime": str(times.shot_start_s(hit.at_ms, end_ms)),
        "startMs": hit.at_ms,
        "endMs": end_ms,
        "score": hit.score,
    }
    if hit.video.is_public:
        record["endTime"] = str(times.shot_end_s(hit.at_ms, end_ms))
    return record | _place(hit.video, "video_bucket", "video_blob") | _keyframe(hit.segment, hit.video)


def image(match: ImageMatch, context: Context, base_url: str) -> Json:
    """A still image (§7.1 b); its id is a bare number."""
    found = match.image
    bucket, blob = places.of_image(found)
    record: Json = {
        "id": found.image_id,
        "name": found.name,
        "img_url": f"{base_url}{SIGNED_PREFIX}{blob}?{context.signer.query(blob)}",
        "score": match.score,
        "bucket": bucket,
        "blob": blob,
    }
    if found.taken_ms is not None:
        record["datetime_taken"] = found.taken_ms
    if found.camera:
        record["camera_model"] = found.camera
    if found.latitude is not None:
        record |= {"latitude": found.latitude, "longitude": found.longitude}
    return record


def spoken(line: SpokenLine, video: Video) -> Json:
    """A line that holds a phrase (§7.4): no `endTime`, no `score`, but the additions `startMs` and `endMs`."""
    record: Json = {
        "videoNo": video.video_no,
        "videoName": video.name,
        "startTime": str(times.speech_start_s(line.start_ms)),
        "startMs": line.start_ms,
        "endMs": line.end_ms,
        "audio_ts": line.text,
    }
    return record | _place(video, "video_bucket", "video_blob")


def transcript(video: Video, lines: Sequence[SpokenLine]) -> Json:
    """The transcript of a video (§9.4)."""
    rows = [
        {
            "index": index,
            "content": line.text,
            "startTime": str(times.speech_start_s(line.start_ms)),
            "endTime": str(times.speech_end_s(line.end_ms)),
            "startMs": line.start_ms,
            "endMs": line.end_ms,
        }
        for index, line in enumerate(lines)
    ]
    return _transcription(video, rows)


def captions(video: Video, segments: Sequence[SegmentRow]) -> Json:
    """What is seen, segment by segment (§9.5): each ends where the next begins, in whole seconds too."""
    rows = [
        {
            "index": index,
            "content": _sentence(segment),
            "startTime": str(times.boundary_s(segment.start_ms)),
            "endTime": str(times.boundary_s(segment.end_ms)),
            "startMs": segment.start_ms,
            "endMs": segment.end_ms,
        }
        for index, segment in enumerate(segments)
    ]
    return _transcription(video, rows)


def clip(match: ClipMatch, video: Video) -> Json:
    """A segment of the one video that was asked about (§7.3): times are numbers, and there is no id."""
    record: Json = {
        "start_time": match.segment.start_ms / 1000,
        "end_time": match.segment.end_ms / 1000,
        "score": match.score,
    }
    return record | _place(video, "video_bucket", "video_blob")


def _transcription(video: Video, rows: list[Json]) -> Json:
    record: Json = {"videoNo": video.video_no, "transcriptions": rows, "createTime": str(video.created_ms)}
    return record | _place(video, "video_bucket", "video_blob")


def _sentence(segment: SegmentRow) -> str:
    return segment.caption or sentence(segment.words, segment.screen_text)


def _place(video: Video, bucket_key: str, blob_key: str) -> Json:
    place = places.of_video(video)
    return {} if place is None else dict(zip((bucket_key, blob_key), place, strict=True))


def _keyframe(segment: SegmentRow | None, video: Video) -> Json:
    if segment is None:
        return {}
    bucket, blob = places.of_keyframe(segment, public=video.is_public)
    return {"keyframe_bucket": bucket, "keyframe_blob": blob}


def _number(manner: Manner) -> Any:  # noqa: ANN401 - a callable, int to int or str
    return str if manner.string_numbers else int
