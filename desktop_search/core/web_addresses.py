"""What an address leads to: a video file, a post or a profile of a platform, or nothing that can be imported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from desktop_search.core.footage import VIDEO_SUFFIXES
from desktop_search.core.language import _, number

ADDRESS_MAX_CHARS = 2000
TAG_MAX_CHARS = 100
_STREAM_SUFFIX = ".m3u8"

NOT_AN_ADDRESS = _("This is no address; one begins with https:// or http://.")
A_FILE = _("This is a file of this computer; drop it on the uploads instead.")
WITH_PASSWORD = _("Addresses with a user name or password cannot be imported.")
TOO_LONG = _("An address may have {most} characters at most.").format(most=number(ADDRESS_MAX_CHARS))
NOTHING_KNOWN = _("This is neither a video file (mp4, m3u8) nor a post on TikTok, YouTube or Instagram.")
NOT_A_PROFILE = _("A creator is named by the address of the profile on TikTok, YouTube or Instagram.")
EMPTY_TAG = _("A hashtag cannot be empty.")
TAG_WITH_BLANK = _("A hashtag has no blanks in it; separate several by commas or lines.")
TAG_TOO_LONG = _("A hashtag may have {most} characters at most.").format(most=number(TAG_MAX_CHARS))


class Site(Enum):
    """Where an address leads. The value is its name for the user."""

    TIKTOK = "TikTok"
    YOUTUBE = "YouTube"
    INSTAGRAM = "Instagram"
    FILE = "file"  # a video file anywhere
    OTHER = "other"


_HOSTS = {
    Site.TIKTOK: ("tiktok.com",),
    Site.YOUTUBE: ("youtube.com", "youtu.be"),
    Site.INSTAGRAM: ("instagram.com",),
}


@dataclass(frozen=True, slots=True)
class WebAddress:
    """One address that was typed; `problem` says why it cannot be used, "" when it can."""

    text: str
    site: Site
    host: str
    problem: str = ""


def read_address(text: str) -> WebAddress:
    """What an address is, by its host and its ending alone; nothing is asked over the network."""
    typed = text.strip()
    parts = _parts(typed)
    if len(typed) > ADDRESS_MAX_CHARS:
        return WebAddress(typed, Site.OTHER, "", TOO_LONG)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        is_file = parts is not None and (parts.scheme == "file" or typed.startswith("/"))
        return WebAddress(typed, Site.OTHER, "", A_FILE if is_file else NOT_AN_ADDRESS)
    if "@" in parts.netloc:
        return WebAddress(typed, Site.OTHER, parts.hostname, WITH_PASSWORD)
    return WebAddress(typed, _site(parts), parts.hostname.lower())


def read_tags(text: str) -> tuple[tuple[str, ...], str]:
    """Hashtags separated by commas or lines, without "#", each once; and what is wrong with them, "" for nothing."""
    tags = []
    for typed in text.replace("\n", ",").split(","):
        if not typed.strip():
            continue
        tag = typed.strip().removeprefix("#").strip()
        problem = _tag_problem(tag)
        if problem:
            return (), problem
        tags.append(tag)
    return tuple(dict.fromkeys(tags)), "" if tags else EMPTY_TAG


def _tag_problem(tag: str) -> str:
    if not tag:
        return EMPTY_TAG
    if any(sign.isspace() or sign == "#" for sign in tag):
        return TAG_WITH_BLANK
    return TAG_TOO_LONG if len(tag) > TAG_MAX_CHARS else ""


def _site(parts: SplitResult) -> Site:
    host = (parts.hostname or "").lower()
    for site, names in _HOSTS.items():
        if any(host == name or host.endswith(f".{name}") for name in names):
            return site
    suffix = PurePosixPath(unquote(parts.path)).suffix.lower()
    return Site.FILE if suffix in VIDEO_SUFFIXES or suffix == _STREAM_SUFFIX else Site.OTHER


def _parts(text: str) -> SplitResult | None:
    if any(sign.isspace() for sign in text) or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port  # a port that is no number is found out only when it is asked for
    except ValueError:
        return None
    return parts
