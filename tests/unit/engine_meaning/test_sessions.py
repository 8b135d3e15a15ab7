"""A device is used only when it gives the same vectors as the processor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.engine.meaning.sessions import CPU, Array, OnnxRuntime, Session
from desktop_search.engine.meaning.siglip import BATCH, SiglipPictures, SiglipTexts
from desktop_search.engine.model_store.installed import InstalledModel
from tests.support.logs import ExpectedLogs

CUDA, DIRECT_ML, CORE_ML = "CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider"
Spoiling = Callable[[Array], Array]


class Device:
    """A session that runs on the processor but says it is a device; what it returns may be spoilt."""

    def __init__(self, inner: Session, provider: str, spoil: Spoiling) -> None:
        self._inner, self._provider, self._spoil = inner, provider, spoil
        self.batches: list[int] = []

    def get_inputs(self) -> Sequence[Any]:
        return self._inner.get_inputs()

    def get_outputs(self) -> Sequence[Any]:
        return self._inner.get_outputs()

    def get_providers(self) -> Sequence[str]:
        return [self._provider, CPU]

    def run(self, output_names: Sequence[str], feeds: Mapping[str, Array]) -> Sequence[Array]:
        self.batches.append(len(next(iter(feeds.values()))))
        return [self._spoil(each) for each in self._inner.run(output_names, feeds)]


class Devices(OnnxRuntime):
    """A computer with these devices."""

    def __init__(self, devices: Mapping[str, Spoiling | Exception | None]) -> None:
        self._devices = devices
        self.opened: list[Device] = []

    def offered(self) -> Sequence[str]:
        return [*self._devices, CPU]

    def open(self, file: Path, provider: str) -> Session:
        if provider == CPU:
            return super().open(file, CPU)
        behaviour = self._devices[provider]
        if isinstance(behaviour, Exception):
            raise behaviour
        if behaviour is None:  # the library is there, the device is not: it falls back by itself
            return super().open(file, CPU)
        self.opened.append(Device(super().open(file, CPU), provider, behaviour))
        return self.opened[-1]


def same(vectors: Array) -> Array:
    return vectors


def nearly(vectors: Array) -> Array:
    return vectors + np.float32(0.001)


def wrong(vectors: Array) -> Array:
    return vectors[:, ::-1]


def one_wrong(vectors: Array) -> Array:
    return np.concatenate([vectors[:-1], -vectors[-1:]])


def no_numbers(vectors: Array) -> Array:
    return vectors * np.float32("nan")


@pytest.mark.parametrize(
    ("devices", "used", "warnings"),
    [
        ({}, CPU, ()),
        ({CUDA: same}, CUDA, ()),
        ({CORE_ML: nearly}, CORE_ML, ()),
        ({CORE_ML: same, DIRECT_ML: same, CUDA: same}, CUDA, ()),
        ({CUDA: wrong, DIRECT_ML: same}, DIRECT_ML, ("CUDA.* other vectors",)),
        ({CUDA: one_wrong, CORE_ML: no_numbers}, CPU, ("CUDA.* other vectors", "CoreML.* no numbers")),
        ({CUDA: RuntimeError("no driver"), DIRECT_ML: None}, CPU, ("CUDA.* cannot run .*no driver",)),
    ],
)
def test_the_first_device_that_proves_as_good_is_used(
    seen_model: InstalledModel,
    devices: Mapping[str, Spoiling | Exception | None],
    used: str,
    warnings: Sequence[str],
    expected_logs: ExpectedLogs,
) -> None:
    for pattern in warnings:
        expected_logs.expect(pattern)
    pictures = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "white", "black", "green")]
    runtime = Devices(devices)
    found = SiglipPictures(seen_model, runtime).encode(pictures)
    expected = SiglipPictures(seen_model).encode(pictures)
    assert (found * expected).sum(axis=1).min() > 0.99
    working = [each.get_providers()[0] for each in runtime.opened if len(each.batches) > 1]
    assert working == ([] if used == CPU else [used])


def test_a_device_that_ends_the_process_is_tried_twice_at_most(
    seen_model: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("CUDA.* made the process crash")

    class Death(BaseException):
        """Stands for a crash: nothing after it is done."""

    def dies(vectors: Array) -> Array:
        tries.append(1)
        raise Death

    tries: list[int] = []
    for _ in range(2):
        with pytest.raises(Death):
            SiglipPictures(seen_model, Devices({CUDA: dies}))
    assert len(SiglipPictures(seen_model, Devices({CUDA: dies})).encode([Image.new("RGB", (8, 8))])) == 1
    assert len(tries) == 2
    used = Devices({CUDA: dies, CORE_ML: same})
    SiglipPictures(seen_model, used)
    assert [each.get_providers()[0] for each in used.opened] == [CORE_ML]  # the others are tried all the same


def test_a_try_that_ends_with_an_error_is_not_held_against_a_device(
    seen_model: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("CUDA.* cannot run")
    for _ in range(3):
        SiglipPictures(seen_model, Devices({CUDA: RuntimeError("no driver")}))
    used = Devices({CUDA: same})
    SiglipPictures(seen_model, used)
    assert len(used.opened) == 1
    assert not list(seen_model.folder.rglob("*.tried"))


def test_a_device_always_gets_batches_of_one_size(seen_model: InstalledModel) -> None:
    runtime = Devices({CORE_ML: same})
    found = SiglipPictures(seen_model, runtime).encode([Image.new("RGB", (8, 8))] * (BATCH + 1))
    assert len(found) == BATCH + 1
    assert runtime.opened[0].batches == [BATCH] * 3


def test_words_stay_on_the_processor(seen_model: InstalledModel) -> None:
    runtime = Devices({CUDA: same, CORE_ML: same})
    SiglipTexts(seen_model, runtime).queries(["red"])
    assert runtime.opened == []


def test_a_model_that_breaks_while_it_runs_says_so(seen_model: InstalledModel) -> None:
    def broken(vectors: Array) -> Array:
        raise RuntimeError("out of memory")

    runtime = Devices({CUDA: same})
    encoder = SiglipPictures(seen_model, runtime)
    runtime.opened[0]._spoil = broken
    with pytest.raises(FileProblem, match="could not be run"):
        encoder.encode([Image.new("RGB", (8, 8))])
    runtime.opened[0]._spoil = no_numbers
    with pytest.raises(FileProblem, match="no numbers"):
        encoder.encode([Image.new("RGB", (8, 8))])
