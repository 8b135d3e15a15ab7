"""`POST /search`: words against what is seen, what is said, or still images (contract §7.1)."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.core.people_words import people_in
from desktop_search.core.query import TOP_K_DEFAULT, TOP_K_MAX, VIDEO_NOS_MAX, Strictness
from desktop_search.engine.http import rules, wire
from desktop_search.engine.http.context import Context, namespace_of, tried_context
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.library.accounts import OWN_ACCOUNT
from desktop_search.engine.library.ids import video_id_of
from desktop_search.engine.library.with_people import SearchWithPeople
from desktop_search.engine.store.filters import Filters

SEARCH_TYPES = ("BY_VIDEO", "BY_CLIP", "BY_AUDIO", "BY_IMAGE", "BY_CAPTION")
QUERY_MAX_CHARS = 4000
CAPTION_TOP_K_DEFAULT, CAPTION_TOP_K_MAX = 10, 200


async def search(request: Request) -> Response:
    """Answer a search by words."""
    context = tried_context(request)
    fields = JsonFields(await read_json(request, lenient=context.manner.lenient), lenient=context.manner.lenient)
    base_url = f"{request.url.scheme}://{request.headers['host']}"
    return success(await run_in_threadpool(_answer, context, fields, base_url))


def _answer(context: Context, fields: JsonFields, base_url: str) -> object:
    query, names = _asked(context, fields)
    search_type = fields.choice("search_type", SEARCH_TYPES) or "BY_CLIP"
    limit, floor = top_k_of(fields, caption=search_type == "BY_CAPTION"), floor_of(fields)
    filters = _filters(context, fields)
    context.library.use_namespace(filters.namespace)
    form: Any = wire.caption if search_type == "BY_CAPTION" else wire.moment
    people = SearchWithPeople(context.library.store, context.search)
    if search_type == "BY_IMAGE":
        if names is None:
            found = context.search.images(query, filters, floor=floor, limit=limit)
        else:
            found = people.images(query, names, filters, floor=floor, limit=limit)
        items = [wire.image(match, context, base_url) for match in found]
        return {"current_page": 0, "page_size": limit, "total_count": len(items), "item": items}
    if names is not None:
        ask = people.said if search_type == "BY_AUDIO" else people.seen
        return [form(hit) for hit in ask(query, names, filters, floor=floor, limit=limit)]
    if search_type == "BY_AUDIO":
        return [wire.moment(hit) for hit in context.search.said(query, filters, floor=floor, limit=limit)]
    return [form(hit) for hit in context.search.seen(query, filters, floor=floor, limit=limit)]


def _asked(context: Context, fields: JsonFields) -> tuple[str, tuple[str, ...] | None]:
    """The words, and the names of the people whom the search is about; `None` where nobody is named.

    People are named by the parameter `people`, which the contract does not have, or in the words (docs/people.md).
    """
    people, store, chosen = context.library.people, context.library.store.people, fields.texts("people") or ()
    if context.account != OWN_ACCOUNT or not people.is_on:
        if chosen:  # what is found without them would be taken for theirs
            raise ApiError("People are switched off on this computer.")
        return asked_words(fields), None
    words = rules.at_most("search_param", fields.text("search_param") or "", QUERY_MAX_CHARS)
    left, named = people_in(words, store.names())
    names = (*chosen, *named)
    if not names:
        return asked_words(fields), None
    return left, names


def asked_words(fields: JsonFields) -> str:
    """The words to search for."""
    query = rules.at_most("search_param", fields.text("search_param") or "", QUERY_MAX_CHARS)
    if not query.strip():
        raise ApiError("The search_param parameter cannot be empty!")
    return query


def floor_of(fields: JsonFields) -> float:
    """The lowest score that passes."""
    level = fields.choice("filtering_level", tuple(each.value for each in Strictness))
    return Strictness(level).floor if level else 0.0


def top_k_of(fields: JsonFields, *, caption: bool = False) -> int:
    """How many hits at most; captions have limits of their own."""
    top_k = fields.integer("top_k")
    if top_k is None:
        return CAPTION_TOP_K_DEFAULT if caption else TOP_K_DEFAULT
    return rules.within("top_k", top_k, 1, CAPTION_TOP_K_MAX if caption else TOP_K_MAX)


def _filters(context: Context, fields: JsonFields) -> Filters:
    taken = fields.text("datetime_taken")
    latitude, longitude = fields.number("latitude"), fields.number("longitude")
    rules.check_place(latitude, longitude)
    return Filters(
        namespace_of(context, fields.text("unique_id"), fields.integer("folder_id")),
        video_ids=video_ids(fields.texts("video_nos")),
        tag=fields.text("tag") or "",
        camera=fields.text("camera_tag") or "",
        taken_after_ms=None if taken is None else rules.taken_ms(taken),
        latitude=latitude,
        longitude=longitude,
    )


def video_ids(video_nos: list[str] | None) -> tuple[int, ...] | None:
    """The numbers of at most 100 video ids; an empty list restricts nothing. Ids that cannot be are left out."""
    if not video_nos:
        return None
    if len(video_nos) > VIDEO_NOS_MAX:
        raise ApiError(f"The video_nos parameter must not hold more than {VIDEO_NOS_MAX} ids.")
    return tuple(number for each in video_nos if (number := video_id_of(each)) is not None)
