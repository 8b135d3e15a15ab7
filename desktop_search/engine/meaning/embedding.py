"""From footage to vectors, in a worker process. What a model cannot read costs its vectors and nothing else."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.decoding import SAMPLE_SIDE
from desktop_search.engine.indexing.results import ImageAnalysis, Meant, VideoAnalysis
from desktop_search.engine.meaning.alongside import Alongside
from desktop_search.engine.meaning.e5 import E5
from desktop_search.engine.meaning.encoders import pictures_of, texts_of
from desktop_search.engine.meaning.material import Embedded, Material
from desktop_search.engine.meaning.sessions import Vectors, unheard
from desktop_search.engine.meaning.settings import dim_of
from desktop_search.engine.meaning.siglip import SiglipPictures
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.media.pictures import open_picture, upright

_log = logging.getLogger(__name__)
_SHARE = 50  # permille of a video's progress; most is done while the rest is still being read
Report = Callable[[int], None]


class Embedder:
    """Keeps the encoders it was last asked for: loading one takes up to a second."""

    def __init__(self) -> None:
        self._pictures: tuple[InstalledModel, SiglipPictures] | None = None
        self._texts: tuple[InstalledModel, E5] | None = None

    def share_of(self, models: ChosenModels) -> int:
        """How much of a video's progress, in permille, `finished` takes."""
        return 0 if models.seen is None and models.text is None else _SHARE

    def alongside(self, models: ChosenModels, token: CancelToken) -> Alongside:
        """Takes the segments of a video while it is being read."""
        if models.seen is None:
            return Alongside(None)
        return Alongside(partial(_unless_it_fails, models.seen, partial(self._of_jpegs, token=token)))

    def finished(
        self, found: VideoAnalysis, models: ChosenModels, seen: Meant | None, report: Report, token: CancelToken
    ) -> VideoAnalysis:
        """The analysis with all its vectors; `seen` were made alongside. `report` gets 0 to 1000. Raises Cancelled."""
        said = None
        if models.text is not None:
            texts = [utterance.text for utterance in found.utterances]
            said = _unless_it_fails(models.text, partial(self._of_texts, texts=texts, report=report, token=token))
        return replace(found, seen_meant=seen, said_meant=said)

    def image(self, found: ImageAnalysis, path: Path, models: ChosenModels) -> ImageAnalysis:
        """The analysis of a still image with its vector."""
        if models.seen is None:
            return found
        return replace(found, meant=_unless_it_fails(models.seen, partial(self._of_image, file=path)))

    def later(self, material: Material, models: ChosenModels, report: Report, token: CancelToken) -> Embedded:
        """The vectors of what was indexed before. `report` gets 0 to 1000. Raises FileProblem and Cancelled."""
        seen = said = None
        images: list[Meant | None] = []
        if models.seen is not None and material.keyframes is not None:
            told = _share_of_all(report, len(material.keyframes))
            seen = self._of_jpegs(models.seen, map(_read, material.keyframes), token=token, report=told)
        if models.text is not None and material.texts is not None:
            said = self._of_texts(models.text, material.texts, report=report, token=token)
        if models.seen is not None:
            for file in material.images:
                token.check()
                images.append(_unless_it_fails(models.seen, partial(self._of_image, file=file)))
        return Embedded(seen, said, tuple(images), material.texts)

    def _of_jpegs(
        self,
        model: InstalledModel,
        jpegs: Iterable[bytes],
        *,
        token: CancelToken,
        report: Callable[[int], None] = unheard,
    ) -> Meant:
        return _meant(model, self._pictures_of(model).encode(map(_decoded, jpegs), token=token, report=report))

    def _of_image(self, model: InstalledModel, file: Path) -> Meant:
        return _meant(model, self._pictures_of(model).encode([upright(file, SAMPLE_SIDE)]))

    def _of_texts(self, model: InstalledModel, texts: Sequence[str], *, report: Report, token: CancelToken) -> Meant:
        if not texts:
            return _meant(model, np.zeros((0, dim_of(model)), np.float32))
        told = _share_of_all(report, len(texts))
        return _meant(model, self._texts_of(model).passages(texts, token=token, report=told))

    def _pictures_of(self, model: InstalledModel) -> SiglipPictures:
        if self._pictures is None or self._pictures[0] != model:
            self._pictures = None  # the one before goes first: two do not fit everywhere
            self._pictures = model, pictures_of(model)
        return self._pictures[1]

    def _texts_of(self, model: InstalledModel) -> E5:
        if self._texts is None or self._texts[0] != model:
            self._texts = None
            self._texts = model, texts_of(model)
        return self._texts[1]


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """The one of this process."""
    return Embedder()


def _unless_it_fails(model: InstalledModel, embed: Callable[..., Meant], *given: object) -> Meant | None:
    try:
        return embed(model, *given)
    except FileProblem as problem:
        _log.warning("no vectors by %s: %s %s", model.model_id, problem, problem.details)
    except (MemoryError, OSError) as error:
        _log.warning("no vectors by %s: %s: %s", model.model_id, type(error).__name__, error)
    return None


def _meant(model: InstalledModel, vectors: Vectors) -> Meant:
    return Meant(model.identity, vectors.astype(np.float16))


def _decoded(jpeg: bytes) -> Image.Image:
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
        return picture.convert("RGB")


def _read(file: Path) -> bytes:
    with open_picture(file):  # says what is wrong with it
        return file.read_bytes()


def _share_of_all(report: Report, count: int) -> Callable[[int], None]:
    return lambda done: report(1000 * done // count)
