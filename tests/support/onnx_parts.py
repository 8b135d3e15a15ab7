"""Small ONNX models for tests, put together from nodes and numbers."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper


def checked_model(
    nodes: list[onnx.NodeProto],
    entries: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    values: dict[str, np.ndarray],
    *,
    opset: int = 17,
) -> onnx.ModelProto:
    """A model that ONNX finds right; numbers with a point are 32 bits wide in it."""
    constants = [
        numpy_helper.from_array(value.astype(np.float32) if value.dtype.kind == "f" else value, name)
        for name, value in values.items()
    ]
    graph = helper.make_graph(nodes, "tiny", entries, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model)
    return model
