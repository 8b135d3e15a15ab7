"""`desktop-search models …` as a real process, with checks that tiny stand-ins for models pass.

The process is `python -m tests.support.models_command ARGUMENTS`; the environment names the check, and a catalogue.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_search.core.errors import FileProblem
from desktop_search.engine.model_store.commands import run_models
from desktop_search.engine.model_store.installed import InstalledModel, Kind

ROOT = Path(__file__).parents[2]
_CHECK, _CATALOGUE = "TEST_MODEL_CHECK", "TEST_MODEL_CATALOGUE"


def passes(model: InstalledModel) -> float:
    """A check that every model passes, at 5 ms for each item; the files must be there when it runs."""
    assert any(model.folder.rglob("*"))
    return 5.0


def slow(model: InstalledModel) -> float:
    return 200.0


def fails(model: InstalledModel) -> float:
    raise FileProblem("A picture of a boat was taken for a cat.")


def hangs(model: InstalledModel) -> float:
    threading.Event().wait()
    raise AssertionError


def breaks(model: InstalledModel) -> float:
    raise RuntimeError("no such operator")


def checks(name: str = "passes") -> Mapping[Kind, str]:
    return dict.fromkeys(Kind, f"tests.support.models_command:{name}")


@dataclass(frozen=True)
class Ended:
    """How a run of the command ended. `lines` are its JSON lines."""

    code: int
    lines: list[dict[str, Any]]
    errors: str

    @property
    def progress(self) -> list[dict[str, Any]]:
        return [line["progress"] for line in self.lines if "progress" in line]

    @property
    def done(self) -> dict[str, Any]:
        assert "done" in self.lines[-1], (self.lines[-1:], self.errors)
        return dict(self.lines[-1]["done"])

    @property
    def failed(self) -> dict[str, Any]:
        assert "failed" in self.lines[-1], (self.lines[-1:], self.errors)
        return dict(self.lines[-1]["failed"])


def start(models: Path, *arguments: str, check: str = "passes", **environment: str) -> subprocess.Popen[str]:
    """Start the command with `--json`; its standard input stays open until `end` is asked for its answer."""
    command = [sys.executable, "-m", "tests.support.models_command", *arguments, "--models-dir", str(models), "--json"]
    pipe, surroundings = subprocess.PIPE, os.environ | {_CHECK: check} | environment
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, text=True, stdin=pipe, stdout=pipe, stderr=pipe)


def end(process: subprocess.Popen[str]) -> Ended:
    """Wait for the end; closes its standard input."""
    out, errors = process.communicate(timeout=60)
    return Ended(process.returncode, [json.loads(line) for line in out.splitlines()], errors)


def run(models: Path, *arguments: str, check: str = "passes", **environment: str) -> Ended:
    return end(start(models, *arguments, check=check, **environment))


if __name__ == "__main__":
    own = ["--catalogue", os.environ[_CATALOGUE]] if _CATALOGUE in os.environ else []
    given = checks(os.environ.get(_CHECK, "passes"))
    sys.exit(run_models([*sys.argv[1:], *own], default_folder=Path(), checks=given))
