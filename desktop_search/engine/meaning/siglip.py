"""SigLIP 2: pictures and words in one space. How both are prepared is part of the model; see docs/meaning.md."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.meaning import settings
from desktop_search.engine.meaning.sessions import (
    CPU,
    OnnxRuntime,
    Runtime,
    Session,
    Vectors,
    open_checked,
    open_on_cpu,
    run,
    the_input,
    the_output,
    unheard,
    unit,
)
from desktop_search.engine.meaning.tokens import canonical, load_tokenizer
from desktop_search.engine.model_store.installed import InstalledModel

BATCH = 4  # larger ones are no faster on a processor, and take longer to stop
Planes = npt.NDArray[np.float32]
_POOLED = ("pooler_output", "image_embeds", "text_embeds")


class SiglipPictures:
    """The tower that reads pictures. Raises FileProblem where the model cannot be loaded."""

    def __init__(self, model: InstalledModel, runtime: Runtime | None = None) -> None:
        self._dim, self._side = settings.dim_of(model), settings.number(model, "side", 256)
        file = settings.file(model, "image_file", "onnx/vision_model_quantized.onnx")
        self._session = open_checked(file, runtime or OnnxRuntime(), self._try)
        self._always_whole = self._session.get_providers()[0] != CPU  # devices want one shape for ever

    def encode(
        self,
        pictures: Iterable[Image.Image],
        *,
        token: CancelToken | None = None,
        report: Callable[[int], None] = unheard,
    ) -> Vectors:
        """The vectors, n × dim, each of length 1; `report` gets how many there are. Raises FileProblem, Cancelled."""
        parts, waiting, done = [np.zeros((0, self._dim), np.float32)], iter(pictures), 0
        while batch := [prepared(each, self._side) for each in itertools.islice(waiting, BATCH)]:
            if token is not None:
                token.check()
            missing = BATCH - len(batch) if self._always_whole else 0
            parts.append(self._run(self._session, batch + [batch[-1]] * missing)[: len(batch)])
            done += len(batch)
            report(done)
        return np.concatenate(parts)

    def _run(self, session: Session, batch: Sequence[Planes]) -> Vectors:
        entry = the_input(session, "pixel_values")
        pixels = np.stack(batch).astype(np.float16 if "float16" in entry.type else np.float32)
        return unit(run(session, the_output(session, _POOLED, 2), {entry.name: pixels}), self._dim)

    def _try(self, session: Session) -> Vectors:
        return self._run(session, [prepared(each, self._side) for each in trial_pictures(BATCH)])


class SiglipTexts:
    """The tower that reads words. It stays on the processor: one short text is done before a device has begun."""

    def __init__(self, model: InstalledModel, runtime: Runtime | None = None) -> None:
        self._dim, self._length = settings.dim_of(model), settings.number(model, "tokens", 64)
        self._end, self._padding = settings.number(model, "eos_id", 1), settings.number(model, "pad_id", 0)
        self._tokenizer = load_tokenizer(settings.file(model, "tokenizer_file", "tokenizer.json"))
        for name, number in (("<eos>", self._end), ("<pad>", self._padding)):
            if self._tokenizer.token_to_id(name) not in {number, None}:
                raise FileProblem("The vocabulary of this model belongs to another family of models.")
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        file = settings.file(model, "text_file", "onnx/text_model_quantized.onnx")
        self._session = open_on_cpu(file, runtime or OnnxRuntime())

    def queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors, n × dim, each of length 1. Raises FileProblem."""
        feeds = {the_input(self._session, "input_ids").name: np.array([self.ids(each) for each in texts], np.int64)}
        return unit(run(self._session, the_output(self._session, _POOLED, 2), feeds), self._dim)

    def ids(self, text: str) -> list[int]:
        """The numbers of a text: its pieces, the end, then padding up to exactly the length the model was trained on.

        The model reads its answer off the last place, which is padding in nearly every text: without it, the ranking
        comes out upside down.
        """
        pieces = self._tokenizer.encode(canonical(text), add_special_tokens=False).ids[: self._length - 1]
        ids = [*pieces, self._end]
        return ids + [self._padding] * (self._length - len(ids))


def prepared(picture: Image.Image, side: int) -> Planes:
    """3 × side × side numbers from -1 to 1: RGB, squashed to a square, whatever its shape.

    Resized by Pillow's bilinear filter, which widens with the reduction and so does not alias; rounded to 8 bits, as
    the reference does.
    """
    square = picture.convert("RGB").resize((side, side), Image.Resampling.BILINEAR)
    planes: Planes = np.asarray(square, np.float32).transpose(2, 0, 1) / np.float32(127.5) - np.float32(1)
    return planes


def trial_pictures(count: int) -> list[Image.Image]:
    """Pictures by which a device is judged: always the same, with large forms and fine grain."""
    random = np.random.default_rng(7)
    made = []
    for _ in range(count):
        forms = Image.fromarray(random.integers(0, 256, (5, 7, 3), np.uint8)).resize(
            (320, 240), Image.Resampling.BICUBIC
        )
        grain = random.integers(-20, 21, (240, 320, 3))
        made.append(Image.fromarray(np.clip(np.asarray(forms) + grain, 0, 255).astype(np.uint8)))
    return made
