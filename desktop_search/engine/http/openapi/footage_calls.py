"""The calls that bring footage in, list it, and give it back (contract §5, §6, §9, §10)."""

from __future__ import annotations

from desktop_search.core.footage import CAMERA_MAX_CHARS, TAGS_MAX_IMAGE, TAGS_MAX_VIDEO
from desktop_search.core.library import BASE_PATH
from desktop_search.engine.http import folders, rules, scrapers, uploads, videos
from desktop_search.engine.http.context import NAMESPACE_MAX_CHARS
from desktop_search.engine.http.openapi.answers import NOTHING, TEXT, WHOLE
from desktop_search.engine.http.openapi.model import (
    Body,
    Field,
    Json,
    Kind,
    Operation,
    component,
    list_of,
    object_of,
    or_null,
)

_NOTE_TAKEN = "yyyy-MM-dd HH:mm:ss, UTC"
NAMESPACE = Field("unique_id", default="default", chars_max=NAMESPACE_MAX_CHARS, note="the namespace")
FOLDER = Field("folder_id", Kind.WHOLE, note="wins over unique_id; -1 is the Default folder")
SCOPE = (NAMESPACE, FOLDER)
LATITUDE = Field("latitude", Kind.NUMBER, low=-90, high=90)
LONGITUDE = Field("longitude", Kind.NUMBER, low=-180, high=180)
PLACE = (LATITUDE, LONGITUDE)
TAKEN = Field("datetime_taken", note=_NOTE_TAKEN)
VIDEO_NO = Field("video_no", required=True)
FILE = Field("file", Kind.FILE, required=True)
PAGE = Field("page", Kind.WHOLE, default=1, low=1, high=videos.PAGE_MAX)
_CAMERA = Field("camera_model", chars_max=CAMERA_MAX_CHARS)
_TOLD = (
    Field("callback", chars_max=uploads.CALLBACK_MAX_CHARS, note="an address that is told how it ended"),
    Field("callback_url", chars_max=uploads.CALLBACK_MAX_CHARS, note="the same"),
)
_VIDEO_DETAILS = (
    *SCOPE,
    *_TOLD,
    TAKEN,
    _CAMERA,
    *PLACE,
    Field("tags", many=True, items_max=TAGS_MAX_VIDEO),
    Field("retain_original_video", Kind.FLAG, default=True),
    Field("video_transcription_prompt", chars_max=uploads.PROMPT_MAX_CHARS),
)
_IMAGE_DETAILS = (*SCOPE, TAKEN, _CAMERA, *PLACE, Field("tags", many=True, items_max=TAGS_MAX_IMAGE))
_LIST_FIELDS = (
    PAGE,
    Field("size", Kind.WHOLE, default=videos.LIST_SIZE_DEFAULT, low=1, note=f"at most {videos.LIST_SIZE_MAX} are sent"),
    *SCOPE,
    Field("video_name", note="exact"),
    Field("video_no"),
    Field("video_nos", many=True),
    Field("status", choices=tuple(rules.STATUSES)),
    _CAMERA,
    Field("tag"),
    Field("datetime_taken", Kind.WHOLE, note="captured at or after, milliseconds since the epoch"),
    *PLACE,
)
_FOLDER_ID = Field("folder_id", Kind.WHOLE, required=True)
_PAGE_OF_FOLDER = (_FOLDER_ID, PAGE, Field("page_size", Kind.WHOLE, default=folders.PAGE_SIZE_DEFAULT, low=1))
_FOLDER_NAME = Field("name", required=True, chars_max=folders.NAME_MAX_CHARS)
_NEW_NAME = Field("new_name", required=True, chars_max=folders.NAME_MAX_CHARS)
_MOVED = Field("video_nos", required=True, many=True, items_max=folders.MOVE_MAX)
_DELETED = Field("video_nos", many=True, items_max=videos.DELETE_MAX)
_POSTS = (
    Field("video_urls", many=True, items_max=scrapers.URLS_MAX, chars_max=scrapers.URL_MAX_CHARS),
    Field("tiktok_post_urls", many=True, items_max=scrapers.URLS_MAX, note="put together with video_urls"),
    *_TOLD,
)
_CREATOR = (
    Field("username", required=True, chars_max=scrapers.URL_MAX_CHARS, note="the address of the profile"),
    Field("scraper_cnt", Kind.WHOLE, default=scrapers.POSTS_OF_CREATOR, low=1, high=scrapers.POSTS_MAX),
    *_TOLD,
)
_HASH_TAGS = (
    Field("hash_tags", required=True, many=True, items_max=scrapers.TAGS_MAX, chars_max=scrapers.TAG_MAX_CHARS),
    Field("scraper_cnt", Kind.WHOLE, default=scrapers.POSTS_OF_TAG, low=1, high=scrapers.POSTS_MAX, note="of each"),
    *_TOLD,
)


