"""Imports from TikTok, YouTube and Instagram (contract §6), and the tasks that they are (§9.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_search.api import endpoints, parsing
from desktop_search.api.calling import Caller
from desktop_search.api.endpoints import Endpoint
from desktop_search.api.exchange import Request
from desktop_search.core.errors import ServerError
from desktop_search.core.imports import POSTS_OF_CREATOR, POSTS_OF_TAG, QUALITY_DEFAULT
from desktop_search.core.language import _
from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.core.tasks import TaskReport
from desktop_search.core.token import CancelToken


class ImportCalls:
    """`client.imports`. Each call begins a task and returns its id, which is opaque; `task` tells what became of it.

    With `public=True` the posts go into the library that every user of the service searches, for good: ask the user
    before. Calls are never repeated by themselves. They raise `NoCredit`, `RateLimited` (one import a minute),
    and `RequestRejected` for what is no address or hashtag of a platform.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def posts(
        self,
        urls: Sequence[str],
        *,
        namespace: str = DEFAULT_NAMESPACE,
        public: bool = False,
        quality: str = QUALITY_DEFAULT,
        callback: str = "",
        token: CancelToken | None = None,
    ) -> str:
        """At most 50 posts of one platform by their addresses (§6.1).

        `quality` is the height of the picture, one of `QUALITIES`; YouTube alone honours it.
        """
        endpoint = endpoints.IMPORT_POSTS_PUBLIC if public else endpoints.IMPORT_POSTS
        body = {"video_urls": [*urls], "quality": quality} | _optional("callback_url", callback)
        return self._begun(endpoint, body, namespace, public, token)

    def creator(
        self,
        profile_url: str,
        count: int = POSTS_OF_CREATOR,
        *,
        namespace: str = DEFAULT_NAMESPACE,
        public: bool = False,
        callback: str = "",
        token: CancelToken | None = None,
    ) -> str:
        """The newest posts of a creator, `count` of them (§6.2)."""
        endpoint = endpoints.IMPORT_CREATOR_PUBLIC if public else endpoints.IMPORT_CREATOR
        body = {"username": profile_url, "scraper_cnt": count} | _optional("callback_url", callback)
        return self._begun(endpoint, body, namespace, public, token)

    def hashtags(
        self,
        tags: Sequence[str],
        count: int = POSTS_OF_TAG,
        *,
        namespace: str = DEFAULT_NAMESPACE,
        public: bool = False,
        callback: str = "",
        token: CancelToken | None = None,
    ) -> str:
        """Posts with hashtags on TikTok, `count` of each (§6.3); `tags` are written without "#"."""
        endpoint = endpoints.IMPORT_HASHTAGS_PUBLIC if public else endpoints.IMPORT_HASHTAGS
        body = {"hash_tags": [*tags], "scraper_cnt": count} | _optional("callback", callback)
        return self._begun(endpoint, body, namespace, public, token)

    def task(self, task_id: str, namespace: str = DEFAULT_NAMESPACE, *, token: CancelToken | None = None) -> TaskReport:
        """What a task has brought so far (§9.3); nothing for one that is unknown, or of another namespace.

        The service does not say when it is over: that is when the expected number arrived and none is still working.
        """
        query = {"task_id": task_id, "unique_id": namespace}
        return parsing.task_report(self._caller.call(Request(endpoints.TASK, query=query), token), namespace)

    def _begun(
        self, endpoint: Endpoint, body: Mapping[str, object], namespace: str, public: bool, token: CancelToken | None
    ) -> str:
        scope = {} if public else {"unique_id": namespace}
        task_id = parsing.task_id(self._caller.call(Request(endpoint, json_body={**body, **scope}), token))
        if not task_id:
            message = _("The library took the import, but did not say as which task.")
            raise ServerError(message, hint=_("Look in the library whether the footage arrives."))
        return task_id


def _optional(name: str, value: str) -> dict[str, object]:
    return {name: value} if value else {}
