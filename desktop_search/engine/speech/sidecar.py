"""Subtitle files beside a video: `clip.srt`, `clip.vtt`, `clip.ass`, `clip.en.srt`, `clip.mp4.srt`."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from desktop_search.engine.indexing.results import Said, Utterance
from desktop_search.engine.speech.cues import cues_of
from desktop_search.engine.speech.languages import short_code

SOURCE = "sidecar"
_ENDINGS = (".srt", ".vtt", ".ass", ".ssa")  # the plainest goes first
_MARKS = frozenset({"sdh", "cc", "hi", "default", "full"})
_PARTS_ONLY = "forced"  # signs and foreign lines alone
_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*")
_MAX_BYTES = 10_000_000
_MANY_NULS = 0.3
_log = logging.getLogger(__name__)


def read_sidecar(video: Path) -> Said:
    """The cues of the best subtitle file of this video: one without a language or in English before others.

    Empty when there is none that can be read.
    """
    for file, language in _candidates(video):
        try:
            if file.is_file() and file.stat().st_size <= _MAX_BYTES:
                text = decoded(file.read_bytes())
                found = tuple(Utterance(*cue, SOURCE) for cue in cues_of(text))
                if found:
                    return Said(found, SOURCE, language)
        except OSError as error:
            _log.warning("subtitle file not readable: %s", error)
    return Said()


def _candidates(video: Path) -> list[tuple[Path, str]]:
    """Files of subtitles that belong to the video, the best first, each with its language."""
    try:
        names = {entry.name for entry in video.parent.iterdir()}
    except OSError as error:
        _log.info("the folder of a video cannot be listed: %s", error)
        return []
    stems_of_others = {Path(name).stem for name in names if Path(name).suffix.lower() not in _ENDINGS}
    ranked = []
    for name in names:
        ending = Path(name).suffix.lower()
        if ending not in _ENDINGS or not name.startswith(video.stem + "."):
            continue
        middle = name[len(video.stem) + 1 : -len(ending)].lower().strip(".")
        if middle and Path(name).stem in stems_of_others and Path(name).stem != video.name:
            continue  # it is another video's: clip.raw.srt lies beside clip.raw.mp4
        about = _about(middle.removeprefix(video.suffix[1:].lower()).strip("."))
        if about is not None:
            rank, language = about
            ranked.append(((rank, _ENDINGS.index(ending), name), language))
    return [(video.with_name(name), language) for (_, _, name), language in sorted(ranked)]


def _about(middle: str) -> tuple[int, str] | None:
    """How good a file is by what stands between stem and ending, the best 0, and its language. `None`: not ours."""
    parts = [part for part in middle.split(".") if part]
    forced = _PARTS_ONLY in parts
    tags = [part for part in parts if part not in _MARKS and part != _PARTS_ONLY]
    if len(tags) > 1 or not all(_LANGUAGE.fullmatch(tag) for tag in tags):
        return None
    language = short_code(tags[0]) if tags else ""
    return (3 if forced else 2 if language not in {"", "en"} else 1 if language else 0), language


def decoded(data: bytes) -> str:
    """Text in whichever encoding subtitle files come: UTF-16 with its mark or without, UTF-8, else Western."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    for order, nuls in (("utf-16-le", data[1:2000:2]), ("utf-16-be", data[0:2000:2])):
        if nuls.count(0) > _MANY_NULS * max(1, len(nuls)):
            return data.decode(order, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
