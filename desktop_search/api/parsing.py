"""From the `data` of an answer to the words of the domain. A broken row is left out; the rest of the answer counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from desktop_search.api.wire import Row, count, number, rows, text, time_ms, whole
from desktop_search.core.footage import TranscriptLine, VideoRecord
from desktop_search.core.hits import BlobRef, Hit, ImageHit
from desktop_search.core.listing import Folder
from desktop_search.core.query import Scope
from desktop_search.core.tasks import TaskFailure, TaskReport, TaskState

_PERMILLE_MAX = 1000


def hits(data: object, namespace: str, found_by: Scope | None) -> tuple[Hit, ...]:
    """Moments in videos (contract §7.1a, §7.2, §7.4), in the order of the answer."""
    found = (_hit(row, namespace, found_by) for row in rows(data, "videos", "item", "results"))
    return tuple(hit for hit in found if hit is not None)


def public_hits(data: object, found_by: Scope | None) -> tuple[Hit, ...]:
    """Moments in posts of the public library (contract §8), in the order of the answer."""
    return tuple(replace(hit, is_public=True) for hit in hits(data, "", found_by))


def _hit(row: Row, namespace: str, found_by: Scope | None) -> Hit | None:
    video_no = text(row, "videoNo", "video_no")
    if not video_no:
        return None
    start_ms = time_ms(row, "startMs", "startTime", "start_time") or 0
    end_ms = time_ms(row, "endMs", "endTime", "end_time")
    return Hit(
        video_no=video_no,
        name=text(row, "videoName", "video_name") or video_no,
        start_ms=start_ms,
        end_ms=end_ms if end_ms is not None and end_ms >= start_ms else None,
        score=number(row, "score"),
        excerpt=text(row, "audio_ts", "text").strip(),
        read=text(row, "screen_text").strip(),
        found_by=found_by,
        namespace=namespace,
        keyframe=blob(row, "keyframe_"),
        video=blob(row, "video_"),
    )


def hits_inside(data: object, video_no: str, namespace: str) -> tuple[Hit, ...]:
    """Moments in one video (contract §7.3), in the order of the answer, which does not name the video."""
    found = (_hit({**row, "videoNo": video_no}, namespace, None) for row in rows(data, "videos", "results"))
    return tuple(hit for hit in found if hit is not None)


def image_hits(data: object, namespace: str) -> tuple[ImageHit, ...]:
    """Still images (contract §7.1b), in the order of the answer."""
    found = (_image_hit(row, namespace) for row in rows(data, "item", "items"))
    return tuple(hit for hit in found if hit is not None)


def _image_hit(row: Row, namespace: str) -> ImageHit | None:
    image_id = whole(row, "id")
    if image_id is None:
        return None
    return ImageHit(
        image_id=str(image_id),
        name=text(row, "name") or str(image_id),
        image_url=text(row, "img_url"),
        score=number(row, "score"),
        taken_ms=whole(row, "datetime_taken"),
        camera=text(row, "camera_model"),
        latitude=number(row, "latitude"),
        longitude=number(row, "longitude"),
        namespace=namespace,
        blob=blob(row, ""),
    )


def video_records(data: object, namespace: str) -> tuple[VideoRecord, ...]:
    """The videos of one page of the list (contract §9.1)."""
    found = (video_record(row, namespace) for row in rows(data, "videos"))
    return tuple(record for record in found if record is not None)


def video_record(data: object, namespace: str) -> VideoRecord | None:
    """One video (contract §9.1, §9.2); `None` for null and for an object without an id."""
    if not isinstance(data, Mapping):
        return None
    video_no = text(data, "video_no", "videoNo")
    if not video_no:
        return None
    permille = count(data, "indexPermille")
    tags = data.get("tags")
    return VideoRecord(
        video_no=video_no,
        name=text(data, "video_name", "videoName") or video_no,
        status=text(data, "status", "videoStatus"),
        duration_ms=time_ms(data, "durationMs", "duration"),
        size_bytes=count(data, "size"),
        created_ms=whole(data, "create_time", "uploadTime"),
        cause=text(data, "cause").strip(),
        taken_ms=whole(data, "datetime_taken"),
        camera=text(data, "camera_model"),
        latitude=number(data, "latitude"),
        longitude=number(data, "longitude"),
        tags=tuple(str(tag) for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        width=count(data, "width"),
        height=count(data, "height"),
        fps=_rate(data),
        blob=blob(data, ""),
        namespace=namespace,
        index_permille=None if permille is None else min(permille, _PERMILLE_MAX),
        url=text(data, "video_url"),
        resolution=text(data, "resolution_label"),
        keyframe=blob(data, "keyframe_"),
    )


def video_page(data: object, namespace: str) -> tuple[tuple[VideoRecord, ...], int]:
    """A page of videos, and how many there are in all."""
    records = video_records(data, namespace)
    return records, total(data, len(records))


def total(data: object, at_least: int) -> int:
    """`total_count` of a page, or `at_least` when it is missing or smaller than what the page holds."""
    said = count(data, "total_count") if isinstance(data, Mapping) else None
    return max(at_least, said or 0)


def transcript(data: object) -> tuple[TranscriptLine, ...]:
    """The lines of a speech transcript or of captions (contract §9.4, §9.5), in time order."""
    lines = []
    for row in rows(data, "transcriptions"):
        start_ms = time_ms(row, "startMs", "startTime", "start_time")
        words = text(row, "content").strip()
        if start_ms is None or not words:
            continue
        end_ms = time_ms(row, "endMs", "endTime", "end_time")
        lines.append(TranscriptLine(start_ms, max(start_ms, end_ms or 0), words))
    return tuple(sorted(lines, key=lambda line: line.start_ms))


def namespaces(data: object) -> tuple[str, ...]:
    """The names of `/list_unique_ids` (contract §9.9)."""
    names = data.get("unique_ids") if isinstance(data, Mapping) else data
    return tuple(str(name) for name in names if isinstance(name, str) and name) if isinstance(names, list) else ()


def uploaded_video(data: object) -> str:
    """The `videoNo` of an accepted upload; "" when the answer has none."""
    return text(data, "videoNo", "video_no") if isinstance(data, Mapping) else ""


def uploaded_images(data: object) -> tuple[str, ...]:
    """The ids of accepted images, in the order of the answer (contract §5.3)."""
    ids = (whole(row, "id") for row in rows(data, "item", "items"))
    return tuple(str(image_id) for image_id in ids if image_id is not None)


def folders(data: object) -> tuple[Folder, ...]:
    """The account's folders (contract §10)."""
    found = (folder(row) for row in rows(data, "folders"))
    return tuple(each for each in found if each is not None)


