"""What is asked, in the words of the wire (contract §5, §7): queries, filters, and the details of footage."""

from __future__ import annotations

from datetime import datetime

from desktop_search.core.footage import FootageDetails, Readiness
from desktop_search.core.listing import ListFilters
from desktop_search.core.query import TAKEN_FORMAT, SearchFilters, SearchQuery
from desktop_search.core.upload_options import UploadOptions

_STATUS = {Readiness.WORKING: "UNPARSE", Readiness.SEARCHABLE: "PARSE", Readiness.FAILED: "FAILED"}


def search_body(query: SearchQuery) -> dict[str, object]:
    """The JSON of `POST /search`; what is not asked is left out."""
    filters = query.filters
    body: dict[str, object] = {
        "search_param": query.words.strip(),
        "search_type": query.scope.value,
        "unique_id": filters.namespace,
        "top_k": filters.top_k,
    }
    optional: dict[str, object] = {
        "filtering_level": filters.strictness.value if filters.strictness else None,
        "video_nos": list(filters.video_nos) or None,
        "tag": filters.tag or None,
        "camera_tag": filters.cameras[0] if len(filters.cameras) == 1 else None,
        "datetime_taken": taken_text(filters.taken_after) or None,
        "latitude": filters.latitude,
        "longitude": filters.longitude,
        "people": list(filters.people) or None,  # the engine's own; other clients never get so far
    }
    return body | {name: value for name, value in optional.items() if value is not None}


def list_body(namespace: str, page: int, size: int, filters: ListFilters) -> dict[str, object]:
    """The JSON of `POST /list_videos`; what is not asked is left out."""
    optional: dict[str, object] = {
        "video_name": filters.video_name or None,
        "video_nos": list(filters.video_nos) or None,
        "status": _STATUS.get(filters.readiness) if filters.readiness else None,
        "camera_model": filters.camera or None,
        "tag": filters.tag or None,
        "datetime_taken": utc_ms(filters.taken_after),
        "latitude": filters.latitude,
        "longitude": filters.longitude,
    }
    body: dict[str, object] = {"page": page, "size": size, "unique_id": namespace}
    return body | {name: value for name, value in optional.items() if value is not None}


def list_filters(filters: SearchFilters) -> ListFilters:
    """The filters of a search as those of the list, as far as the list can be asked."""
    return ListFilters(
        video_nos=filters.video_nos,
        tag=filters.tag,
        camera=filters.cameras[0] if len(filters.cameras) == 1 else "",
        taken_after=filters.taken_after,
        latitude=filters.latitude,
        longitude=filters.longitude,
    )


def details_form(details: FootageDetails) -> list[tuple[str, str]]:
    """The form fields that go along with a file; `tags` is repeated."""
    fields = [("unique_id", details.namespace)]
    if details.taken is not None:
        fields.append(("datetime_taken", taken_text(details.taken)))
    if details.camera:
        fields.append(("camera_model", details.camera))
    if details.latitude is not None and details.longitude is not None:
        fields += [("latitude", repr(details.latitude)), ("longitude", repr(details.longitude))]
    return fields + [("tags", tag) for tag in details.tags]


def options_form(options: UploadOptions) -> list[tuple[str, str]]:
    """The form fields of a video alone; a default is left out."""
    fields = [] if options.keep_original else [("retain_original_video", "false")]
    if options.callback:
        fields.append(("callback", options.callback))
    if options.caption_prompt:
        fields.append(("video_transcription_prompt", options.caption_prompt))
    return fields


def taken_text(taken: datetime | None) -> str:
    """`yyyy-MM-dd HH:mm:ss`, as the contract wants a capture time; "" for none."""
    # Not by strftime alone: it leaves the zeros before a short year out.
    return "" if taken is None else f"{taken.year:04d}" + taken.strftime(TAKEN_FORMAT.removeprefix("%Y"))


def utc_ms(taken: datetime | None) -> int | None:
    """A wall time in UTC as milliseconds since the epoch."""
    if taken is None:
        return None
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001 - capture times are wall time in UTC, without a zone
    return round((taken.replace(tzinfo=None) - epoch).total_seconds() * 1000)
