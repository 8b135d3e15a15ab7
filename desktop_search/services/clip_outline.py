"""Where the shots of a clip begin and where somebody speaks, as far as asking costs nothing."""

from __future__ import annotations

from collections.abc import Callable

from desktop_search.core.hits import Hit
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.outline import Outline
from desktop_search.core.token import CancelToken
from desktop_search.services.clip_texts import ClipTexts

_Shots = Callable[[str, str, CancelToken], tuple[int, ...]]


class ClipOutlines:
    """Safe from any thread; may take long and raises `AppError` or `Cancelled`."""

    def __init__(self, shots: _Shots, texts: ClipTexts) -> None:
        """`shots` gives the shots of a video of *This computer*, by its number and namespace."""
        self._shots, self._texts = shots, texts

    def outline(self, hit: Hit, token: CancelToken) -> Outline:
        """How the clip of a hit is built, in the time of the video that the library has.

        *This computer* is asked for all of it. Other libraries charge for texts (contract §9.4), so of their clips only
        those are used that were read for the tabs; the segments that captions are about stand for the shots.
        """
        if hit.library_id == LOCAL_ID and not hit.is_public:
            shots = self._shots(hit.video_no, hit.namespace, token)
            return Outline(shots, self._texts.transcript(hit, token))
        said, seen = self._texts.kept(hit)
        return Outline(tuple(sorted({line.start_ms for line in seen})), said)
