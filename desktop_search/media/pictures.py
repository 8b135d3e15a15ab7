"""Still images: opened upright, within bounds, and what the camera wrote into them."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.media_types import OTHER_PICTURES
from desktop_search.media.opening import os_problem, regular_file_size
from desktop_search.media.tags import camera_name, parse_time

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
_OTHER_FORMATS = ("TIFF",)  # for files of that name alone: what a library is sent must be one of the others
_SMOOTH_MODES = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"})  # whose values can be averaged
_opening = threading.Lock()
NOT_A_PICTURE = _("This is not a picture, or it is damaged.")


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Size as shown (upright), format, capture time (UTC, whole seconds), camera, place in degrees."""

    width: int
    height: int
    format_name: str
    taken: datetime | None
    camera: str
    latitude: float | None
    longitude: float | None


@contextmanager
def open_picture(path: Path) -> Iterator[Image.Image]:
    """The picture, not yet turned upright. Raises `FileProblem`, for failures inside the block too."""
    regular_file_size(path)
    try:
        with _opened(path) as picture:
            yield picture
    except UnidentifiedImageError as error:
        raise FileProblem(NOT_A_PICTURE, details=str(error)) from error
    except Image.DecompressionBombError as error:
        raise FileProblem(_("This picture is too large to be opened."), details=str(error)) from error
    except OSError as error:
        if error.errno is not None:
            raise os_problem(error) from error
        cut = "truncated" in str(error)
        raise FileProblem(_("The picture ends too early.") if cut else NOT_A_PICTURE, details=str(error)) from error
    except (SyntaxError, ValueError, EOFError, KeyError, IndexError, MemoryError) as error:
        raise FileProblem(NOT_A_PICTURE, details=f"{type(error).__name__}: {error}") from error


def _opened(path: Path) -> Image.Image:
    Image.init()  # loads every format, once
    with _opening, warnings.catch_warnings():  # changes what all threads see, hence one at a time
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # a large picture is no news for the user
        is_other = path.suffix.lower() in OTHER_PICTURES
        return Image.open(path, formats=_OTHER_FORMATS if is_other else _FORMATS)


def upright(path: Path, max_side_px: int | None) -> Image.Image:
    """The picture as RGB, upright, at most `max_side_px` on its longer side. Raises `FileProblem`."""
    with open_picture(path) as picture:
        if max_side_px is not None:
            picture.draft("RGB", (max_side_px, max_side_px))
            if picture.mode in _SMOOTH_MODES:  # as early as can be: everything after it works on few pixels
                picture.thumbnail((max_side_px, max_side_px), Image.Resampling.LANCZOS)
        turned = ImageOps.exif_transpose(picture)
        flat = _on_black(turned)
        if max_side_px is not None:
            flat.thumbnail((max_side_px, max_side_px), Image.Resampling.LANCZOS)
        return flat


def read_picture_facts(path: Path) -> PictureFacts:
    """Decode the whole picture (so a cut one is found out) and read its tags. Raises `FileProblem`."""
    with open_picture(path) as picture:
        name, exif = picture.format or "", picture.getexif()
        picture.load()
        width, height = picture.size
        if exif.get(ExifTags.Base.Orientation) in {5, 6, 7, 8}:
            width, height = height, width
        own, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude, longitude = _degrees(place, ExifTags.GPS.GPSLatitude), _degrees(place, ExifTags.GPS.GPSLongitude)
        known = latitude is not None and longitude is not None
        return PictureFacts(
            width=width,
            height=height,
            format_name=name,
            taken=_taken(own, exif),
            camera=camera_name(str(exif.get(ExifTags.Base.Make, "")), str(exif.get(ExifTags.Base.Model, ""))),
            latitude=latitude if known else None,
            longitude=longitude if known else None,
        )


def _taken(own: Mapping[int, Any], exif: Mapping[int, Any]) -> datetime | None:
    text = str(own.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or "").strip(" \0")
    zone = str(own.get(ExifTags.Base.OffsetTimeOriginal) or "").strip(" \0")
    return parse_time(text.replace(":", "-", 2) + zone)


def _degrees(place: Mapping[int, Any], tag: int) -> float | None:
    """Degrees, minutes, seconds as a number; the tag before it holds N, S, E or W."""
    with suppress(TypeError, ValueError, ZeroDivisionError, KeyError):
        degrees, minutes, seconds = (float(part) for part in place[tag])
        value = degrees + minutes / 60 + seconds / 3600
        if value <= 180:
            return -value if str(place.get(tag - 1, "")).strip("\0 ") in {"S", "W"} else value
    return None


def _on_black(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "black")
        ground.alpha_composite(layer)
        return ground.convert("RGB")
    return picture.convert("RGB")
