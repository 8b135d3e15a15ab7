"""Opening ONNX models: on the fastest device that gives the same vectors as the processor, else on the processor."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from desktop_search.core.errors import FileProblem
from desktop_search.engine.meaning.attempts import attempt

_log = logging.getLogger(__name__)
Array = npt.NDArray[Any]
Vectors = npt.NDArray[np.float32]

CPU = "CPUExecutionProvider"
_FASTER = ("CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider")
_AS_GOOD = 0.99  # cosine to what the processor makes of the same picture
_THREADS_MAX = 4
_BEGIN_AGAIN = "Remove the model and add it again."


class Session(Protocol):
    """What is used of ONNX Runtime's `InferenceSession`."""

    def get_inputs(self) -> Sequence[Any]:
        """The inputs, each with a name, a type and a shape."""

    def get_outputs(self) -> Sequence[Any]:
        """The outputs, likewise."""

    def get_providers(self) -> Sequence[str]:
        """What it runs on, the preferred one first."""

    def run(self, output_names: Sequence[str], feeds: Mapping[str, Array]) -> Sequence[Array]:
        """The outputs asked for."""


class Runtime(Protocol):
    """Where sessions come from."""

    def offered(self) -> Sequence[str]:
        """The providers there are on this computer."""

    def open(self, file: Path, provider: str) -> Session:
        """A session on that provider, which may fall back to the processor; any exception where it cannot."""


class OnnxRuntime:
    """ONNX Runtime. It is imported by the first use: it takes memory, and the engine must start at once."""

    def offered(self) -> Sequence[str]:
        """The providers this build has, whether or not their device is there."""
        from desktop_search.engine.onnx_runtime import onnxruntime

        found: Sequence[str] = onnxruntime.get_available_providers()
        return found

    def open(self, file: Path, provider: str) -> Session:
        """A session on that provider, with the processor for what it cannot do."""
        from desktop_search.engine.onnx_runtime import onnxruntime

        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = 1
        options.intra_op_num_threads = _threads()
        options.log_severity_level = 3  # its warnings are of no use to anybody here
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the cores alone
        if provider == "DmlExecutionProvider":  # as DirectML demands
            options.enable_mem_pattern = False
            options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        wanted = [(provider, _OPTIONS[provider])] + ([] if provider == CPU else [(CPU, _OPTIONS[CPU])])
        session: Session = onnxruntime.InferenceSession(str(file), options, providers=wanted)
        return session


_OPTIONS: dict[str, dict[str, str]] = {
    CPU: {"arena_extend_strategy": "kSameAsRequested"},  # memory grows by what is needed, not by doubling
    "CUDAExecutionProvider": {"arena_extend_strategy": "kSameAsRequested"},
    "DmlExecutionProvider": {},
    "CoreMLExecutionProvider": {
        "ModelFormat": "MLProgram",
        "MLComputeUnits": "ALL",
        "SpecializationStrategy": "FastPrediction",
        "AllowLowPrecisionAccumulationOnGPU": "1",
    },
}


def open_on_cpu(file: Path, runtime: Runtime) -> Session:
    """The model on the processor. Raises FileProblem where it cannot be loaded."""
    if not file.is_file():
        raise FileProblem(f"A file of the model is missing: {file.name}.", hint=_BEGIN_AGAIN)
    try:
        return runtime.open(file, CPU)
    except Exception as error:  # ONNX Runtime has a class of its own for each cause, all below Exception
        raise FileProblem(
            f"A file of the model is damaged or of another kind: {file.name}.", hint=_BEGIN_AGAIN, details=str(error)
        ) from error


def open_checked(file: Path, runtime: Runtime, trial: Callable[[Session], Vectors]) -> Session:
    """The model on the first faster device that proves as good, else on the processor. Raises FileProblem.

    `trial` runs a session on a known input and returns vectors of length 1, n × dim. A device counts as good when each
    of its vectors has a cosine of more than 0.99 to the processor's own.
    """
    on_cpu = open_on_cpu(file, runtime)
    offered = runtime.offered()
    for provider in _FASTER:
        if provider in offered:
            session = _proven(file, runtime, provider, trial, on_cpu)
            if session is not None:
                _log.info("%s runs on %s", file.name, provider)
                return session
    return on_cpu


def _proven(
    file: Path, runtime: Runtime, provider: str, trial: Callable[[Session], Vectors], on_cpu: Session
) -> Session | None:
    try:
        with attempt(file, provider) as may_try:
            if not may_try:
                _log.warning("%s made the process crash with %s before: not used", provider, file.name)
                return None
            session = runtime.open(file, provider)
            is_there = provider in session.get_providers()
            worst = float((trial(session) * trial(on_cpu)).sum(axis=1).min()) if is_there else 0.0
    except Exception as error:  # noqa: BLE001 - drivers fail in every way; the processor is always there
        _log.warning("%s cannot run %s: %s", provider, file.name, error)
        return None
    if not is_there:
        _log.info("%s is not there for %s", provider, file.name)
        return None
    if not worst > _AS_GOOD:  # also where it is no number
        _log.warning("%s gives other vectors for %s (cosine %.3f): not used", provider, file.name, worst)
        return None
    return session


def the_input(session: Session, name: str) -> Any:  # noqa: ANN401 - ONNX Runtime's own description of it
    """The input of that name, else the only one there is. Raises FileProblem."""
    inputs = list(session.get_inputs())
    for each in inputs:
        if each.name == name or len(inputs) == 1:
            return each
    raise FileProblem(
        "This model has another form than expected: it asks for something else.",
        details=f"inputs {[each.name for each in inputs]}, wanted {name}",
    )


def the_output(session: Session, names: Sequence[str], rank: int) -> str:
    """The output to read: the first of `names` that is there, else the only one of that rank. Raises FileProblem."""
    outputs: dict[str, Sequence[object] | None] = {each.name: each.shape for each in session.get_outputs()}
    of_rank = [name for name, shape in outputs.items() if shape is not None and len(shape) == rank]
    for name in names:
        if name in outputs:
            return name
    if len(of_rank) == 1:
        return of_rank[0]
    raise FileProblem(
        "This model has another form than expected: it does not give one vector for each input.",
        details=f"outputs {outputs}, wanted one of {', '.join(names)}",
    )


def run(session: Session, output: str, feeds: Mapping[str, Array]) -> Array:
    """What the model makes of an input. Raises FileProblem."""
    try:
        return session.run([output], feeds)[0]
    except Exception as error:
        raise FileProblem("This model could not be run.", hint=_BEGIN_AGAIN, details=str(error)) from error


def unit(rows: Array, dim: int) -> Vectors:
    """The rows (n × dim), each brought to length 1. Raises FileProblem where they are no such vectors."""
    if rows.ndim != 2 or rows.shape[1] != dim:
        raise FileProblem(f"This model has another form than expected: it gives {rows.shape}, not n × {dim}.")
    wide = rows.astype(np.float32)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    if not (np.isfinite(lengths) & (lengths > 0)).all():
        raise FileProblem("This model gives vectors that are no numbers.", hint=_BEGIN_AGAIN)
    scaled: Vectors = wide / lengths
    return scaled


def unheard(done: int) -> None:
    """Nobody asks how far it is."""
    del done


def _threads() -> int:
    """Threads of one session: two files may be read at once, and nothing else should come to a halt."""
    cores = os.cpu_count() or 1
    return min(_THREADS_MAX, cores if cores < 4 else cores // 2)
