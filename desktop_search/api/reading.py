"""What is in a library (contract §9): lists, metadata, transcripts, captions, namespaces."""

from __future__ import annotations

from desktop_search.api import endpoints, parsing
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.api.forms import list_body
from desktop_search.core.footage import TranscriptLine, VideoRecord
from desktop_search.core.listing import LIST_SIZE, ListFilters
from desktop_search.core.token import CancelToken

_EVERYTHING = ListFilters()


class ReadCalls:
    """The client's calls that change nothing. A wrong namespace is an empty success (contract §13)."""

    _caller: Caller

    def list_unique_ids(self, *, token: CancelToken | None = None) -> tuple[str, ...]:
        """The account's namespaces (§9.9); also the harmless call that shows whether a key is good."""
        return parsing.namespaces(self._caller.call(Request(endpoints.NAMESPACES), token))

    def list_videos(
        self,
        namespace: str,
        page: int = 1,
        size: int = LIST_SIZE,
        *,
        filters: ListFilters = _EVERYTHING,
        token: CancelToken | None = None,
    ) -> tuple[tuple[VideoRecord, ...], int]:
        """One page, from 1, of at most 200 videos, newest first, and how many pass the filters in all (§9.1).

        Pages shift while footage arrives. Asking for a namespace creates it.
        """
        data = self._caller.call(
            Request(endpoints.LIST_VIDEOS, json_body=list_body(namespace, page, size, filters)), token
        )
        return parsing.video_page(data, namespace)

    def metadata(self, video_no: str, namespace: str, *, token: CancelToken | None = None) -> VideoRecord | None:
        """One video, or `None` when the library does not have it (§9.2)."""
        return parsing.video_record(self._asked(endpoints.METADATA, video_no, namespace, token), namespace)

    def transcript(
        self, video_no: str, namespace: str, *, token: CancelToken | None = None
    ) -> tuple[TranscriptLine, ...]:
        """What is said in a video, in time order; empty without speech, or as long as it is not known (§9.4)."""
        return parsing.transcript(self._asked(endpoints.TRANSCRIPT, video_no, namespace, token))

    def captions(
        self, video_no: str, namespace: str, *, token: CancelToken | None = None
    ) -> tuple[TranscriptLine, ...]:
        """What is seen in a video, in sentences without gaps; empty as long as it is not indexed (§9.5)."""
        return parsing.transcript(self._asked(endpoints.CAPTIONS, video_no, namespace, token))

    def _asked(self, endpoint: endpoints.Endpoint, video_no: str, namespace: str, token: CancelToken | None) -> object:
        query = {"video_no": video_no, "unique_id": namespace}
        return self._caller.call(Request(endpoint, query=query), token)
