"""A home folder of its own for every test, so that no test meets the user's files or another test's."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDERS = {
    "HOME": "home",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_STATE_HOME": "home/.local/state",
}
_UNWANTED = ("DESKTOP_SEARCH_ENGINE_KEY", "http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def profile_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of this test; empty, and the environment points to it."""
    top = tmp_path_factory.mktemp("profile", numbered=True)
    for variable, folder in _FOLDERS.items():
        place = top / folder
        place.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(place))
    for variable in _UNWANTED:
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.upper(), raising=False)
    return top / "home"
