"""Pictures and words are prepared exactly as SigLIP 2 was trained; each expectation is computed here by other means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest
from PIL import Image

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.meaning.siglip import BATCH, SiglipPictures, SiglipTexts, prepared
from desktop_search.engine.model_store.installed import InstalledModel
from tests.support.tiny_models import SEEN_DIM, SIDE

Numbers = npt.NDArray[np.float64]


def bilinear(row: Numbers, size: int) -> Numbers:
    """One line resized by a triangle that is as wide as the reduction: bilinear, without aliasing."""
    scale = len(row) / size
    reach = max(scale, 1.0)
    resized = []
    for place in range(size):
        centre = (place + 0.5) * scale
        weights = np.maximum(0.0, 1.0 - np.abs(np.arange(len(row)) + 0.5 - centre) / reach)
        resized.append(np.tensordot(weights / weights.sum(), row, axes=1))
    return np.array(resized)


def squashed(picture: Numbers, side: int) -> Numbers:
    """Width first and rounded to 8 bits, then height likewise."""
    wide = np.floor(bilinear(picture.transpose(1, 0, 2), side) + 0.5).transpose(1, 0, 2)
    return np.floor(bilinear(wide, side) + 0.5)


@pytest.mark.parametrize("size", [(480, 270), (270, 480), (31, 200), (64, 64)])
def test_a_picture_is_squashed_to_a_square_without_aliasing(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (size[1], size[0], 3), np.uint8)
    planes = prepared(Image.fromarray(pixels), 64)
    assert planes.shape == (3, 64, 64)
    assert planes.dtype == np.float32
    expected = squashed(pixels.astype(np.float64), 64).transpose(2, 0, 1) / 127.5 - 1
    assert np.abs(planes - expected).max() < 1.5 / 127.5  # Pillow calculates in whole numbers: one step of 255 at most
    assert np.abs(planes - expected).mean() < 0.5 / 127.5


def test_every_kind_of_picture_becomes_red_green_blue() -> None:
    assert prepared(Image.new("RGBA", (9, 5), (255, 0, 51, 255)), 2)[:, 0, 0].tolist() == pytest.approx([1, -1, -0.6])
    assert prepared(Image.new("L", (9, 5), 255), 2).min() == 1


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("red", ["red"]),
        ("  RED,\tSea!! ", ["red", "sea"]),
        ("it's_a 'red' (rose)…", ["<unk>", "<unk>", "red", "rose", "<unk>"]),
        ("Grün", ["grün"]),
        ("", []),
        ("<pad> <eos>", ["<unk>", "<unk>"]),
    ],
)
def test_words_are_cleaned_ended_and_padded_to_sixty_four(
    seen_model: InstalledModel, text: str, pieces: list[str]
) -> None:
    vocabulary = _vocabulary(seen_model)
    ids = SiglipTexts(seen_model).ids(text)
    assert ids == [vocabulary[each] for each in pieces] + [1] + [0] * (63 - len(pieces))


def test_a_long_text_is_cut_but_keeps_its_end(seen_model: InstalledModel) -> None:
    ids = SiglipTexts(seen_model).ids("sea " * 100)
    assert ids == [_vocabulary(seen_model)["sea"]] * 63 + [1]


def test_vectors_are_those_of_the_model_itself(seen_model: InstalledModel) -> None:
    """The vectors guard all of it: case, punctuation, padding, squashing, the output that is read, the length of 1."""
    tower = _session(seen_model, "text_model_quantized.onnx")
    ids = np.zeros((1, 64), np.int64)
    ids[0, :3] = [_vocabulary(seen_model)["red"], _vocabulary(seen_model)["sea"], 1]
    expected = tower.run(["pooler_output"], {"input_ids": ids})[0][0]
    found = SiglipTexts(seen_model).queries(["Red, SEA!"])
    assert found.shape == (1, SEEN_DIM)
    assert found[0] == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)

    pixels = np.random.default_rng(5).integers(0, 256, (90, 160, 3), np.uint8)
    planes = squashed(pixels.astype(np.float64), SIDE).transpose(2, 0, 1)[None] / 127.5 - 1
    tower = _session(seen_model, "vision_model_quantized.onnx")
    expected = tower.run(["pooler_output"], {"pixel_values": planes.astype(np.float32)})[0][0]
    seen = SiglipPictures(seen_model).encode([Image.fromarray(pixels)])
    assert seen[0] == pytest.approx(expected / np.linalg.norm(expected), abs=2e-3)


def test_without_padding_the_ranking_would_be_upside_down(seen_model: InstalledModel) -> None:
    """What all the care is for, on the model of these tests, which was made to share this with the real one."""
    picture = SiglipPictures(seen_model).encode([Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")])
    padded = SiglipTexts(seen_model).queries(["red"])[0] @ picture.T
    short = SiglipTexts(replace(seen_model, settings={**seen_model.settings, "tokens": 2})).queries(["red"])[0]
    assert padded[0] > padded[1]
    assert (short @ picture.T)[0] < (short @ picture.T)[1]


def test_many_pictures_in_batches_say_how_far_they_are(seen_model: InstalledModel) -> None:
    colours = ["red", "green", "blue", "white", "black", "yellow", "gray", "purple", "red"]
    done: list[int] = []
    encoder = SiglipPictures(seen_model)
    pictures = [Image.new("RGB", (40, 30), each) for each in colours]
    together = encoder.encode(pictures, report=done.append)
    assert done == [BATCH, 2 * BATCH, 9]
    alone = np.concatenate([encoder.encode([each]) for each in pictures])
    assert together == pytest.approx(alone, abs=1e-5)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(9), abs=1e-5)
    assert encoder.encode([]).shape == (0, SEEN_DIM)


def test_stops_between_batches(seen_model: InstalledModel) -> None:
    token = CancelToken()
    taken: list[int] = []

    def endless() -> object:
        while True:
            taken.append(1)
            if len(taken) > BATCH:
                token.cancel()
            yield Image.new("RGB", (8, 8))

    with pytest.raises(Cancelled):
        SiglipPictures(seen_model).encode(endless(), token=token)  # type: ignore[arg-type]
    assert len(taken) == 2 * BATCH


@pytest.mark.parametrize("name", ["vision_model_quantized.onnx", "text_model_quantized.onnx", "tokenizer.json"])
@pytest.mark.parametrize("how", ["missing", "damaged", "cut"])
def test_a_file_that_cannot_be_read_is_named(seen_model: InstalledModel, name: str, how: str) -> None:
    file = next(seen_model.folder.rglob(name))
    if how == "missing":
        file.unlink()
    else:
        file.write_bytes(b"\x00nonsense" if how == "damaged" else file.read_bytes()[:-200])
    with pytest.raises(FileProblem, match=f"(missing|damaged).*{name}"):
        _ = SiglipPictures(seen_model), SiglipTexts(seen_model)


def test_a_model_of_another_form_is_refused(seen_model: InstalledModel, text_model: InstalledModel) -> None:
    other: dict[str, int | float | str] = {
        "image_file": "../text/onnx/model_quantized.onnx",
        "dim": SEEN_DIM,
        "side": SIDE,
    }
    with pytest.raises(FileProblem, match=r"another form.*asks for something else"):
        SiglipPictures(replace(seen_model, settings=other)).encode([Image.new("RGB", (8, 8))])
    with pytest.raises(FileProblem, match=r"another form.*768"):
        SiglipPictures(replace(seen_model, settings={"side": SIDE})).encode([Image.new("RGB", (8, 8))])
    with pytest.raises(FileProblem, match="another family"):
        SiglipTexts(replace(seen_model, settings={**seen_model.settings, "tokenizer_file": "../text/tokenizer.json"}))


def _vocabulary(model: InstalledModel) -> dict[str, int]:
    from tokenizers import Tokenizer

    return dict(Tokenizer.from_file(str(model.folder / "tokenizer.json")).get_vocab())


def _session(model: InstalledModel, name: str) -> onnxruntime.InferenceSession:
    file: Path = model.folder / "onnx" / name
    return onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
