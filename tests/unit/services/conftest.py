"""Libraries over servers on the loopback that answer as they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.services.engine_process import EngineProcess
from desktop_search.services.finding import Finder
from desktop_search.services.libraries import Libraries
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import SecretStore
from desktop_search.transfers.origins import Origins
from tests.support.fault_server import Behaviour, FaultServer

Serve = Callable[..., FaultServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[FaultServer] = []

    def start(*behaviours: Behaviour) -> FaultServer:
        servers.append(FaultServer(list(behaviours)))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def preferences(tmp_path: Path) -> PreferencesStore:
    return PreferencesStore(tmp_path / "preferences.json")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "catalog.db")) as made:
        yield made


@pytest.fixture
def finder(libraries: Libraries, catalog: Catalog) -> Finder:
    return Finder(libraries, Origins(catalog))


@pytest.fixture
def libraries(tmp_path: Path, preferences: PreferencesStore) -> Iterator[Libraries]:
    engine = EngineProcess(tmp_path / "engine", tmp_path / "engine.log")
    made = Libraries(engine, SecretStore(), preferences)
    yield made
    made.close()
    engine.stop()
