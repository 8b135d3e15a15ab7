"""What runs in the process that fetches: yt-dlp, over one address, without cookies, configuration or plug-ins."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_search.core.footage import VIDEO_SUFFIXES
from desktop_search.core.priority import die_with_parent, step_back
from desktop_search.engine.addresses import is_public
from desktop_search.engine.scraping.formats import chosen, joined

_TIMEOUT_S, _RETRIES = 20.0, 3
_CAUSE_MAX_CHARS = 400
_SUFFIXES = {".webm": ".mkv", ".m4v": ".mp4"}  # the same container by another name
_NOISE = re.compile(r"\s*(\(caused by .*|; please report this issue .*|\x1b\[[0-9;]*m)", re.DOTALL)
Info = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """What to do: list the posts at an address, or fetch the one there to `target`, which has no suffix yet.

    Attributes:
        extractors: regular expressions for those of yt-dlp's that may be used.
        count: how many posts are listed at most.
        height: of the picture, at most; `None` where the platform decides.
        places: hosts and ports that may be reached although they are inside the network.
        inside: whether any may.
        tool: a newer copy of yt-dlp, used when it is there.
    """

    listing: bool
    address: str
    extractors: tuple[str, ...]
    target: Path
    count: int = 1
    height: int | None = None
    size_max_bytes: int = 1 << 30
    places: tuple[tuple[str, int], ...] = ()
    inside: bool = False
    tool: Path | None = None


@dataclass(frozen=True, slots=True)
class FoundPost:
    """What a platform says of a post. `duration_ms` is `None` where it does not say."""

    post_id: str
    address: str
    title: str
    caption: str
    duration_ms: int | None


class _Failed(Exception):
    """With a readable cause."""


class _Silence:
    """yt-dlp writes to nobody; what went wrong is in its exceptions."""

    def debug(self, _text: str) -> None:
        """Nothing."""

    warning = error = info = debug


def work(pipe: Connection, job: Job) -> None:
    """Do the job, and say how it goes over the pipe.

    A list of posts answers ("listed", addresses). A post answers ("found", FoundPost), waits for True, or False where
    nothing is to be fetched, and answers ("progress", permille) any number of times, then ("fetched", path).
    Either may answer ("failed", cause) and end.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # the engine decides
        signal.signal(number, signal.SIG_IGN)
    die_with_parent()
    step_back()
    try:
        _stay_outside(job)
        if job.listing:
            pipe.send(("listed", _listed(job)))
        else:
            _fetch(job, pipe)
    except _Failed as error:
        pipe.send(("failed", str(error)))
    except Exception as error:  # noqa: BLE001 - whatever an extractor stumbles over is the cause
        pipe.send(("failed", _cause(error)))


def _stay_outside(job: Job) -> None:
    """Let no connection be made to this computer or its network: whatever a page, a redirect or a name leads to."""
    if job.inside:
        return
    allowed: set[tuple[str, int]] = set()
    for host, port in job.places:
        with suppress(OSError):  # a server that is away holds up no other
            allowed |= {(str(found[4][0]), port) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}

    def check(event: str, details: tuple[Any, ...]) -> None:
        if event != "socket.connect" or details[0].family not in (socket.AF_INET, socket.AF_INET6):
            return
        host, port = str(details[1][0]), int(details[1][1])
        if (host, port) not in allowed and not is_public(host):
            raise PermissionError(f"{host} is not a public address")

    sys.addaudithook(check)


def _yt_dlp(job: Job) -> Any:  # noqa: ANN401 - a module
    """The newer copy if there is one that can be read, else the one that came with the program."""
    os.environ["YTDLP_NO_PLUGINS"] = "1"
    if job.tool is not None and zipfile.is_zipfile(job.tool):
        sys.path.insert(0, str(job.tool))
    import yt_dlp  # large; for this process alone

    return yt_dlp


