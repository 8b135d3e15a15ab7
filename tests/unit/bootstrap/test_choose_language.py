"""The language is known before anything that has texts is read in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ASKED = """
import sys
from desktop_search.core import language
early = []
language._ = language.ngettext = language.pgettext = lambda *texts: early.append(texts) or texts[0]
from desktop_search.bootstrap.choose_language import choose_language
import os
choose_language(sys.argv[1:], os.environ)
print(language.chosen(), len(early))
"""


def chosen(*arguments: str, **environment: str) -> str:
    """What a process with these arguments chooses."""
    quiet = {name: value for name, value in os.environ.items() if name != "DESKTOP_SEARCH_LANGUAGE"}
    asked = subprocess.run(
        [sys.executable, "-c", _ASKED, *arguments],
        env=quiet | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    name, early = asked.stdout.split()
    assert early == "0", "a text was made before the language was known"
    return name


def profile(folder: Path, content: object) -> str:
    """A profile with these preferences, as an argument."""
    file = folder / "data" / "preferences.json"
    file.parent.mkdir()
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return f"--profile-dir={folder}"


def test_the_system_s_language_is_taken() -> None:
    assert chosen(LC_ALL="de_DE.UTF-8") == "de"
    assert chosen(LC_ALL="C.UTF-8") == "en"
    assert chosen(LC_ALL="fr_FR.UTF-8") == "en"


def test_the_kept_choice_goes_before_the_system(tmp_path: Path) -> None:
    kept = profile(tmp_path, {"language": "de"})
    assert chosen(kept) == "de"
    assert chosen("--profile-dir", str(tmp_path), "a clip.mov") == "de"
    assert chosen(kept, DESKTOP_SEARCH_LANGUAGE="en") == "en"
    assert chosen("--profile-dir") == "en"  # which the program refuses later


@pytest.mark.parametrize("content", ["{", [], {"language": 7}, {"language": "../../etc"}, {"language": "xx"}])
def test_a_choice_that_makes_no_sense_is_none(tmp_path: Path, content: object) -> None:
    assert chosen(profile(tmp_path, content), LC_ALL="de_AT.UTF-8") == ("en" if content == {"language": "xx"} else "de")
