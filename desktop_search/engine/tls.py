"""Listening for others: only encrypted, and only with a key that somebody gave out on purpose."""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from desktop_search.engine.problems import StartProblem

_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_MISMATCH = "KEY_VALUES_MISMATCH"  # OpenSSL's name for it


@dataclass(frozen=True, slots=True)
class Tls:
    """The certificate that the engine shows; `fingerprint` is its SHA-256, as people compare it: "3F:A2:…"."""

    certificate: Path
    key: Path
    fingerprint: str


def tls_of(certificate: Path | None, key: Path | None) -> Tls | None:
    """What was given on the command line, checked; `None` for none. Raises StartProblem."""
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise StartProblem("--tls-cert and --tls-key belong together: name both files.")
    text, _ = _text(certificate), _text(key)  # OpenSSL does not say which of them it could not read
    try:
        # Without a password of its own, OpenSSL would ask for one on the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except ssl.SSLError as error:
        if error.reason == _MISMATCH:
            raise StartProblem(f"The certificate {certificate} and the key {key} do not belong together.") from None
        reason = error.reason or "not in PEM form, or locked by a password"
        raise StartProblem(f"The certificate {certificate} and the key {key} cannot be used: {reason}") from None
    return Tls(certificate, key, _fingerprint(text))


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace")
    except OSError as error:
        raise StartProblem(f"{file} cannot be read: {error.strerror}") from None


def refuse_open_doors(host: str, *, has_tls: bool, has_key: bool) -> None:
    """Beyond this computer the engine listens only with TLS and with a key that was given out. Raises StartProblem."""
    if is_loopback(host):
        return
    missing = []
    if not has_tls:
        missing.append("a certificate (--tls-cert FILE --tls-key FILE)")
    if not has_key:
        missing.append("a key (desktop-search engine keys add NAME --data-dir DIR, or --key-file FILE)")
    if missing:
        wanted = f"the engine needs {' and '.join(missing)}"
        raise StartProblem(f"To listen on {host}, where others can reach it, {wanted}. Nothing was opened.")


def is_loopback(host: str) -> bool:
    """Whether nobody but this computer reaches that address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _fingerprint(text: str) -> str:
    """Of the first certificate in the file, which is the server's own."""
    shown = text[text.index(_BEGIN) : text.index(_END) + len(_END)]
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))
