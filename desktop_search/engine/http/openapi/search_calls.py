"""The calls that search (contract §7, §8)."""

from __future__ import annotations

from desktop_search.core.library import BASE_PATH
from desktop_search.core.query import SIMILARITY_DEFAULT, TOP_K_DEFAULT, TOP_K_MAX, VIDEO_NOS_MAX, Strictness
from desktop_search.engine.http import pictures, public, searches, videos
from desktop_search.engine.http.openapi.footage_calls import FILE, NAMESPACE, PAGE, PLACE, SCOPE, TAKEN, VIDEO_NO
from desktop_search.engine.http.openapi.model import Body, Field, Json, Kind, Operation, component, list_of
from desktop_search.engine.scraping.platforms import PLATFORMS, TIKTOK

_WORDS = Field("search_param", required=True, chars_max=searches.QUERY_MAX_CHARS)
_TOP_K = Field("top_k", Kind.WHOLE, default=TOP_K_DEFAULT, low=1, high=TOP_K_MAX)
_LEVEL = Field("filtering_level", choices=tuple(each.value for each in Strictness))
_PLATFORM = Field("type", default=TIKTOK, note=f"{', '.join(PLATFORMS)}; anything else falls back")
_SIMILARITY = Field("similarity", Kind.NUMBER, default=SIMILARITY_DEFAULT, low=0, high=1)
_SEARCH_FIELDS = (
    _WORDS,
    Field("search_type", default="BY_CLIP", choices=searches.SEARCH_TYPES),
    *SCOPE,
    _TOP_K,
    _LEVEL,
    Field("video_nos", many=True, items_max=VIDEO_NOS_MAX),
    Field("tag"),
    Field("camera_tag"),
    TAKEN,
    *PLACE,
)
_PUBLIC_FIELDS = (
    _WORDS,
    Field("search_type", default="BY_VIDEO", choices=public.SEARCH_TYPES),
    _PLATFORM,
    _TOP_K,
    _LEVEL,
)
_PHRASE_FIELDS = (
    Field("query", required=True),
    PAGE,
    Field("page_size", Kind.WHOLE, default=videos.PHRASES_SIZE_DEFAULT, low=1, high=videos.PHRASES_SIZE_MAX),
)
_PROMPT = Field("prompt", required=True, chars_max=pictures.PROMPT_MAX_CHARS)
_FOUND: Json = {"oneOf": [list_of(component("Moment")), list_of(component("Caption")), component("ImagePage")]}
_FRAMES = list_of(component("Frame"))


def _by_picture(path: str, summary: str, data: Json, *fields: Field) -> Operation:
    return Operation("POST", BASE_PATH + path, summary, data, body=Body.PARTS, fields=(FILE, *fields))


def _by_words(path: str, summary: str, data: Json, fields: tuple[Field, ...]) -> Operation:
    return Operation("POST", BASE_PATH + path, summary, data, body=Body.JSON, fields=fields)


def _by_phrase(path: str, summary: str, *fields: Field) -> Operation:
    return Operation("GET", BASE_PATH + path, summary, component("SpokenPage"), query=(*_PHRASE_FIELDS, *fields))


SEARCH_CALLS: tuple[Operation, ...] = (
    _by_words("/search", "Find moments or images by words", _FOUND, _SEARCH_FIELDS),
    _by_picture("/search_similar_images", "Find frames like a picture", _FRAMES, *SCOPE, _SIMILARITY),
    _by_picture(
        "/search_clips_by_image",
        "Find clips in one video by picture and words",
        list_of(component("Clip")),
        VIDEO_NO,
        _PROMPT,
        NAMESPACE,
    ),
    _by_phrase("/search_audio_transcripts", "Find an exact phrase in what is said", NAMESPACE),
    _by_words("/search_public", "Search what everybody shares", list_of(component("Moment")), _PUBLIC_FIELDS),
    _by_picture("/search_public_similar_images", "The same by a picture", _FRAMES, _PLATFORM, _SIMILARITY),
    _by_phrase("/search_public_audio_transcripts", "The same by an exact phrase"),
)
