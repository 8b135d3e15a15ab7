"""From what was typed into the import dialog to the calls that it means, or to what is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum

from desktop_search.core.footage import FootageDetails
from desktop_search.core.imports import POSTS_PER_CALL, TAGS_PER_CALL, ImportKind, ImportWish
from desktop_search.core.language import _, ngettext, number, short_number
from desktop_search.core.library import Library
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.core.web_addresses import (
    NOT_A_PROFILE,
    NOTHING_KNOWN,
    Site,
    WebAddress,
    read_address,
    read_tags,
)

NOTHING_TYPED = {
    "addresses": _("Enter an address."),
    "creators": _("Enter the address of a profile."),
    "hashtags": _("Enter a hashtag."),
}
FILES_ARE_PRIVATE = _(
    "Video files by their address can only be imported for yourself; take them out, or import privately."
)
_PLATFORMS = (Site.TIKTOK, Site.YOUTUBE, Site.INSTAGRAM)


class Source(Enum):
    """What the lines of the dialog are."""

    ADDRESSES = "addresses"
    CREATORS = "creators"
    HASHTAGS = "hashtags"


@dataclass(frozen=True, slots=True)
class Typed:
    """The content of the dialog. `details` has namespace and tags."""

    source: Source
    text: str
    is_public: bool = False
    count: int = 1
    quality: str = ""
    details: FootageDetails = FootageDetails()


@dataclass(frozen=True, slots=True)
class Reading:
    """What it means: calls, or a problem with the lines; `words` names what was recognised either way."""

    wishes: tuple[ImportWish, ...] = ()
    problem: str = ""
    words: str = ""
    sites: frozenset[Site] = frozenset()


def read(typed: Typed, library: Library) -> Reading:
    """What was typed, as calls to `library`: 50 posts and 20 hashtags to a call, a creator and a video file each."""
    if typed.source is Source.HASHTAGS:
        return _hashtags(typed, library)
    addresses = [read_address(line) for line in typed.text.splitlines() if line.strip()]
    addresses = list({each.text: each for each in addresses}.values())
    sites = frozenset(each.site for each in addresses)
    words = _recognised(addresses, typed.source)
    problem = _problem(addresses, typed, library)
    if problem:
        return Reading(problem=problem, words=words, sites=sites)
    make = _creators if typed.source is Source.CREATORS else _posts_and_files
    return Reading(make(addresses, typed, library), words=words, sites=sites)


def cost_words(reading: Reading, typed: Typed, library: Library, prices: PriceTable) -> str:
    """What the import may cost, as far as it is known beforehand; "" for a library that takes nothing."""
    if not library.is_paid or not reading.wishes:
        return ""
    count = sum(wish.expected for wish in reading.wishes)
    parts = []
    if reading.sites - {Site.YOUTUBE, Site.FILE} or typed.source is Source.HASHTAGS:
        parts.append(
            _("{dollars} $ for each post of TikTok or Instagram").format(dollars=short_number(prices.post_per_video, 4))
        )
    if Site.YOUTUBE in reading.sites:
        parts.append(_("{dollars} $ per GB from YouTube").format(dollars=number(prices.youtube_per_gb, 2)))
    parts.append(_("{dollars} $ per 1,000 minutes indexed").format(dollars=number(prices.index_per_1000_min, 2)))
    if count == 1 and typed.source is Source.ADDRESSES:
        videos = _("1 video")
    else:
        videos = ngettext("up to {count} video", "up to {count} videos", count)
    return _("{library} charges for this: {videos}; {prices} (prices read on {date}).").format(
        library=library.title, videos=videos, prices=", ".join(parts), date=prices.read_on.isoformat()
    )


def _problem(addresses: list[WebAddress], typed: Typed, library: Library) -> str:
    if not addresses:
        return NOTHING_TYPED[typed.source.value]
    for each in addresses:
        problem = each.problem
        # A server of one's own may stand for a platform; which ones it does, only it can say.
        if not problem and each.site is Site.OTHER and library.is_paid:
            problem = NOTHING_KNOWN if typed.source is Source.ADDRESSES else NOT_A_PROFILE
        if not problem and each.site is Site.FILE and typed.source is Source.CREATORS:
            problem = NOT_A_PROFILE
        if problem:
            return f"{_shortened(each.text)}: {problem}"
    if typed.is_public and any(each.site is Site.FILE for each in addresses):
        return FILES_ARE_PRIVATE
    return ""


def _hashtags(typed: Typed, library: Library) -> Reading:
    tags, problem = read_tags(typed.text)
    if not typed.text.strip():
        problem = NOTHING_TYPED[typed.source.value]
    if problem:
        return Reading(problem=problem)
    wishes = tuple(
        _wish(typed, library, ImportKind.TAGS, tags[start : start + TAGS_PER_CALL])
        for start in range(0, len(tags), TAGS_PER_CALL)
    )
    return Reading(wishes, words=ngettext("{count} hashtag on TikTok", "{count} hashtags on TikTok", len(tags)))


def _creators(addresses: list[WebAddress], typed: Typed, library: Library) -> tuple[ImportWish, ...]:
    return tuple(_wish(typed, library, ImportKind.CREATOR, (each.text,)) for each in addresses)


def _posts_and_files(addresses: list[WebAddress], typed: Typed, library: Library) -> tuple[ImportWish, ...]:
    wishes = [_wish(typed, library, ImportKind.VIDEO, (each.text,)) for each in addresses if each.site is Site.FILE]
    groups: dict[str, list[str]] = {}  # one call takes posts of one platform alone
    for each in addresses:
        if each.site is not Site.FILE:
            groups.setdefault(each.host if each.site is Site.OTHER else each.site.value, []).append(each.text)
    for posts in groups.values():
        wishes += [
            _wish(typed, library, ImportKind.POSTS, tuple(posts[start : start + POSTS_PER_CALL]))
            for start in range(0, len(posts), POSTS_PER_CALL)
        ]
    return tuple(wishes)


def _wish(typed: Typed, library: Library, kind: ImportKind, subjects: tuple[str, ...]) -> ImportWish:
    only_place = replace(FootageDetails(), namespace=typed.details.namespace)
    return ImportWish(
        library.library_id,
        kind,
        subjects,
        is_public=typed.is_public,
        count=typed.count if kind in {ImportKind.CREATOR, ImportKind.TAGS} else 0,
        quality=typed.quality,
        details=typed.details if kind is ImportKind.VIDEO else only_place,
    )


def _recognised(addresses: list[WebAddress], source: Source) -> str:
    counts = Counter(each.site for each in addresses if not each.problem)
    words = []
    if counts[Site.FILE]:
        words.append(ngettext("{count} video file", "{count} video files", counts[Site.FILE]))
    words += [_of_platform(counts[site], site, source) for site in _PLATFORMS if counts[site]]
    if counts[Site.OTHER]:
        words.append(ngettext("{count} other address", "{count} other addresses", counts[Site.OTHER]))
    return " · ".join(words)


def _of_platform(count: int, site: Site, source: Source) -> str:
    if source is Source.ADDRESSES:
        return ngettext("{count} {platform} post", "{count} {platform} posts", count, platform=site.value)
    return ngettext("{count} {platform} creator", "{count} {platform} creators", count, platform=site.value)


def _shortened(text: str, chars_max: int = 60) -> str:
    return text if len(text) <= chars_max else f"{text[: chars_max - 1]}…"
