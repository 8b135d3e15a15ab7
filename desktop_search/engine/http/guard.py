"""Who may speak to the engine: the right Host, no browser page, the right key."""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from desktop_search.engine.http.envelope import ACCOUNT_DISABLED, WRONG_KEY, ApiError, failure
from desktop_search.engine.http.openapi.model import OPENAPI_PATH
from desktop_search.engine.http.signing import SIGNED_PREFIX
from desktop_search.engine.library.accounts import OWN_ACCOUNT
from desktop_search.engine.store.keys import AccountDisabled

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::(\d{1,5}))?", re.ASCII)


def _nobody(_key: str) -> None:
    return None


def _is_keyless(path: str) -> bool:
    return path.startswith(SIGNED_PREFIX) or path == OPENAPI_PATH


class Guard:
    """ASGI middleware in front of everything.

    A page in a browser must not reach the engine, even by a name that it made point here: so the Host must be an
    address of this engine, and a request with an Origin is refused.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        key: str,
        host: str,
        port: int,
        lenient: bool,
        is_secure: bool = False,
        account_of: Callable[[str], str | None] = _nobody,
    ) -> None:
        """`key`: the engine's own. `account_of`: the account of any other, `None` where it is not good.

        `is_secure`: it speaks TLS, where a name that was made to point here is found out by its certificate.
        """
        self._app, self._key, self._lenient = app, key.encode(), lenient
        self._host, self._port = host, port
        self._is_secure, self._account_of = is_secure, account_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers)
        if refusal is None and not _is_keyless(scope["path"]):
            try:
                scope["account"] = await self._account(headers)
            except AccountDisabled:
                refusal = ApiError("This account is disabled.", ACCOUNT_DISABLED)
            else:
                if scope["account"] is None:
                    refusal = ApiError("The API key is missing or invalid.", WRONG_KEY, http_status=401)
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await failure(refusal)(scope, receive, send)

    def _refusal(self, headers: Headers) -> ApiError | None:
        if len(headers.getlist("host")) != 1 or not self._is_ours(headers["host"]):
            return ApiError("This address is not one of the engine's own.", http_status=421)
        if "origin" in headers or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return ApiError("The engine does not answer pages in a browser.", http_status=403)
        return None

    async def _account(self, headers: Headers) -> str | None:
        sent = headers.get("authorization", "")
        if self._lenient:
            sent = sent.removeprefix("Bearer ")
        if hmac.compare_digest(sent.encode("utf-8", "replace"), self._key):
            return OWN_ACCOUNT
        return await run_in_threadpool(self._account_of, sent) if sent else None

    def _is_ours(self, host_header: str) -> bool:
        match = _HOST.fullmatch(host_header)
        if match is None or int(match.group(2) or (443 if self._is_secure else 80)) != self._port:
            return False
        name = match.group(1).strip("[]").lower()
        if name == self._host.lower() or self._is_secure:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return name == "localhost" and self._listens_on_loopback()
        if address.is_loopback:
            return self._listens_on_loopback()
        # Listening on every address: any number is this computer's; a name could be anybody's.
        return self._host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound

    def _listens_on_loopback(self) -> bool:
        return self._host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::")  # noqa: S104 - compared, not bound
