"""Whether a server speaks the Visual Search interface at all: asked once, without a key."""

from __future__ import annotations

from urllib.parse import urlsplit

from desktop_search.api import endpoints
from desktop_search.api.errors import NoLibrary
from desktop_search.api.session import make_session
from desktop_search.api.transport import read_answer, translated
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.accounts import Server
from desktop_search.core.errors import AppError, NetworkError, RequestRejected, Unreachable
from desktop_search.core.language import _
from desktop_search.core.library import BASE_PATH
from desktop_search.core.token import CancelToken

_TIMEOUT_S = 10.0
_HINT_SCHEME = _("Check the port, and whether the address begins with http:// or https://.")


def probe(server: Server, token: CancelToken) -> None:
    """Ask for the namespaces (contract §9.9) without a key, which a library refuses in an envelope.

    What else it may say in one, or that it is out of order now, is no reason to leave it out. Raises `RequestRejected`
    for what is no library, `NetworkError`, `CertificateChanged`, `Cancelled`.
    """
    run_cancellable(lambda own, _report: _ask(server, own), token)


def _ask(server: Server, token: CancelToken) -> None:
    parts = urlsplit(server.address)
    url = f"{server.address}{BASE_PATH}{endpoints.NAMESPACES.path}"
    session = make_session(server.address, fingerprint=server.fingerprint)
    try:
        with (
            translated(server.name or parts.netloc),
            session.get(url, timeout=_TIMEOUT_S, stream=True, allow_redirects=False) as response,
        ):
            answer = read_answer(response, token)
    except Unreachable:
        raise
    except NetworkError as error:
        raise NetworkError(error.message, hint=_HINT_SCHEME, details=error.details) from None
    finally:
        session.close()
    try:
        answer.data("")
    except NoLibrary as error:
        message = _("What answers at {address} is no Visual Search server.").format(address=server.address)
        raise RequestRejected(message, hint=_("Check the address and the port."), details=error.details) from None
    except AppError:
        pass  # as a library refuses who has no key
