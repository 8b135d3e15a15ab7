"""Finding faces in pictures and telling them apart, with YuNet and SFace, in a worker process."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.encoders.jpeg import as_jpeg
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.people.faces import Box, SeenFace
from desktop_search.media.pictures import upright

Pixels = npt.NDArray[np.uint8]

_SURE, _OVERLAP, _FACES_MAX = 0.7, 0.3, 30
KEYFRAME_SIDE, STILL_SIDE = (
    480,
    960,
)  # pixels of the longer side: that of key frames; stills have more, and smaller faces
_SMALLEST_PX = 24  # less is too little to tell who it is
_AROUND, _PICTURE_PX = 0.35, 112


class FaceReader:
    """Both models, loaded. Raises FileProblem where they cannot be."""

    def __init__(self, detector: InstalledModel, recogniser: InstalledModel) -> None:
        try:
            self._detector = cv2.FaceDetectorYN.create(_file(detector), "", (320, 320), _SURE, _OVERLAP, _FACES_MAX)
            self._recogniser = cv2.FaceRecognizerSF.create(_file(recogniser), "")
        except cv2.error as error:
            raise FileProblem("The models for people cannot be loaded.", details=str(error)) from None

    def faces(self, rgb: Pixels) -> tuple[SeenFace, ...]:
        """The faces in a picture, the largest first."""
        picture = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
        high, wide = picture.shape[:2]
        self._detector.setInputSize((wide, high))
        _number, rows = self._detector.detect(picture)
        large = [row for row in ([] if rows is None else rows) if min(row[2:4]) >= _SMALLEST_PX]
        return tuple(self._face(picture, row) for row in sorted(large, key=lambda row: -float(row[3])))

    def _face(self, picture: Pixels, row: npt.NDArray[np.float32]) -> SeenFace:
        vector = self._recogniser.feature(self._recogniser.alignCrop(picture, row))[0].astype(np.float32)
        length = float(np.linalg.norm(vector))
        if not np.isfinite(length) or length <= 0:
            raise FileProblem("The model for people gives no numbers for a face.")
        jpeg = as_jpeg(cv2.cvtColor(_cut_out(picture, row), cv2.COLOR_BGR2RGB))
        return SeenFace(_box(picture, row), float(row[-1]), vector / length, jpeg)


class FaceReading:
    """Keeps the models that it was last asked for."""

    def __init__(self) -> None:
        self._held: tuple[InstalledModel, InstalledModel, FaceReader] | None = None

    def in_files(
        self,
        detector: InstalledModel,
        recogniser: InstalledModel,
        files: Iterable[Path],
        side_px: int,
        token: CancelToken,
    ) -> tuple[tuple[SeenFace, ...], ...]:
        """The faces of each of these pictures, made smaller to `side_px`. Raises FileProblem, Cancelled."""
        if self._held is None or self._held[:2] != (detector, recogniser):
            self._held = detector, recogniser, FaceReader(detector, recogniser)
        found = []
        for file in files:
            token.check()
            found.append(self._held[2].faces(np.asarray(upright(file, side_px), dtype=np.uint8)))
        return tuple(found)


@lru_cache(maxsize=1)
def face_reading() -> FaceReading:
    """The one of this process."""
    return FaceReading()


def _file(model: InstalledModel) -> str:
    return str(model.folder / str(model.settings["model_file"]))


def _box(picture: Pixels, row: npt.NDArray[np.float32]) -> Box:
    high, wide = picture.shape[:2]
    left, top, width, height = (float(each) for each in row[:4])
    return Box(left / wide, top / high, width / wide, min(1.0, height / high))


def _cut_out(picture: Pixels, row: npt.NDArray[np.float32]) -> Pixels:
    """The face with a little around it, as a small square picture."""
    left, top, wide, high = (float(each) for each in row[:4])
    side = max(wide, high) * (1 + 2 * _AROUND)
    centre = left + wide / 2, top + high / 2
    return np.asarray(cv2.resize(_square(picture, centre, side), (_PICTURE_PX, _PICTURE_PX)), dtype=np.uint8)


def _square(picture: Pixels, centre: tuple[float, float], side: float) -> Pixels:
    high, wide = picture.shape[:2]
    side = max(2.0, min(side, wide, high))
    left = round(min(max(centre[0] - side / 2, 0), wide - side))
    top = round(min(max(centre[1] - side / 2, 0), high - side))
    return picture[top : top + int(side), left : left + int(side)]
