"""A look at a server's certificate before it is trusted with anything: no request is sent, and no key."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from urllib.parse import urlsplit

from desktop_search.api.address import server_address
from desktop_search.api.errors import shortened
from desktop_search.api.tls import fingerprint_of, system_trust, unchecked
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.accounts import ServerLook
from desktop_search.core.errors import NetworkError, Unreachable
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken

_TIMEOUT_S = 10.0
_HTTPS_PORT = 443
_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED


def look_at(typed: str, token: CancelToken) -> ServerLook:
    """What the server of that address shows; one of http shows nothing, and is only checked for being there.

    Raises `RequestRejected` for what is no address, `Unreachable`, `NetworkError`, `Cancelled`.
    """
    address = server_address(typed)
    parts = urlsplit(address)
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (_HTTPS_PORT if is_secure else 80)
    return run_cancellable(lambda _token, _report: _look(address, host, port, is_secure=is_secure), token)


def _look(address: str, host: str, port: int, *, is_secure: bool) -> ServerLook:
    if not is_secure:
        with _connected(host, port):
            return ServerLook(address)
    try:
        return ServerLook(address, _shown(host, port, system_trust())[0], is_trusted=True)
    except ssl.SSLCertVerificationError as error:
        reason = shortened(error.verify_message)
        is_expired = error.verify_code == _EXPIRED
    fingerprint, certificate = _shown(host, port, unchecked())
    return ServerLook(address, fingerprint, False, reason, is_expired or _is_over(host, port, certificate))


def _shown(host: str, port: int, context: ssl.SSLContext) -> tuple[str, bytes]:
    """Fingerprint and certificate. Raises `ssl.SSLCertVerificationError`, or in our words what else goes wrong."""
    try:
        with _connected(host, port) as plain, context.wrap_socket(plain, server_hostname=host) as secured:
            return fingerprint_of(secured), secured.getpeercert(binary_form=True) or b""
    except ssl.SSLCertVerificationError:
        raise
    except (ssl.SSLError, OSError) as error:
        message = _("{host} does not speak TLS at port {port}, or ended the connection.").format(host=host, port=port)
        raise NetworkError(
            message,
            hint=_("Check the port, and whether the address begins with http:// or https://."),
            details=type(error).__name__,
        ) from None


def _is_over(host: str, port: int, certificate: bytes) -> bool:
    """Whether it would be refused for its time even if it were trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    with suppress(ssl.SSLError):
        context.load_verify_locations(cadata=ssl.DER_cert_to_PEM_cert(certificate))
        try:
            _shown(host, port, context)
        except ssl.SSLCertVerificationError as error:
            return error.verify_code == _EXPIRED
    return False


def _connected(host: str, port: int) -> socket.socket:
    try:
        return socket.create_connection((host, port), timeout=_TIMEOUT_S)
    except socket.gaierror:
        raise Unreachable(
            _("{library} could not be found.").format(library=host), hint=_("Check the address and your network.")
        ) from None
    except (OSError, UnicodeError) as error:
        message = _("Nothing answers at {host}, port {port}.").format(host=host, port=port)
        raise Unreachable(
            message, hint=_("Check the address and the port, and that the server runs."), details=type(error).__name__
        ) from None
