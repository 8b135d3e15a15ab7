"""ONNX Runtime tells its makers nothing: before anything is run by it, its reports are switched off."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tiny_speech import tiny_parakeet

_WATCHED = """
import sys
import onnxruntime

said, switched_off, begun = [], onnxruntime.disable_telemetry_events, onnxruntime.InferenceSession.__init__


def switch_off():
    said.append("off")
    switched_off()


def begin(self, *arguments, **options):
    said.append("session")
    begun(self, *arguments, **options)


onnxruntime.disable_telemetry_events, onnxruntime.InferenceSession.__init__ = switch_off, begin
"""
_BY = {
    "a model": "from desktop_search.engine.meaning.sessions import CPU, OnnxRuntime as R; R().open(sys.argv[1], CPU)",
    "voices": "from desktop_search.engine.speech.voice import voice_session; voice_session()",
    "words on the screen": """
import numpy
from desktop_search.engine.encoders.screen_text import _engine
_engine()(numpy.zeros((64, 64, 3), numpy.uint8))
""",
    "speech": """
from pathlib import Path
from desktop_search.engine.model_store.installed import InstalledModel, Kind
from desktop_search.engine.speech.loading import recogniser_of
recogniser_of(InstalledModel("tiny", Kind.SPEECH, "parakeet", Path(sys.argv[1]).parent, "1" * 40))
""",
}


@pytest.mark.parametrize("by", list(_BY))
def test_reports_are_off_before_the_first_session(by: str, tmp_path: Path) -> None:
    model = tiny_parakeet(tmp_path / "model").folder / "nemo128.onnx"
    program = f"{_WATCHED}\n{_BY[by]}\nprint(said)"
    asked = subprocess.run([sys.executable, "-c", program, str(model)], capture_output=True, text=True, check=True)
    said = asked.stdout.strip()
    assert said.startswith("['off', 'session'"), said
    assert said.count("off") == 1
