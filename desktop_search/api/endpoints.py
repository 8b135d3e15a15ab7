"""Every endpoint of the contract (§4): where it is, which limit it shares, and whether a call may be repeated."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_search.core.calls import CallKind


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One call of the service. `section` is the contract's.

    `repeatable`: making the call twice has the effect of making it once, so that it may be tried again whatever
    happened to the first. What creates or costs something is not: there is no idempotency key.
    """

    method: str
    path: str
    kind: CallKind
    section: str
    repeatable: bool = True


def _once(path: str, kind: CallKind, section: str) -> Endpoint:
    return Endpoint("POST", path, kind, section, repeatable=False)


UPLOAD = _once("/upload", CallKind.UPLOAD, "5.1")
UPLOAD_URL = _once("/upload_url", CallKind.UPLOAD, "5.2")
UPLOAD_IMAGES = _once("/upload_img", CallKind.UPLOAD, "5.3")

IMPORT_POSTS = _once("/scraper_url", CallKind.IMPORT, "6.1")
IMPORT_CREATOR = _once("/scraper", CallKind.IMPORT, "6.2")
IMPORT_HASHTAGS = _once("/scraper_tag", CallKind.IMPORT, "6.3")
IMPORT_POSTS_PUBLIC = _once("/scraper_url_public", CallKind.IMPORT, "6.4")
IMPORT_CREATOR_PUBLIC = _once("/scraper_public", CallKind.IMPORT, "6.4")
IMPORT_HASHTAGS_PUBLIC = _once("/scraper_tag_public", CallKind.IMPORT, "6.4")

SEARCH = Endpoint("POST", "/search", CallKind.SEARCH, "7.1")
SEARCH_PICTURE = Endpoint("POST", "/search_similar_images", CallKind.SEARCH, "7.2")
SEARCH_INSIDE = Endpoint("POST", "/search_clips_by_image", CallKind.SEARCH, "7.3")
SEARCH_PHRASE = Endpoint("GET", "/search_audio_transcripts", CallKind.SEARCH, "7.4")
SEARCH_PUBLIC = Endpoint("POST", "/search_public", CallKind.SEARCH, "8.1")
SEARCH_PUBLIC_PICTURE = Endpoint("POST", "/search_public_similar_images", CallKind.SEARCH, "8.2")
SEARCH_PUBLIC_PHRASE = Endpoint("GET", "/search_public_audio_transcripts", CallKind.SEARCH, "8.3")

LIST_VIDEOS = Endpoint("POST", "/list_videos", CallKind.LIST, "9.1")
METADATA = Endpoint("GET", "/get_metadata", CallKind.LIST, "9.2")
TASK = Endpoint("GET", "/get_video_ids_by_task_id", CallKind.TASK, "9.3")
TRANSCRIPT = Endpoint("GET", "/get_audio_transcription", CallKind.TRANSCRIPT, "9.4")
CAPTIONS = Endpoint("GET", "/get_video_caption", CallKind.TRANSCRIPT, "9.5")
DOWNLOAD_VIDEO = Endpoint("POST", "/download", CallKind.DOWNLOAD, "9.6")
DOWNLOAD_BLOB = Endpoint("GET", "/download", CallKind.DOWNLOAD, "9.7")
DELETE_VIDEOS = Endpoint("POST", "/delete_videos", CallKind.DELETE, "9.8")
NAMESPACES = Endpoint("GET", "/list_unique_ids", CallKind.LIST, "9.9")

FOLDERS = Endpoint("GET", "/folders", CallKind.LIST, "10")
FOLDER_CREATE = _once("/folders/create", CallKind.LIST, "10")
FOLDER_RENAME = _once("/folders/rename", CallKind.LIST, "10")
FOLDER_DELETE = _once("/folders/delete", CallKind.DELETE, "10")
FOLDER_VIDEOS = Endpoint("GET", "/folders/videos", CallKind.LIST, "10")
FOLDER_MOVE = Endpoint("POST", "/folders/move", CallKind.LIST, "10")

ALL = tuple(value for value in list(globals().values()) if isinstance(value, Endpoint))
