"""The queue in processes that end at a chosen point, as hard as can be, against a real engine over HTTP.

Arguments: the engine's address, its key, the catalog file, the folder of footage. Each line of the input is one run:
`POINT NUMBER` ends it by SIGKILL when POINT happens for the NUMBERth time; `end 0` lets it run until every row is
done. After each run one line tells how it ended. A run is a fork of this process, which costs no imports.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from desktop_search.api.client import VisualSearchClient
from desktop_search.catalog.database import Catalog
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.media.fingerprint import fingerprint
from desktop_search.transfers import adding, sending
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue

_SLOWLY = {"before the commit", "after the commit", "bytes have left", "after a list"}  # or it is done too soon
_DONE = {UploadState.SEARCHABLE, UploadState.FAILED, UploadState.KNOWN}


class Points:
    """Counts what happens, and ends the process at the chosen point."""

    def __init__(self, point: str, number: int) -> None:
        self._point, self._left, self._lock = point, number, threading.Lock()

    def happens(self, point: str) -> None:
        with self._lock:
            self._left -= point == self._point
            if self._left == 0 and point == self._point:
                os.kill(os.getpid(), signal.SIGKILL)
                threading.Event().wait()  # the signal comes before anything else happens


class CountedCatalog(Catalog):
    """Tells when a change is about to be on the disk, and when it is."""

    points: Points

    def _commit(self) -> None:
        self.points.happens("before the commit")
        super()._commit()
        self.points.happens("after the commit")


class CountedClient(VisualSearchClient):
    """Tells when a request begins, when bytes have left, and when an answer is there that nobody has seen yet."""

    points: Points

    def upload_video(
        self,
        path: Path,
        details: FootageDetails,
        *,
        token: CancelToken,
        on_sent: Callable[[int], None],
        **more: Any,
    ) -> str:
        def sent(sent_bytes: int) -> None:
            self.points.happens("bytes have left")
            on_sent(sent_bytes)

        self.points.happens("before the request")
        video_no = super().upload_video(path, details, token=token, on_sent=sent, **more)
        self.points.happens("after the answer")
        return video_no

    def list_videos(self, *arguments: Any, **named: Any) -> Any:
        answer = super().list_videos(*arguments, **named)
        self.points.happens("after a list")
        return answer


def _counted_fingerprint(points: Points, path: Path, token: CancelToken) -> str:
    points.happens("before the fingerprint")
    return fingerprint(path, token)


def run(url: str, key: str, catalog_file: Path, footage: Path, points: Points, at_once: int) -> NoReturn:
    """One life of the program."""
    CountedCatalog.points = CountedClient.points = points
    for module in (adding, sending):
        vars(module)["fingerprint"] = partial(_counted_fingerprint, points)
    catalog = CountedCatalog(catalog_file)
    client = CountedClient(url, key)
    queue = UploadQueue(
        catalog,
        lambda _library_id, _token: client,
        is_paid=lambda _: False,
        proxies=Preparer(catalog_file.with_name("proxies")),
        settings=lambda: TransferSettings(at_once=at_once),
        poll_remote_s=0.05,
        settled_s=0.25,
    )
    token = CancelToken()
    with ThreadPoolExecutor(2) as pool:
        pool.submit(queue.run, token, lambda _: None)
        pool.submit(queue.poll, token, lambda _: None)
        # As a user does who adds the folder again because the program ended while it was being added.
        queue.add([footage], url, FootageDetails(), token, lambda _: None)
        while not _is_done(queue.items()):
            token.wait(0.05)
        token.cancel()
    os._exit(0)


def _is_done(rows: Sequence[UploadItem]) -> bool:
    return all(row.state in _DONE for row in rows)


def main(url: str, key: str, catalog_file: str, footage: str) -> None:
    for line in sys.stdin:
        point, _, number = line.strip().rpartition(" ")
        child = os.fork()
        if not child:
            try:
                at_once = 1 if point in _SLOWLY else 2
                run(url, key, Path(catalog_file), Path(footage), Points(point, int(number)), at_once)
            finally:
                os._exit(3)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
