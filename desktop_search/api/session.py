"""Connections to one server: who gets the key, whom they trust, and what they leave out."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from desktop_search import __version__
from desktop_search.api.address import is_loopback
from desktop_search.api.connection import POOLS
from desktop_search.api.tls import pinned_trust, system_trust

_CONNECTIONS = 16


class _KeyFor(AuthBase):
    """Puts the key on requests to one host. Being there, it also keeps `.netrc` from putting on something else."""

    def __init__(self, base_url: str, key: str) -> None:
        self._base_url, self._key = base_url, key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key:
            # As the request's own address was written, in which a host like “müller.example” is put into ASCII.
            ours = requests.Request("GET", f"{self._base_url}/").prepare().url
            if str(request.url).startswith(str(ours)):
                request.headers["Authorization"] = self._key
        return request


class _Adapter(HTTPAdapter):
    """Connections that trust whom `trust` trusts, whatever a setting or the environment says."""

    def __init__(self, trust: Callable[[], ssl.SSLContext] = system_trust) -> None:
        self._trust = trust
        super().__init__(pool_maxsize=_CONNECTIONS, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        """Make the pool of connections."""
        super().init_poolmanager(*arguments, ssl_context=self._trust(), **options)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:  # noqa: ANN401 - passed on
        """Make the pool of connections through a proxy, which is itself trusted no further than a server."""
        trust = {"ssl_context": self._trust(), "proxy_ssl_context": system_trust()}
        manager = super().proxy_manager_for(proxy, **trust, **options)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: Any,  # noqa: ANN401, ARG002 - the base class's
        cert: Any = None,  # noqa: ANN401, ARG002 - the base class's
    ) -> Any:  # noqa: ANN401 - the base class's types are its own
        """Where a request goes. `verify` is not asked."""
        return super().build_connection_pool_key_attributes(request, verify=True, cert=None)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ANN401, ARG002
        """Add nothing to what the system trusts, as the certificates that come with `requests`."""
        conn.cert_reqs = "CERT_REQUIRED"


def _is_here(url: object) -> bool:
    return is_loopback(urlsplit(str(url)).hostname or "")


class _Session(requests.Session):
    """A session that uses the system's proxies, but never for this computer, and nothing else of the environment."""

    def merge_environment_settings(self, url: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
        """What holds for a request to `url`."""
        settings = super().merge_environment_settings(url, *arguments, **options)
        return settings | {"proxies": {}} if _is_here(url) else settings

    def rebuild_proxies(self, prepared_request: Any, proxies: Any) -> Any:  # noqa: ANN401 - passed on
        """What holds for a request that a redirect led to."""
        settings = super().rebuild_proxies(prepared_request, proxies)  # type: ignore[no-untyped-call]
        return {} if _is_here(prepared_request.url) else settings

    def rebuild_auth(self, prepared_request: Any, response: Any) -> None:  # noqa: ANN401, ARG002 - the base class's
        """Take nothing along a redirect, and nothing from `.netrc`."""
        prepared_request.headers.pop("Authorization", None)


class _KeySession(_Session):
    """A session that follows no redirect, nor prepares to."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 - the base class's
        """Nowhere."""
        return


def make_session(base_url: str = "", key: str = "", fingerprint: str = "") -> requests.Session:
    """A session without cookies, repeats and `.netrc`. Safe from several threads.

    With a key, which goes to `base_url` alone, it follows no redirect. With a fingerprint, `base_url` may show that
    certificate and no other; other hosts are trusted as ever.
    """
    session = _KeySession() if key else _Session()
    adapter = _Adapter()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    if fingerprint:
        session.mount(f"{base_url}/", _Adapter(lambda: pinned_trust(fingerprint)))
    session.auth = _KeyFor(base_url, key)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = f"DesktopSearch/{__version__}"
    return session
