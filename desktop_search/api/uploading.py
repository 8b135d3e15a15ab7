"""Sending footage (contract §5). None of these calls is ever repeated by itself: a video could be paid for twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_search.api import endpoints, parsing
from desktop_search.api.body import FilePart
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.api.forms import details_form, options_form
from desktop_search.core.errors import ServerError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.upload_options import UploadOptions

_PLAIN = UploadOptions()


class UploadCalls:
    """The client's calls that bring footage into the library.

    They raise `NoCredit`, `RateLimited` (one upload a minute, contract §15), `RequestRejected` for what the library
    does not take, and `FileProblem` for a file that cannot be read or changes while it is sent. After any other error
    the footage may have arrived all the same: look in the list before it is sent again.
    """

    _caller: Caller

    def upload_video(
        self,
        path: Path,
        details: FootageDetails,
        *,
        token: CancelToken,
        on_sent: Callable[[int], None],
        options: UploadOptions = _PLAIN,
    ) -> str:
        """Send a video of at most 3 GB (§5.1). Returns its `videoNo`.

        `on_sent` gets the bytes of it that the library has acknowledged.
        """
        fields = details_form(details) + options_form(options)
        request = Request(endpoints.UPLOAD, form=fields, files=[FilePart("file", path)])
        return _video_no(self._caller.call(request, token, on_sent))

    def upload_url(
        self,
        url: str,
        details: FootageDetails,
        *,
        token: CancelToken | None = None,
        options: UploadOptions = _PLAIN,
    ) -> str:
        """Let the library fetch a video of at most 1 GB (§5.2): MP4, or M3U8 with absolute addresses.

        *This computer* indexes `file:` addresses in place. Returns its `videoNo`; fetching may fail later.
        """
        form = [("url", url), *details_form(details), *options_form(options)]
        return _video_no(self._caller.call(Request(endpoints.UPLOAD_URL, form=form), token))

    def upload_images(
        self, paths: Sequence[Path], details: FootageDetails, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> tuple[str, ...]:
        """Send pictures of at most 20 MB each in one request, which is taken or refused as a whole (§5.3).

        `on_sent` gets the bytes of them that the library has acknowledged. Returns their ids, in order.
        """
        files = [FilePart("files", path) for path in paths]
        request = Request(endpoints.UPLOAD_IMAGES, form=details_form(details), files=files)
        ids = parsing.uploaded_images(self._caller.call(request, token, on_sent))
        if len(ids) != len(paths):
            raise ServerError(
                _("The library took the pictures, but did not say under which ids."), hint=_("Try again.")
            )
        return ids


def _video_no(data: object) -> str:
    video_no = parsing.uploaded_video(data)
    if not video_no:
        raise ServerError(_("The library took the video, but did not say under which number."), hint=_("Try again."))
    return video_no
