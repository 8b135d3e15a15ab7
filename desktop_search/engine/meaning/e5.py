"""E5: sentences and questions in one space, in about a hundred languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from desktop_search.core.token import CancelToken
from desktop_search.engine.meaning import settings
from desktop_search.engine.meaning.sessions import (
    OnnxRuntime,
    Runtime,
    Vectors,
    open_on_cpu,
    run,
    the_output,
    unheard,
    unit,
)
from desktop_search.engine.meaning.tokens import load_tokenizer
from desktop_search.engine.model_store.installed import InstalledModel

BATCH = 8
_HIDDEN = ("last_hidden_state", "token_embeddings")


class E5:
    """The one tower. It was trained with a word before each text that says which of the two it is.

    Raises FileProblem where the model cannot be loaded.
    """

    def __init__(self, model: InstalledModel, runtime: Runtime | None = None) -> None:
        self._dim = settings.dim_of(model)
        self._query = str(model.settings.get("query_prefix", "query: "))
        self._passage = str(model.settings.get("passage_prefix", "passage: "))
        self._tokenizer = load_tokenizer(settings.file(model, "tokenizer_file", "tokenizer.json"))
        self._tokenizer.enable_truncation(settings.number(model, "tokens", 512))
        self._tokenizer.enable_padding(pad_id=self._tokenizer.token_to_id("<pad>") or 0, pad_token="<pad>")  # noqa: S106
        file = settings.file(model, "model_file", "onnx/model_quantized.onnx")
        self._session = open_on_cpu(file, runtime or OnnxRuntime())

    def queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions, n × dim, each of length 1. Raises FileProblem."""
        return self._encode([self._query + each for each in texts])

    def passages(
        self,
        texts: Sequence[str],
        *,
        token: CancelToken | None = None,
        report: Callable[[int], None] = unheard,
    ) -> Vectors:
        """The vectors of what is searched, likewise; `report` gets how many there are. Raises Cancelled too."""
        parts = [np.zeros((0, self._dim), np.float32)]
        for start in range(0, len(texts), BATCH):
            if token is not None:
                token.check()
            batch = texts[start : start + BATCH]
            parts.append(self._encode([self._passage + each for each in batch]))
            report(start + len(batch))
        return np.concatenate(parts)

    def _encode(self, texts: list[str]) -> Vectors:
        """The mean over the pieces of each text; padding does not count."""
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([each.attention_mask for each in encoded], np.int64)
        given = {
            "input_ids": np.array([each.ids for each in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        feeds = {each.name: given[each.name] for each in self._session.get_inputs() if each.name in given}
        hidden = run(self._session, the_output(self._session, _HIDDEN, 3), feeds).astype(np.float32)
        counts = mask[:, :, None].astype(np.float32)
        return unit((hidden * counts).sum(axis=1) / counts.sum(axis=1), self._dim)
