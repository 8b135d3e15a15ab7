"""Chooses the language, before anything is imported that has texts.

The variable goes before the preferences, and those before the system.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_search import resources
from desktop_search.core import language
from desktop_search.settings.first_choices import first_choices
from desktop_search.settings.folders import Folders

VARIABLE = "DESKTOP_SEARCH_LANGUAGE"


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Choose the language for this process; `arguments` are those of the command line."""
    language.use(resources.path("locale"), _wanted(arguments, environment))


def _wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> Sequence[str]:
    said = environment.get(VARIABLE) or first_choices(Folders.for_user(_profile(arguments)).preferences_file).language
    return [said] if said else _of_system()


def _profile(arguments: Sequence[str]) -> Path | None:
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--profile-dir", type=Path)
    try:
        known, _rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None  # said by the parser of all arguments
    profile: Path | None = known.profile_dir
    return profile


def _of_system() -> Sequence[str]:
    from PySide6.QtCore import QLocale  # not cheap, and most often not needed

    return QLocale.system().uiLanguages()
