"""Picture towers as costly as SigLIP 2's, with random weights in 8 bits: they mean nothing, but take as long."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from desktop_search.engine.model_store.installed import InstalledModel, Kind

_WIDTH, _HEADS, _LAYERS, _INNER = 768, 12, 12, 3072
_SIDE = 256
_FILE = "onnx/vision_model_quantized.onnx"


def make_costly(folder: Path, *, patch: int) -> InstalledModel:
    """SigLIP 2 base for pictures of 256 × 256, of patches of 32 or 16 pixels; there is no text tower."""
    file = folder / _FILE
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_Tower(patch).model().SerializeToString())
    return InstalledModel(f"random-base-patch{patch}", Kind.SEEN, "siglip2", folder, "random", {})


class _Tower:
    """Collects the nodes of the graph, from the pixels to the pooled vector."""

    def __init__(self, patch: int) -> None:
        self._patch, self._places = patch, (_SIDE // patch) ** 2
        self._random = np.random.default_rng(patch)
        self._nodes: list[onnx.NodeProto] = []
        self._values: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """As `quantize_dynamic` makes it: products of matrices in 8 bits, the rest in float32."""
        hidden = self._patches("pixel_values")
        for _ in range(_LAYERS):
            hidden = self._layer(hidden)
        hidden = self._normed(hidden)
        self._add("Identity", [hidden], "last_hidden_state")
        self._add("Squeeze", [self._pooled(hidden), self._whole([1])], "pooler_output")
        pixels = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, _SIDE, _SIDE])
        outputs = [
            helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", self._places, _WIDTH]),
            helper.make_tensor_value_info("pooler_output", TensorProto.FLOAT, ["batch", _WIDTH]),
        ]
        graph = helper.make_graph(self._nodes, "tower", [pixels], outputs, self._values)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)

    def _patches(self, pixels: str) -> str:
        kernel = self._weights((_WIDTH, 3, self._patch, self._patch), 0.02)
        cut = self._add("Conv", [pixels, kernel], kernel_shape=[self._patch] * 2, strides=[self._patch] * 2)
        flat = self._add("Reshape", [cut, self._whole([0, _WIDTH, self._places])])
        rows = self._add("Transpose", [flat], perm=[0, 2, 1])
        return self._add("Add", [rows, self._weights((self._places, _WIDTH), 0.02)])

    def _layer(self, hidden: str) -> str:
        normed = self._normed(hidden)
        hidden = self._add("Add", [hidden, self._attention(normed, normed)])
        return self._add("Add", [hidden, self._perceptron(self._normed(hidden))])

    def _pooled(self, hidden: str) -> str:
        """A learnt question to all places, and what answers it."""
        probe = self._weights((1, 1, _WIDTH), 1.0)
        batch = self._add("Shape", [hidden], start=0, end=1)
        times = self._add("Concat", [batch, self._whole([1, 1])], axis=0)
        found = self._attention(self._add("Tile", [probe, times]), hidden)
        return self._add("Add", [found, self._perceptron(self._normed(found))])

    def _attention(self, asking: str, asked: str) -> str:
        query, key, value = (self._heads(self._product(each, _WIDTH, _WIDTH)) for each in (asking, asked, asked))
        turned = self._add("Transpose", [key], perm=[0, 1, 3, 2])
        near = self._add("Mul", [self._add("MatMul", [query, turned]), self._float((_WIDTH / _HEADS) ** -0.5)])
        mixed = self._add("MatMul", [self._add("Softmax", [near], axis=-1), value])
        rows = self._add("Transpose", [mixed], perm=[0, 2, 1, 3])
        return self._product(self._add("Reshape", [rows, self._whole([0, 0, _WIDTH])]), _WIDTH, _WIDTH)

    def _heads(self, rows: str) -> str:
        cut = self._add("Reshape", [rows, self._whole([0, 0, _HEADS, _WIDTH // _HEADS])])
        return self._add("Transpose", [cut], perm=[0, 2, 1, 3])

    def _perceptron(self, rows: str) -> str:
        wide = self._product(rows, _WIDTH, _INNER)
        cubed = self._add("Pow", [wide, self._float(3.0)])  # in this form ONNX Runtime joins all of it into one step
        inner = self._add("Add", [wide, self._add("Mul", [cubed, self._float(0.044715)])])
        bent = self._add("Tanh", [self._add("Mul", [inner, self._float(0.7978845834732056)])])
        half, gate = self._add("Mul", [wide, self._float(0.5)]), self._add("Add", [bent, self._float(1.0)])
        return self._product(self._add("Mul", [half, gate]), _INNER, _WIDTH)

    def _normed(self, rows: str) -> str:
        scale, shift = self._value(np.ones(_WIDTH, np.float32)), self._value(np.zeros(_WIDTH, np.float32))
        return self._add("LayerNormalization", [rows, scale, shift], axis=-1, epsilon=1e-6)

    def _product(self, rows: str, before: int, after: int) -> str:
        """A matrix product in 8 bits, the rows quantised as they come, and a bias."""
        weights = self._value(self._random.integers(-90, 91, (before, after), np.int8))
        self._nodes.append(
            helper.make_node("DynamicQuantizeLinear", [rows], [name := f"q{len(self._nodes)}", f"{name}s", f"{name}z"])
        )
        product = self._add("MatMulInteger", [name, weights, f"{name}z", self._value(np.zeros((), np.int8))])
        scale = self._add("Mul", [f"{name}s", self._float(self._random.uniform(0.9, 1.1) * 0.02 / 52)])
        back = self._add("Mul", [self._add("Cast", [product], to=TensorProto.FLOAT), scale])
        return self._add("Add", [back, self._weights((after,), 0.02)])

    def _weights(self, shape: Sequence[int], spread: float) -> str:
        return self._value(self._random.normal(0, spread, shape).astype(np.float32))

    def _float(self, value: float) -> str:
        return self._value(np.array(value, np.float32))

    def _whole(self, values: Sequence[int]) -> str:
        return self._value(np.array(values, np.int64))

    def _value(self, value: npt.NDArray[np.generic]) -> str:
        name = f"v{len(self._values)}"
        self._values.append(numpy_helper.from_array(value, name))
        return name

    def _add(self, kind: str, inputs: Sequence[str], output: str = "", **settings: object) -> str:
        name = output or f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name
