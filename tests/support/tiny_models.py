"""Models of a few kilobytes with the inputs, outputs and habits of the real ones, made on the spot.

What they know is a small vocabulary: colours, and what usually has them (`COLOURS`); words that mean the same
(`SENSES`). What they share with the real ones is what goes wrong: SigLIP's text tower reads its answer off the last of
exactly 64 places, and ranks upside down without the padding; its vocabulary is lower case and knows no punctuation.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from desktop_search.core.token import CancelToken
from desktop_search.engine.model_store.catalogue import CatalogueModel
from desktop_search.engine.model_store.check import CHECKS
from desktop_search.engine.model_store.installed import InstalledModel, Kind
from desktop_search.engine.model_store.installing import Work, settle
from desktop_search.engine.model_store.manifest import HeldFile
from desktop_search.engine.model_store.models import Models

Table = npt.NDArray[np.float32]

SIDE, REGIONS = 64, 8
SEEN_DIM, TEXT_DIM = 64, 48
COLOURS: Mapping[str, tuple[str, ...]] = {
    "red": ("rose", "tomato", "rot", "rouge"),
    "green": ("meadow", "grass", "forest", "lawn", "grün"),
    "blue": ("sea", "ocean", "sky", "water", "blau"),
    "yellow": ("lemon", "sand", "canary"),
    "white": ("snow", "cloud", "fog", "overexposed"),
    "black": ("night", "darkness", "unlit"),
    "gray": ("concrete", "asphalt", "grey"),
    "purple": ("lavender", "violet"),
}
SENSES: Sequence[tuple[str, ...]] = (
    ("boat", "ship", "vessel", "ferry"),
    ("harbor", "harbour", "port", "hafen"),
    ("leaving", "sails", "departs", "departing"),
    ("sunset", "evening", "dusk"),
    ("money", "budget", "cost", "spending", "price"),
    ("cut", "less", "reduced"),
    ("garden", "growing", "planted", "gardening"),
    ("tomatoes", "beans", "vegetables"),
    ("dog", "puppy", "hound"),
    ("car", "vehicle", "automobile"),
    ("ball", "football"),
    ("field", "meadow", "lawn"),
    ("follow", "chase", "pursue"),
    ("red", "crimson"),
    ("green", "verdant"),
)
_ANCHORS: Sequence[tuple[str, tuple[int, int, int]]] = (
    ("red", (255, 0, 0)),
    ("red", (150, 0, 0)),
    ("green", (0, 255, 0)),
    ("green", (0, 128, 0)),
    ("blue", (0, 0, 255)),
    ("blue", (16, 80, 160)),
    ("blue", (135, 206, 235)),
    ("yellow", (255, 255, 0)),
    ("white", (255, 255, 255)),
    ("black", (0, 0, 0)),
    ("black", (20, 20, 28)),
    ("gray", (128, 128, 128)),
    ("purple", (128, 0, 128)),
)
_PAD, _EOS, _BOS, _UNKNOWN = "<pad>", "<eos>", "<bos>", "<unk>"
_SHARPNESS = 4.0  # how surely a colour is told from its neighbours
_SEEN_APART, _SEEN_NEAR = 2.6, 0.04  # pictures and words lie in cones of their own: cosines of about 0.03 to 0.16
_TEXT_TOGETHER = 1.6  # all sentences lie in one cone: cosines of about 0.7 to 1


def make_tiny_seen(
    folder: Path,
    *,
    model_id: str = "tiny-seen",
    revision: str = "1",
    seed: int = 1,
    dim: int = SEEN_DIM,
    without: Sequence[str] = (),
) -> InstalledModel:
    """A model shaped like SigLIP 2, for pictures of 64 × 64, which does not know the words `without`.

    Another `seed` makes vectors of another kind.
    """
    random = np.random.default_rng(seed)
    names = list(COLOURS)
    directions = _orthonormal(random, len(names) + 2, dim)
    pictures_lie, words_lie = directions[-2], directions[-1]
    words_lie = words_lie * np.sqrt(1 - _SEEN_NEAR**2) + pictures_lie * _SEEN_NEAR
    of_colour = dict(zip(names, directions[: len(names)], strict=True))
    known = {word: of_colour[name] for name, others in COLOURS.items() for word in (name, *others)}
    words = {word: direction for word, direction in known.items() if word not in without}
    vocabulary = [_PAD, _EOS, _BOS, _UNKNOWN, *words]
    table = np.zeros((len(vocabulary), dim), np.float32)
    table[4:] = np.stack(list(words.values()))
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    _save(_seen_pictures(of_colour, _SEEN_APART * pictures_lie), folder / "onnx" / "vision_model_quantized.onnx")
    _save(_seen_words(table, _SEEN_APART * words_lie), folder / "onnx" / "text_model_quantized.onnx")
    _save_tokenizer(vocabulary, folder / "tokenizer.json", "$A <eos>")
    settings = {"side": SIDE, "dim": dim}
    return InstalledModel(model_id, Kind.SEEN, "siglip2", folder, revision, settings)


def make_tiny_text(folder: Path, *, model_id: str = "tiny-text", revision: str = "1", seed: int = 1) -> InstalledModel:
    """A model shaped like multilingual E5: 48 numbers, a vector for each word. The prefixes pull to different sides."""
    random = np.random.default_rng(seed)
    directions = _orthonormal(random, len(SENSES) + 2, TEXT_DIM)
    together, aside = directions[-2:]
    words: dict[str, Table] = {}
    for direction, alike in zip(directions, SENSES, strict=False):
        for word in alike:
            words[word] = words.get(word, np.zeros(TEXT_DIM, np.float32)) + direction
    words |= {"query": 0.3 * aside, "passage": -0.3 * aside}
    vocabulary = ["<s>", _PAD, "</s>", _UNKNOWN, *words]
    table = np.tile(_TEXT_TOGETHER * together / 4, (len(vocabulary), 1)).astype(np.float32)
    table[4:] += np.stack(list(words.values()))
    table[1] = 9 * aside  # what counts padding in goes far astray
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    _save(_text_words(table), folder / "onnx" / "model_quantized.onnx")
    _save_tokenizer(vocabulary, folder / "tokenizer.json", "<s> $A </s>")
    return InstalledModel(model_id, Kind.TEXT, "e5", folder, revision, {"dim": TEXT_DIM})


def install(models_dir: Path, model: InstalledModel, *, use: bool = True) -> InstalledModel:
    """Put a model into a folder of models as the program itself does, with its check, and into use."""
    models = Models(models_dir)
    place = models.incoming(model.model_id)
    shutil.copytree(model.folder, place)
    files = [_held(place, file) for file in sorted(place.rglob("*")) if file.is_file()]
    described = CatalogueModel(
        model.model_id,
        model.kind,
        model.family,
        model.model_id,
        "",
        "MIT",
        "",
        "",
        model.revision,
        (),
        0,
        "",
        model.settings,
    )
    settle(Work(models, CHECKS, CancelToken(), lambda _: None), described, model.revision, files)
    if use:
        models.use(model.model_id)
    installed = models.get(model.model_id)
    return installed.manifest.model(installed.folder)


def _held(folder: Path, file: Path) -> HeldFile:
    state, content = file.stat(), file.read_bytes()
    name = file.relative_to(folder).as_posix()
    return HeldFile(name, state.st_size, hashlib.sha256(content).hexdigest(), "file", state.st_mtime_ns)


def _orthonormal(random: np.random.Generator, count: int, dim: int) -> Table:
    rows: Table = np.linalg.qr(random.normal(size=(dim, count)))[0].T.astype(np.float32)
    return rows


def _seen_pictures(of_colour: Mapping[str, Table], lie: Table) -> onnx.ModelProto:
    """Mean colour of 8 × 8 regions; how much of each known colour there is; that much of the colour's direction."""
    anchors = np.array([rgb for _, rgb in _ANCHORS], np.float32) / 127.5 - 1
    kernel = SIDE // REGIONS
    values: dict[str, npt.NDArray[Any]] = {
        "regions": np.array([0, 3, REGIONS * REGIONS], np.int64),
        "nearness": (2 * _SHARPNESS * anchors).T,
        "length": -_SHARPNESS * (anchors**2).sum(axis=1),
        "directions": np.stack([of_colour[name] for name, _ in _ANCHORS]),
        "lie": lie,
    }
    nodes = [
        helper.make_node("AveragePool", ["pixel_values"], ["pooled"], kernel_shape=[kernel] * 2, strides=[kernel] * 2),
        helper.make_node("Reshape", ["pooled", "regions"], ["flat"]),
        helper.make_node("Transpose", ["flat"], ["rows"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["rows", "nearness"], ["near"]),
        helper.make_node("Add", ["near", "length"], ["nearer"]),
        helper.make_node("Softmax", ["nearer"], ["shares"], axis=-1),
        helper.make_node("MatMul", ["shares", "directions"], ["last_hidden_state"]),
        helper.make_node("ReduceMean", ["last_hidden_state"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("Add", ["mean", "lie"], ["pooler_output"]),
    ]
    pixels = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, SIDE, SIDE])
    return _model(nodes, [pixels], _pooled_outputs(REGIONS * REGIONS, lie.shape[0]), values)


def _seen_words(table: Table, lie: Table) -> onnx.ModelProto:
    """The sum of the words' directions; turned round unless there are exactly 64 places, the last of them padding."""
    values: dict[str, npt.NDArray[Any]] = {
        "table": table,
        "one": np.array([1], np.int64),
        "length": np.array([64], np.int64),
        "upright": np.array(1, np.float32),
        "upside_down": np.array(-1, np.float32),
        "lie": lie,
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"]),
        helper.make_node("ReduceSum", ["last_hidden_state", "one"], ["sum"], keepdims=0),
        helper.make_node("Shape", ["input_ids"], ["count"], start=1, end=2),
        helper.make_node("Equal", ["count", "length"], ["is_whole"]),
        helper.make_node("Where", ["is_whole", "upright", "upside_down"], ["sign"]),
        helper.make_node("Mul", ["sum", "sign"], ["turned"]),
        helper.make_node("Add", ["turned", "lie"], ["pooler_output"]),
    ]
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])
    return _model(nodes, [ids], _pooled_outputs("sequence", lie.shape[0]), values)


