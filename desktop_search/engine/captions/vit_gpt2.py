"""ViT and GPT-2: one reads a picture, the other writes what is on it, word by word; see docs/captions.md."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.meaning import settings
from desktop_search.engine.meaning.sessions import Array, OnnxRuntime, Runtime, open_on_cpu, run, the_input, the_output
from desktop_search.engine.meaning.siglip import prepared
from desktop_search.engine.meaning.tokens import load_tokenizer
from desktop_search.engine.model_store.installed import InstalledModel

_FAMILY = "vit-gpt2"
_NO_JPEG = "A key frame cannot be read."


class Captioner:
    """Writes one sentence for each picture, always the same. Raises FileProblem where the model cannot be loaded."""

    def __init__(self, model: InstalledModel, runtime: Runtime | None = None) -> None:
        if model.family != _FAMILY:
            raise FileProblem(f"This version of Desktop Search cannot use models of the family “{model.family}”.")
        self._side, self._most = settings.number(model, "side", 224), settings.number(model, "tokens", 16)
        self._begin, self._end = settings.number(model, "bos_id", 50256), settings.number(model, "eos_id", 50256)
        self._tokenizer = load_tokenizer(settings.file(model, "tokenizer_file", "tokenizer.json"))
        opened = runtime or OnnxRuntime()
        self._eyes = open_on_cpu(settings.file(model, "image_file", "onnx/encoder_model_quantized.onnx"), opened)
        self._pen = open_on_cpu(settings.file(model, "text_file", "onnx/decoder_model_quantized.onnx"), opened)

    def captions(self, files: Iterable[Path], token: CancelToken) -> tuple[str, ...]:
        """A sentence for each of these JPEG files, "" where the model finds no words. Raises FileProblem, Cancelled."""
        written = []
        for file in files:
            token.check()
            written.append(self.caption(_opened(file), token))
        return tuple(written)

    def caption(self, picture: Image.Image, token: CancelToken) -> str:
        """A sentence about an RGB picture. Raises FileProblem, Cancelled."""
        pixels = prepared(picture, self._side)[None]
        eyes = the_output(self._eyes, ("last_hidden_state",), 3)
        seen = run(self._eyes, eyes, {the_input(self._eyes, "pixel_values").name: pixels}).astype(np.float32)
        ids = [self._begin]
        while len(ids) <= self._most:
            token.check()
            following = self._following(ids, seen)
            if following == self._end:
                break
            ids.append(following)
        return _sentence(self._tokenizer.decode(ids[1:], skip_special_tokens=True))

    def _following(self, ids: list[int], seen: npt.NDArray[np.float32]) -> int:
        """The likeliest next piece. All pieces are read anew each time: they are few, and it takes a simpler file."""
        feeds: dict[str, Array] = {"input_ids": np.array([ids], np.int64), "encoder_hidden_states": seen}
        logits = run(self._pen, the_output(self._pen, ("logits",), 3), feeds)
        return int(logits[0, -1].argmax())


def _opened(file: Path) -> Image.Image:
    try:
        with Image.open(io.BytesIO(file.read_bytes()), formats=["JPEG"]) as picture:
            return picture.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise FileProblem(_NO_JPEG, details=str(error)) from error


def _sentence(text: str) -> str:
    """With a capital at the beginning and a full stop; "" where there is not a single letter."""
    words = " ".join(text.split()).strip(" .,;")
    return f"{words[0].upper()}{words[1:]}." if any(each.isalpha() for each in words) else ""
