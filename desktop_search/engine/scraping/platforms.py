"""The platforms that posts are imported from: their hosts, and which of yt-dlp's extractors may look at them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

TIKTOK, YOUTUBE, INSTAGRAM = "TIKTOK", "YOUTUBE", "INSTAGRAM"
PLATFORMS = (TIKTOK, YOUTUBE, INSTAGRAM)
_HOSTS = {TIKTOK: ("tiktok.com",), YOUTUBE: ("youtube.com", "youtu.be"), INSTAGRAM: ("instagram.com",)}
_EXTRACTORS = {
    TIKTOK: (r"tiktok(:.*)?", r"vm\.tiktok"),
    YOUTUBE: (r"youtube(:.*)?",),
    INSTAGRAM: (r"instagram(:.*)?",),
}
_CHANNEL = re.compile(r"/(@[^/]+|(c|user|channel)/[^/]+)/?")
_ANY_SERVER = ("generic",)  # a file, or a feed of files


@dataclass(frozen=True, slots=True)
class InHouse:
    """A server of one's own that stands for a platform. It may be inside the network."""

    host: str
    port: int
    platform: str

    @property
    def place(self) -> str:
        """Host and port as addresses have them."""
        return f"{self.host}:{self.port}"


def in_house_of(text: str) -> InHouse:
    """A server written as HOST:PORT=PLATFORM. ValueError for anything else."""
    place, _, platform = text.partition("=")
    host, _, port = place.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536 or platform not in PLATFORMS:
        raise ValueError(text)
    return InHouse(host.lower(), int(port), platform)


class Platforms:
    """Which addresses are posts and profiles, and of which platform."""

    def __init__(self, in_house: Sequence[InHouse] = ()) -> None:
        self.in_house = tuple(in_house)

    def of(self, address: str) -> str | None:
        """The platform of an address; `None` where it belongs to none, and so is not fetched."""
        parts = _parts(address)
        if parts is None:
            return None
        if (server := self._server(parts)) is not None:
            return server.platform
        host = (parts.hostname or "").lower()
        if parts.port not in (None, 80, 443):
            return None
        for platform, names in _HOSTS.items():
            if any(host == name or host.endswith(f".{name}") for name in names):
                return platform
        return None

    def extractors(self, address: str) -> tuple[str, ...]:
        """The extractors that may look at an address of a platform, as regular expressions."""
        parts, platform = _parts(address), self.of(address)
        if parts is None or platform is None:
            return ()
        return _EXTRACTORS[platform] if self._server(parts) is None else _ANY_SERVER

    def profile_address(self, address: str) -> str:
        """Where the posts of a profile are listed: YouTube keeps those of a channel on a page of their own."""
        parts = _parts(address)
        if parts is None or self._server(parts) is not None or self.of(address) != YOUTUBE:
            return address
        if not _CHANNEL.fullmatch(parts.path):
            return address
        return parts._replace(path=f"{parts.path.rstrip('/')}/videos", query="", fragment="").geturl()

    def tag_address(self, tag: str) -> str:
        """Where the posts with a hashtag are listed; only TikTok has such a list."""
        for server in self.in_house:
            if server.platform == TIKTOK:
                return f"http://{server.place}/tag/{quote(tag, safe='')}"
        return f"https://www.tiktok.com/tag/{quote(tag, safe='')}"

    def _server(self, parts: SplitResult) -> InHouse | None:
        place = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        return next((each for each in self.in_house if (each.host, each.port) == place), None)


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if good and parts.hostname else None
