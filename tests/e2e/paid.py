"""An engine in place of memories.ai: everything that the window does for a library that costs money, it does for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_search.core import library as libraries_core
from desktop_search.core.library import CLOUD_ID, Library
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.services import libraries as libraries_service
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import SecretStore
from desktop_search.ui.library import library_switch
from tests.contract.engine_child import EngineChild

KEY = "sk-paid-7Qw3ZkXr9PpT5vNd2Lm8"


def stand_in(server: EngineChild, profile: Folders, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let memories.ai be at the engine's address, with its key kept and chosen; returns what changes the settings."""
    place = Library(CLOUD_ID, "memories.ai", server.url)
    monkeypatch.setattr(libraries_core, "CLOUD_URL", server.url)
    monkeypatch.setattr(libraries_service, "MEMORIES_AI", place)
    monkeypatch.setattr(library_switch, "MEMORIES_AI", place)
    SecretStore().set(CLOUD_ID, KEY)
    store = PreferencesStore(profile.preferences_file)

    def change(**transfers: object) -> None:
        store.update(library_id=CLOUD_ID, transfers=TransferSettings(**transfers))  # type: ignore[arg-type]

    change(limits={})
    return change