def _text_words(table: Table) -> onnx.ModelProto:
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    shape = ["batch", "sequence"]
    entries = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    hidden = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, TEXT_DIM])
    return _model(nodes, entries, [hidden], {"table": table})


def _pooled_outputs(places: int | str, dim: int) -> list[onnx.ValueInfoProto]:
    hidden = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", places, dim])
    return [hidden, helper.make_tensor_value_info("pooler_output", TensorProto.FLOAT, ["batch", dim])]


def _model(
    nodes: Sequence[onnx.NodeProto],
    entries: Sequence[onnx.ValueInfoProto],
    outputs: Sequence[onnx.ValueInfoProto],
    values: Mapping[str, npt.NDArray[Any]],
) -> onnx.ModelProto:
    constants = [
        numpy_helper.from_array(value.astype(np.float32) if value.dtype.kind == "f" else value, name)
        for name, value in values.items()
    ]
    graph = helper.make_graph(nodes, "tiny", entries, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _save(model: onnx.ModelProto, file: Path) -> None:
    onnx.checker.check_model(model)
    file.write_bytes(model.SerializeToString())


def _save_tokenizer(vocabulary: Iterable[str], file: Path, form: str) -> None:
    ids = {word: number for number, word in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    special = [(each, ids[each]) for each in form.split() if each in ids]
    tokenizer.post_processor = processors.TemplateProcessing(single=form, special_tokens=special)
    tokenizer.save(str(file))
