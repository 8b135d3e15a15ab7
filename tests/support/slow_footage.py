"""A server's footage that comes quickly as far as the test lets it, from anywhere or only from the beginning."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field

from tests.support.fault_server import Handler

_PIECE_BYTES = 16_384
_DRIP_BYTES, _DRIP_S = 64, 0.05


@dataclass
class SlowFootage:
    """A `Behaviour`: bytes before `limit` are sent at once, later ones drip until it is raised; those of `free` always.

    Attributes:
        began: the first byte of each answer.
    """

    data: bytes
    limit: int
    ranges: bool = True
    free: range = field(default_factory=lambda: range(0))
    began: list[int] = field(default_factory=list)
    is_cut: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def release(self, limit: int | None = None) -> None:
        with self._changed:
            self.limit = len(self.data) if limit is None else limit
            self._changed.notify_all()

    def cut(self) -> None:
        """The line breaks, now and from now on."""
        with self._changed:
            self.is_cut = True
            self._changed.notify_all()

    def __call__(self, handler: Handler) -> None:
        match = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", "")) if self.ranges else None
        first = int(match[1]) if match else 0
        self.began.append(first)
        handler.send_response(206 if match else 200)
        handler.send_header("Content-Type", "application/octet-stream")
        handler.send_header("Content-Length", str(len(self.data) - first))
        if match:
            handler.send_header("Content-Range", f"bytes {first}-{len(self.data) - 1}/{len(self.data)}")
        elif self.ranges:
            handler.send_header("Accept-Ranges", "bytes")
        handler.end_headers()
        at = first
        while at < len(self.data):
            with self._changed:
                self._changed.wait_for(lambda: self.is_cut or at in self.free or at < self.limit, _DRIP_S)  # noqa: B023
                end = at + _DRIP_BYTES
                if at in self.free or at < self.limit:
                    end = min(at + _PIECE_BYTES, self.free.stop if at in self.free else self.limit)
            if self.is_cut:
                handler.cut()
                return
            try:
                handler.wfile.write(self.data[at:end])
            except OSError:  # the client has what it wanted
                break
            at = end
        handler.close_connection = True
