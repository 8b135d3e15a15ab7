"""Spoken words for made clips, by festival's voice us_slt, which the offline recogniser understands well."""

from __future__ import annotations

import subprocess
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
_VOICE = "(voice_cmu_us_slt_arctic_hts)"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, and when it begins in the clip."""

    text: str
    start_s: float = 0.5


@lru_cache(maxsize=64)
def say(text: str) -> NDArray[np.int16]:
    """`text` as 16 kHz mono samples. `RuntimeError` when festival is not there or cannot say it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        command = ["text2wave", "-eval", _VOICE, "-F", str(SAMPLE_RATE_HZ), "-o", str(file)]
        try:
            subprocess.run(command, input=text.encode("ascii"), check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise RuntimeError("festival with festvox-us-slt-hts is needed to make clips with speech") from error
        with wave.open(str(file)) as recording:
            return np.frombuffer(recording.readframes(recording.getnframes()), dtype=np.int16)


def soundtrack(sentences: Sequence[Spoken], seconds: float) -> NDArray[np.int16]:
    """All sentences in a track of `seconds`; what runs over its end is cut."""
    track = np.zeros(round(seconds * SAMPLE_RATE_HZ), dtype=np.int16)
    for sentence in sentences:
        samples = say(sentence.text)
        start = min(round(sentence.start_s * SAMPLE_RATE_HZ), len(track))
        part = samples[: len(track) - start]
        track[start : start + len(part)] = part
    return track
