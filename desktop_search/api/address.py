"""Server addresses: what a person types, made fit for use; and which of them are this computer itself."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from desktop_search.core.errors import RequestRejected
from desktop_search.core.language import _
from desktop_search.core.library import BASE_PATH

_HINT = _("It looks like https://host or http://host:8080.")


def server_address(typed: str) -> str:
    """`scheme://host[:port]` from what was typed; the API's own path may follow and is taken off.

    Raises `RequestRejected` for anything that is not the address of a server.
    """
    text = typed.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise RequestRejected(_("That is not a server address."), hint=_HINT) from None
    path = parts.path.rstrip("/").removesuffix(BASE_PATH)
    unwanted = path or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in {"http", "https"} or not host or unwanted or not host.isprintable() or " " in host:
        raise RequestRejected(_("That is not a server address."), hint=_HINT)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or an address, is this computer itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
