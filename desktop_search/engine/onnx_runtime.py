"""ONNX Runtime. Imported here alone, so that nothing is run by it before its reports to its makers are switched off.

On Windows it would tell them of every process and model; elsewhere the switch is there and does nothing.
"""

from __future__ import annotations

import onnxruntime

__all__ = ["onnxruntime"]

onnxruntime.disable_telemetry_events()
