"""Servers that the user added, and the keys of a library by name. The keys themselves are only in the keyring."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST_KEY = ""  # the name of the key that a library has from the beginning
NAME_MAX_CHARS = 60
_FINGERPRINT = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Server:
    """A server of the user's own.

    Attributes:
        address: `scheme://host[:port]`.
        name: what the user calls it; "" for its host.
        fingerprint: SHA-256 of the one certificate it may show, 64 small hexadecimal digits; "" for any that the
            system vouches for.
    """

    address: str
    name: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class NamedKeys:
    """Which keys a library has besides its first one, and which of all of them is in use."""

    names: tuple[str, ...] = ()
    chosen: str = FIRST_KEY


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key as it may be shown: its name, and enough of it to recognise it. `problem` when nobody can tell."""

    name: str
    hint: str
    is_used: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ServerLook:
    """What a server showed before anything was sent to it.

    Attributes:
        address: as it is to be kept.
        fingerprint: of the certificate it showed; "" where the connection is not encrypted.
        is_trusted: whether the system vouches for the certificate.
        reason: why it does not, in the words of the TLS library.
        is_expired: whether the certificate's time is over, whoever vouches for it.
    """

    address: str
    fingerprint: str = ""
    is_trusted: bool = False
    reason: str = ""
    is_expired: bool = False


def is_fingerprint(text: str) -> bool:
    """Whether it is one as they are kept."""
    return _FINGERPRINT.fullmatch(text) is not None


def fingerprint_words(fingerprint: str) -> str:
    """Such that two of them can be compared by eye: "3F:A2:…"."""
    return ":".join(fingerprint[at : at + 2] for at in range(0, len(fingerprint), 2)).upper()
