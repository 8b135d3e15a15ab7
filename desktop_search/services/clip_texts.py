"""What a library knows of one clip: what is said, what is seen, its record. Kept for the clips seen last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from desktop_search.core.footage import TranscriptLine, VideoRecord
from desktop_search.core.hits import Hit
from desktop_search.core.token import CancelToken
from desktop_search.services.libraries import Libraries

_KEPT_MAX = 64
_Key = tuple[str, str, str, str]


class ClipTexts:
    """Safe from any thread; every method may take long and raises `AppError` or `Cancelled`.

    Of posts of the public library the service tells nothing more than its searches do.
    A paid library charges for each transcript that is read (contract §9.4), so an answer with words in it is kept.
    """

    def __init__(self, libraries: Libraries) -> None:
        self._libraries = libraries
        self._lock = threading.Lock()
        self._answers: OrderedDict[_Key, tuple[TranscriptLine, ...]] = OrderedDict()

    def transcript(self, hit: Hit, token: CancelToken) -> tuple[TranscriptLine, ...]:
        """What is said, in time order; empty without speech, or as long as it is not known."""
        if hit.is_public:
            return ()
        client = self._libraries.client(hit.library_id, token)
        return self._kept(
            ("said", *hit.clip),
            lambda: client.transcript(hit.video_no, hit.namespace, token=token),
        )

    def captions(self, hit: Hit, token: CancelToken) -> tuple[TranscriptLine, ...]:
        """What is seen, in time order; empty as long as it is not known."""
        if hit.is_public:
            return ()
        client = self._libraries.client(hit.library_id, token)
        return self._kept(
            ("seen", *hit.clip),
            lambda: client.captions(hit.video_no, hit.namespace, token=token),
        )

    def kept(self, hit: Hit) -> tuple[tuple[TranscriptLine, ...], tuple[TranscriptLine, ...]]:
        """What is said and what is seen, as far as it was read already: nothing is asked, nothing costs."""
        with self._lock:
            return self._answers.get(("said", *hit.clip), ()), self._answers.get(("seen", *hit.clip), ())

    def record(self, hit: Hit, token: CancelToken) -> VideoRecord | None:
        """The clip as the library lists it, `None` when it is gone."""
        if hit.is_public:
            return None
        return self._libraries.client(hit.library_id, token).metadata(hit.video_no, hit.namespace, token=token)

    def _kept(self, key: _Key, read: Callable[[], tuple[TranscriptLine, ...]]) -> tuple[TranscriptLine, ...]:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        lines = read()
        if lines:  # without words it may still be listened to
            with self._lock:
                self._answers[key] = lines
                while len(self._answers) > _KEPT_MAX:
                    self._answers.popitem(last=False)
        return lines
