"""A caption model of a few kilobytes with the inputs, outputs and habits of ViT-GPT2, made on the spot.

It knows colours: a red field is "a red picture". Like the real one it begins and ends with the same piece, gives its
scores for every place, and its pieces are those of GPT-2's bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper
from tokenizers import Tokenizer, decoders, models

from desktop_search.engine.model_store.installed import InstalledModel, Kind
from tests.support.onnx_parts import checked_model

SIDE = 32
COLOURS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0), "black": (0, 0, 0)}
_A, _PICTURE, _END = "a", "Ġpicture", "<|endoftext|>"
_PIECES = (_A, *(f"Ġ{name}" for name in COLOURS), _PICTURE, _END)
_SURE = 50.0


def make_tiny_captioner(folder: Path, *, model_id: str = "tiny-captions", stammers: bool = False) -> InstalledModel:
    """A model shaped like ViT-GPT2, for pictures of 32 × 32. One that `stammers` never comes to an end."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "onnx" / "encoder_model_quantized.onnx").write_bytes(_eyes().SerializeToString())
    (folder / "onnx" / "decoder_model_quantized.onnx").write_bytes(_pen(stammers=stammers).SerializeToString())
    tokenizer = Tokenizer(models.BPE({piece: number for number, piece in enumerate(_PIECES)}, []))
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([_END])
    tokenizer.save(str(folder / "tokenizer.json"))
    end = len(_PIECES) - 1
    settings = {"side": SIDE, "bos_id": end, "eos_id": end}
    return InstalledModel(model_id, Kind.CAPTION, "vit-gpt2", folder, "3" * 40, settings)


def _eyes() -> onnx.ModelProto:
    """For each of four parts, how near its mean colour is to each that is known."""
    anchors = np.array(list(COLOURS.values()), np.float32) / 127.5 - 1
    values = {"parts": np.array([0, 3, 4], np.int64), "nearness": 2 * anchors.T, "length": -(anchors**2).sum(axis=1)}
    nodes = [
        helper.make_node("AveragePool", ["pixel_values"], ["pooled"], kernel_shape=[16, 16], strides=[16, 16]),
        helper.make_node("Reshape", ["pooled", "parts"], ["flat"]),
        helper.make_node("Transpose", ["flat"], ["rows"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["rows", "nearness"], ["near"]),
        helper.make_node("Add", ["near", "length"], ["last_hidden_state"]),
    ]
    pixels = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, SIDE, SIDE])
    hidden = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", 4, len(COLOURS)])
    return checked_model(nodes, [pixels], [hidden], values)


def _pen(*, stammers: bool) -> onnx.ModelProto:
    """Which piece follows which; after "a", the colour decides."""
    count, first, picture, end = len(_PIECES), 1, len(_PIECES) - 2, len(_PIECES) - 1
    follows, asks = np.zeros((count, count), np.float32), np.zeros((count, 1), np.float32)
    follows[end, 0] = follows[first:picture, picture] = _SURE
    follows[picture, picture if stammers else end] = _SURE
    asks[0] = 1
    shown = np.zeros((len(COLOURS), count), np.float32)
    shown[:, first:picture] = np.eye(len(COLOURS))
    others = np.full(count, -_SURE, np.float32)
    others[first:picture] = 0
    values = {"follows": follows, "asks": asks, "shown": shown, "others": others}
    nodes = [
        helper.make_node("Gather", ["follows", "input_ids"], ["usual"]),
        helper.make_node("Gather", ["asks", "input_ids"], ["asked"]),
        helper.make_node("ReduceMean", ["encoder_hidden_states"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("MatMul", ["mean", "shown"], ["known"]),
        helper.make_node("Add", ["known", "others"], ["colour"]),
        helper.make_node("Mul", ["asked", "colour"], ["said"]),
        helper.make_node("Add", ["usual", "said"], ["logits"]),
    ]
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])
    hidden = helper.make_tensor_value_info("encoder_hidden_states", TensorProto.FLOAT, ["batch", 4, len(COLOURS)])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "sequence", count])
    return checked_model(nodes, [ids, hidden], [logits], values)