def folder(data: object) -> Folder | None:
    """One folder; `None` for null and for an object without an id."""
    folder_id = whole(data, "folder_id") if isinstance(data, Mapping) else None
    if folder_id is None or not isinstance(data, Mapping):
        return None
    return Folder(str(folder_id), text(data, "folder_name") or str(folder_id))


def task_id(data: object) -> str:
    """The id of a task that was begun; "" when the answer has none (contract §6)."""
    return text(data, "taskId", "task_id") if isinstance(data, Mapping) else ""


def task_report(data: object, namespace: str) -> TaskReport:
    """What a task has brought (contract §9.3), in the shape of today or in the older one, which has ids alone."""
    if not isinstance(data, Mapping):
        return TaskReport()
    ids = data.get("video_ids")
    bare = [{"video_no": each} for each in ids] if isinstance(ids, list) else []
    permille = count(data, "fetchPermille")
    said = text(data, "taskStatus")
    return TaskReport(
        videos=video_records(data, namespace) or video_records(bare, namespace),
        state=TaskState(said) if said in {state.value for state in TaskState} else TaskState.UNKNOWN,
        failures=tuple(
            TaskFailure(text(row, "video_url"), text(row, "cause").strip()) for row in rows(data.get("failures"))
        ),
        fetch_permille=None if permille is None else min(permille, _PERMILLE_MAX),
    )


def _rate(row: Row) -> float | None:
    """Frames in a second: of the exact fraction where one is told, else of the whole number of the contract."""
    try:
        return float(Fraction(text(row, "frameRate")))
    except (ValueError, ArithmeticError):
        return number(row, "fps")


def blob(row: Row, prefix: str) -> BlobRef | None:
    """Where the library keeps something; `None` where it does not say."""
    bucket, name = text(row, f"{prefix}bucket"), text(row, f"{prefix}blob")
    return BlobRef(bucket, name) if bucket and name else None
