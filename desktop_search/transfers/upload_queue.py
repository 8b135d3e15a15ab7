"""The upload queue: durable, resumed after a crash, and never stopped by one bad file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.turn import sole_turn
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.transfers.acting import QueueActions
from desktop_search.transfers.adding import Adding, AddResult
from desktop_search.transfers.known import KnownFootage
from desktop_search.transfers.looking_up import SETTLED_S
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.polling import Poller
from desktop_search.transfers.ports import NO_BOOKS, Books, Clients, ProxyMaker, Report
from desktop_search.transfers.shift import Means, Shift


class UploadQueue(QueueActions):
    """Rows on their way to *searchable*. Every change of state is on the disk before anybody hears of it.

    `run` and `poll` are the two long jobs; all other methods are short and may be called from any thread.
    """

    def __init__(
        self,
        catalog: Catalog,
        clients: Clients,
        *,
        is_paid: Callable[[str], bool],
        proxies: ProxyMaker,
        settings: Callable[[], TransferSettings] = TransferSettings,
        books: Books = NO_BOOKS,
        poll_local_s: float = 0.5,
        poll_remote_s: float = 5.0,
        settled_s: float = SETTLED_S,
    ) -> None:
        """`is_paid` says of a library's id whether sending to it costs money: its rows wait to be started.

        `settled_s` is how long after its last byte a video whose answer was lost may still turn up in the library.
        """
        super().__init__(catalog, proxies.discard)
        self._means = Means(catalog, clients, is_paid, settings, proxies, books, settled_s)
        self._poller = Poller(self._rows, clients, poll_local_s, poll_remote_s)

    def add(
        self,
        paths: Sequence[Path],
        library_id: str,
        details: FootageDetails,
        token: CancelToken,
        report: Report,
    ) -> AddResult:
        """Open folders, look at every file, queue what is footage; reports `AddProgress`.

        Damaged footage becomes a failed row with its cause; what is no footage, missing, empty, unreadable, too large
        or queued already is in `skipped` with a reason. Raises `Cancelled` (what was taken stays), `CatalogProblem`.
        """
        started = not self._means.is_paid(library_id)
        known = KnownFootage(self._means.catalog)
        adding = Adding(self._rows, known, library_id, details, self._bell.ring, started=started)
        return adding.run(paths, token, report)

    def run(self, token: CancelToken, report: Report) -> None:
        """Prepare and send waiting rows until cancelled; reports each changed `UploadItem`.

        While another window sends from the same catalog, this one waits. Raises `Cancelled`, and `CatalogProblem` or
        `DiskFull` when nothing can be recorded any more.
        """
        with sole_turn(self._means.catalog.lock_file, token):
            shift = Shift(self._means, self._active, self._holds, report)
            shift.recover()
            with PerLibrary("sending", self._bell.ring) as lanes:
                try:
                    while True:
                        token.check()
                        heard = self._bell.rings
                        self._bell.wait(heard, shift.begin_work(lanes, token), token)
                finally:
                    self._active.stop()

    def poll(self, token: CancelToken, report: Report) -> None:
        """Ask for the state of indexing rows until cancelled; reports each changed `UploadItem`.

        Raises `Cancelled`, `CatalogProblem`, `DiskFull`.
        """
        with PerLibrary("polling", self._bell.ring) as lanes:
            while True:
                heard = self._bell.rings
                pause_s = self._poller.round(lanes, token, report)
                self._bell.wait(heard, pause_s, token)
