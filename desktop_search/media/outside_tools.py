"""What ExifTool or MediaInfo know of footage beyond FFmpeg, where one of them is installed. Never needed."""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_search.core.token import CancelToken
from desktop_search.media.tags import camera_name, parse_time, place_in

_log = logging.getLogger(__name__)

_POLL_S = 0.1
_EXIFTOOL = (
    "-json",
    *("-Make", "-Model", "-DeviceManufacturer", "-DeviceModelName"),
    *("-CreationDate", "-CreationDateValue", "-DateTimeOriginal"),
    *("-Composite:GPSLatitude#", "-Composite:GPSLongitude#", "-StartTimecode", "-TimeCode"),
)
_DATE = re.compile(r"(\d{4}):(\d{2}):(\d{2}) (\S+)")


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool said of one file: `taken` in UTC, place in degrees; "" and `None` where it said nothing."""

    taken: datetime | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None
    start_timecode: str = ""


@dataclass(frozen=True, slots=True)
class _Tool:
    command: tuple[str, ...]
    read: Callable[[Any], Iterable[tuple[str, Told]]]


def ask_tools(paths: Sequence[Path], token: CancelToken, deadline_s: float) -> dict[Path, Told]:
    """By file, what the first tool on the path says; all files in one call. Files it does not know are left out.

    Empty where no tool is installed, and where it fails or is not done by the deadline. Raises `Cancelled`.
    """
    tool = _installed()
    if tool is None or not paths:
        return {}
    output = _run([*tool.command, *(str(path.absolute()) for path in paths)], token, deadline_s)
    try:
        told = dict(tool.read(json.loads(output))) if output else {}
    except (ValueError, TypeError, KeyError, AttributeError):
        _log.info("%s answered something else than expected", tool.command[0])
        return {}
    return {path: told[str(path.absolute())] for path in paths if str(path.absolute()) in told}


def has_tool() -> bool:
    """Whether there is one to ask."""
    return _installed() is not None


def _installed() -> _Tool | None:
    if found := shutil.which("exiftool"):
        return _Tool((found, *_EXIFTOOL), _from_exiftool)
    if found := shutil.which("mediainfo"):
        return _Tool((found, "--Output=JSON"), _from_mediainfo)
    return None


def _run(command: Sequence[str], token: CancelToken, deadline_s: float) -> bytes:
    """What a command prints, b"" when it was not done in time."""
    end = time.monotonic() + deadline_s
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        _log.info("%s could not be started: %s", command[0], error)
        return b""
    with child:
        try:
            while time.monotonic() < end:
                token.check()
                with suppress(subprocess.TimeoutExpired):
                    return child.communicate(timeout=_POLL_S)[0]
            _log.info("%s took too long", command[0])
            return b""
        finally:
            child.kill()


def _from_exiftool(answer: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, Told]]:
    for row in answer:
        texts = {name: str(value).strip() for name, value in row.items()}
        dates = (texts.get(name, "") for name in ("CreationDate", "CreationDateValue", "DateTimeOriginal"))
        latitude, longitude = row.get("GPSLatitude"), row.get("GPSLongitude")
        known = isinstance(latitude, int | float) and isinstance(longitude, int | float)
        yield (
            texts["SourceFile"],
            Told(
                taken=next((found for date in dates if (found := parse_time(_iso_date(date)))), None),
                camera=camera_name(
                    texts.get("Make") or texts.get("DeviceManufacturer", ""),
                    texts.get("Model") or texts.get("DeviceModelName", ""),
                ),
                latitude=float(latitude) if known else None,  # type: ignore[arg-type]
                longitude=float(longitude) if known else None,  # type: ignore[arg-type]
                start_timecode=texts.get("StartTimecode") or texts.get("TimeCode", ""),
            ),
        )


def _iso_date(text: str) -> str:
    """ExifTool's way of writing dates, "2026:03:14 10:20:00+01:00 DST", as ISO 8601; "" for anything else."""
    match = _DATE.match(text)
    return f"{match[1]}-{match[2]}-{match[3]}T{match[4]}" if match else ""


def _from_mediainfo(answer: Any) -> Iterable[tuple[str, Told]]:  # noqa: ANN401 - one object, or a list of them
    for entry in answer if isinstance(answer, list) else [answer]:
        media = entry["media"]
        tracks = media["track"]
        general = next(track for track in tracks if track["@type"] == "General")
        dates = (general.get(name, "") for name in ("Recorded_Date", "Encoded_Date"))
        place = place_in(general.get("Recorded_Location", "")) or (None, None)
        codes = (track.get("TimeCode_FirstFrame", "") for track in tracks)
        yield (
            media["@ref"],
            Told(
                taken=next((found for date in dates if (found := parse_time(_plain_date(date)))), None),
                camera=camera_name(
                    general.get("Encoded_Hardware_CompanyName", ""), general.get("Encoded_Hardware_Name", "")
                ),
                latitude=place[0],
                longitude=place[1],
                start_timecode=next((code for code in codes if code), ""),
            ),
        )


def _plain_date(text: str) -> str:
    """Older and newer ways of saying UTC, as "+00:00" at the end."""
    return re.sub(r"^UTC (.*)$|^(.*) UTC$", r"\1\2+00:00", text)
