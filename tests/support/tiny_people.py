"""Models of a few kilobytes with the inputs and outputs of YuNet and SFace, made on the spot.

A face, to them, is a patch of warm colour: much red, little blue. Who it is, its colour says: red, orange and yellow
are three people. So tests draw people as discs.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from desktop_search.engine.model_store.installed import InstalledModel, Kind
from tests.support.onnx_parts import checked_model

STRIDES = (8, 16, 32)
DETECTOR, RECOGNISER = "face_detection_yunet_2023mar.onnx", "face_recognition_sface_2021dec.onnx"
_FACE_PX, _EYES_PX = 256.0, 64.0  # how large a found face is said to be, so that a disc is one; and its features
_SEEN_AT = 32  # the one of the strides at which anything is found
_DIM = 128


def make_tiny_detector(folder: Path, *, blind: bool = False) -> InstalledModel:
    """Finds warm patches of some 32 × 32 pixels; one that is `blind` calls everything a face."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DETECTOR).write_bytes(_detector(blind=blind).SerializeToString())
    return InstalledModel("tiny-faces", Kind.FACE, "yunet", folder, "4" * 40, {"model_file": DETECTOR})


def make_tiny_recogniser(folder: Path) -> InstalledModel:
    """Tells warm colours apart."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECOGNISER).write_bytes(_recogniser().SerializeToString())
    return InstalledModel("tiny-persons", Kind.PERSON, "sface", folder, "5" * 40, {"model_file": RECOGNISER})


def _detector(*, blind: bool) -> onnx.ModelProto:
    nodes, outputs = [], []
    values: dict[str, np.ndarray] = {}
    for stride in STRIDES:
        is_used = stride == _SEEN_AT
        warm = np.array([[-1, 0, 1]], np.float32).reshape(1, 3, 1, 1) / 60  # blue, green, red
        values[f"warm_{stride}"] = warm * (is_used and not blind)
        values[f"least_{stride}"] = np.array([1.0 if blind and is_used else -1.5 if is_used else 0.0], np.float32)
        nodes += [
            helper.make_node(
                "AveragePool", ["input"], [f"pooled_{stride}"], kernel_shape=[stride] * 2, strides=[stride] * 2
            ),
            helper.make_node("Conv", [f"pooled_{stride}", f"warm_{stride}", f"least_{stride}"], [f"heat_{stride}"]),
            helper.make_node("Clip", [f"heat_{stride}", "zero", "one"], [f"score_{stride}"]),
        ]
        size = math.log(_FACE_PX / stride)
        landmarks = [-0.25, -0.2, 0.25, -0.2, 0, 0, -0.2, 0.3, 0.2, 0.3]
        boxes, points = [0.5, 0.5, size, size], [0.5 + each * _EYES_PX / stride for each in landmarks]
        for name, bias in (("cls", None), ("obj", None), ("bbox", boxes), ("kps", points)):
            source = f"score_{stride}"
            width = 1
            if bias is not None:
                width = len(bias)
                values[f"no_{name}_{stride}"] = np.zeros((width, 1, 1, 1), np.float32)
                values[f"is_{name}_{stride}"] = np.array(bias, np.float32)
                source = f"map_{name}_{stride}"
                inputs = [f"score_{stride}", f"no_{name}_{stride}", f"is_{name}_{stride}"]
                nodes.append(helper.make_node("Conv", inputs, [source]))
            values[f"shape_{name}_{stride}"] = np.array([1, -1, width], np.int64)
            turned, output = f"turned_{name}_{stride}", f"{name}_{stride}"
            nodes.append(helper.make_node("Transpose", [source], [turned], perm=[0, 2, 3, 1]))
            nodes.append(helper.make_node("Reshape", [turned, f"shape_{name}_{stride}"], [output]))
            outputs.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, None, width]))
    values["zero"], values["one"] = np.zeros((), np.float32), np.ones((), np.float32)
    pixels = helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, 640, 640])
    order = [f"{name}_{stride}" for name in ("cls", "obj", "bbox", "kps") for stride in STRIDES]
    outputs.sort(key=lambda each: order.index(each.name))
    return checked_model(nodes, [pixels], outputs, values, opset=13)


def _recogniser() -> onnx.ModelProto:
    """The mean colour of the middle, of which each of three directions takes a part: few are alike."""
    mixed = np.zeros((_DIM, 3, 1, 1), np.float32)
    mixed[0, 0], mixed[1, 1], mixed[2, 2] = 0.2, 1.0, 0.2  # red, green, blue: what differs among warm colours is green
    middle = np.zeros(_DIM, np.float32)
    middle[1] = -128
    nodes = [
        helper.make_node("AveragePool", ["data"], ["pooled"], kernel_shape=[112, 112], strides=[112, 112]),
        helper.make_node("Conv", ["pooled", "mixed", "middle"], ["mean"]),
        helper.make_node("Reshape", ["mean", "shape"], ["fc1"]),
    ]
    values: dict[str, np.ndarray] = {"mixed": mixed, "middle": middle, "shape": np.array([1, _DIM], np.int64)}
    pixels = helper.make_tensor_value_info("data", TensorProto.FLOAT, [1, 3, 112, 112])
    feature = helper.make_tensor_value_info("fc1", TensorProto.FLOAT, [1, _DIM])
    return checked_model(nodes, [pixels], [feature], values, opset=13)
