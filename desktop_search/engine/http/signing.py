"""Addresses of images that work without the key, for a while."""

from __future__ import annotations

import hashlib
import hmac
import time

LIFETIME_S = 3600
SIGNED_PREFIX = "/signed/"


class Signer:
    """Signs blob names with a secret derived from the key, so that a new key makes old addresses void."""

    def __init__(self, key: str) -> None:
        self._secret = hmac.digest(key.encode(), b"image address", hashlib.sha256)

    def query(self, blob: str) -> str:
        """The query string to append to the address."""
        expires = int(time.time()) + LIFETIME_S
        return f"expires={expires}&signature={self._signature(blob, str(expires))}"

    def allows(self, blob: str, expires: str, signature: str) -> bool:
        """Whether the signature is ours and still good."""
        genuine = hmac.compare_digest(self._signature(blob, expires).encode(), signature.encode("utf-8", "replace"))
        return genuine and expires.isascii() and expires.isdecimal() and int(expires) >= time.time()

    def _signature(self, blob: str, expires: str) -> str:
        return hmac.new(self._secret, f"{expires}\n{blob}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