def _options(job: Job, hooks: Iterable[Callable[[Info], None]] = ()) -> Info:
    options: Info = {
        "quiet": True,
        "no_warnings": True,
        "noprogress": True,
        "color": "never",
        "logger": _Silence(),
        "ignoreconfig": True,
        "cachedir": False,
        "noplaylist": True,
        "playlist_items": f"1:{job.count}",
        "allowed_extractors": list(job.extractors),
        "enable_file_urls": False,
        "socket_timeout": _TIMEOUT_S,
        "retries": _RETRIES,
        "fragment_retries": _RETRIES,
        "extractor_retries": 1,
        "max_filesize": job.size_max_bytes,
        "progress_hooks": list(hooks),
        "format": lambda found: chosen(found["formats"], job.height),
        "format_sort": ["res", "codec:avc"],
        "ffmpeg_location": str(job.target.parent / "none"),  # nothing is started that would outlive this process
        "hls_prefer_native": True,
        "fixup": "never",
        "overwrites": True,
        "outtmpl": f"{str(job.target).replace('%', '%%')}.%(ext)s",
    }
    if not job.inside:
        options["proxy"] = ""  # a proxy would make the connections that are checked here
    return options


def _listed(job: Job) -> list[str]:
    with _yt_dlp(job).YoutubeDL(_options(job) | {"extract_flat": "in_playlist", "noplaylist": False}) as tool:
        info = tool.extract_info(job.address, download=False)
    entries = list(info.get("entries") or ()) if info.get("_type") == "playlist" else [info]
    addresses = (entry.get("webpage_url") or entry.get("url") for entry in entries if entry)
    found = list(dict.fromkeys(each for each in addresses if each))[: job.count]
    if not found:
        raise _Failed("There are no posts at this address.")
    return found


def _fetch(job: Job, pipe: Connection) -> None:
    def heard(news: Info) -> None:
        done, total = news.get("downloaded_bytes") or 0, news.get("total_bytes") or news.get("total_bytes_estimate")
        if done > job.size_max_bytes:
            raise _Failed(_too_large(job))
        pipe.send(("progress", min(1000, done * 1000 // total) if total else 0))

    with _yt_dlp(job).YoutubeDL(_options(job, [heard])) as tool:
        info = _one_video(tool.extract_info(job.address, download=False))
        pipe.send(("found", _post_of(info, job)))
        if not pipe.recv():
            return
        tool.process_ie_result(info, download=True)
    pipe.send(("fetched", _one_file(job)))


def _one_file(job: Job) -> Path:
    """What was fetched, under a suffix that is known."""
    files = sorted(job.target.parent.glob(f"{job.target.name}.*"), key=lambda file: file.suffix == ".m4a")
    if not files or sum(file.stat().st_size for file in files) > job.size_max_bytes:
        raise _Failed(_too_large(job))
    fetched = files[0]
    if len(files) == 2:
        fetched = job.target.with_name("joined.mp4")
        joined(files[0], files[1], fetched)
    suffix = _SUFFIXES.get(fetched.suffix.lower(), fetched.suffix.lower())
    if suffix not in VIDEO_SUFFIXES:
        raise _Failed(f"The post comes as {fetched.suffix.lstrip('.') or 'an unknown kind of file'}, not as a video.")
    for file in files:
        if file != fetched:
            file.unlink()
    return fetched.rename(fetched.with_suffix(suffix))


def _one_video(info: Info | None) -> Info:
    if info is not None and info.get("_type") == "playlist":  # a post may hold several; the first is taken
        info = next(iter(info.get("entries") or ()), None)
    if info is None:
        raise _Failed("There is no video at this address.")
    if info.get("is_live"):
        raise _Failed("This is live; it can be imported once it is over.")
    return info


def _post_of(info: Info, job: Job) -> FoundPost:
    duration = info.get("duration")
    title = str(info.get("title") or info["id"])
    return FoundPost(
        str(info["id"]),
        str(info.get("webpage_url") or job.address),
        title,
        str(info.get("description") or title),
        round(duration * 1000) if isinstance(duration, int | float) else None,
    )


def _too_large(job: Job) -> str:
    return f"The post is too large; at most {job.size_max_bytes >> 20} MB are fetched."


def _cause(error: Exception) -> str:
    """What yt-dlp says, without what is meant for its developers."""
    inner = next((each for each in (error.__cause__, error.__context__) if isinstance(each, _Failed)), None)
    if inner is not None:
        return str(inner)
    text = _NOISE.sub("", str(error)).removeprefix("ERROR: ").strip() or type(error).__name__
    return f"The post could not be fetched: {text[:_CAUSE_MAX_CHARS]}"
