"""Which servers are trusted: those that the operating system's store of certificates vouches for."""

from __future__ import annotations

import logging
import os
import ssl
from pathlib import Path
from typing import Any

import truststore

_log = logging.getLogger(__name__)
_MORE_TRUST = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class _SystemTrust(truststore.SSLContext):
    """Checks every certificate and host name; whatever is set on it, nothing can switch that off.

    Each connection gets a context of its own: a context is locked while it shakes hands, and a server that is silent
    then would hold up all others. It trusts the operating system's certificates, and those of the files or folders that
    the user's environment names in REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE. Safe from several threads.
    """

    def wrap_socket(self, *arguments: Any, **options: Any) -> ssl.SSLSocket:  # noqa: ANN401 - passed on
        """A connection that is trusted. Raises `ssl.SSLError`, later too where it ends without a farewell: cut off."""
        return _fresh().wrap_socket(*arguments, **options | {"suppress_ragged_eofs": False})

    def wrap_bio(self, *arguments: Any, **options: Any) -> ssl.SSLObject:  # noqa: ANN401 - passed on
        """The same inside another connection, as through a proxy that speaks TLS itself."""
        return _fresh().wrap_bio(*arguments, **options)


def system_trust() -> ssl.SSLContext:
    """What connections are made with."""
    return _SystemTrust(ssl.PROTOCOL_TLS_CLIENT)


def _fresh() -> truststore.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.hostname_checks_common_name = False
    context.set_alpn_protocols(["http/1.1"])
    for name in _MORE_TRUST:
        if place := os.environ.get(name):
            _add(context, name, Path(place))
    return context


def _add(context: truststore.SSLContext, name: str, place: Path) -> None:
    try:
        if place.is_dir():
            context.load_verify_locations(capath=place)
        else:
            context.load_verify_locations(cafile=place)
    except OSError as error:  # an `SSLError` is one too
        _log.warning("%s names certificates that cannot be read: %s", name, error.strerror or type(error).__name__)