def _quality(default: str) -> Field:
    return Field("quality", default=default, choices=scrapers.QUALITIES, note="honoured for YouTube alone")


_V2_DOWNLOAD = BASE_PATH.replace("/v1", "/v2") + "/download"


def _post(path: str, summary: str, data: Json | None, body: Body, fields: tuple[Field, ...]) -> Operation:
    return Operation("POST", BASE_PATH + path, summary, data, body=body, fields=fields)


def _get(path: str, summary: str, data: Json | None, *query: Field) -> Operation:
    return Operation("GET", BASE_PATH + path, summary, data, query=query)


def _import(path: str, summary: str, *fields: Field) -> Operation:
    return _post(path, summary, component("Task"), Body.JSON, fields)


_IMAGE_IDS = list_of(object_of({"id": WHOLE}, ("id",)))
_FOLDERS = object_of({"folders": list_of(component("Folder"))}, ("folders",))
_OBJECT = (Field("bucket", required=True), Field("blob", required=True))
FOOTAGE_CALLS: tuple[Operation, ...] = (
    _post("/upload", "Upload a video", component("Uploaded"), Body.PARTS, (FILE, *_VIDEO_DETAILS)),
    _post(
        "/upload_url",
        "Add a video by its address; file: addresses index it in place, in any container",
        component("Uploaded"),
        Body.FORM,
        (Field("url", required=True), *_VIDEO_DETAILS),
    ),
    _post(
        "/upload_img",
        "Upload images, all or none",
        _IMAGE_IDS,
        Body.PARTS,
        (Field("files", Kind.FILE, required=True, many=True, items_max=uploads.IMAGES_PER_REQUEST), *_IMAGE_DETAILS),
    ),
    _import("/scraper_url", "Import posts", *_POSTS, _quality(scrapers.QUALITY_PRIVATE), *SCOPE),
    _import("/scraper", "Import from a creator", *_CREATOR, *SCOPE),
    _import("/scraper_tag", "Import from hashtags", *_HASH_TAGS, *SCOPE),
    _import("/scraper_url_public", "Import posts for everybody", *_POSTS, _quality(scrapers.QUALITY_PUBLIC)),
    _import("/scraper_public", "Import from a creator for everybody", *_CREATOR),
    _import("/scraper_tag_public", "Import from hashtags for everybody", *_HASH_TAGS),
    _get(
        "/get_video_ids_by_task_id",
        "What an import brought",
        component("Imported"),
        Field("task_id", required=True),
        *SCOPE,
    ),
    _post("/list_videos", "Page through videos", component("VideoPage"), Body.JSON, _LIST_FIELDS),
    _get("/get_metadata", "One video; poll it until indexed", or_null(component("Metadata")), VIDEO_NO, *SCOPE),
    _get("/get_audio_transcription", "What is said", component("Transcript"), VIDEO_NO, *SCOPE),
    _get("/get_video_caption", "What is seen", component("Transcript"), VIDEO_NO, *SCOPE),
    _get("/get_video_transcription", "What is seen, by its old name", component("Transcript"), VIDEO_NO, *SCOPE),
    _get("/get_public_audio_transcription", "What is said in a public video", component("Transcript"), VIDEO_NO),
    _get("/get_public_video_transcription", "What is seen in a public video", component("Transcript"), VIDEO_NO),
    _post("/download", "The file of a video", None, Body.JSON, (VIDEO_NO, *SCOPE)),
    _get("/download", "Any file, by bucket and blob", None, *_OBJECT),
    Operation("GET", _V2_DOWNLOAD, "Any file, by bucket and blob", None, query=_OBJECT),
    Operation(
        "POST",
        f"{BASE_PATH}/delete_videos",
        "Delete videos",
        NOTHING,
        query=SCOPE,
        body=Body.JSON,
        fields=(_DELETED,),
        bare_list=True,
    ),
    _get("/list_unique_ids", "The namespaces", object_of({"unique_ids": list_of(TEXT)}, ("unique_ids",))),
    _get("/folders", "The namespaces as folders", _FOLDERS),
    _post("/folders/create", "Make a folder", component("Folder"), Body.FORM, (_FOLDER_NAME,)),
    _post("/folders/rename", "Rename a folder", component("Folder"), Body.FORM, (_FOLDER_ID, _NEW_NAME)),
    _post("/folders/delete", "Delete a folder without searchable footage", NOTHING, Body.FORM, (_FOLDER_ID,)),
    _get("/folders/videos", "Page through a folder", component("VideoPage"), *_PAGE_OF_FOLDER),
    _post("/folders/move", "Move videos to a folder", NOTHING, Body.JSON, (_FOLDER_ID, _MOVED)),
)
