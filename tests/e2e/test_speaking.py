"""German is shown, and what is kept, sent or told by the engine is the same in both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

GERMAN = {
    "command": "Im Material suchen",
    "place": "in den Ergebnissen",
    "library": "Dieser Computer",
    "error": "Das Konto ist gesperrt. Fragen Sie den Support des Dienstes danach.",
    "state": "Indexierung…",
    "one": "Höchstens 1 Tag.",
    "several": "Höchstens 2 Tags.",
    "number": "Beschreiben Sie mit höchstens 4.000 Zeichen, wonach Sie suchen.",
    "time": "1. März 2026 bis 3. März 2026",
    "coordinates": "48,8583° N, 2,2945° O",
    "problem": "Geben Sie ein, wonach Sie suchen.",
}
CAUSE = "This is not a video, or it is damaged. Try to open it in another player."
GERMAN_CAUSE = "Das ist kein Video, oder es ist beschädigt. Versuchen Sie, sie in einem anderen Player zu öffnen."


def spoken(name: str, folder: Path) -> dict[str, Any]:
    """What `speaking_child` says in a language, with an engine that is told to speak it too."""
    folder.mkdir()
    child = subprocess.run(
        [sys.executable, "-m", "tests.e2e.speaking_child", name, folder],
        env=os.environ | {"DESKTOP_SEARCH_LANGUAGE": name},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    found: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """English and German."""
    folder = tmp_path_factory.mktemp("speaking")
    return spoken("en", folder / "en"), spoken("de", folder / "de")


def test_german_is_shown(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    english, german = both
    assert german["shown"] == GERMAN
    assert [name for name, text in english["shown"].items() if text == GERMAN[name]] == []


def test_what_is_kept_and_sent_is_the_same_in_both(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    english, german = both
    assert german["kept"] == english["kept"]


def test_the_engine_speaks_english_and_is_shown_in_german(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    english, german = (each["engine"] for each in both)
    assert german["refused"] == english["refused"] == "code 0001: The file does not exist."
    assert german["says"] == "Die Bibliothek hat die Anfrage nicht angenommen. Sie sagt: „Die Datei gibt es nicht“."
    assert german["cause"] == english["cause"] == CAUSE
    assert german["row"] == f"fehlgeschlagen: {GERMAN_CAUSE}"
