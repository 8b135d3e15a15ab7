"""The real loading, preparing and decoding, with a tiny model of the same form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.captions.describing import Describer
from desktop_search.engine.captions.sanity import check_caption
from desktop_search.engine.captions.vit_gpt2 import Captioner
from tests.support.tiny_captions import COLOURS, make_tiny_captioner


@pytest.mark.parametrize("colour", COLOURS)
def test_a_picture_is_described(tmp_path: Path, colour: str) -> None:
    captioner = Captioner(make_tiny_captioner(tmp_path))
    assert captioner.caption(Image.new("RGB", (480, 270), COLOURS[colour]), CancelToken()) == f"A {colour} picture."


def test_files_are_described_one_by_one(tmp_path: Path) -> None:
    model = make_tiny_captioner(tmp_path / "model")
    files = [tmp_path / f"{name}.jpg" for name in ("blue", "red")]
    for file in files:
        Image.new("RGB", (64, 36), file.stem).save(file)
    describer = Describer()
    assert describer.captions(model, files, CancelToken()) == ("A blue picture.", "A red picture.")
    files[0].write_bytes(b"no JPEG")
    with pytest.raises(FileProblem, match="key frame"):
        describer.captions(model, files, CancelToken())


def test_a_model_that_works_passes_the_check(tmp_path: Path) -> None:
    assert check_caption(make_tiny_captioner(tmp_path)) > 0


def test_what_stammers_stops_and_is_not_used(tmp_path: Path) -> None:
    model = make_tiny_captioner(tmp_path, stammers=True)
    said = Captioner(model).caption(Image.new("RGB", (64, 64), "red"), CancelToken())
    assert said == f"A red{' picture' * 14}."
    with pytest.raises(FileProblem, match="does not write sentences"):
        check_caption(model)


def test_what_says_the_same_of_everything_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Captioner, "caption", lambda *_: "A man with a dog.")
    with pytest.raises(FileProblem, match="the same of every picture"):
        check_caption(make_tiny_captioner(tmp_path))


def test_a_model_of_another_family_or_form_is_refused(tmp_path: Path) -> None:
    model = make_tiny_captioner(tmp_path)
    with pytest.raises(FileProblem, match="the family “blip”"):
        Captioner(replace(model, family="blip"))
    swapped = {"image_file": "onnx/decoder_model_quantized.onnx", "text_file": "onnx/encoder_model_quantized.onnx"}
    with pytest.raises(FileProblem, match="another form"):
        check_caption(replace(model, settings={**model.settings, **swapped}))
