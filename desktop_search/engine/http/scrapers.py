"""Imports from social platforms, private and public (contract §6): checked here, done by the importer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop_search.engine.http import rules
from desktop_search.engine.http.context import Context, context_of, namespace_of, refuse_legacy
from desktop_search.engine.http.envelope import NOT_READABLE, TOO_MANY_REQUESTS, ApiError, success
from desktop_search.engine.http.json_fields import JsonFields
from desktop_search.engine.http.lenient import json_object
from desktop_search.engine.http.uploads import callback_of
from desktop_search.engine.library.accounts import PUBLIC_SCOPE
from desktop_search.engine.scraping.importer import TooManyWaiting, new_task_id
from desktop_search.engine.store.tasks import Task

QUALITIES = ("360", "480", "720", "1080", "1440", "2160")
QUALITY_PRIVATE, QUALITY_PUBLIC = "360", "720"
URLS_MAX, URL_MAX_CHARS = 50, 2000
POSTS_OF_CREATOR, POSTS_OF_TAG, POSTS_MAX = 4, 2, 100
TAGS_MAX, TAG_MAX_CHARS = 20, 100
Handler = Callable[[Request], Awaitable[Response]]
_Addresses = Callable[[Context, JsonFields], list[str]]


def scraper_url(*, public: bool) -> Handler:
    """`POST /scraper_url` and its public twin: posts by their addresses."""
    return _handler(_posts, public=public, listing=False, posts_default=1)


def scraper(*, public: bool) -> Handler:
    """`POST /scraper` and its public twin: the newest posts of a creator."""
    return _handler(_profile, public=public, listing=True, posts_default=POSTS_OF_CREATOR)


def scraper_tag(*, public: bool) -> Handler:
    """`POST /scraper_tag` and its public twin: posts with a hashtag."""
    return _handler(_hash_tags, public=public, listing=True, posts_default=POSTS_OF_TAG)


def _handler(addresses_of: _Addresses, *, public: bool, listing: bool, posts_default: int) -> Handler:
    async def handle(request: Request) -> Response:
        context = context_of(request)
        fields = await json_object(request, context)

        def answer() -> object:
            addresses = addresses_of(context, fields)
            task = _task(context, fields, public=public, posts_default=posts_default)
            try:
                context.importer.add(task, addresses, listing=listing)
            except TooManyWaiting:
                raise ApiError("Too many imports are waiting. Try again later.", TOO_MANY_REQUESTS) from None
            return {"taskId": task.task_id}

        return success(await run_in_threadpool(answer))

    return handle


def _task(context: Context, fields: JsonFields, *, public: bool, posts_default: int) -> Task:
    count = fields.integer("scraper_cnt")
    if public:
        namespace = PUBLIC_SCOPE
    else:
        refuse_legacy(folder_id := fields.integer("folder_id"))
        namespace = namespace_of(context, fields.text("unique_id"), folder_id)
    return Task(
        new_task_id(),
        context.account,
        namespace,
        _quality(fields, QUALITY_PUBLIC if public else QUALITY_PRIVATE),
        rules.within("scraper_cnt", posts_default if count is None else count, 1, POSTS_MAX),
        callback_of(fields),
    )


def _quality(fields: JsonFields, default: str) -> str:
    quality = fields.word("quality")
    if quality is not None and quality not in QUALITIES:
        listed = ", ".join(QUALITIES)
        raise ApiError(f"JSON parse error: quality is not one of the values accepted: [{listed}]", NOT_READABLE)
    return quality or default


def _posts(context: Context, fields: JsonFields) -> list[str]:
    given = [*(fields.texts("video_urls") or ()), *(fields.texts("tiktok_post_urls") or ())]
    addresses = list(dict.fromkeys(each.strip() for each in given if each.strip()))
    if not addresses:
        raise ApiError("The video_urls parameter cannot be empty!")
    if len(given) > URLS_MAX:
        raise ApiError(f"The video_urls parameter must not hold more than {URLS_MAX} addresses.")
    if len({_platform_of(context, "video_urls", each) for each in addresses}) > 1:
        raise ApiError("The video_urls parameter must hold addresses of one platform alone.")
    return addresses


def _profile(context: Context, fields: JsonFields) -> list[str]:
    address = (fields.text("username") or "").strip()
    if not address:
        raise ApiError("The username parameter cannot be empty!")
    _platform_of(context, "username", address)
    return [context.importer.platforms.profile_address(address)]


def _hash_tags(context: Context, fields: JsonFields) -> list[str]:
    tags = list(dict.fromkeys(each.strip().removeprefix("#") for each in fields.texts("hash_tags") or ()))
    if not tags or not all(tags):
        raise ApiError("The hash_tags parameter cannot be empty!")
    if len(tags) > TAGS_MAX:
        raise ApiError(f"The hash_tags parameter must not hold more than {TAGS_MAX} tags.")
    for tag in tags:
        if any(sign.isspace() for sign in rules.at_most("hash_tags", tag, TAG_MAX_CHARS)):
            raise ApiError("A hashtag must not hold blanks.")
    return [context.importer.platforms.tag_address(tag) for tag in tags]


def _platform_of(context: Context, name: str, address: str) -> str:
    platform = context.importer.platforms.of(rules.at_most(name, address, URL_MAX_CHARS))
    if platform is None:
        raise ApiError(f"The {name} parameter must lead to TikTok, YouTube or Instagram.")
    return platform
