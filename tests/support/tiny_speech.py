"""Speech models of a few kilobytes, in the very form of the real ones: both hear one sentence in whatever is spoken.

They let the real libraries load, run and time words; what real weights hear they cannot show.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from desktop_search.engine.model_store.installed import InstalledModel, Kind

SENTENCE = "The boat is leaving the harbour at sunset."
_PIECES = ("▁The", "▁bo", "at", "▁is", "▁lea", "ving", "▁the", "▁harbour", "▁at", "▁sun", "set.")
_DURATIONS = 5
_STEP = 2  # encoder frames (80 ms each) from one token to the next
_OPSET = 17


def tiny_parakeet(folder: Path, pieces: Sequence[str] = _PIECES, model_id: str = "tiny-parakeet") -> InstalledModel:
    """A Parakeet TDT: where the sound is loud, each token is followed by the next, and the last by silence."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = ["<unk>", *pieces, "<blk>"]
    lines = [f"{token} {number}\n" for number, token in enumerate(vocabulary)]
    (folder / "vocab.txt").write_text("".join(lines), encoding="utf-8")
    config = {"model_type": "nemo-conformer-tdt", "features_size": 128, "subsampling_factor": 8}
    (folder / "config.json").write_text(json.dumps(config))
    onnx.save(_encoder(), folder / "encoder-model.int8.onnx")
    onnx.save(_decoder(len(vocabulary)), folder / "decoder_joint-model.int8.onnx")
    onnx.save(_encoder(), folder / "nemo128.onnx")  # the real set has one; onnx-asr brings its own
    return InstalledModel(model_id, Kind.SPEECH, "parakeet", folder, "1" * 40)


def _encoder() -> onnx.ModelProto:
    """The loudness of each eighth frame: the mean of its features, which are normalised."""
    nodes = [
        helper.make_node("ReduceMean", ["audio_signal"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("AveragePool", ["mean"], ["outputs"], kernel_shape=[8], strides=[8], ceil_mode=1),
        helper.make_node("Sub", ["length", "one"], ["before"]),
        helper.make_node("Div", ["before", "eight"], ["eighths"]),
        helper.make_node("Add", ["eighths", "one"], ["encoded_lengths"]),
    ]
    inputs = [_value("audio_signal", ["b", 128, "t"]), _value("length", ["b"], TensorProto.INT64)]
    outputs = [_value("outputs", ["b", 1, "u"]), _value("encoded_lengths", ["b"], TensorProto.INT64)]
    return _model(nodes, inputs, outputs, {"one": np.array([1], np.int64), "eight": np.array([8], np.int64)})


def _decoder(size: int) -> onnx.ModelProto:
    """Scores of all tokens and durations: after which token comes which, and nothing where it is quiet."""
    blank = size - 1
    follows = np.zeros((size, size + _DURATIONS), np.float32)
    for token in range(size):
        after = 1 if token == blank else token + 1  # after the last piece comes the blank
        follows[token, [after, size + _STEP]] = 10.0
    silence = np.zeros(size + _DURATIONS, np.float32)
    silence[[blank, size + 1]] = 10.0
    nodes = [
        helper.make_node("Gather", ["follows", "targets"], ["spoken"]),  # 1 x 1 x scores
        helper.make_node("ReduceMean", ["encoder_outputs"], ["level"], keepdims=0),
        helper.make_node("Greater", ["level", "threshold"], ["loud"]),
        helper.make_node("Where", ["loud", "spoken", "silence"], ["scores"]),
        helper.make_node("Unsqueeze", ["scores", "first"], ["outputs"]),
        helper.make_node("Identity", ["target_length"], ["prednet_lengths"]),
        helper.make_node("Identity", ["input_states_1"], ["output_states_1"]),
        helper.make_node("Identity", ["input_states_2"], ["output_states_2"]),
    ]
    states = [_value(f"input_states_{number}", [2, 1, 4]) for number in (1, 2)]
    inputs = [
        _value("encoder_outputs", [1, 1, 1]),
        _value("targets", [1, 1], TensorProto.INT32),
        _value("target_length", [1], TensorProto.INT32),
        *states,
    ]
    outputs = [
        _value("outputs", [1, 1, 1, size + _DURATIONS]),
        _value("prednet_lengths", [1], TensorProto.INT32),
        *(_value(f"output_states_{number}", [2, 1, 4]) for number in (1, 2)),
    ]
    constants = {
        "follows": follows,
        "silence": silence,
        "threshold": np.array(-0.5, np.float32),
        "first": np.array([0], np.int64),
    }
    return _model(nodes, inputs, outputs, constants)


def _value(name: str, shape: Sequence[int | str], kind: int = TensorProto.FLOAT) -> Any:
    return helper.make_tensor_value_info(name, kind, shape)


def _model(nodes: list[Any], inputs: list[Any], outputs: list[Any], constants: dict[str, Any]) -> onnx.ModelProto:
    held = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, held)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
