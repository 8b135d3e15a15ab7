"""Servers and their certificates in words."""

from __future__ import annotations

from desktop_search.core.accounts import Server, ServerLook, fingerprint_words
from desktop_search.core.language import _


def trust_words(server: Server) -> str:
    """Whom the server is trusted to be."""
    if server.fingerprint:
        return _("Certificate accepted by you: {fingerprint}").format(fingerprint=fingerprint_words(server.fingerprint))
    if server.address.startswith("https:"):
        return _("Certificate vouched for by this system")
    return _("Not encrypted")


def certificate_words(look: ServerLook, kept: str) -> str:
    """What to compare before a certificate is accepted; with `kept`, that it is another one than before."""
    seen = fingerprint_words(look.fingerprint)
    if kept:
        return _(
            "This server shows ANOTHER certificate than the one you accepted. If it was not renewed, somebody else may "
            "be answering in its place.\nAccepted: {kept}\nShown now: {seen}"
        ).format(kept=fingerprint_words(kept), seen=seen)
    return _(
        "This system does not know the server's certificate ({reason}). Compare its fingerprint with the one that was "
        "shown where the server was started, and accept it only if they are the same.\nSHA-256: {seen}"
    ).format(reason=look.reason, seen=seen)


def accept_words(kept: str) -> str:
    """What the button says that accepts it."""
    return _("Accept the new certificate") if kept else _("Accept this certificate")


def expired_words(look: ServerLook) -> str:
    """Why a certificate cannot be accepted whose time is over."""
    return _("The certificate of {address} has expired. Make a new one there, then check again.").format(
        address=look.address
    )
