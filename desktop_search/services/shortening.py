"""Texts without the names of files and of servers, for those who give them away."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from desktop_search.core.media_types import IMAGE_TYPES, OTHER_FOOTAGE, OTHER_PICTURES, VIDEO_TYPES

_SUFFIXES = {*VIDEO_TYPES, *OTHER_FOOTAGE, *IMAGE_TYPES, *OTHER_PICTURES, ".srt", ".vtt", ".edl", ".fcpxml"}
_MEDIA = rf"(?i:{'|'.join(map(re.escape, sorted(_SUFFIXES)))})"
_HEAD = r"(?:file:/+|~[/\\]|[A-Za-z]:[/\\]|\\\\|/)"
# Inside quotation marks a path may have blanks; outside it ends with the first one.
_QUOTED = re.compile(rf"""(?P<open>[“"'])(?P<name>{_HEAD}[^“”"'\n]+|[^“”"'\n/\\]+{_MEDIA})(?P<close>[”"'])""")
_PATH = re.compile(rf"""(?<![\w/\\.:…>])(?P<name>{_HEAD}[^\s“”"'<>|,;]*[/\\][^\s“”"'<>|,;:]+)""")
_NAME = re.compile(rf"""(?<![\w/\\…])(?P<name>[^\s“”"'/\\<>|,;:=]+{_MEDIA})\b""")
_QUERY = re.compile(r"""(https?://[^\s?"'<>]+)\?[^\s"'<>]*""")
_USER = re.compile(r"(?<=://)[^/@\s\"']+@")
_KEPT_HEADS = ("/serve/", "/signed/")  # what is called, not where files are
_OWN_PARTS = 3


class Shortener:
    """The same name becomes the same sign within one report, and another one in the next.

    Args:
        names: file names that are known, which may have blanks in them.
        servers: addresses of servers that are known.
        words: names that the user gave to keys and servers, which may be those of clients.
    """

    def __init__(self, names: Sequence[str], servers: Sequence[str], words: Sequence[str] = ()) -> None:
        self._salt = secrets.token_bytes(16)
        self._names = sorted({name for name in names if " " in name and len(name) > 3}, key=len, reverse=True)
        self._servers = [server.partition("://")[2] for server in servers]
        self._words = sorted({json.dumps(word, ensure_ascii=False) for word in words if word}, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """`text` with every path, file name and server made short."""
        for number, server in enumerate(self._servers, 1):
            text = text.replace(server, f"server-{number}")
        for number, word in enumerate(self._words, 1):
            text = text.replace(word, f'"name-{number}"')
        text = text.replace(str(Path.home()), "~") if str(Path.home()) != "/" else text
        text = _QUOTED.sub(lambda found: f"{found['open']}{self._short(found['name'])}{found['close']}", text)
        for name in self._names:
            if name in text:
                text = text.replace(name, self._short(name))
        text = _PATH.sub(lambda found: self._short(found["name"]), text)
        return _NAME.sub(lambda found: self._short(found["name"]), text)

    def _short(self, name: str) -> str:
        if name.startswith(_KEPT_HEADS):
            return name
        path = PureWindowsPath(name) if "\\" in name else PurePosixPath(name)
        if path.suffix in {".py", ".so"}:  # this program and what it is built on
            return "…/" + "/".join(path.parts[-_OWN_PARTS:])
        sign = hashlib.sha256(self._salt + path.name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        suffix = path.suffix if len(path.suffix) <= 6 and path.suffix.isascii() else ""
        return f"…/{sign}{suffix}"


def without_credentials(text: str) -> str:
    """`text` with addresses that say neither who asks nor by what right: no user, no password, no query."""
    return _QUERY.sub(r"\1?…", _USER.sub("", text))
