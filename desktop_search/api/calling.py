"""Calls as the client's parts make them: kept from being too many, tried again where that does no harm, cancellable."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from desktop_search.api.endpoints import Endpoint
from desktop_search.api.exchange import Request
from desktop_search.api.patience import Patience, R, patiently
from desktop_search.api.transport import Transport
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import RateLimited
from desktop_search.core.language import _, ngettext
from desktop_search.core.token import CancelToken


class Caller:
    """Makes the calls of one library. May be used from several threads at once."""

    def __init__(self, transport: Transport, patience: Mapping[CallKind, Patience]) -> None:
        self.transport, self._patience = transport, patience

    def call(self, request: Request, token: CancelToken | None, on_sent: Callable[[int], None] | None = None) -> object:
        """As `ask`, on a thread of its own: `Cancelled` comes at once. `on_sent` runs on the caller's thread."""
        return run_cancellable(lambda own, sent: self.ask(request, own, sent), token or CancelToken(), on_sent)

    def ask(self, request: Request, token: CancelToken, on_sent: Callable[[int], None] | None = None) -> object:
        """The answer's `data`. Raises an `AppError` when the tries are used up, `Cancelled` between pieces."""
        return self.patiently(request.endpoint, token, lambda: self.transport.call(request, token, on_sent))

    def patiently(self, endpoint: Endpoint, token: CancelToken, work: Callable[[], R]) -> R:
        """The result of `work`, a call to `endpoint`, tried again as `Patience` says where it may be repeated.

        Raises `RateLimited` at once where the limit of such calls would be waited for longer than that.
        """
        patience = self._patience[endpoint.kind]
        if not endpoint.repeatable:
            return work()

        def kept() -> R:
            wait_s = self.transport.gate.wait_s(endpoint.kind)
            if wait_s > patience.within_s:
                hint = ngettext(
                    "Wait {count} second, then try again.", "Wait {count} seconds, then try again.", math.ceil(wait_s)
                )
                raise RateLimited(_("The library gets too many requests."), hint=hint, retry_after_s=wait_s)
            return work()

        return patiently(kept, patience, token)
