"""No text of the window and its dialogs is left out of the translations, and German fits into them."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_search import resources
from tests.clips import Clip
from tests.e2e.translated_child import MADE_UP

pytestmark = [pytest.mark.display, pytest.mark.slow]

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """Translations into a language in which every text stands in brackets."""
    tool: dict[str, Any] = runpy.run_path(str(PROJECT / "packaging" / "translations.py"))
    catalog = tool["extracted"]()
    for message in catalog:
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        bracketed = tuple(f"⟦{form}⟧" for form in forms)
        message.string = bracketed if len(forms) > 1 else bracketed[0]
    target = tmp_path / "locale" / MADE_UP / "LC_MESSAGES" / "desktop_search.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(tool["compiled"](catalog))
    return tmp_path / "locale"


def walked(folder: Path, language: str, profile: Path, *footage: Path) -> list[str]:
    """What is amiss in that language."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.e2e.translated_child", folder, language, profile, *footage],
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    faults: list[str] = json.loads(child.stdout.splitlines()[-1])
    return faults


def test_every_text_goes_through_the_translations(tmp_path: Path, made_up: Path, footage: Clip) -> None:
    assert walked(made_up, MADE_UP, tmp_path / "profile", footage.path) == []


def test_nothing_german_is_cut_off(tmp_path: Path) -> None:
    assert walked(resources.path("locale"), "de", tmp_path / "profile") == []
