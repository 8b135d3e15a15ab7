"""Still pictures for the tests, and reading a frame's number from pixels."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image
from PySide6.QtGui import QImage, QPixmap

from desktop_search.media.frame_code import FrameCode, Pixels, find
from tests.clips.scenes import Scene, Size, draw_scene

Picture = QImage | QPixmap | Image.Image | Pixels


def to_pixels(picture: Picture) -> Pixels:
    """Height × width × 3 (RGB) of a Qt or Pillow picture."""
    if isinstance(picture, QPixmap):
        picture = picture.toImage()
    if isinstance(picture, QImage):
        plain = picture.convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine())
        return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()
    if isinstance(picture, Image.Image):
        return np.asarray(picture.convert("RGB"))
    return picture


def read_code(picture: Picture) -> FrameCode | None:
    """The widest strip in a picture (a frame, a grab of a widget, or a whole screen), or `None`."""
    return next(iter(find(to_pixels(picture))), None)


def read_frame_number(picture: Picture) -> int:
    """The number of the frame that a picture shows, from its widest strip. `ValueError` when it shows none."""
    code = read_code(picture)
    if code is None:
        raise ValueError("no numbered frame in this picture")
    return code.frame


def make_picture(
    path: Path,
    scene: Scene,
    size: Size = (640, 480),
    *,
    camera: tuple[str, str] = ("", ""),
    taken: datetime | None = None,
    place: tuple[float, float] | None = None,
) -> Path:
    """Write a picture of a scene; the suffix chooses the format. JPEG and WebP take EXIF.

    Args:
        camera: maker and model.
        taken: the wall time of the capture.
        place: latitude and longitude in degrees.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    if camera[1]:
        exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = camera
    if taken is not None:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if place is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude, longitude = place
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "NS"[latitude < 0], _degrees(latitude)
        gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "EW"[longitude < 0], _degrees(longitude)
    image = draw_scene(scene, 0.5, size)
    if exif:
        image.save(path, exif=exif)
    else:
        image.save(path)
    return path


def _degrees(angle: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds as EXIF keeps them."""
    seconds = Fraction(abs(angle)).limit_denominator(1_000_000) * 3600
    return float(seconds // 3600), float(seconds % 3600 // 60), float(round(seconds % 60, 4))
