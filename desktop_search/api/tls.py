"""Which servers are trusted: those that the operating system's store of certificates vouches for."""

from __future__ import annotations

import hashlib
import hmac
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


class WrongCertificate(ssl.SSLCertVerificationError):
    """The server showed another certificate than the one it is pinned to: the fingerprints of both."""

    def __init__(self, kept: str, seen: str) -> None:
        super().__init__("the server shows another certificate")
        self.kept, self.seen = kept, seen


class _PinnedTrust(truststore.SSLContext):
    """Takes one certificate and no other, before anything is sent. Safe from several threads, and as hard to open."""

    def __init__(self, protocol: int, fingerprint: str) -> None:
        super().__init__(protocol)
        self._fingerprint = fingerprint

    def wrap_socket(self, *arguments: Any, **options: Any) -> ssl.SSLSocket:  # noqa: ANN401 - passed on
        """A connection to who has that certificate. Raises `WrongCertificate`, `ssl.SSLError`."""
        secured = unchecked().wrap_socket(*arguments, **options | {"suppress_ragged_eofs": False})
        seen = fingerprint_of(secured)
        if not hmac.compare_digest(seen, self._fingerprint):
            secured.close()
            raise WrongCertificate(self._fingerprint, seen)
        return secured

    def wrap_bio(self, *_arguments: Any, **_options: Any) -> ssl.SSLObject:  # noqa: ANN401 - the base class's
        """Not through a proxy that speaks TLS itself: the certificate is not there yet."""
        raise ssl.SSLError("a pinned certificate cannot be checked through this proxy")


def pinned_trust(fingerprint: str) -> ssl.SSLContext:
    """What connections to a server with that certificate are made with."""
    return _PinnedTrust(ssl.PROTOCOL_TLS_CLIENT, fingerprint)


def fingerprint_of(secured: ssl.SSLSocket) -> str:
    """SHA-256 of the certificate that the other side showed, in small hexadecimal digits; "" for none."""
    shown = secured.getpeercert(binary_form=True)
    return hashlib.sha256(shown).hexdigest() if shown else ""


def unchecked() -> ssl.SSLContext:
    """Trusts anybody: to look at a certificate with, or to compare it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context


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
